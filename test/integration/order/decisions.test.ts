/** Many people decide on an order at once, late, twice or unseen: one decision counts, and all are on record. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderHistory, Orders } from '../../../schemas/order/api';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createLedger } from '../../../src/ledger/ledger';
import { createTemporal } from '../../../src/temporal/client';
import { say } from '../../support/faults/random';
import { counted, formOf, good, startOrders, times, type OrderStack } from './fixture';

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders()));
afterAll(async () => await stack.stop());

const path = (id: string, what: string) => `/orders/${id}/${what}`;
const post = (id: string, what: string, body: object = {}, headers: Record<string, string> = {}) =>
  stack.http.post(path(id, what), body, headers);

/** As a client does that has named its decision: 503 says to try again, and the name makes that harmless. */
let busy = 0;
async function insist(id: string, what: string, body: object, name: string) {
  for (let left = 20; ; left--) {
    const answer = await post(id, what, body, { 'idempotency-key': name });
    if (answer.status !== 503 || left === 0) return answer;
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    busy += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Number of an order's events by type, over its whole life. */
async function saidBy(id: string): Promise<Record<string, number>> {
  const { body } = await stack.http.get<OrderHistory>(path(id, 'history'));
  const counts: Record<string, number> = {};
  for (const { event } of body.history) counts[event] = (counts[event] ?? 0) + 1;
  return counts;
}
const entries = async () => (await stack.ledger()).find(({ process }) => process === 'order')?.entries ?? 0;
const entriesOf = async (id: string) => {
  const ledger = createLedger(await openFilesystemStore({ root: stack.config.store.dir }));
  const all = await Promise.all(Array.from({ length: await entries() }, (_, i) => ledger.read('order', i + 1)));
  return all.filter((entry) => entry?.subject === id);
};
const exportsOf = (id: string) => stack.documents().filter((file) => file.startsWith(`exports/${id}.`));

it('fifty approvals at once are one decision, one line in the ledger, and one export', async () => {
  const id = await stack.pending();
  const before = await entries();
  expect(exportsOf(id)).toEqual([]);
  const answers = await times(50, (i) => insist(id, 'validate', {}, `mine-${i}`));
  const order = await stack.reaches(id, 'exported');
  say(`50 approvals at once: ${JSON.stringify(counted(answers))}; 503 before that: ${busy}`);
  expect(counted(answers)).toEqual({ 200: 1, 409: 49 });
  expect(order.decisions).toHaveLength(1);
  expect(await entries()).toBe(before + 1);
  expect(exportsOf(id)).toEqual([`exports/${id}.csv`, `exports/${id}.xlsx`]);
  expect(await saidBy(id)).toMatchObject({ 'ORDER.APPROVED': 1, 'ORDER.EXPORT_READY': 1 });
});

it('fifty approvals with one key are the same decision, and each gets its answer', async () => {
  const id = await stack.pending();
  const before = await entries();
  const answers = await times(50, () => insist(id, 'validate', {}, 'the-one'));
  await stack.reaches(id, 'exported');
  expect(counted(answers)).toEqual({ 200: 50 });
  expect(new Set(answers.map(({ body }) => JSON.stringify(body['decision']))).size).toBe(1);
  expect(await entries()).toBe(before + 1);
});

it('of approvals and rejections at once one wins, and all agree on which', async () => {
  const id = await stack.pending();
  const before = await entries();
  const answers = await times(20, (i) =>
    i % 2 ? insist(id, 'validate', {}, `yes-${i}`) : insist(id, 'reject', { reason: 'no' }, `no-${i}`),
  );
  expect(counted(answers)).toEqual({ 200: 1, 409: 19 });
  const { outcome } = answers.find(({ status }) => status === 200)!.body;
  const order = await stack.reaches(id, outcome === 'approved' ? 'exported' : 'rejected');
  expect(order.decisions).toHaveLength(1);
  expect(exportsOf(id)).toHaveLength(outcome === 'approved' ? 2 : 0);
  expect(await entriesOf(id)).toMatchObject([{ choice: outcome === 'approved' ? 'approve' : 'reject' }]);
  expect(await entries()).toBe(before + 1);
});

it('a correction of what is not shown any more is 412, and says what is', async () => {
  const id = await stack.pending();
  const { headers } = await stack.http.get(`/orders/${id}`);
  const etag = headers.get('etag')!;
  const correction = { lines: [{ line_id: 'L1', quantity: '9' }] };
  expect((await post(id, 'correct', correction, { 'if-match': etag })).status).toBe(200);
  const { question } = await stack.reaches(id, 'pending_validation');
  for (const what of ['correct', 'validate'])
    expect(await post(id, what, correction, { 'if-match': etag })).toMatchObject({
      status: 412,
      body: { digest: question!.digest },
    });
  expect((await post(id, 'reject', { reason: 'x' }, { 'if-match': etag })).status).toBe(412);
  expect((await post(id, 'validate', {}, { 'if-match': `"${question!.digest}"` })).status).toBe(200);
  const { body } = await stack.http.call<string>('GET', (await stack.reaches(id, 'exported')).exports[0]!.href);
  expect(body).toContain(';A-1;;;;;9;');
});

it('whoever corrects reads their own correction right after: the ETag of the answer is that of the order', async () => {
  const id = await stack.pending();
  for (const quantity of ['7', '8', '9']) {
    const answer = await post(id, 'correct', { lines: [{ line_id: 'L1', quantity }] });
    const read = await stack.http.get(`/orders/${id}`);
    expect(answer.status).toBe(200);
    expect(read.body.draft!.lines[0]!.quantity!.value).toBe(quantity);
    expect(read.body.question!.digest).toBe(read.headers.get('etag')!.replaceAll('"', ''));
    expect(answer.headers.get('etag')).toBe(read.headers.get('etag'));
  }
  const blank = { delivery: { date: '2999-02-03' } };
  const etag = (await post(id, 'correct', blank)).headers.get('etag')!;
  expect((await post(id, 'validate', {}, { 'if-match': etag })).status).toBe(200);
});

describe('after the end', () => {
  const names: [string, (name: string) => [object, Record<string, string>]][] = [
    ['decision id', (name) => [{ decision_id: name }, {}]],
    ['Idempotency-Key', (name) => [{}, { 'idempotency-key': name }]],
  ];
  it.each(names)(
    'the same %s gets the same answer, another 409, and one of another kind is refused',
    async (_, named) => {
      const id = await stack.pending();
      const first = await post(id, 'validate', ...named('mine'));
      await stack.reaches(id, 'exported');
      const again = await post(id, 'validate', ...named('mine'));
      expect([first.status, again.status]).toEqual([200, 200]);
      expect(again.body).toEqual({ ...first.body, repeated: true });
      expect((await post(id, 'validate', ...named('yours'))).status).toBe(409);
      const [body, headers] = named('mine');
      expect(await post(id, 'reject', { reason: 'x', ...body }, headers)).toMatchObject({ status: 422 });
      expect((await post(id, 'correct', { facts: { customer: 'x' }, ...body }, headers)).status).toBe(422);
      expect(await saidBy(id)).toMatchObject({ 'ORDER.APPROVED': 1, 'ORDER.EXPORT_READY': 1 });
    },
  );

  it('a rejection with its own name is the same answer too, and an approval under that name is not an approval', async () => {
    const id = await stack.pending();
    const key = { 'idempotency-key': 'no' };
    const first = await post(id, 'reject', { reason: 'ordered twice' }, key);
    await stack.reaches(id, 'rejected');
    const again = await post(id, 'reject', { reason: 'ordered twice' }, key);
    expect(again).toMatchObject({ status: 200, body: { ...first.body, repeated: true } });
    expect((await post(id, 'validate', {}, key)).status).toBe(422);
    expect((await post(id, 'validate')).status).toBe(409);
    expect(exportsOf(id)).toEqual([]);
  });
});

it('an approval that leaves something blocking is 422 with the faults, keeps the corrections, and says so again', async () => {
  const id = await stack.pending({ ...good, delivery_address: undefined, delivery_date: undefined });
  const blocked = await post(id, 'validate');
  expect(blocked.status).toBe(422);
  expect(blocked.body['errors']).toMatchObject([{ pointer: '/delivery/address' }, { pointer: '/delivery/date' }]);
  const key = { 'idempotency-key': 'half' };
  const half = { delivery: { address: '2 High St' } };
  for (let i = 0; i < 2; i++) {
    expect(await post(id, 'validate', half, key)).toMatchObject({
      status: 422,
      body: { corrections_kept: true, errors: [{ pointer: '/delivery/date' }] },
    });
    await stack.reaches(id, 'pending_validation');
  }
  expect(exportsOf(id)).toEqual([]);
  expect((await post(id, 'validate', { delivery: { date: '2999-05-06' } })).status).toBe(200);
  const order = await stack.reaches(id, 'exported');
  expect(order.decisions.map(({ choice }) => choice)).toEqual(['correct', 'approve']);
  expect(order.draft!.delivery).toMatchObject({ address: { value: '2 High St' }, date: { value: '2999-05-06' } });
});

it('corrections with a fault are 422 with its pointer, and change nothing', async () => {
  const id = await stack.pending();
  const refused = async (body: object) => {
    const answer = await post(id, 'validate', body);
    return [answer.status, ...(answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)];
  };
  expect(await refused({ lines: [{ line_id: 'L9', quantity: '1' }] })).toEqual([422, '/lines/0/line_id']);
  expect(await refused({ delivery: { date: '2024-02-30' } })).toEqual([422, '/delivery/date']);
  expect(await refused({ nothing: 1 })).toEqual([422, '/nothing']);
  expect(await stack.reaches(id, 'pending_validation')).toMatchObject({ draft: { version: 1 }, decisions: [] });
  await post(id, 'reject', { reason: 'test' });
});

it('an unknown order is 404, however it is asked for', async () => {
  expect((await stack.http.get('/orders/O-nobody')).status).toBe(404);
  expect((await stack.http.get(path('O-nobody', 'history'))).status).toBe(404);
  for (const [what, body] of [
    ['validate', {}],
    ['correct', { facts: { customer: 'x' } }],
    ['reject', { reason: 'x' }],
  ] as const)
    expect((await post('O-nobody', what, body)).status).toBe(404);
});

it('two people have to agree where four eyes are asked for', async () => {
  const strict = await startOrders({ env: { ORDER_FOUR_EYES: 'on' } });
  try {
    const id = await strict.pending();
    expect((await strict.http.post(path(id, 'validate'), {})).status).toBe(403);
    const changed = await strict.http.post(path(id, 'validate'), { lines: [{ line_id: 'L1', quantity: '9' }] });
    expect(changed).toMatchObject({ status: 403, body: { type: 'urn:awe:problem:forbidden' } });
    expect(await strict.reaches(id, 'pending_validation')).toMatchObject({ decisions: [], draft: { version: 1 } });
  } finally {
    await strict.stop();
  }
});

it('a decision that does not say what it is made on is refused where the configuration says so', async () => {
  const strict = await startOrders({ env: { REQUIRE_IF_MATCH: 'on' } });
  try {
    const id = await strict.pending();
    const any: Record<string, string> = { 'if-match': '*' };
    for (const headers of [{}, any])
      expect(await strict.http.post(path(id, 'validate'), {}, headers)).toMatchObject({
        status: 428,
        body: { type: 'urn:awe:problem:precondition-required' },
      });
    expect((await strict.http.post(path(id, 'reject'), { reason: 'x' })).status).toBe(428);
    const etag = (await strict.http.get(`/orders/${id}`)).headers.get('etag')!;
    expect(await strict.http.post(path(id, 'validate'), {}, { 'if-match': etag })).toMatchObject({
      status: 200,
      body: { outcome: 'approved', version: 1 },
    });
  } finally {
    await strict.stop();
  }
});

it('who comes too late reads who has decided what, and when, while the order is still on its way', async () => {
  const id = await stack.pending();
  const first = await post(id, 'validate');
  const { decision } = first.body as { decision: { decided_at: string } };
  expect(await post(id, 'reject', { reason: 'x' })).toMatchObject({
    status: 409,
    body: { detail: `local has decided already: approve, at ${decision.decided_at}.` },
  });
});

it('without a worker, orders are accepted; looking at one and deciding on it is 503, with when to try again', async () => {
  const idle = await startOrders({ worker: false });
  try {
    const accepted = await idle.http.inbox(formOf());
    expect(accepted.status).toBe(202);
    const id = String(accepted.body['order_id']);
    for (const answer of [await idle.http.get(`/orders/${id}`), await idle.http.post(path(id, 'validate'), {})]) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  } finally {
    await idle.stop();
  }
});

it('an order that was ended from outside says so, and takes no decision', async () => {
  const id = await stack.pending();
  const { workflow_id } = await stack.reaches(id, 'pending_validation');
  const temporal = createTemporal(stack.config);
  await temporal.call((client) => client.workflow.getHandle(workflow_id).terminate('by hand'));
  await temporal.close();
  const ended = await stack.reaches(id, 'failed');
  expect(ended.question).toBeUndefined();
  expect(await post(id, 'validate')).toMatchObject({ status: 409, body: { detail: 'The order has ended: failed.' } });
  const { body } = await stack.http.get<Orders>('/orders');
  expect(body.orders.find(({ order_id }) => order_id === id)?.status).toBe('terminated');
});

it('every decision of these tests stands in the ledger, which is whole', async () => {
  const [report] = await stack.ledger();
  expect(report).toMatchObject({ process: 'order', faults: [] });
  say(`the ledger has ${report!.entries} entries, without a fault`);
});

describe('an export that is deleted', () => {
  const remove = (...files: string[]) => files.forEach((file) => rmSync(join(stack.config.store.dir, file)));

  it('is made again from what was approved, byte for byte, and the answer says so', async () => {
    const id = await stack.pending();
    await post(id, 'validate');
    const { exports } = await stack.reaches(id, 'exported');
    for (const { href, path, artifact_id } of exports) {
      const fetched = async () => {
        const answer = await fetch(stack.http.url + href);
        return {
          status: answer.status,
          again: answer.headers.get('export-made-again'),
          sha256: createHash('sha256')
            .update(Buffer.from(await answer.arrayBuffer()))
            .digest('hex'),
        };
      };
      const first = await fetched();
      expect(first).toEqual({ status: 200, again: null, sha256: artifact_id });
      remove(path);
      expect(await fetched()).toEqual({ ...first, again: 'true' });
      expect(await fetched()).toEqual(first);
      remove(path, `artifacts/${artifact_id.slice(0, 2)}/${artifact_id}`);
      expect(await fetched()).toEqual({ ...first, again: 'true' });
    }
  });

  it('is 404 where no order has made it', async () => {
    const id = await stack.pending();
    for (const name of [`${id}.csv`, 'O-nobody.csv', `${id}.pdf`])
      expect((await stack.http.get(`/artifacts/download?path=exports/${name}`)).status).toBe(404);
  });
});
