import { normalise } from '../../../src/audit/normalise';
import { readMinutes } from '../../../src/audit/minutes';
import type { WorkContext } from '../../../schemas/audit/work-context';
import { documentsOf, monthly, rows } from './support';

function flagsOf(context: WorkContext) {
  return normalise(context, 'en').flags.map(({ row, code, counted }) => [row, code, counted]);
}

describe('reading minutes', () => {
  test.each<[unknown, number | undefined]>([
    [45, 45],
    [0.1, 0.1],
    [1e-7, 0],
    ['45', 45],
    ['45 min', 45],
    ['45 minutes.', 45],
    ["45'", 45],
    ['1h30', 90],
    ['1 h 05 min', 65],
    ['1:30', 90],
    ['2 h', 120],
    ['1,5 h', 90],
    ['1.5 hours', 90],
    ['2 heures', 120],
    ['90 s', 1.5],
    ['1 234', 1234],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['-5', -5],
    ['1,234', undefined],
    ['about ten', undefined],
    ['10-20', undefined],
    ['=45', undefined],
    ['1h75', undefined],
    ['2 days', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [true, undefined],
  ])('%p is %p minutes', (given, minutes) => {
    const reading = readMinutes(given);
    expect('micros' in reading ? Number(reading.micros) / 1e6 : undefined).toBe(minutes);
  });
});

describe('odd rows', () => {
  const odd: WorkContext = {
    rows: rows(
      ['A', 60],
      ['A', 0],
      ['A', -30],
      ['A', 100_000],
      ['A', null],
      ['A', 'soon'],
      ['A', '1h30'],
      ['', 10],
      ['A', 5, 'x'.repeat(5000)],
      ['A', 5, ''],
    ),
    ...monthly,
  };

  test('get a flag each, which says whether they are counted', () => {
    expect(flagsOf(odd)).toEqual([
      [2, 'minutes_zero', true],
      [3, 'minutes_negative', false],
      [4, 'minutes_huge', false],
      [5, 'minutes_missing', false],
      [6, 'minutes_unreadable', false],
      [7, 'minutes_from_text', true],
      [8, 'category_empty', true],
      [9, 'text_long', true],
      [10, 'text_empty', true],
    ]);
  });

  test('never make a sum wrong, and the report states the rows set aside', () => {
    const { cost } = documentsOf(odd);
    expect(cost.totals.minutes.as_given).toBe(60 + 0 + 90 + 10 + 5 + 5);
    expect(cost.input).toMatchObject({ rows: 10, rows_counted: 6, rows_set_aside: 4, minutes: 170 });
    expect(cost.rows_cited).toEqual([1, 2, 7, 8, 9, 10]);
    expect(cost.input.words).toContain('4 rows are set aside');
  });

  test('that are not objects at all are flagged as well', () => {
    const context = { rows: [null, 'text', 7, [1], { estimated_minutes: 5 }] as never, ...monthly };
    expect(flagsOf(context).filter(([, code]) => code === 'row_unreadable')).toHaveLength(4);
    expect(documentsOf(context).cost.totals.minutes.as_given).toBe(5);
  });

  test('may have a full day of minutes, or all the days of a period', () => {
    expect(flagsOf({ rows: rows(['A', 1440], ['A', 1441]), ...monthly })).toEqual([[2, 'minutes_huge', false]]);
    const period: WorkContext = {
      rows: rows(['A', 21 * 1440], ['A', 21 * 1440 + 1]),
      rows_cover: 'period',
      ...monthly,
    };
    expect(flagsOf(period)).toEqual([[2, 'minutes_huge', false]]);
  });

  test('with spellings of one category that differ in case and spaces are one category', () => {
    const { cost } = documentsOf({ rows: rows(['Invoicing', 10], [' invoicing', 20], ['INVOICING  ', 5]), ...monthly });
    expect(cost.categories.map(({ name, figures }) => [name, figures.minutes.as_given])).toEqual([['Invoicing', 35]]);
  });
});
