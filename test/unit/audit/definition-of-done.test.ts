import { checkDeliverable } from '../../../activities/audit/definition-of-done';
import type { DeliverableDocuments, DeliverableKind } from '../../../schemas/deliverables';
import type { WorkContext } from '../../../schemas/work-context';
import english from '../../../examples/audit/sales-back-office.json';
import { documentsOf, kinds, monthly, reportOf, rows } from './support';

const sales = english as WorkContext;
const made = documentsOf(sales);

function tamper<Kind extends DeliverableKind>(kind: Kind, change: (document: DeliverableDocuments[Kind]) => void) {
  const document = structuredClone(made[kind]);
  change(document);
  return checkDeliverable(kind, document, sales, { ...made });
}

describe('the definition of done', () => {
  test.each(kinds)('accepts %s as it is made', async (kind) => {
    const report = await reportOf(kind, sales);
    expect(checkDeliverable(kind, made[kind], sales, { ...made }, report)).toEqual({ accepted: true, findings: [] });
  });

  test.each<[string, DeliverableKind, (document: never) => void, string, string?]>([
    [
      'a changed total',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.totals.cost.per_year! += 0.01),
      'totals.mismatch',
      '/totals/cost/per_year',
    ],
    [
      'changed minutes',
      'time_waste',
      (document: DeliverableDocuments['time_waste']) => (document.input.minutes! += 1),
      'totals.mismatch',
      '/input/minutes',
    ],
    [
      'a row that does not exist',
      'friction',
      (document: DeliverableDocuments['friction']) => document.causes[0]!.rows.push(9999),
      'rows.missing',
    ],
    [
      'a row that is not cited',
      'cost',
      (document: DeliverableDocuments['cost']) => document.rows_cited.pop(),
      'rows.uncited',
      '/rows_cited',
    ],
    [
      'a cited row that can not be counted',
      'cost',
      (document: DeliverableDocuments['cost']) => document.rows_cited.push(190),
      'rows.not_counted',
    ],
    [
      'a dropped category',
      'time_waste',
      (document: DeliverableDocuments['time_waste']) => document.categories.pop(),
      'shares.not_100',
      '/categories',
    ],
    [
      'a changed share',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.wastes[0]!.share += 0.1),
      'shares.not_100',
      '/wastes',
    ],
    [
      'money moved between categories',
      'cost',
      (document: DeliverableDocuments['cost']) => {
        document.categories[0]!.figures.cost.per_year! += 1;
        document.categories[1]!.figures.cost.per_year! -= 1;
      },
      'figures.mismatch',
      '/categories/0/figures/cost/per_year',
    ],
    [
      'a row with another cost',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.rows[3]!.cost.as_given! += 0.01),
      'sums.mismatch',
      '/rows',
    ],
    [
      'a row saved twice',
      'scenario',
      (document: DeliverableDocuments['scenario']) =>
        document.plan.steps[1]!.rows.push(document.plan.steps[0]!.rows[0]!),
      'plan.row_twice',
    ],
    [
      'a saving above the total',
      'scenario',
      (document: DeliverableDocuments['scenario']) => (document.plan.saving.high.minutes.as_given = 1e6),
      'savings.too_high',
    ],
    [
      'low above likely',
      'scenario',
      (document: DeliverableDocuments['scenario']) => (document.scenarios[0]!.saving.low.minutes.as_given = 125),
      'savings.order',
    ],
    [
      'a better pay-back',
      'scenario',
      (document: DeliverableDocuments['scenario']) => (document.plan.payback_months.likely = 0.1),
      'figures.mismatch',
      '/plan/payback_months/likely',
    ],
    [
      'a better friction index',
      'friction',
      (document: DeliverableDocuments['friction']) => (document.index.value = 1),
      'figures.mismatch',
      '/index/value',
    ],
    [
      'a waste without evidence',
      'time_waste',
      (document: DeliverableDocuments['time_waste']) =>
        (document.rows.find(({ waste }) => waste === 'unclassified')!.waste = 'waiting'),
      'figures.mismatch',
    ],
    [
      'an invented figure in the headline',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.headline = 'You save €123,456,789 a year'),
      'words.unknown_figure',
      '/headline',
    ],
    [
      'another sum for the recommendation',
      'summary',
      (document: DeliverableDocuments['summary']) => (document.recommendation.sum = 1),
      'figures.mismatch',
      '/recommendation/sum',
    ],
    [
      'a finding with other figures',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.findings[0]!.figures!.cost.per_year = 1),
      'figures.mismatch',
      '/findings/0/figures/cost/per_year',
    ],
    [
      'the easy way out',
      'cost',
      (document: DeliverableDocuments['cost']) => (document.status = 'insufficient_data'),
      'status.wrong',
      '/status',
    ],
    [
      'a flag left out',
      'cost',
      (document: DeliverableDocuments['cost']) => document.input.flags.pop(),
      'figures.mismatch',
      '/input/flags',
    ],
    [
      'a field that is no part of the schema',
      'cost',
      (document: DeliverableDocuments['cost']) => Object.assign(document, { extra: 1 }),
      'schema.invalid',
    ],
    [
      'a field left out',
      'friction',
      (document: DeliverableDocuments['friction']) => delete (document as Partial<typeof document>).index,
      'schema.invalid',
    ],
  ])('finds %s', (_, kind, change, code, pointer) => {
    const verdict = tamper(kind, change);
    expect(verdict.accepted).toBe(false);
    expect(verdict.findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ code, ...(pointer === undefined ? {} : { pointer }) })]),
    );
  });

  test('lets an author choose other words and another order of findings', () => {
    const verdict = tamper('time_waste', (document) => {
      document.headline = 'Most time goes into keying the same data twice';
      document.recommendation.text = 'Connect the two systems first.';
      document.findings.reverse();
    });
    expect(verdict).toEqual({ accepted: true, findings: [] });
  });

  test('holds a summary against the deliverables that it joins, to the cent', () => {
    const others = structuredClone(made);
    others.cost.totals.cost.per_year! += 0.01;
    const stale = checkDeliverable('summary', made.summary, sales, { ...others });
    expect(stale.findings).toContainEqual(expect.objectContaining({ code: 'agreement.mismatch' }));
    expect(checkDeliverable('summary', made.summary, sales).accepted).toBe(true);
  });

  test('looks at the report as delivered', async () => {
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
