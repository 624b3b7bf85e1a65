import { getPaged } from '../../src/documents/paged';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { OrderView } from '../../schemas/order/run';
import { messages, type Decision } from '../../schemas/run';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { verifyLedgers } from '../../src/ledger/verify';
import { breachesOf } from '../support/contracts';
import { plainReader } from '../support/order-reader';
import { decide, startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => (stack = await startStack({ tools: plainReader })));
afterAll(async () => await stack.stop());

const viewOf = async (handle: WorkflowHandle) => (await statusOf(handle)).view as unknown as OrderView;

/** The question that waits for a person, once one does. */
async function question(handle: WorkflowHandle, id = 'validation') {
  await until(async () =>
    (await statusOf(handle)).approvals.some((one) => one.approval_id === id && one.status === 'open'),
  );
  return (await statusOf(handle)).approvals.find(({ approval_id }) => approval_id === id)!;
}

const eventsOf = async (handle: WorkflowHandle) => (await stack.record(handle))!.events;
const breaches = async (handle: WorkflowHandle) => breachesOf(await eventsOf(handle));
const spoken = async (handle: WorkflowHandle) =>
  (await eventsOf(handle)).map(({ event_type }) => event_type).filter((type) => !type.startsWith('TASK.'));

const file = (path: string) => readFile(join(stack.config.store.dir, path), 'utf8');
const exists = (path: string) =>
  file(path).then(
    () => true,
    () => false,
  );

it('an order in which nothing is missing is exported once a person has approved it, and not before', async () => {
  const handle = await stack.order({ order_id: 'good' });
  const { digest } = await question(handle);
  expect(await exists('exports/good.csv')).toBe(false);
  expect(await decide(handle, { approval_id: 'validation', choice: 'approve', by: 'bob', digest })).toMatchObject({
    outcome: 'accepted',
  });
  await handle.result();
  expect(await spoken(handle)).toEqual([
    'ORDER.RECEIVED',
    'ORDER.PARSED',
    'ORDER.VALIDATION_REQUIRED',
    'ORDER.APPROVED',
    'DELIVERABLE.PUBLISHED',
    'ORDER.EXPORT_READY',
  ]);
  expect(await breaches(handle)).toEqual([]);
  const csv = await file('exports/good.csv');
  expect(csv).toMatch(/^\ufefforder_id;.*\r\n/);
  expect(csv).toContain('good;;user@example.com;1 Main St;2999-01-02;L1;A-1;;;;;2;');
  expect((await stack.record(handle))?.view).toMatchObject({ status: 'exported', ledger: { n: 1 } });
});

it('what is missing is corrected by a person, and the corrected order is what is approved', async () => {
  const handle = await stack.order({
    order_id: 'fix',
    delivery: {},
    files: [{ name: 'order.csv', bytes: Buffer.from('Reference;Quantity\nA-1;2\nA-2;\n') }],
  });
  await question(handle);
  expect((await viewOf(handle)).draft).toMatchObject({ lines: 2, blocking: 3, version: 1 });
  expect(await decide(handle, { approval_id: 'validation', choice: 'approve', by: 'bob' })).toMatchObject({
    outcome: 'refused',
    reason: 'blocked',
  });
  await decide(handle, {
    ...{ approval_id: 'validation', choice: 'correct', by: 'bob' },
    data: { lines: [{ line_id: 'L2', quantity: '7' }], delivery: { address: '2 High St' } },
  });
  const second = await question(handle, 'validation-2');
  expect((await viewOf(handle)).draft).toMatchObject({ blocking: 1, version: 2 });
  await decide(handle, {
    ...{ approval_id: 'validation-2', choice: 'approve', by: 'cid', digest: second.digest },
    data: { delivery: { date: '2999-05-06' } },
  });
  await handle.result();
  expect(await spoken(handle)).toEqual([
    ...['ORDER.RECEIVED', 'ORDER.PARSED', 'ORDER.VALIDATION_REQUIRED', 'ORDER.CORRECTED'],
    ...[
      'ORDER.VALIDATION_REQUIRED',
      'ORDER.CORRECTED',
      'ORDER.APPROVED',
      'DELIVERABLE.PUBLISHED',
      'ORDER.EXPORT_READY',
    ],
  ]);
  expect(await breaches(handle)).toEqual([]);
  const { draft } = (await stack.record(handle))!.view as unknown as OrderView;
  const order = await getPaged(stack.documents, draft!.order);
  expect(order.lines[1]?.quantity).toEqual({ value: '7', source: 'person', confidence: 1 });
  expect(order.delivery.date?.value).toBe('2999-05-06');
});

