import { createHash } from 'node:crypto';
import { deliver } from '../../../src/audit/deliver';
import { renderReport } from '../../../src/audit/reports';
import { escapeText } from '../../../src/audit/reports/markdown';
import type { WorkContext } from '../../../schemas/audit/work-context';
import english from '../../../examples/audit/sales-back-office.json';
import french from '../../../examples/audit/comptabilite.json';
import { deliveryOf, documentsOf, kinds, monthly, reportOf, rows } from './support';

const sales = english as WorkContext;
const comptabilite = french as WorkContext;

describe('the first ten lines of a report', () => {
  test.each(kinds)(
    'of %s hold minutes, causes with share and rows, yearly cost and a recommendation with its sum',
    async (kind) => {
      const head = (await reportOf(kind, sales)).split('\n').slice(0, 10);
      const { causes, totals, recommendation } = documentsOf(sales)[kind];
      const text = head.join('\n');
      expect(text).toContain(`${totals.minutes.as_given!.toLocaleString('en-US')} minutes per day`);
      expect(text).toContain(`€${totals.cost.per_year!.toLocaleString('en-US', { minimumFractionDigits: 2 })}`);
      expect(causes).toHaveLength(3);
      for (const { name, share, rows: cited } of causes) {
        const line = head.find((candidate) => candidate.includes(`**${name}**`));
        expect(line).toContain(`${share.toFixed(1)}%`);
        expect(line).toContain(`rows ${cited.slice(0, 6).join(', ')}`);
      }
      expect(text).toContain(`€${recommendation.sum!.toLocaleString('en-US', { minimumFractionDigits: 2 })} a year`);
    },
  );
});

