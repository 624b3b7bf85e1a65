/** An order that is read again: corrections are kept where they still fit, and named where they do not. */
import type { Order, OrderLine } from '../../../schemas/order/order';
import type { OrderCorrections } from '../../../schemas/order/run';
import { correct } from '../../../src/order/correct';
import { check } from '../../../src/order/check';
import { renew } from '../../../src/order/renew';
import { line, orderOf } from '../../support/orders';

/** A line whose values stand in a row of a file. */
function rowOf(file: string, row: number, line_id: string, values: Record<string, string>): OrderLine {
  const at = Object.entries(line(line_id, values)).map(([field, value]) => {
    const cell = `${field === 'quantity' ? 'B' : 'A'}${row}`;
    return [field, typeof value === 'object' ? { ...value, from: { file, sheet: 'Sheet1', cell } } : value];
  });
  return Object.fromEntries(at) as OrderLine;
}

const withChecks = (order: Order): Order => ({ ...order, anomalies: check(order) });
const readOf = (lines: OrderLine[], more: Partial<Order> = {}): Order => withChecks(orderOf({ lines, ...more }));

const nut = (id: string, quantity?: string) =>
  rowOf('b.xlsx', 3, id, { reference: 'NUT', ...(quantity === undefined ? {} : { quantity }) });
const bolt = (id: string) => rowOf('b.xlsx', 4, id, { reference: 'BOLT', quantity: '8' });

function corrected(order: Order, corrections: OrderCorrections): Order {
  const result = correct(order, corrections, 'ann');
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return result.order;
}
const lineNamed = ({ lines }: Order, reference: string) => lines.find((one) => one.reference?.value === reference);
const lostIn = ({ anomalies }: Order) =>
  anomalies.filter(({ code }) => code === 'correction.lost').map(({ message }) => message.en);

/** What the first reading has of an order whose file a.xlsx was refused by a fault of ours. */
const read = readOf([nut('L1'), bolt('L2')], {
  files: [
    { file: 'a.xlsx', outcome: 'refused', sheets: [], structures: [] },
    { file: 'b.xlsx', outcome: 'order', sheets: [], structures: [] },
  ],
});
const washer = rowOf('a.xlsx', 2, 'L1', { reference: 'WASHER', quantity: '100' });

it('corrections go to their lines, whatever these are called now', () => {
  const now = corrected(read, {
    delivery: { address: '2 New St' },
    facts: { currency: 'EUR' },
    lines: [
      { line_id: 'L1', quantity: '6', note: 'soon' },
      { line_id: 'L2', remove: true },
      { reference: 'PIN', quantity: 1 },
    ],
  });
  const { order, kept, lost } = renew({ read, now, fresh: readOf([washer, nut('L2'), bolt('L3')]) });
  expect(order.lines.map(({ line_id, reference, quantity }) => [line_id, reference?.value, quantity?.value])).toEqual([
    ['L1', 'WASHER', '100'],
    ['L2', 'NUT', '6'],
    ['L4', 'PIN', '1'],
  ]);
  expect(lineNamed(order, 'NUT')).toMatchObject({ quantity: { source: 'person' }, note: { value: 'soon' } });
  expect([order.delivery.address?.value, order.facts.currency?.value]).toEqual(['2 New St', 'EUR']);
  expect({ kept, lost, version: order.version }).toEqual({ kept: 6, lost: 0, version: now.version + 1 });
  expect(order.anomalies).toEqual([]);
});

it('a value that is read otherwise now keeps what is read, and says which correction was lost', () => {
  const now = corrected(read, { lines: [{ line_id: 'L2', quantity: '9', note: 'soon' }] });
  const other = rowOf('b.xlsx', 4, 'L2', { reference: 'BOLT M8', quantity: '8' });
  const more = { ...other, quantity: { ...other.quantity!, value: '80' } };
  const { order, kept, lost } = renew({ read, now, fresh: readOf([nut('L1', '5'), more]) });
  expect(order.lines[1]).toMatchObject({ quantity: { value: '80', source: 'file' }, note: { value: 'soon' } });
  expect({ kept, lost }).toEqual({ kept: 1, lost: 1 });
  expect(lostIn(order)).toEqual(['Lost when the order was read again: quantity “9” of BOLT.']);
  expect(order.anomalies.find(({ code }) => code === 'correction.lost')).toMatchObject({
    severity: 'warning',
    evidence: [{ file: 'b.xlsx', cell: 'A4' }],
  });
});

it('a line that is gone takes its corrections and its removal along', () => {
  const now = corrected(read, {
    lines: [
      { line_id: 'L1', quantity: '6' },
      { line_id: 'L2', remove: true },
    ],
  });
  const { order, kept, lost } = renew({ read, now, fresh: readOf([washer]) });
  expect({ kept, lost, lines: order.lines.length }).toEqual({ kept: 0, lost: 2, lines: 1 });
  expect(lostIn(order)).toEqual([
    'Lost when the order was read again: quantity “6” of NUT.',
    'Lost when the order was read again: BOLT was removed.',
  ]);
});

it('what was dismissed stays dismissed by the one who did so, and what is new is shown', () => {
  const past = {
    address: orderOf().delivery.address,
    date: { value: '2020-01-01', source: 'form', confidence: 1 },
  } as const;
  const before = readOf([nut('L1', '5')], { delivery: past });
  const now = corrected(before, { dismiss: [{ code: 'delivery.date_past' }] });
  const { order, kept } = renew({ read: before, now, fresh: readOf([washer, nut('L2')], { delivery: past }) });
  expect(order.dismissed).toEqual([{ code: 'delivery.date_past', by: 'ann' }]);
  expect(kept).toBe(1);
  expect(order.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([['line.quantity_missing', 'L2']]);
});

it('the third reading holds against the second', () => {
  const fresh = readOf([washer, nut('L2'), bolt('L3')]);
  const once = renew({ read, now: corrected(read, { lines: [{ line_id: 'L1', quantity: '6' }] }), fresh }).order;
  const now = corrected(once, { lines: [{ line_id: 'L3', note: 'blue' }] });
  const { order, kept, lost } = renew({ read: fresh, now, fresh: readOf([nut('L1'), bolt('L2')]) });
  expect(order.lines.map(({ quantity, note }) => [quantity?.value, note?.value])).toEqual([
    ['6', undefined],
    ['8', 'blue'],
  ]);
  expect({ kept, lost, version: order.version }).toEqual({ kept: 2, lost: 0, version: 5 });
});