it('a rejected order is not exported', async () => {
  const handle = await stack.order({ order_id: 'no' });
  await question(handle);
  expect(await decide(handle, { approval_id: 'validation', choice: 'reject', by: 'bob' })).toMatchObject({
    outcome: 'refused',
  });
  await decide(handle, { approval_id: 'validation', choice: 'reject', by: 'bob', comment: 'ordered twice' });
  await handle.result();
  expect((await spoken(handle)).at(-1)).toBe('ORDER.REJECTED');
  expect(await breaches(handle)).toEqual([]);
  expect(await exists('exports/no.csv')).toBe(false);
});

it('a signal decides as the API does, and one whose corrections cannot be used changes nothing', async () => {
  const handle = await stack.order({ order_id: 'signal' });
  await question(handle);
  const signal = (decision: Partial<Decision>) => handle.signal(messages.decide, { by: 'ann', ...decision });
  await signal({ approval_id: 'validation', choice: 'correct', data: { lines: [{ line_id: 'L9', quantity: '1' }] } });
  await question(handle, 'validation-2');
  await signal({ approval_id: 'validation-2', choice: 'approve' });
  await handle.result();
  const said = (await eventsOf(handle)).filter(({ event_type }) => /REFUSED|APPROVED/.test(event_type));
  expect(said.map(({ payload }) => payload)).toMatchObject([
    { reason: expect.stringContaining('no line L9') },
    { channel: 'signal', verified: false, by: 'ann' },
  ]);
});

it('an approval by signal that leaves something blocking has only corrected, and nobody reads an approval out of it', async () => {
  const handle = await stack.order({ order_id: 'half', delivery: {} });
  await question(handle);
  const signal = (approval_id: string, data: object) =>
    handle.signal(messages.decide, { approval_id, choice: 'approve', by: 'ann', data });
  await signal('validation', { lines: [] });
  await question(handle, 'validation-2');
  await signal('validation-2', { delivery: { address: '2 High St' } });
  const { digest } = await question(handle, 'validation-3');
  expect(await exists('exports/half.csv')).toBe(false);
  await decide(handle, { approval_id: 'validation-3', choice: 'reject', by: 'bob', comment: 'no date', digest });
  await handle.result();
  expect(await breaches(handle)).toEqual([]);
  const said = (await eventsOf(handle)).filter(({ event_type }) => /REFUSED|CORRECTED|APPROVED/.test(event_type));
  expect(said.map(({ event_type, payload }) => [event_type, payload])).toMatchObject([
    ['DECISION.REFUSED', { reason: '2 blocking faults are left' }],
    ['ORDER.CORRECTED', { choice: 'correct', by: 'ann' }],
  ]);
});

it('where four eyes are asked for, neither the sender nor a signal can approve', async () => {
  const handle = await stack.order({ order_id: 'eyes', options: { four_eyes: true }, requested_by: 'ann' });
  await question(handle);
  const approve = { approval_id: 'validation', choice: 'approve' };
  expect(await decide(handle, { ...approve, by: 'ann' })).toMatchObject({ outcome: 'refused' });
  await handle.signal(messages.decide, { ...approve, by: 'bob' });
  expect(await decide(handle, { ...approve, by: 'bob' })).toMatchObject({ outcome: 'accepted' });
  await handle.result();
  expect(await spoken(handle)).toContain('DECISION.REFUSED');
});

it('decisions survive many corrections, over which the run goes on as a new one', async () => {
  const handle = await stack.order({ order_id: 'long' });
  for (let round = 1; round <= 60; round++) {
    const id = round === 1 ? 'validation' : `validation-${round}`;
    await question(handle, id);
    const data = { lines: [{ line_id: 'L1', quantity: String(round) }] };
    await decide(handle, { approval_id: id, choice: round === 60 ? 'approve' : 'correct', by: 'bob', data });
  }
  await handle.result();
  const { approvals, events } = (await stack.record(handle))!;
  const query = `WorkflowId = '${handle.workflowId}'`;
  await until(async () => (await stack.client.workflow.count(query)).count > 1);
  expect(approvals.filter(({ decision }) => decision)).toHaveLength(60);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(await file('exports/long.csv')).toContain(';A-1;;;;;60;');
});

it('every decision stands in the ledger, which proves itself', async () => {
  const store = await openFilesystemStore({ root: stack.config.store.dir });
  const [report] = await verifyLedgers(store, []);
  expect(report).toMatchObject({ process: 'order', faults: [] });
  expect(report!.entries).toBeGreaterThan(60);
});
