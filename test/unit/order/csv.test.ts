import * as fc from 'fast-check';
import type { CsvDialect } from '../../../schemas/order/run';
import { exportColumns } from '../../../src/order/columns';
import { toCsv } from '../../../src/order/csv';
import { totalsOf } from '../../../src/order/totals';
import { line, orderOf, parseCsv } from '../../support/orders';
import { sample } from '../../support/samples';

const french: CsvDialect = { separator: ';', decimal: ',', bom: true, newline: '\r\n' };
const english: CsvDialect = { separator: ',', decimal: '.', bom: false, newline: '\n' };
const tabbed: CsvDialect = { separator: '\t', decimal: '.', bom: false, newline: '\n' };
const dialects = { french, english, tabbed };

const names = exportColumns.map(({ name }) => name);
const column = (name: string) => names.indexOf(name);
const cellsOf = (order: ReturnType<typeof orderOf>, dialect: CsvDialect) =>
  parseCsv(
    toCsv(order, dialect)
      .toString()
      .replace(/^\ufeff/, ''),
    dialect.separator,
  );

/** The project's own payloads by kind; those of the samples are added if there are samples. */
const payloads = [
  '\u200b=1+1',
  '\u202e\u2066=1+1',
  '\ufeff\u00ad@SUM(A1)',
  '\ufe0f+1',
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', "=cmd|'/C calc'!A0", '=HYPERLINK("http://x","y")', "-2+3+cmd|' /C calc'!A0"],
  ...[
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '\u00a0=1+1',
    '\u0000=1+1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '-5',
    '=1;=2',
    '="a"\n=2',
  ],
  ...(sample('csv-injection-payloads.txt')?.toString().split('\n').filter(Boolean) ?? []),
];

describe.each(Object.entries(dialects))('a CSV in the %s dialect', (_, dialect) => {
  it('has a head and a row for each line, and ends each with the newline', () => {
    const text = toCsv(orderOf(), dialect).toString();
    expect(text.startsWith('\ufeff')).toBe(dialect.bom);
    expect(text.split(dialect.newline)).toHaveLength(4);
    expect(text.endsWith(dialect.newline)).toBe(true);
    if (dialect.newline === '\n') expect(text).not.toContain('\r');
  });

  it('writes figures with the decimal mark, and computes the amount that a line does not state', () => {
    const [head, first, second] = cellsOf(orderOf(), dialect);
    expect(head).toEqual(names);
    const mark = dialect.decimal;
    expect(first![column('unit_price')]).toBe(`1${mark}50`);
    expect(first![column('amount')]).toBe(`3${mark}00`);
    expect(second![column('amount')]).toBe(`0${mark}50`);
    expect(second![column('reference')]).toBe('007');
  });

  it('keeps every text as it was, whatever marks and newlines it holds', () => {
    const odd = fc.array(fc.constantFrom(';', ',', '\t', '"', '\n', '\r\n', 'x', ' ', 'é', '数', "'"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(odd, odd, (a, b) => {
        const [description, note] = [`a${a.join('')}z`, `b${b.join('')}z`];
        const [, row] = cellsOf(orderOf({ lines: [line('L1', { description, note, quantity: '1' })] }), dialect);
        expect(row).toHaveLength(names.length);
        expect([row![column('description')], row![column('note')]]).toEqual([description, note]);
      }),
    );
  });

  it.each(payloads)('defuses %j in every text, and leaves figures alone', (payload) => {
    const values = { reference: payload, description: payload, unit: payload, note: payload };
    const lines = [line('L1', { ...values, quantity: '-3', unit_price: '-12.5' })];
    const order = orderOf({ lines, facts: { customer: { value: payload, source: 'file', confidence: 1 } } });
    const [, row, ...more] = cellsOf(order, dialect);
    expect(more).toEqual([]);
    const dangerous = /^[\s\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]/u.test(payload);
    for (const name of ['reference', 'description', 'unit', 'note', 'customer'])
      expect(row![column(name)]).toBe(dangerous ? `'${payload}` : payload);
    expect(row![column('quantity')]).toBe('-3');
    expect(row![column('unit_price')]).toBe(`-12${dialect.decimal}50`);
    expect(row![column('amount')]).toBe(`37${dialect.decimal}50`);
  });

  it('is the same, byte for byte, when it is made again', () => {
    const order = orderOf();
    expect(toCsv(structuredClone(order), dialect).equals(toCsv(order, dialect))).toBe(true);
  });
});

describe('amounts in their currency', () => {
  const priced = (currency: string | undefined) => {
    const lines = [line('L1', { reference: 'A', quantity: '3', unit_price: '0.3333', discount_percent: '12.5' })];
    const facts =
      currency === undefined ? {} : { currency: { value: currency, source: 'file' as const, confidence: 1 } };
    const [, row] = cellsOf(orderOf({ lines, facts }), english);
    return [row![column('unit_price')], row![column('amount')]];
  };

  it.each([
    ['EUR', '0.3333', '0.87'],
    [undefined, '0.3333', '0.87'],
    ['JPY', '0.3333', '1'],
    ['TND', '0.3333', '0.875'],
  ])('a computed amount in %s is rounded to its unit, a price never', (currency, price, amount) => {
    expect(priced(currency)).toEqual([price, amount]);
  });

  it('a stated amount stays as it was stated', () => {
    const lines = [line('L1', { reference: 'A', quantity: '3', unit_price: '0.3333', amount: '0.9999' })];
    expect(cellsOf(orderOf({ lines }), english)[1]![column('amount')]).toBe('0.9999');
  });

  it('the sum of an order is that of its lines as they are exported', () => {
    const half = { reference: 'A', quantity: '1', unit_price: '0.005' };
    expect(totalsOf([line('L1', half), line('L2', half)], [], 'EUR').amount).toBe('0.02');
  });
});

it('takes address and day of delivery from the order, but prefers the day of a line', () => {
  const lines = [
    line('L1', { reference: 'A', quantity: '1' }),
    line('L2', { reference: 'B', quantity: '1', delivery_date: '2026-03-04' }),
  ];
  const [, first, second] = cellsOf(orderOf({ lines }), english);
  expect([first![column('delivery_date')], second![column('delivery_date')]]).toEqual(['2026-02-01', '2026-03-04']);
  expect(first![column('delivery_address')]).toBe('1 Main St');
});
