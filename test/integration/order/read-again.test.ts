/** A file that a fault of ours has refused is read again: the same file, in the same order, and nothing is lost unsaid. */
import type { Tool } from '../../../activities/tools/tool';
import type { Inbox } from '../../../schemas/inbox/api';
import type { OrderDetail, OrderHistory } from '../../../schemas/order/api';
import { linesIn, orderAgentsThat } from '../../support/order-reader';
import { formOf, good, startOrders, type OrderStack } from './fixture';

/** The reader is out of order: it refuses `late.csv`, and reads a 2 as a 1. */
let broken = true;
let misread = false;
const reader: Tool[] = orderAgentsThat((text, file) =>
  broken && file === 'late.csv'
    ? {
        ...linesIn('', file),
        outcome: 'refused',
        reason: { code: 'timeout', message: { en: 'late', fr: 'tard' } },
      }
    : linesIn(misread ? text.replaceAll(';2', ';1') : text, file),
);

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders({ tools: reader })));
afterAll(async () => await stack.stop());

const HEAD = 'Reference;Quantity\n';
const files: [string, string][] = [
  ['late.csv', `${HEAD}L-1;7\n`],
  ['order.csv', `${HEAD}A-1;2\nA-2;3\n`],
];
const pending = async () => {
  const { body } = await stack.http.inbox(formOf(good, files));
  return await stack.reaches(String(body['order_id']), 'pending_validation');
};
const readAgain = (id: string, body: object = {}, headers: Record<string, string> = {}) =>
  stack.http.post(`/orders/${id}/read-again`, body, headers);
const quantities = ({ draft }: OrderDetail) =>
  draft?.lines.map(({ line_id, reference, quantity }) => `${line_id} ${reference?.value} ${quantity?.value}`);
const codes = ({ draft }: OrderDetail) => draft?.anomalies.map(({ code }) => code);

it('the refused file becomes part of the order, and corrections of the others are kept', async () => {
  broken = true;
  const { order_id: id, ...first } = await pending();
  expect([quantities(first as OrderDetail), codes(first as OrderDetail)]).toEqual([
    ['L1 A-1 2', 'L2 A-2 3'],
    ['file.refused'],
  ]);
  await stack.http.post(`/orders/${id}/correct`, { lines: [{ line_id: 'L2', quantity: '30' }] });
  const { question } = await stack.reaches(id, 'pending_validation');

  broken = false;
  expect((await readAgain(id, {}, { 'if-match': `"${first.question?.digest}"` })).status).toBe(412);
  const asked = { comment: 'the reader was late', decision_id: 'again-1' };
  const taken = await readAgain(id, asked, { 'if-match': `"${question?.digest}"` });
  expect(taken).toMatchObject({ status: 202, body: { outcome: 'read_again', repeated: false, version: 2 } });
  const order = await stack.reaches(id, 'pending_validation');
  expect(quantities(order)).toEqual(['L1 L-1 7', 'L2 A-1 2', 'L3 A-2 30']);
  expect([order.draft?.version, codes(order)]).toEqual([3, []]);
  expect(await readAgain(id, asked)).toMatchObject({ status: 202, body: { repeated: true } });

  const { body } = await stack.http.get<OrderHistory>(`/orders/${id}/history`);
  expect(body.history.map(({ event, by, what }) => [event, by, what]).slice(-3)).toEqual([
    ['ORDER.READ_AGAIN', 'local', 'read again: the reader was late (by api)'],
    ['ORDER.PARSED', 'awe', 'read: 3 lines, version 3; of the corrections made before, 1 kept, 0 lost'],
    ['ORDER.VALIDATION_REQUIRED', 'awe', expect.stringContaining('0 blocking')],
  ]);
  const french = await stack.http.call<OrderHistory>('GET', `/orders/${id}/history`, {
    headers: { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' },
  });
  expect(french.headers.get('content-language')).toBe('fr');
  expect(french.body.history.map(({ what }) => what)).toContain('relue : the reader was late (par api)');
  const waiting = await stack.http.call<Inbox>('GET', '/inbox', { headers: { 'accept-language': 'fr' } });
  expect(waiting.body.items.find(({ subject }) => subject === id)?.question).toMatch(
    /^Exporter la commande « .* \? 0 point bloquant, /,
  );
  await stack.http.post(`/orders/${id}/validate`, {});
  const { ledger } = await stack.reaches(id, 'exported');
  expect(await stack.ledger()).toMatchObject([{ process: 'order', entries: ledger?.n, faults: [] }]);
  expect(await readAgain(id)).toMatchObject({ status: 409 });
});

it('a correction of a value that is read otherwise now is named as lost', async () => {
  broken = false;
  misread = true;
  const { order_id: id } = await pending();
  await stack.http.post(`/orders/${id}/correct`, { lines: [{ line_id: 'L2', quantity: '20' }] });
  await stack.reaches(id, 'pending_validation');
  misread = false;
  expect((await readAgain(id)).status).toBe(202);
  const order = await stack.reaches(id, 'pending_validation');
  expect(quantities(order)).toEqual(['L1 L-1 7', 'L2 A-1 2', 'L3 A-2 3']);
  expect(order.draft?.anomalies).toMatchObject([
    { code: 'correction.lost', severity: 'warning', message: { en: expect.stringContaining('quantity “20” of A-1') } },
  ]);
});
