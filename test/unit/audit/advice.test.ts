import { figuresIn } from '../../../src/audit/agreement';
import { sayIn } from '../../../src/audit/language';
import type { WorkContext } from '../../../schemas/audit/work-context';
import english from '../../../examples/audit/sales-back-office.json';
import { contexts, documentsOf, kinds, monthly, reportOf, rows } from './support';
import fc from 'fast-check';

const typed = (category: string, minutes: number, n: number) =>
  Array.from(
    { length: n },
    (_, i) => [category, minutes, `Re-type delivery note ${'abcdefgh'[i]} into the ERP`] as const,
  );
const plain = (minutes: number) => ['Sales', minutes, 'Call customers about the new catalogue'] as const;
const of = (given: (readonly [string, number, string])[], more: Partial<WorkContext> = {}) =>
  documentsOf({ rows: rows(...given.map((row) => [...row] as [string, number, string])), ...monthly, ...more });

describe('the recommendation', () => {
  test('is the same in all five documents, and says what it rests on and what would refute it', async () => {
    const documents = documentsOf(english as WorkContext);
    for (const kind of kinds) {
      expect(documents[kind].recommendation).toEqual(documents.scenario.recommendation);
      const report = await reportOf(kind, english as WorkContext);
      expect(report).toMatch(
        /## What the recommendation rests on\n\n- Evidence: \d+ rows with [\d,.]+ minutes, [\d.]+% of all; enough/,
      );
      expect(report).toContain('- It would be refuted by: ');
    }
    const [first] = documents.scenario.plan.steps;
    expect(documents.scenario.recommendation).toMatchObject({
      rows: first!.rows,
      sum: first!.saving.likely.cost.per_year,
    });
  });

  test('never rests on two rows, however much they would save', () => {
    const { plan, recommendation } = of([
      ...typed('Invoicing', 600, 2),
      plain(60),
      ['Office', 20, 'Wait for approval'],
    ]).scenario;
    expect(plan.steps[0]).toMatchObject({ scenario: 'automate', rests_on: { rows: 2, thin: true } });
    expect(recommendation).toMatchObject({ sum_is: 'cost_per_year', rests_on: { thin: true } });
    expect(recommendation.text).toMatch(
      /^Record two more weeks of work before investing: the evidence is thin\..*at least 3 rows and 2%/,
    );
  });

  test('puts what gains more in a year before what pays back sooner', () => {
    const quick = ['a', 'b', 'c'].map((n) => ['Office', 30, `Wait for approval of ${n}`] as const);
    const { steps } = of([...typed('Invoicing', 120, 6), ...quick, plain(60)]).scenario.plan;
    expect(steps.map(({ scenario }) => scenario)).toEqual(['automate', 'batch']);
    expect(steps[0]!.payback_months.likely!).toBeGreaterThan(0);
    expect(steps[0]!.net_first_year!).toBeGreaterThan(steps[1]!.net_first_year!);
    expect(steps[0]!.net_first_year!).toBeCloseTo(steps[0]!.saving.likely.cost.per_year! - steps[0]!.effort.cost!, 2);
  });

  test('without evidence asks the question that would find the cause, and calls no category a cause', async () => {
    const context = { rows: rows(['Sales', 300, 'Call customers'], ['Office', 100, 'Sort the mail']), ...monthly };
    const { causes, unexplained, recommendation } = documentsOf(context).cost;
    expect(causes).toEqual([]);
    expect(unexplained.map(({ category, share }) => [category, share])).toEqual([
      ['Sales', 75],
      ['Office', 25],
    ]);
    expect(recommendation.text).toContain(unexplained[0]!.question);
    const head = (await reportOf('cost', context)).split('\n').slice(0, 10).join('\n');
    expect(head).toMatch(/No cause is known for \*\*Sales\*\*: 75\.0%, 300 minutes; row 1; ask: In “Sales”, what/);
  });
});

describe('the table of figures', () => {
  test('holds every figure that two documents state, and they agree', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const documents = documentsOf(context);
        const say = sayIn('en');
        const stated = new Map<string, Set<number | null>>();
        const times = new Map<string, number>();
        for (const kind of kinds)
          for (const { key, value } of figuresIn(documents[kind], say)) {
            stated.set(key, (stated.get(key) ?? new Set()).add(value));
            times.set(key, (times.get(key) ?? 0) + 1);
          }
        for (const [key, values] of stated) expect([key, values.size]).toEqual([key, 1]);
        expect(documents.summary.reconciliation.every(({ agree }) => agree)).toBe(true);
        const twice = [...times].filter(([, count]) => count > 1).length;
        expect(documents.summary.reconciliation.length).toBeGreaterThanOrEqual(twice);
      }),
      { numRuns: 40 },
    );
  });
});

describe('doubts about the input', () => {
  const doubts = (more: Partial<WorkContext>) => of([plain(400)], more).summary.input.doubts.map(({ code }) => code);

  test('are said in the first lines of every report', async () => {
    const context: WorkContext = {
      rows: rows(...Array.from({ length: 40 }, () => ['Sales', 480, 'Call a customer'] as [string, number, string])),
      ...monthly,
    };
    for (const kind of kinds) {
      const head = (await reportOf(kind, context)).split('\n').slice(0, 10).join('\n');
      expect(head).toContain('- **Check first:** 19,200 minutes a day are the work of 40 people at 8 hours each');
      expect(head).toContain('39 rows repeat another one to the letter (18,720 minutes)');
    }
  });

  test.each<[string, Partial<WorkContext>, string[]]>([
    ['a plain day', {}, []],
    ['a week of 21 days', { period: { type: 'weekly', working_days: 21 } }, ['period_unlikely']],
    ['a year of 21 days', { period: { type: 'yearly', working_days: 21 } }, ['period_unlikely']],
    [
      'a day given as a period',
      { rows_cover: 'period', period: { type: 'yearly', working_days: 220 } },
      ['people_few'],
    ],
    ['a period that fits', { rows_cover: 'period', period: { type: 'daily', working_days: 1 } }, []],
  ])('%s', (_, more, codes) => expect(doubts(more)).toEqual(codes));
});
