/** Orders that are more than an answer holds: shown in pages, corrected and exported as a whole, refused above the limit. */
import type { OrderDetail } from '../../../schemas/order/api';
import { MOST_LINES, MOST_ROWS } from '../../../schemas/order/run';
import { formOf, good, startOrders, type Answer, type OrderStack } from './fixture';

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders()));
afterAll(async () => await stack.stop());

const fileOf = (lines: number) =>
  `Reference;Quantity\n${Array.from({ length: lines }, (_, i) => `A-${i + 1};1\n`).join('')}`;

it('is shown in pages, and corrected and exported on any of them', async () => {
  const id = await stack.pending(good, [['order.csv', fileOf(2_300)]]);
  const first = await stack.http.get(`/orders/${id}`);
  expect(first.body.draft?.lines).toHaveLength(1_000);
  expect(first.body.draft?.totals).toMatchObject({ lines: 2_300, quantity: '2300' });

  const ids: string[] = [];
  let next: string | undefined = '';
  while (next !== undefined) {
    const page: Answer<OrderDetail> = await stack.http.get(`/orders/${id}?limit=900${next && `&cursor=${next}`}`);
    expect(page.headers.get('etag')).toBe(first.headers.get('etag'));
    ids.push(...(page.body.draft?.lines ?? []).map(({ line_id }) => line_id));
    next = page.body.next_cursor;
  }
  expect(ids).toEqual(Array.from({ length: 2_300 }, (_, i) => `L${i + 1}`));

  const if_match = { 'if-match': first.headers.get('etag') ?? '' };
  const correction = { lines: [{ line_id: 'L2300', quantity: '5' }] };
  expect(await stack.http.post(`/orders/${id}/validate`, correction, if_match)).toMatchObject({ status: 200 });
  await stack.reaches(id, 'exported');
  const { body: csv } = await stack.http.get<string>(`/artifacts/download?path=exports/${id}.csv`);
  expect(csv.split('\r\n')).toHaveLength(2_302); // the head, the lines, and nothing after the last
  expect(csv).toMatch(/;L2300;A-2300;.*;5;/);
});

it('an order beyond the limit is refused before it is accepted, with the limit', async () => {
  const received = () => stack.documents().filter((path) => path.startsWith('orders/'));
  const before = received();
  const files: [string, string][] = [
    ['first.csv', fileOf(60_000)],
    ['second.csv', fileOf(MOST_ROWS - 60_000)],
  ];
  const { status, body } = await stack.http.inbox(formOf(good, files));
  expect(status).toBe(422);
  expect(body).toMatchObject({ reason: 'too_many_rows', file: 'second.csv', errors: [{ pointer: '/files/1' }] });
  expect(body['detail']).toContain(`at most ${MOST_LINES} lines`);
  expect(received()).toEqual(before);
  expect(stack.uploads()).toEqual([]);
});
