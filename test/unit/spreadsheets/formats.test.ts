import { digitsOf, digitsText } from '../../../src/spreadsheets/xlsx/decimal';
import { builtinFormat, parseFormat } from '../../../src/spreadsheets/xlsx/format';
import { moveFormula } from '../../../src/spreadsheets/xlsx/formula';
import { isoOf } from '../../../src/spreadsheets/xlsx/calendar';
import { parseCell } from '../../../src/spreadsheets/xlsx/reference';
import { show } from '../../../src/spreadsheets/xlsx/show';

test.each([
  ['9780306406157', '9780306406157'],
  ['9.780306406157E12', '9780306406157'],
  ['9.780306406157e+12', '9780306406157'],
  ['1.2299999999999999E-2', '0.012299999999999999'],
  ['12.299999999999999', '12.299999999999999'],
  ['1.0', '1'],
  ['007', '7'],
  ['.5', '0.5'],
  ['-0', '0'],
  ['-12.50', '-12.5'],
  ['+3', '3'],
  ['1E3', '1000'],
  ['97803064061571234', '97803064061571234'],
])('the number %s has the digits %s', (text, digits) => {
  const found = digitsOf(text);
  expect(found && digitsText(found)).toBe(digits);
});

test.each(['', '.', 'abc', '1,5', '0x10', '1e999', 'Infinity', '1 2'])('%p has no digits', (text) => {
  expect(digitsOf(text)).toBeUndefined();
});

test.each([
  ['yyyy-mm-dd', 'date'],
  ['dd/mm/yy', 'date'],
  ['mmmm" "yyyy', 'date'],
  ['[$-409]mmmm" "d", "yyyy', 'date'],
  ['[$-411]ggge"年"m"月"d"日";@', 'date'],
  ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
  ['mmm', 'date'],
  ['h:mm', 'time'],
  ['hh:mm:ss.000', 'time'],
  ['mm:ss', 'time'],
  ['[h]:mm', 'time'],
  ['[mm]', 'time'],
  ['h:mm AM/PM', 'time'],
  ['d/m/yyyy h:mm', 'date'],
  ['General', 'number'],
  ['0.00', 'number'],
  ['#,##0 "days"', 'number'],
  ['0\\d', 'number'],
  ['[Red]0', 'number'],
  ['[>100]0;0.0', 'number'],
  ['0.00E+00', 'number'],
  ['_-* #,##0.00\\ "€"_-', 'number'],
  ['0 pcs', 'number'],
  ['"Qty: "General', 'number'],
  ['@', 'text'],
  ['', 'number'],
])('a number in the format %s is a %s', (code, meaning) => {
  expect(parseFormat(code).meaning).toBe(meaning);
});

test.each([
  [14, 'date'],
  [20, 'time'],
  [22, 'date'],
  [27, 'date'],
  [36, 'date'],
  [46, 'time'],
  [47, 'time'],
  [50, 'date'],
  [58, 'date'],
  [0, 'number'],
  [4, 'number'],
  [49, 'text'],
  [163, 'number'],
])('the format number %d is a %s', (id, meaning) => {
  expect(builtinFormat(id).meaning).toBe(meaning);
});

test.each<[string, string, string | undefined]>([
  ['123', '00000', '00123'],
  ['123456', '00000', undefined],
  ['12.3', '0.00', '12.30'],
  ['12.345', '0.00', '12.35'],
  ['-12.345', '0.00', '-12.35'],
  ['0.995', '0.00', '1.00'],
  ['9.995', '#,##0.00', '10.00'],
  ['1234567.5', '#,##0.00', '1,234,567.50'],
  ['1234567', '#\\ ##0', '1234 567'],
  ['999', '#,##0', undefined],
  ['0.25', '0%', '25%'],
  ['0.0725', '0.00%', '7.25%'],
  ['12.5', '#,##0.00 [$€-40C]', '12.50 €'],
  ['12.5', '[$£-809]#,##0.00', '£12.50'],
  ['12', '0 "pcs"', '12 pcs'],
  ['12', '"Box of "0', 'Box of 12'],
  ['12', 'General" kg"', '12 kg'],
  ['-5', '0;(0)', '(5)'],
  ['-5', '0;[Red]-0', undefined],
  ['0', '0;-0;"none"', 'none'],
  ['0', ';;', undefined],
  ['123456789', '000\\-00\\-0000', '123-45-6789'],
  ['612345678', '00\\ 00\\ 00\\ 00\\ 00', '06 12 34 56 78'],
  ['9780306406157', '0', undefined],
  ['9780306406157', '0.00E+00', undefined],
  ['9780306406157', '000\\-0\\-00\\-000000\\-0', '978-0-30-640615-7'],
  ['1234567', '0.0,,"M"', '1.2M'],
  ['0.5', '# ?/?', undefined],
  ['5', '[>10]0.0;0', undefined],
  ['0.5', '#.##', '.5'],
  ['5', '#.##', undefined],
])('%s in the format %s shows %s', (number, code, shown) => {
  const digits = digitsOf(number);
  if (!digits) throw new Error('no digits');
  expect(show(digits, parseFormat(code))).toBe(shown);
});

test.each<[number, boolean, string | undefined]>([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [60, false, undefined],
  [61, false, '1900-03-01'],
  [44197, false, '2021-01-01'],
  [44197.5, false, '2021-01-01T12:00:00'],
  [44197.999999, false, '2021-01-02'],
  [0, false, undefined],
  [-1, false, undefined],
  [2_958_465, false, '9999-12-31'],
  [2_958_466, false, undefined],
  [0, true, '1904-01-01'],
  [42735, true, '2021-01-01'],
])('the day %d (since 1904: %s) is %s', (serial, date1904, iso) => {
  expect(isoOf(serial, date1904)).toBe(iso);
});

test.each([
  ['A1+$B$2*C$3-$D4', 2, 1, 'B3+$B$2*D$3-$D6'],
  ['SUM(A1:B2)', 1, 0, 'SUM(A2:B3)'],
  ['SUM(A:A)+SUM(1:2)', 1, 1, 'SUM(B:B)+SUM(2:3)'],
  ['"A1"&A1', 1, 0, '"A1"&A2'],
  ["'Sheet A1'!A1", 1, 0, "'Sheet A1'!A2"],
  ['Data1!B2', 1, 1, 'Data1!C3'],
  ['LOG10(A1)+A1B', 1, 0, 'LOG10(A2)+A1B'],
  ['Rate2024*A1', 1, 0, 'Rate2024*A2'],
  ['A1', -1, 0, '#REF!'],
  ['1.5E3+A1', 1, 0, '1.5E3+A2'],
  ['Table1[Qty]*A1', 1, 0, 'Table1[Qty]*A2'],
  ['IF(A1>0,Z9,"")', 0, 1, 'IF(B1>0,AA9,"")'],
])('the formula %s, moved by %d rows and %d columns, is %s', (formula, rows, columns, moved) => {
  expect(moveFormula(formula, rows, columns)).toBe(moved);
});

test.each<[string, object | undefined]>([
  ['A1', { column: 1, row: 1 }],
  ['$AB$12', { column: 28, row: 12 }],
  ['xfd1048576', { column: 16_384, row: 1_048_576 }],
  ['XFE1', undefined],
  ['A1048577', undefined],
  ['A0', undefined],
  ['A', undefined],
  ['1', undefined],
  ['A1B', undefined],
  ['', undefined],
  ['AAAAAAAAAAAAAAAAAAAAAA1', undefined],
])('the name %p of a cell means %p', (name, at) => {
  expect(parseCell(name)).toEqual(at);
});
