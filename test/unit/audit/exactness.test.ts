import fc from 'fast-check';
import { decimalsOf } from '../../../src/audit/currency';
import { checkDeliverable } from '../../../src/audit/definition-of-done';
import { apportion, shares } from '../../../src/audit/apportion';
import { contexts, documentsOf, kinds, monthly, rows, sumOf, units } from './support';

const levels = ['as_given', 'per_period', 'per_year'] as const;

describe('figures are exact', () => {
  test('categories, wastes and rows add up to the totals in minutes and in money, on every level', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const { time_waste, cost } = documentsOf(context);
        if (cost.rows_cited.length === 0) return;
        const decimals = decimalsOf(cost.currency);
        for (const level of levels) {
          for (const parts of [cost.categories, cost.wastes, time_waste.categories, time_waste.wastes]) {
            const figures = parts.map((part) => part.figures);
            expect(sumOf(figures, 'minutes', level, 6)).toBe(units(cost.totals.minutes[level], 6));
            expect(sumOf(figures, 'cost', level, decimals)).toBe(units(cost.totals.cost[level], decimals));
          }
          const byRow = cost.rows.reduce((sum, row) => sum + units(row.cost[level], decimals), 0n);
          expect(byRow).toBe(units(cost.totals.cost[level], decimals));
          for (const category of cost.categories) {
            const own = cost.rows.filter(({ row }) => category.rows.includes(row));
            expect(own.reduce((sum, row) => sum + units(row.cost[level], decimals), 0n)).toBe(
              units(category.figures.cost[level], decimals),
            );
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('shares of categories and of wastes add up to exactly 100.0', () => {
    fc.assert(
      fc.property(contexts, (context) => {
        const { time_waste } = documentsOf(context);
        if (time_waste.status !== 'complete') return;
        for (const parts of [time_waste.categories, time_waste.wastes])
          expect(parts.reduce((tenths, { share }) => tenths + Math.round(share * 10), 0)).toBe(1000);
      }),
      { numRuns: 100 },
    );
  });

  test('totals equal whole-number arithmetic on whole minutes and a rate in cents', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 31 }),
        (minutes, cents, working_days) => {
          const { cost } = documentsOf({
            rows: minutes.map((value, index) => ({
              category: `C${index % 4}`,
              estimated_minutes: value,
              text: `Work ${index}`,
            })),
            hourly_rate: cents / 100,
            period: { type: 'monthly', working_days },
          });
          const sum = BigInt(minutes.reduce((a, b) => a + b, 0));
          const rounded = (factor: bigint) => (2n * sum * factor * BigInt(cents) + 60n) / 120n;
          expect(units(cost.totals.cost.as_given, 2)).toBe(rounded(1n));
          expect(units(cost.totals.cost.per_period, 2)).toBe(rounded(BigInt(working_days)));
          expect(units(cost.totals.cost.per_year, 2)).toBe(rounded(BigInt(working_days) * 12n));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('the five deliverables of any context agree to the cent and meet the definition of done', () => {
    fc.assert(
      fc.property(contexts, fc.constantFrom('en' as const, 'fr' as const), (context, language) => {
        const documents = documentsOf(context, language);
        for (const kind of ['cost', 'friction', 'scenario', 'summary'] as const)
          expect(documents[kind].totals).toEqual(documents.time_waste.totals);
        expect(documents.summary.reconciliation.filter(({ agree }) => !agree)).toEqual([]);
        for (const kind of kinds)
          expect(checkDeliverable(kind, documents[kind], context, { ...documents })).toEqual({
            accepted: true,
            findings: [],
          });
      }),
      { numRuns: 120 },
    );
  });

  test('tenths of a minute do not drift as floats would', () => {
    const { cost } = documentsOf({
      rows: rows(...Array.from({ length: 30 }, () => ['A', 0.1] as [string, number])),
      ...monthly,
    });
    expect(cost.totals.minutes).toEqual({ as_given: 3, per_period: 63, per_year: 756 });
    expect(cost.totals.cost).toEqual({ as_given: 2.1, per_period: 44.1, per_year: 529.2 });
  });

  test('money has the decimals of its currency', () => {
    const context = { rows: rows(['A', 7], ['B', 11]), hourly_rate: 1000.5, period: monthly.period };
    expect(documentsOf({ ...context, currency: 'JPY' }).cost.totals.cost.as_given).toBe(300);
    expect(documentsOf({ ...context, currency: 'KWD' }).cost.totals.cost.as_given).toBe(300.15);
  });
});

describe('apportioning', () => {
  test('gives parts that add up and are each within one unit of the exact value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 30 }),
        fc.bigInt({ min: 1n, max: 99n }),
        fc.bigInt({ min: 1n, max: 99n }),
        (weights, n, d) => {
          const sum = weights.reduce((a, b) => a + b, 0n);
          const total = (2n * sum * n + d) / (2n * d);
          const parts = apportion(total, weights, n, d);
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
          parts.forEach((part, index) => {
            const floor = (weights[index]! * n) / d;
            expect(part === floor || part === floor + 1n).toBe(true);
          });
        },
      ),
    );
  });

  test('three equal parts share 100.0 as 33.4, 33.3 and 33.3', () => {
    expect(shares([1n, 1n, 1n])).toEqual([33.4, 33.3, 33.3]);
  });
});
