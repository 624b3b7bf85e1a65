import fc from 'fast-check';
import { contexts, documentsOf, monthly, rows } from './support';

describe('scenarios', () => {
  test('never save more than their rows, and low ≤ likely ≤ high', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const { scenario } = documentsOf(context);
        for (const { saving, most } of [
          ...scenario.scenarios.map(({ saving, touched }) => ({ saving, most: touched })),
          { saving: scenario.plan.saving, most: scenario.totals },
        ])
          for (const kind of ['minutes', 'cost'] as const)
            for (const level of ['as_given', 'per_period', 'per_year'] as const) {
              const [low, likely, high] = [
                saving.low[kind][level],
                saving.likely[kind][level],
                saving.high[kind][level],
              ];
              if (low === null || likely === null || high === null) continue;
              expect(low).toBeLessThanOrEqual(likely);
              expect(likely).toBeLessThanOrEqual(high);
              expect(high).toBeLessThanOrEqual(most[kind][level] ?? 0);
            }
      }),
      { numRuns: 100 },
    );
  });

  test('that overlap are counted once: every row is in one step of the plan at most', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const steps = documentsOf(context).scenario.plan.steps.flatMap((step) => step.rows);
        expect(new Set(steps).size).toBe(steps.length);
      }),
      { numRuns: 100 },
    );
  });

  const overlapping = {
    rows: rows(
      ['A', 60, 'Re-type the order from the mailbox into the ERP'],
      ['A', 60, 'Re-type the order from the mailbox into the ERP'],
      ['A', 60, 'Visit a customer in Lyon'],
    ),
    ...monthly,
  };

  test('show the overlap, and the plan gives the row to the lever that saves most of it', () => {
    const { scenario } = documentsOf(overlapping);
    expect(scenario.overlaps).toMatchObject([{ scenarios: ['merge', 'automate'], rows: [2] }]);
    expect(scenario.plan.steps.map(({ scenario: lever, rows: cited }) => [lever, cited])).toEqual([
      ['automate', [1, 2]],
    ]);
    expect(scenario.plan.saving.likely.minutes.as_given).toBe(72);
    expect(scenario.plan.left_out.map(({ scenario: lever }) => lever)).toEqual(['merge']);
  });

  test('pay back in a number of months that a pocket calculator confirms', () => {
    const { scenario } = documentsOf(overlapping);
    const automate = scenario.scenarios.find(({ id }) => id === 'automate')!;
    // 60 % of 120 minutes × 252 days = 302.4 h a year; 80 h + 8 h for one distinct activity
    expect(automate.saving.likely.cost.per_year).toBe(12_700.8);
    expect(automate.effort).toMatchObject({ hours: 88, cost: 3696 });
    expect(automate.payback_months.likely).toBe(3.5);
  });

  test('are in order of net gain in the plan, thin ones last, and what takes over two years is left out', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const { steps } = documentsOf(context).scenario.plan;
        steps.slice(1).forEach((step, i) => {
          const before = steps[i]!;
          expect(Number(step.rests_on.thin)).toBeGreaterThanOrEqual(Number(before.rests_on.thin));
          // amounts are rounded, so equal gains may differ by a unit of money
          if (step.rests_on.thin === before.rests_on.thin)
            expect(step.net_first_year ?? 0).toBeLessThanOrEqual((before.net_first_year ?? 0) + 1);
        });
        for (const { rests_on } of steps)
          if (rests_on.rows < 3 || rests_on.share < 1.9) expect(rests_on.thin).toBe(true);
        expect(Math.max(0, ...steps.map(({ payback_months }) => payback_months.likely ?? 0))).toBeLessThanOrEqual(24);
      }),
      { numRuns: 100 },
    );
    const { plan, scenarios } = documentsOf({
      rows: rows(['A', 1, 'Re-type a code into the ERP']),
      ...monthly,
    }).scenario;
    expect(scenarios.find(({ id }) => id === 'automate')!.applies).toBe(true);
    expect(plan.left_out).toMatchObject([{ scenario: 'automate' }]);
    expect(plan.steps).toEqual([]);
  });

  test('name prerequisites, risk, assumptions and the rows that call for them', () => {
    const { scenarios } = documentsOf(overlapping).scenario;
    expect(scenarios.map(({ id }) => id)).toEqual(['eliminate', 'merge', 'automate', 'delegate', 'batch']);
    for (const { prerequisites, risk, effort } of scenarios) {
      expect(prerequisites.length).toBeGreaterThan(0);
      expect(risk.words).not.toBe('');
      expect(effort.words).not.toBe('');
    }
  });
});

describe('the sensitivity of the cost', () => {
  test('ranks inputs by the swing of the yearly cost', () => {
    const { sensitivity } = documentsOf({ rows: rows(['A', 90], ['B', 10], ['B', null]), ...monthly }).cost;
    const swings = sensitivity.map(({ swing }) => swing ?? 0);
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
    expect(sensitivity[0]).toMatchObject({
      input: 'Rows set aside',
      rows: [3],
      yearly_cost_low: 17_640,
      yearly_cost_high: 26_460,
    });
    expect(sensitivity.find(({ input }) => input === 'Hourly rate')).toMatchObject({
      yearly_cost_low: 15_876,
      yearly_cost_high: 19_404,
    });
  });
});
