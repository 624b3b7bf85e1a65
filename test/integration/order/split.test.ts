/** A file that holds several orders becomes several: each waits for a person, and the first goes on as none of them. */
import { createOrderAgents } from '../../../activities/order/agents';
import type { OrderDetail, OrderHistory } from '../../../schemas/order/api';
import { understand } from '../../../src/order/understanding';
import { keepReading } from '../../../src/reading/keep';
import { readWorkbook } from '../../../src/spreadsheets/read';
import * as thread from '../../../src/threads/order';
import { inProcess } from '../../support/threads';
import { until } from '../../support/until';
import { good, startOrders, type OrderStack } from './fixture';

const TWO = `Order no;Customer;Article no;Description;Quantity
4711;Harbour Books;A-10;Ink blue;5
4711;Harbour Books;A-11;Ink red;7
4712;Mill Street Shop;A-10;Ink blue;2
`;

/** The reader of orders as it is, without its child. */
const tools = createOrderAgents(
  {
    read: async (path, letter, documents) => await keepReading(documents, understand(await readWorkbook(path), letter)),
  },
  inProcess(thread),
);

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders({ tools })));
afterAll(async () => await stack.stop());

const shown = ({ order_id, draft }: OrderDetail) => ({
  id: order_id,
  number: draft?.facts.order_number?.value,
  lines: draft?.lines.map(({ reference, quantity }) => `${reference?.value} ${quantity?.value}`),
  codes: draft?.anomalies.map(({ code }) => code).filter((code) => code.startsWith('orders.')),
});

it('each order is made once, bound to the same files, and is decided by itself', async () => {
  const id = await stack.pending(good, [['both.csv', TWO]]);
  const whole = await stack.reaches(id, 'pending_validation');
  expect(shown(whole)).toMatchObject({ codes: ['orders.several'] });
  expect(whole.question?.choices).toContain('split');

  const key = { 'idempotency-key': 'once' };
  const answers = [await stack.http.post(`/orders/${id}/split`, { comment: 'two shops' }, key)];
  const ended = await stack.reaches(id, 'split');
  answers.push(await stack.http.post(`/orders/${id}/split`, { comment: 'two shops' }, key));
  expect(answers.map(({ status, body }) => [status, body['repeated']])).toEqual([
    [202, false],
    [202, true],
  ]);
  expect(ended).toMatchObject({ split_into: [`${id}-1`, `${id}-2`], exports: [] });

  const parts = await Promise.all(ended.split_into!.map((part) => stack.reaches(part, 'pending_validation')));
  expect(parts.map(shown)).toEqual([
    { id: `${id}-1`, number: '4711', lines: ['A-10 5', 'A-11 7'], codes: [] },
    { id: `${id}-2`, number: '4712', lines: ['A-10 2'], codes: [] },
  ]);
  for (const part of parts) {
    expect(part).toMatchObject({ split_from: id, correlation_id: whole.correlation_id, from_email: whole.from_email });
    expect(part.question?.choices).toEqual(['approve', 'correct', 'reject']);
  }
  expect((await stack.http.post(`/orders/${id}-1/validate`, {})).status).toBe(200);
  await stack.reaches(`${id}-1`, 'exported');
  expect((await stack.http.post(`/orders/${id}/validate`, {})).status).toBe(409);
  await until(async () => (await stack.http.get<OrderDetail>(`/orders/${id}`)).body.outcome === 'split');
  const { body } = await stack.http.get<OrderHistory>(`/orders/${id}/history`);
  expect(body.history.at(-1)).toMatchObject({
    event: 'ORDER.SPLIT',
    what: expect.stringContaining(`${id}-1, ${id}-2`),
  });
});

it('a file with one order is not split', async () => {
  const id = await stack.pending();
  const answer = await stack.http.post(`/orders/${id}/split`, {});
  expect([answer.status, answer.body['detail']]).toEqual([422, expect.stringContaining('No several orders')]);
});
