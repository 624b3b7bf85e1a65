import type { Anomaly, Order } from '../../../schemas/order/order';
import { check } from '../../../src/order/check';
import { draftOf } from '../../../src/order/draft';
import { line, orderOf, read } from '../../support/orders';

const codes = (order: Order) => check(order).map(({ code, severity }) => `${severity} ${code}`);
const anomaly = (more: Partial<Anomaly>): Anomaly => ({
  ...{ code: 'line.unit_unknown', severity: 'warning', message: { en: 'x', fr: 'x' }, evidence: [], ...more },
});

it('an order in which nothing is missing has no anomaly', () => expect(check(orderOf())).toEqual([]));

it.each<[string, Partial<Order>, string[]]>([
  ['no address', { delivery: { date: read('2026-02-01') } }, ['blocking delivery.address_missing']],
  ['no day', { delivery: { address: read('x') } }, ['blocking delivery.date_missing']],
  [
    'a day that was over when it came',
    { delivery: { address: read('x'), date: read('2026-01-01') } },
    ['warning delivery.date_past'],
  ],
  ['the day on which it came', { delivery: { address: read('x'), date: read('2026-01-02') } }, []],
  ['no lines', { lines: [] }, ['blocking lines.none']],
  ['a line without a quantity', { lines: [line('L1', { reference: 'A' })] }, ['blocking line.quantity_missing']],
  ['a line without a name', { lines: [line('L1', { quantity: '1' })] }, ['blocking line.unnamed']],
  ['a line with a description alone', { lines: [line('L1', { quantity: '1', description: 'Screw' })] }, []],
])('%s', (_, more, found) => expect(codes(orderOf(more))).toEqual(found));

it('a quantity that the reading has reported is not reported twice', () => {
  const anomalies = [anomaly({ code: 'line.quantity_unreadable', severity: 'blocking', line_id: 'L1' })];
  const order = orderOf({ lines: [line('L1', { reference: 'A' })], anomalies });
  expect(codes(order)).toEqual(['blocking line.quantity_unreadable']);
});

it('an unreadable file blocks, a file that is not an order warns, both in two languages with the file as evidence', () => {
  const reason = { code: 'encrypted', message: { en: 'it is encrypted', fr: 'il est chiffré' } };
  const files: Order['files'] = [
    { file: 'a.xlsx', outcome: 'refused', reason, sheets: [], structures: [] },
    { file: 'b.xlsx', outcome: 'not_an_order', sheets: [], structures: [] },
  ];
  const found = check(orderOf({ files }));
  expect(found).toMatchObject([
    { code: 'file.refused', severity: 'blocking', path: '/files/0', evidence: [{ file: 'a.xlsx' }] },
    { code: 'file.not_an_order', severity: 'warning', path: '/files/1', evidence: [{ file: 'b.xlsx' }] },
  ]);
  expect(found[0]!.message).toMatchObject({
    en: expect.stringContaining('encrypted'),
    fr: expect.stringContaining('chiffré'),
  });
});

it('gives the same result again, and on its own result', () => {
  const order = orderOf({ lines: [line('L1', {})], delivery: {} });
  const [once, sorted] = [check(order), (all: Anomaly[]) => all.map(({ code }) => code).sort()];
  expect(sorted(check({ ...order, anomalies: once }))).toEqual(sorted(once));
});

it('leaves out anomalies that a person has dismissed, at that place or everywhere', () => {
  const anomalies = ['L1', 'L2'].map((line_id, i) => anomaly({ line_id, path: `/lines/${i}/unit` }));
  const of = (dismissed: Order['dismissed']) => check(orderOf({ anomalies, dismissed })).map(({ line_id }) => line_id);
  expect(of([{ code: 'line.unit_unknown', path: '/lines/0/unit', by: 'ann' }])).toEqual(['L2']);
  expect(of([{ code: 'line.unit_unknown', by: 'ann' }])).toEqual([]);
});

it('points to the place of a line in the order, not in its file', () => {
  const reading = (file: string) => ({
    ...{ file, outcome: 'order' as const, sheets: [], structures: [], facts: {}, totals: [], sketch: [] },
    lines: [line('L1', { reference: file, quantity: '1' })],
    anomalies: [anomaly({ line_id: 'L1', path: '/lines/0/unit' })],
  });
  const { order_id, from_email, subject, language, received_at } = orderOf();
  const letter = {
    order_id,
    from_email,
    subject,
    language,
    received_at,
    delivery: { address: 'x', date: '2027-01-01' },
  };
  const { anomalies, lines } = draftOf(letter, [reading('a'), reading('b')]);
  expect(lines.map(({ line_id }) => line_id)).toEqual(['L1', 'L2']);
  expect(anomalies.map(({ line_id, path }) => [line_id, path])).toEqual([
    ['L1', '/lines/0/unit'],
    ['L2', '/lines/1/unit'],
  ]);
});