describe('questions to those who do the work', () => {
  const text = 'Who asks for “Orders & <b>more</b>”, and why?';

  test.each(kinds)('are near the end of the report of %s, and say whom to ask', (kind) => {
    const report = renderReport({ ...documentsOf(sales)[kind], questions: [text] });
    const [, after = ''] = report.split('## Questions to ask next\n');
    expect(after).toMatch(
      /^\nFor the people who do this work\. .*\n\n- Who asks for “Orders &amp; &lt;b&gt;more&lt;\/b&gt;”, and why\?\n/,
    );
    expect(after.match(/^## .*$/gm)).toEqual(['## Methods and sources']);
  });

  test('have a French heading in a French report', () => {
    const document = documentsOf(comptabilite, 'fr').cost;
    const report = renderReport({ ...document, questions: ['Qui demande ce travail ?'] });
    expect(report).toContain('## Questions à poser ensuite\n\nÀ l’attention des personnes');
  });

  test.each(kinds)('leave no trace in the report of %s without questions', (kind) => {
    expect(renderReport({ ...documentsOf(sales)[kind], questions: [] })).not.toContain('Questions');
  });
});

describe('French reports', () => {
  test.each(kinds)('of %s are French throughout, with a comma and narrow spaces in numbers', async (kind) => {
    const report = await reportOf(kind, comptabilite, 'fr');
    expect(report).toMatch(/\d\u202f\d{3},\d{2}\u202f€/);
    expect(report).not.toMatch(/\d,\d{3}\.\d/);
    const words =
      report
        .replace(/(?<!\*)\*[^*\n]+\*(?!\*)/g, '')
        .match(/\b(the|and|rows?|cost|waste|with|saving|is|of|month|year)\b/gi) ?? [];
    expect(words).toEqual([]);
  });

  test('keep plain numbers in JSON', async () => {
    const { files } = await deliveryOf('cost', comptabilite, 'fr');
    const document = JSON.parse(files[0]!.bytes.toString('utf8')) as { totals: { cost: { per_year: number } } };
    expect(typeof document.totals.cost.per_year).toBe('number');
  });
});

describe('text from cells', () => {
  const hostile = [
    '[click](javascript:alert(1))',
    '<img src=x onerror=alert(1)>',
    'a | b',
    'line one\nline two\r\n# heading',
    '```mermaid',
    '![x](http://evil.example/x.png)',
    'https://evil.example and www.evil.example and me@evil.example',
    '**bold** _it_ `code` ~~gone~~ $x$',
    '\u202egnp.exe\u0000\u0007',
    '<!-- hidden -->',
    '"]; click A href "javascript:alert(1)"',
  ];
  const context: WorkContext = {
    rows: rows(
      ...hostile.map((text, index) => [text, 10 + index, `${text} wait for it ${index}`] as [string, number, string]),
    ),
    ...monthly,
  };

  test.each(kinds)('does not become markup in the report of %s', async (kind) => {
    const report = await reportOf(kind, context);
    const outsideCharts = report.replace(/^```mermaid\npie showData\n[^`]*```$/m, '');
    expect(outsideCharts).not.toMatch(/(?<!\\)\[click|<img|<!--|javascript:|https?:\/\/|(?<!\\)`{3}|www\.|me@evil/);
    // eslint-disable-next-line no-control-regex
    expect(report).not.toMatch(/[\u202e\u0000\u0007]/);
    for (const line of report
      .split('\n')
      .filter((candidate) => candidate.startsWith('| ') && !candidate.startsWith('| ---')))
      expect(line.endsWith(' |')).toBe(true);
    expect(report.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
  });

  test('does not break tables: every row has as many cells as the head', async () => {
    for (const kind of kinds) {
      let cells = 0;
      for (const line of (await reportOf(kind, context)).split('\n')) {
        if (!line.startsWith('|')) cells = 0;
        else {
          const found = line.replaceAll('\\|', '').split('|').length;
          if (cells !== 0) expect(found).toBe(cells);
          cells = found;
        }
      }
    }
  });

  test('becomes neither markup in the page for the client nor in a chart', async () => {
    const files = [...(await deliveryOf('summary', context)).files, ...(await deliveryOf('cost', context)).files];
    const html = files.find(({ name }) => name === 'report.html')!.bytes.toString();
    const [tags] = [new Set(html.match(/<[a-z!][^\s>]*/g))];
    const known =
      'a body code em h1 h2 head html li meta nav ol p rect section strong style svg table tbody td text th thead title tr ul';
    expect([...tags].map((tag) => tag.slice(1)).filter((tag) => !known.split(' ').includes(tag))).toEqual(['!doctype']);
    expect(html).not.toMatch(/<[^>]* (?:on\w+|src|style|href)=(?!"#)|<script|\u202e/);
    expect(html).toContain('[click](javascript:alert(1))');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    for (const { name, bytes } of files.filter((file) => file.name === 'chart.svg'))
      expect([name, /<(?!\/?(?:svg|title|text|rect)\b)/.test(bytes.toString())]).toEqual(['chart.svg', false]);
  });

  test('of all five reports stands in one page, whose only style is allowed by its hash', async () => {
    const { files } = await deliveryOf('summary', comptabilite, 'fr');
    const html = files.find(({ name }) => name === 'report.html')!.bytes.toString();
    expect(html.match(/<section id="\w+">/g)).toHaveLength(5);
    expect(html.match(/<svg /g)).toHaveLength(5);
    expect(html).toContain('<html lang="fr">');
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(html).toContain(`style-src 'sha256-${hash}'`);
    expect(html).not.toMatch(/\*\*|\\|&amp;(?:lt|gt|amp|#\d+);|```|\| --/);
  });

  test('is shortened, never cutting a character in half', () => {
    expect(escapeText('😀'.repeat(200), 20).isWellFormed()).toBe(true);
    expect(escapeText('x'.repeat(5000), 50)).toHaveLength(50);
  });
});

describe('a chart', () => {
  test.each(kinds)('is in the report of %s, as a picture, as Mermaid and as bars', async (kind) => {
    const { files } = await deliveryOf(kind, sales);
    const text = (name: string) => files.find((file) => file.name === name)!.bytes.toString();
    const report = text('report.md');
    expect(report).toMatch(/^!\[[^\]]+\]\(chart\.svg\)$/m);
    expect(text('chart.svg')).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img"[^>]*>\n<title>[^<]+<\/title>/,
    );
    expect(report).toMatch(/```mermaid\npie showData\n {4}title .+\n( {4}"[^"]+" : [\d.]+\n)+```/);
    expect(report).toContain('█');
  });
});

describe('a request without rows', () => {
  test.each(kinds)('is answered by %s with known facts, and nothing is invented', async (kind) => {
    const { document, status, files } = await deliveryOf(kind, { ...monthly });
    expect(status).toBe('insufficient_data');
    expect(files.map(({ name }) => name)).toEqual([
      ...['deliverable.json', 'report.md', 'rows.xlsx'],
      ...(kind === 'summary' ? ['report.html'] : []),
    ]);
    expect(document.totals.minutes).toEqual({ as_given: null, per_period: null, per_year: null });
    expect(document.missing.map(({ field }) => field)).toEqual(['rows']);
    expect(document.findings).toMatchObject([
      { text: 'At the rate given, one minute a day costs €0.70 a day and €176.40 a year.' },
    ]);
    const report = files[1]!.bytes.toString('utf8');
    expect(report.split('\n').slice(0, 10).join('\n')).toContain('not computed');
    expect(report).toContain('"estimated_minutes": 45');
  });

  test('without anything else gets a list of everything that is needed', () => {
    expect(documentsOf({}).summary.missing.map(({ field }) => field)).toEqual(['rows', 'hourly_rate', 'period']);
  });

  test('with rows but no rate still shows where the time goes', () => {
    const { time_waste, cost } = documentsOf({ rows: rows(['A', 30]) });
    expect([time_waste.status, cost.status]).toEqual(['complete', 'insufficient_data']);
    expect(cost.totals).toMatchObject({ minutes: { as_given: 30 }, cost: { as_given: null } });
  });
});

describe('a deliverable that goes back', () => {
  test('answers the findings and keeps its figures', async () => {
    const order = {
      project_id: 'P',
      backlog_item_id: 'cost',
      request_text: 'x',
      context: sales,
      language: 'en' as const,
    };
    const first = await deliver('cost', order);
    const second = await deliver('cost', {
      ...order,
      rework: { findings: [{ code: 'a', message: 'b <script>' }], instruction: 'Look again' },
    });
    expect(second.document.totals).toEqual(first.document.totals);
    expect(second.document.rework).toMatchObject({
      instruction: 'Look again',
      findings: [{ code: 'a', message: 'b <script>' }],
    });
    expect(second.files[1]!.bytes.toString()).toContain('b &lt;script&gt;');
  });
});
