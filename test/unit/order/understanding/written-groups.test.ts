/** Digits in groups: barcodes with hyphens, and figures in lakhs. */
import { codes, column, read } from './book';

it.each([
  ['978-80-00-06123-8', '9788000061238'],
  ['978 2 07 036822 8', '9782070368228'],
  ['4-006381-333931', '4006381333931'],
  ['0-306-40615-2', '0306406152'],
  ['80-902734-1-X', '809027341X'],
  ['4006381333931', '4006381333931'],
  ['KN-410-22', 'KN-410-22'],
])('a barcode has no signs between its digits: %s', (written, barcode) => {
  const reading = read([
    ['EAN / ISBN', 'Title', 'Qty'],
    [written, 'A book', 5],
    ['9780306406157', 'Another book', 3],
  ]);
  const [line] = reading.lines;
  expect(line?.ean?.value ?? line?.reference?.value).toBe(barcode);
});

it.each([
  ['2,15,000.00', '86.00', '2,500', '215000'],
  ['1,16,400.00', '145.50', '800', '116400'],
  ['12,34,567.50', '493.827', '2,500', '1234567.5'],
  ['1,02,03,000', '10203', '1,000', '10203000'],
  ['98,400.00', '82.00', '1,200', '98400'],
])('figures of India have pairs of digits before the last three: %s', (amount, rate, quantity, value) => {
  const reading = read([
    ['Particulars', 'Qty', 'Rate', 'Amount'],
    ['Cotton poplin', quantity, rate, amount],
    ['Suiting cloth', '1,300', '82.00', '1,06,600.00'],
  ]);
  expect(column(reading, 'amount')).toEqual([value, '106600']);
  expect(codes(reading)).not.toContain('line.amount_unreadable');
});
