import type { FileReading, OrderLine } from '../../../schemas/order/order';
import { draftOf } from '../../../src/order/draft';
import { splitOrder } from '../../../src/order/split';

const text = (value: string) => ({ value, source: 'file' as const, confidence: 1 });
const line = (n: number, order: string, quantity: string): OrderLine => ({
  ...{ line_id: `L${n}`, reference: text(`A-${n}`), quantity: text(quantity), order },
});
const several = { code: 'orders.several', severity: 'blocking' as const, message: { en: '', fr: '' }, evidence: [] };
const odd = { ...several, code: 'line.unit_unknown', severity: 'warning' as const };

const reading: FileReading = {
  ...{ file: 'both.csv', outcome: 'order', sheets: [], structures: [], totals: [], sketch: [] },
  lines: [line(1, 'O1', '5'), line(2, 'O2', '7'), line(3, 'O1', '2')],
  facts: { currency: text('EUR') },
  orders: [
    { order: 'O1', facts: { order_number: text('4711') }, lines: ['L1', 'L3'] },
    { order: 'O2', facts: { order_number: text('4712'), delivery_address: text('2 Mill St') }, lines: ['L2'] },
  ],
  anomalies: [several, { ...odd, line_ids: ['L2', 'L3'] }, { ...odd, code: 'line.hidden', line_id: 'L1' }],
};
const letter = {
  ...{ order_id: 'O-1', from_email: 'a@example.com', subject: 'Both', language: 'en' as const },
  ...{ received_at: '2026-01-01T00:00:00.000Z', delivery: { date: '2026-02-01' } },
};

it('each part has its own lines, facts and findings, and what the sender wrote for all', () => {
  const parts = splitOrder(draftOf(letter, [reading]));
  const told = parts.map(({ order_id, facts, delivery, lines, totals, anomalies, orders }) => ({
    ...{ order_id, orders, number: facts.order_number?.value, currency: facts.currency?.value },
    ...{ address: delivery.address?.value, date: delivery.date?.value, quantity: totals.quantity },
    lines: lines.map(({ line_id, reference }) => `${line_id} ${reference?.value}`),
    found: anomalies.map(({ code, line_id, line_ids }) => [code, line_id ?? line_ids ?? []]),
  }));
  expect(told).toEqual([
    {
      ...{ order_id: 'O-1-1', orders: undefined, number: '4711', currency: 'EUR' },
      ...{ address: undefined, date: '2026-02-01', quantity: '7', lines: ['L1 A-1', 'L2 A-3'] },
      found: [
        ['delivery.address_missing', []],
        ['line.unit_unknown', ['L2']],
        ['line.hidden', 'L1'],
      ],
    },
    {
      ...{ order_id: 'O-1-2', orders: undefined, number: '4712', currency: 'EUR' },
      ...{ address: '2 Mill St', date: '2026-02-01', quantity: '7', lines: ['L1 A-2'] },
      found: [['line.unit_unknown', ['L1']]],
    },
  ]);
});
