import { dateIn } from '../../../../src/order/understanding/dates';
import { decimal, fromDigits, lessPercent, times, decimalText } from '../../../../src/order/understanding/decimal';
import { numberIn } from '../../../../src/order/understanding/numbers';
import { codes, column, day, linesOf, read, shown } from './book';

describe('numbers in texts', () => {
  it.each([
    ['12', '12'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56 €', '1234.56'],
    ['1\u202f234', '1234'],
    ["1'234.50", '1234.5'],
    ['1’234.50', '1234.5'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['0,125', '0.125'],
    ['12,5', '12.5'],
    ['12.50', '12.5'],
    ['€ 12.50', '12.5'],
    ['$1,234.50', '1234.5'],
    ['12,50 EUR', '12.5'],
    ['EUR 12,50', '12.5'],
    ['-12', '-12'],
    ['−12', '-12'],
    ['12-', '-12'],
    ['(12,50)', '-12.5'],
    ['-€12.50', '-12.5'],
    ['１２３', '123'],
    ['+5', '5'],
    ['10 %', '10'],
    ['.5', '0.5'],
  ])('%j is %s', (text, value) => {
    const found = numberIn(text);
    expect(found && decimalText(found.value)).toBe(value);
    expect(found?.other).toBeUndefined();
    expect(found?.rest).toBeUndefined();
  });

  it.each([
    '',
    'x',
    'ca. 10',
    '2-3',
    '12 50',
    '1.23.4',
    '1,2,3',
    '12,',
    '--5',
    '1 2345',
    '10/12',
    '5 x 3',
    '1,234.567,8',
    '3 1/2',
    '½',
  ])('%j is not one', (text) => {
    const found = numberIn(text);
    expect(found === undefined || found.rest !== undefined).toBe(true);
  });

  it('with one sign before three digits are ambiguous', () => {
    expect(numberIn('1,234')?.other).toBeDefined();
    expect(numberIn('1.234')?.other).toBeDefined();
  });
});

describe('the notation of a column', () => {
  const price = (...prices: string[]) =>
    read([['Ref', 'Qty', 'Price'], ...prices.map((text, index) => [`A${index}`, 2, text])]);
  it('decides an ambiguous cell', () => {
    expect(column(price('12,50', '1,234', '1.234'), 'unit_price')).toEqual(['12.5', '1.234', '1234']);
    expect(column(price('12.50', '1,234', '3.00'), 'unit_price')).toEqual(['12.5', '1234', '3']);
    expect(codes(price('12,50', '1.234'))).toEqual([]);
  });

  it('is flagged if nothing decides it', () => {
    expect(codes(price('1,234', '2,500'))).toEqual(['line.number_ambiguous']);
    expect(codes(price('12,50', '12.50', '1,234'))).toEqual(['line.number_ambiguous']);
  });

  it('is found by multiplication if nothing else decides it', () => {
    const reading = read([
      ['Ref', 'Qty', 'Price', 'Amount'],
      ['A1', 2, '1,234', 2468],
      ['A2', 3, '1,500', 4500],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['1234', '1500']);
    expect(codes(reading)).toEqual([]);
  });

  it('of another column of the file decides as well', () => {
    const reading = read([
      ['Ref', 'Qty', 'Price', 'Amount'],
      ['A1', '1.200', '2,55', '3.060,00'],
      ['A2', '3', '1,50', '4,50'],
    ]);
    expect(column(reading, 'quantity')).toEqual(['1200', '3']);
    expect(codes(reading)).toEqual([]);
  });
});

describe('quantities with a unit', () => {
  it('in the cell or its format give both', () => {
    const reading = read([
      ['Ref', 'Qty'],
      ['A1', '12 kg'],
      ['A2', '1 200 pièces'],
      ['A3', shown(5, '5 kg')],
      ['A4', '2,5 kg'],
    ]);
    expect(linesOf(reading).map(({ quantity, unit }) => [quantity, unit])).toEqual([
      ['12', 'kg'],
      ['1200', 'pcs'],
      ['5', 'kg'],
      ['2.5', 'kg'],
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('in a column are codes, or flagged', () => {
    const reading = read([
      ['Ref', 'Qty', 'Unit'],
      ['A1', 1, 'Pièce(s)'],
      ['A2', 2, 'bte'],
      ['A3', 3, 'zorg'],
      ['A4', 4, 'm²'],
      ['A5', 4, 'adet'],
    ]);
    expect(column(reading, 'unit')).toEqual(['pcs', 'box', 'zorg', 'm2', 'pcs']);
    expect(codes(reading)).toEqual(['line.unit_unknown']);
  });
});

describe('days', () => {
  it.each([
    ['2024-03-12', '2024-03-12'],
    ['12 mars 2024', '2024-03-12'],
    ['mardi 12 mars 2024', '2024-03-12'],
    ['1er avril 2024', '2024-04-01'],
    ['March 12, 2024', '2024-03-12'],
    ['12th March 2024', '2024-03-12'],
    ['12-Mar-24', '2024-03-12'],
    ['12. März 2024', '2024-03-12'],
    ['12.03.2024', '2024-03-12'],
    ['25/12/2024', '2024-12-25'],
    ['12/25/2024', '2024-12-25'],
    ['05/05/2024', '2024-05-05'],
    ['2024年3月12日', '2024-03-12'],
  ])('%j is %s', (text, expected) => {
    expect(dateIn(text)).toEqual(expect.objectContaining({ day: expected }));
    expect(dateIn(text)?.other).toBeUndefined();
  });

  it.each(['', 'asap', 'semaine 12', '31/02/2024', '2024', '12/2024', 'mars 2024', '1/2/3/4', '32 mars 2024'])(
    '%j is not one',
    (text) => {
      expect(dateIn(text)).toBeUndefined();
    },
  );

  const lines = (headings: string[], ...days: (string | ReturnType<typeof day>)[]) =>
    read([headings, ...days.map((text, index) => [`A${index}`, 2, text])]);
  it('are decided by the column, else by the language, else flagged', () => {
    const english = ['Ref', 'Qty', 'Delivery date'];
    expect(column(lines(english, '03/04/2024', '25/12/2024'), 'delivery_date')).toEqual(['2024-04-03', '2024-12-25']);
    expect(column(lines(english, '03/04/2024', '12/25/2024'), 'delivery_date')).toEqual(['2024-03-04', '2024-12-25']);
    expect(codes(lines(english, '03/04/2024'))).toEqual(['line.date_ambiguous']);
    expect(codes(lines(english, '03/04/2024', '12/25/2024', '25/12/2024'))).toEqual(['line.date_ambiguous']);
    const french = lines(['Réf.', 'Qté', 'Date de livraison'], '03/04/2024', day('2024-05-06'));
    expect(column(french, 'delivery_date')).toEqual(['2024-04-03', '2024-05-06']);
    expect(codes(french)).toEqual([]);
    expect(codes(lines(english, 'asap', '2024-03-01'))).toEqual(['line.date_unreadable']);
  });
});

describe('exact decimals', () => {
  it('lose nothing and round as a spreadsheet does', () => {
    const of = (text: string) => decimal(text) ?? { units: 0n, scale: 0 };
    expect(decimalText(times(of('0.1'), of('0.2')))).toBe('0.02');
    expect(decimalText(lessPercent(of('200'), of('12.5')))).toBe('175');
    expect(decimalText(of('12.500'))).toBe('12.5');
    expect(decimalText(of('-0.0'))).toBe('0');
    expect(decimalText(fromDigits('12.299999999999999') ?? of('0'))).toBe('12.3');
    expect(decimalText(fromDigits('0.30000000000000004') ?? of('0'))).toBe('0.3');
    expect(decimalText(fromDigits('1.5E-3') ?? of('0'))).toBe('0.0015');
    expect(decimalText(fromDigits('9.780306406157E12') ?? of('0'))).toBe('9780306406157');
    expect(decimalText(of('1e30'))).toBeUndefined();
  });
});
