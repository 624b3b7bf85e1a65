import type { Period, WorkContext } from '../../../schemas/audit/work-context';
import { documentsOf, rows } from './support';

function minutesOf(period: Period | undefined, rows_cover?: 'day' | 'period') {
  const context: WorkContext = { rows: rows(['A', 100]), hourly_rate: 60, period, rows_cover };
  const { totals, scaling } = documentsOf(context).time_waste;
  return { minutes: [totals.minutes.as_given, totals.minutes.per_period, totals.minutes.per_year], scaling };
}

describe('rows scale to the period and the year', () => {
  test.each<[Period, 'day' | 'period', number, number]>([
    [{ type: 'monthly', working_days: 21 }, 'day', 2100, 25_200],
    [{ type: 'monthly', working_days: 21 }, 'period', 100, 1200],
    [{ type: 'weekly', working_days: 5 }, 'day', 500, 26_000],
    [{ type: 'weekly', working_days: 4.5 }, 'day', 450, 23_400],
    [{ type: 'weekly', working_days: 5 }, 'period', 100, 5200],
    [{ type: 'yearly', working_days: 218 }, 'day', 21_800, 21_800],
    [{ type: 'yearly', working_days: 218 }, 'period', 100, 100],
    [{ type: 'daily', working_days: 1 }, 'day', 100, 25_200],
    [{ type: 'daily', working_days: 1 }, 'period', 100, 25_200],
    [{ type: 'daily', working_days: 220 }, 'day', 22_000, 22_000],
    [{ type: 'daily', working_days: 5 }, 'period', 100, 5040],
  ])('%p, rows cover a %s', (period, cover, perPeriod, perYear) => {
    expect(minutesOf(period, cover).minutes).toEqual([100, perPeriod, perYear]);
  });

  test('rows cover a day unless the input says otherwise, and the assumption is stated', () => {
    const { minutes, scaling } = minutesOf({ type: 'monthly', working_days: 20 });
    expect(minutes).toEqual([100, 2000, 24_000]);
    expect(scaling.words).toBe(
      'The rows are one typical working day. Per month: × 20 working days. Per year: 12 months.',
    );
    expect(scaling.assumptions[0]).toContain('does not say what the rows cover');
  });

  test('a daily period states the number of days of a year that it assumes', () => {
    const { scaling } = minutesOf({ type: 'daily', working_days: 1 }, 'day');
    expect(scaling.assumptions.join(' ')).toContain('252 working days');
  });

  test('without a period there are no yearly figures', () => {
    expect(minutesOf(undefined).minutes).toEqual([100, null, null]);
  });
});
