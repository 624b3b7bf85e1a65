import { isIn, marksOf } from '../../../src/order/marks';
import { orderOf } from '../../support/orders';

const marksIn = (order: ReturnType<typeof orderOf>, from = 0) => [...marksOf(order, from)].map(({ mark }) => mark);

it('the marks of a draft are the cells of values and anomalies, with their paths in the whole', () => {
  const from = { file: 'order.xlsx', sheet: 'Sheet1', cell: 'B2:C2' };
  const order = orderOf({
    anomalies: [
      { code: 'line.quantity_odd', severity: 'warning', message: { en: '', fr: '' }, line_id: 'L1', evidence: [from] },
    ],
  });
  order.lines[0]!.other = [{ heading: 'Colour', value: 'red', cell: 'F2' }];
  const marks = marksIn(order);
  expect(marks.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/delivery/address', '/lines/0/quantity', '/lines/0/other/0', '/anomalies/0']),
  );
  expect(marks.at(-1)).toEqual({
    ...{ ref: 'B2:C2', path: '/anomalies/0', line_id: 'L1', code: 'line.quantity_odd' },
  });
  expect(marksIn(order, 1_000).map(({ path }) => path)).toContain('/lines/1000/quantity');
  expect(marksIn(order, 1_000).map(({ path }) => path)).not.toContain('/delivery/address');
});

const mark = { ref: 'B2:D2', path: '/facts/customer' };

it('a range is seen in a window that it reaches into, of its own file and sheet', () => {
  const place = { ...{ file: 'a.xlsx', sheet: 'S' }, range: { top: 2, left: 2, bottom: 2, right: 4 }, mark };
  const shown = { file: 'a.xlsx', sheet: 'S', range: { top: 1, left: 4, bottom: 9, right: 9 } };
  expect(isIn(place, shown)).toBe(true);
  expect(isIn(place, { ...shown, range: { ...shown.range, left: 5 } })).toBe(false);
  expect(isIn(place, { ...shown, sheet: 'T' })).toBe(false);
  expect(isIn({ ...place, sheet: undefined }, { ...shown, sheet: 'T' })).toBe(true);
});
