import { checkDeliverable } from '../../../src/audit/definition-of-done';
import type { DeliverableDocuments, DeliverableKind } from '../../../schemas/audit/deliverables';
import type { WorkContext } from '../../../schemas/audit/work-context';
import { headlinesOf } from '../../../src/audit/headlines';
import { questionsFor } from '../../../src/audit/questions';
import english from '../../../examples/audit/sales-back-office.json';
import { documentsOf, kinds, monthly, reportOf, rows } from './support';

const sales = english as WorkContext;
const made = documentsOf(sales);

function tamper<Kind extends DeliverableKind>(kind: Kind, change: (document: DeliverableDocuments[Kind]) => void) {
  const document = structuredClone(made[kind]);
  change(document);
  return checkDeliverable(kind, document, sales, { ...made });
}

/** A change that spoils a document of a kind, and the finding that reports it. */
function on<Kind extends DeliverableKind>(
  kind: Kind,
  what: string,
  code: string,
  pointer: string | undefined,
  change: (document: DeliverableDocuments[Kind]) => unknown,
) {
  return { what, code, pointer, verdict: () => tamper(kind, (document) => void change(document)) };
}

describe('the definition of done', () => {
  test.each(kinds)('accepts %s as it is computed', async (kind) => {
    const report = await reportOf(kind, sales);
    expect(checkDeliverable(kind, made[kind], sales, { ...made }, report)).toEqual({ accepted: true, findings: [] });
  });

  test.each([
    on(
      'cost',
      'a changed total',
      'totals.mismatch',
      '/totals/cost/per_year',
      ({ totals }) => (totals.cost.per_year! += 0.01),
    ),
    on('time_waste', 'changed minutes', 'totals.mismatch', '/input/minutes', ({ input }) => (input.minutes! += 1)),
    on('friction', 'a row that does not exist', 'rows.missing', '/causes/0/rows/36', ({ causes }) =>
      causes[0]!.rows.push(9999),
    ),
    on('cost', 'a row that is not cited', 'rows.uncited', '/rows_cited', ({ rows_cited }) => rows_cited.pop()),
    on('cost', 'a cited row that cannot be counted', 'rows.not_counted', '/rows_cited', ({ rows_cited }) =>
      rows_cited.push(190),
    ),
    on('time_waste', 'a dropped category', 'shares.not_100', '/categories', ({ categories }) => categories.pop()),
    on('cost', 'a changed share', 'shares.not_100', '/wastes', ({ wastes }) => (wastes[0]!.share += 0.1)),
    on(
      'cost',
      'money moved between categories',
      'figures.mismatch',
      '/categories/0/figures/cost/per_year',
      ({ categories }) => {
        categories[0]!.figures.cost.per_year! += 1;
        categories[1]!.figures.cost.per_year! -= 1;
      },
    ),
    on(
      'cost',
      'a row with another cost',
      'sums.mismatch',
      '/rows',
      ({ rows: all }) => (all[3]!.cost.as_given! += 0.01),
    ),
    on('scenario', 'a row saved twice', 'plan.row_twice', '/plan/steps/1', ({ plan: { steps } }) =>
      steps[1]!.rows.push(steps[0]!.rows[0]!),
    ),
    on(
      'scenario',
      'a saving above the total',
      'savings.too_high',
      '/plan/saving',
      ({ plan }) => (plan.saving.high.minutes.as_given = 1e6),
    ),
    on(
      'scenario',
      'low above likely',
      'savings.order',
      '/scenarios/0/saving',
      ({ scenarios }) => (scenarios[0]!.saving.low.minutes.as_given = 125),
    ),
    on(
      'scenario',
      'a better pay-back',
      'figures.mismatch',
      '/plan/payback_months/likely',
      ({ plan }) => (plan.payback_months.likely = 0.1),
    ),
    on('friction', 'a better index', 'figures.mismatch', '/index/value', ({ index }) => (index.value = 1)),
    on(
      'time_waste',
      'a waste without evidence',
      'figures.mismatch',
      undefined,
      ({ rows: all }) => (all.find(({ waste }) => waste === 'unclassified')!.waste = 'waiting'),
    ),
    on(
      'cost',
      'an invented figure in the headline',
      'words.not_offered',
      '/headline',
      (document) => (document.headline = 'You save €123,456,789 a year'),
    ),
    on(
      'summary',
      'another sum for the recommendation',
      'figures.mismatch',
      '/recommendation/sum',
      ({ recommendation }) => (recommendation.sum = 1),
    ),
    on(
      'cost',
      'a finding with other figures',
      'figures.mismatch',
      '/findings/0/figures/cost/per_year',
      ({ findings }) => (findings[0]!.figures!.cost.per_year = 1),
    ),
    on('cost', 'the easy way out', 'status.wrong', '/status', (document) => (document.status = 'insufficient_data')),
    on('cost', 'a flag left out', 'figures.mismatch', '/input/flags', ({ input }) => input.flags.pop()),
    on('cost', 'a field outside the schema', 'schema.invalid', '', (document) => Object.assign(document, { extra: 1 })),
    on(
      'friction',
      'a field left out',
      'schema.invalid',
      '',
      (document) => delete (document as Partial<typeof document>).index,
    ),
  ])('finds $what', ({ verdict, code, pointer }) => {
    const { accepted, findings } = verdict();
    expect(accepted).toBe(false);
    expect(findings).toContainEqual(expect.objectContaining({ code, ...(pointer === undefined ? {} : { pointer }) }));
  });

  test('refuses other words, and another order of findings', () => {
    const verdict = tamper('time_waste', (document) => {
      document.headline = 'Most time goes into keying the same data twice';
      document.recommendation.text = 'Connect the two systems first.';
      document.findings.reverse();
    });
    expect(new Set(verdict.findings.map(({ pointer }) => pointer?.split('/')[1]))).toEqual(
      new Set(['headline', 'recommendation', 'findings']),
    );
  });

  describe('of a document whose sentences a model has chosen', () => {
    const chosen = { by: 'llm' as const, model: 'm' };
    const others = questionsFor(made.cost.causes, made.cost.unexplained, 'en').map(({ text }) => text);

    test('allows sentences that are offered', () => {
      const headlines = headlinesOf(made.cost).map(({ text }) => text);
      expect(headlines.length).toBeGreaterThan(2);
      for (const headline of headlines) {
        const { findings } = tamper('cost', (document) =>
          Object.assign(document, { headline, questions: others.slice(1, 3), wording: chosen }),
        );
        expect(findings).toEqual([]);
      }
    });

    test.each([
      ['a headline of another document', { headline: made.friction.headline }, '/headline'],
      [
        'figures exchanged',
        { headline: headlinesOf(made.cost)[1]!.text.replace(/[\d,]+(?= minutes)/, '1') },
        '/headline',
      ],
      ['a question of its own', { questions: ['How do you log in?'] }, '/questions'],
      ['the same question twice', { questions: [others[0], others[0]] }, '/questions'],
    ])('refuses %s', (_, change, pointer) => {
      const { findings } = tamper('cost', (document) => Object.assign(document, change, { wording: chosen }));
      expect(findings).toContainEqual(expect.objectContaining({ code: 'words.not_offered', pointer }));
    });

    test.each([{ by: 'rules' as const }, undefined])('refuses another choice if no model made it: %p', (wording) => {
      const { findings } = tamper('cost', (document) => Object.assign(document, { questions: [others[1]], wording }));
      expect(findings).toContainEqual(expect.objectContaining({ code: 'words.not_offered', pointer: '/questions' }));
    });
  });

  test('compares a summary with the deliverables that it joins, to the cent', () => {
    const others = structuredClone(made);
    others.cost.totals.cost.per_year! += 0.01;
    const stale = checkDeliverable('summary', made.summary, sales, { ...others });
    expect(stale.findings).toContainEqual(expect.objectContaining({ code: 'agreement.mismatch' }));
    expect(checkDeliverable('summary', made.summary, sales).accepted).toBe(true);
  });

  test('checks the report as delivered', async () => {
    const report = (await reportOf('cost', sales)).replace(/- \*\*Yearly cost.*\n/, '').replace(/rows \d+, /, 'rows ');
    const { findings } = checkDeliverable('cost', made.cost, sales, {}, report);
    expect(findings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('the yearly cost'),
        expect.stringContaining('the rows of cause 1'),
      ]),
    );
  });

  test('refuses a document of another input', () => {
    const other = { rows: rows(['A', 10]), ...monthly };
    expect(checkDeliverable('cost', made.cost, other).accepted).toBe(false);
    expect(checkDeliverable('cost', documentsOf({}).cost, sales).findings).toContainEqual(
      expect.objectContaining({ code: 'status.wrong' }),
    );
  });

  test.each([null, 'text', [], { kind: 'cost' }])('answers with findings, never a crash: %p', (document) => {
    expect(checkDeliverable('cost', document, sales).accepted).toBe(false);
    expect(checkDeliverable('nonsense' as never, document, sales).findings).toMatchObject([{ code: 'kind.unknown' }]);
  });
});
