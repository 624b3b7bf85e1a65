import type { DeliverableDocument } from '../../../schemas/audit/deliverables';
import { formatIn, oneLine, shorten } from '../format';
import { sayIn } from '../language';
import { pie } from './markdown';

/** The chart of a report: parts of a whole, largest first. */
export interface Chart {
  title: string;
  slices: { name: string; value: number; shown: string }[];
}

/** File of the chart beside the report. */
export const CHART_FILE = 'chart.svg' as const;

const MOST = 8;

/** The chart of a document; undefined where there is nothing to draw. */
export function chartOf(document: DeliverableDocument): Chart | undefined {
  const { language, currency } = document;
  const say = sayIn(language);
  const format = formatIn(language);
  const make = (title: string, parts: { name: string; value: number | null }[], shown: (value: number) => string) => {
    const drawn = parts.flatMap(({ name, value }) => (value !== null && value > 0 ? [{ name, value }] : []));
    if (drawn.length === 0) return undefined;
    const kept = drawn.length > MOST ? drawn.slice(0, MOST - 1) : drawn;
    const rest = drawn.slice(kept.length).reduce((sum, { value }) => sum + value, 0);
    const all = rest > 0 ? [...kept, { name: say('Other', 'Autres'), value: rest }] : kept;
    return { title, slices: all.map((slice) => ({ ...slice, shown: shown(slice.value) })) };
  };
  const minutes = (value: number) => `${format.number(value)} min`;
  switch (document.kind) {
    case 'time_waste':
    case 'summary':
      return make(
        say('Minutes by category', 'Minutes par catégorie'),
        document.categories.map(({ name, figures }) => ({ name, value: figures.minutes.as_given })),
        minutes,
      );
    case 'cost': {
      const yearly = document.totals.cost.per_year !== null;
      return make(
        yearly
          ? say('Cost per year by category', 'Coût par an, par catégorie')
          : say('Cost by category', 'Coût par catégorie'),
        document.categories.map(({ name, figures }) => ({
          name,
          value: figures.cost[yearly ? 'per_year' : 'as_given'],
        })),
        (value) => format.money(value, currency),
      );
    }
    case 'friction':
      return make(
        say('Rows by kind of friction', 'Lignes par forme de friction'),
        document.signals.map(({ name, rows }) => ({ name, value: rows.length })),
        (value) => format.number(value),
      );
    case 'scenario':
      return make(
        say('Likely minutes saved by step', 'Minutes probablement gagnées par étape'),
        document.plan.steps.map(({ name, saving }) => ({ name, value: saving.likely.minutes.as_given })),
        minutes,
      );
  }
}

/** The chart in a report: as a picture that any program shows, and as Mermaid for those that draw it. */
export function chartLines(document: DeliverableDocument): string[] {
  const chart = chartOf(document);
  return chart ? [`![${chart.title}](${CHART_FILE})`, '', ...pie(chart.title, chart.slices), ''] : [];
}

const WIDTH = 720;
const ROW = 30;
const LEFT = 240;
const RIGHT = 130;

/**
 * The chart as SVG: horizontal bars with their names and values. Text of others is escaped; no script, no style, no font
 * and nothing from elsewhere, so that it shows under any content security policy.
 */
export function svgOf({ title, slices }: Chart): string {
  const height = 50 + slices.length * ROW;
  const most = Math.max(...slices.map(({ value }) => value));
  const bars = slices.flatMap(({ name, value, shown }, index) => {
    const top = 44 + index * ROW;
    const width = Math.max(1, Math.round(((WIDTH - LEFT - RIGHT) * value) / most));
    return [
      `<text x="${LEFT - 10}" y="${top + 15}" text-anchor="end">${escapeXml(shorten(oneLine(name), 34))}</text>`,
      `<rect x="${LEFT}" y="${top}" width="${width}" height="20" fill="#2f6690"/>`,
      `<text x="${LEFT + width + 8}" y="${top + 15}">${escapeXml(shown)}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif" font-size="13" fill="#1b1b1b">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="10" y="24" font-size="15" font-weight="bold">${escapeXml(title)}</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}

/** Text for XML and HTML: no markup, and no characters that XML cannot hold. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
