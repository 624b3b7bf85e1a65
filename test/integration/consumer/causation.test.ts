/** Each event of a run names the event that caused it: from the real stream, a consumer walks back to the request. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Plan } from '../../../schemas/plan';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { workflowIdOf } from '../../../src/temporal/ids';
import { startConsumers, type RunningConsumers } from '../../../workers/consumers';
import { chainOf, expectCauses, typesOf } from '../../support/causes';
import { decide, startStack, statusOf, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { silent } from '../own-redis';

let stack: Stack;
let consumers: RunningConsumers;
let keys: Keys;
let redis: Redis;

beforeAll(async () => {
  stack = await startStack();
  consumers = await startConsumers(stack.config, silent);
  keys = createKeys(stack.config.streams);
  redis = createRedis({ ...stack.config.redis, name: 'test', log: silent });
  await waitForRedis(redis, 5_000);
});
afterAll(async () => {
  await consumers.stop();
  await stack.stop();
  redis.disconnect();
});

const context = { rows: [{ category: 'Support', estimated_minutes: 30, text: 'Wait for approval by the manager' }] };

/** Publishes an event, as others do. */
async function publish(event_type: string, payload: object): Promise<string> {
  const event_id = randomUUID();
  const event = { event_id, event_type, source: 'them', payload };
  await redis.xadd(keys.events, '*', 'event', JSON.stringify(event));
  return event_id;
}

/** The events of an ended run in the stream; its record has the same, to the letter. */
async function toldBy(handle: WorkflowHandle): Promise<PlatformEvent[]> {
  await until(async () => (await stack.record(handle)) !== undefined, 60_000);
  const { events } = (await stack.record(handle))!;
  const ids = new Set(events.map(({ event_id }) => event_id));
  const told: PlatformEvent[] = [];
  await until(async () => {
    const entries = await redis.xrange(keys.events, '-', '+');
    const all = entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as PlatformEvent);
    told.splice(0, told.length, ...all.filter(({ event_id }) => ids.has(event_id)));
    return told.length === events.length;
  });
  expect(told).toEqual(events);
  return told;
}

const handleOf = (process: string, name: string) =>
  stack.client.workflow.getHandle(workflowIdOf(stack.config.namespace, process, name));

const open = (handle: WorkflowHandle, id: string) =>
  until(async () => {
    const { approvals } = await statusOf(handle).catch(() => ({ approvals: [] }));
    return approvals.some(({ approval_id, status }) => approval_id === id && status === 'open');
  });

it('an audit leads from its last deliverable back to the request, and from there to the event of whoever asked', async () => {
  const request = { project_id: `P-${process.pid}`, request_text: 'full audit' };
  const asked = await publish('PROJECT.INITIAL_REQUEST_RECEIVED', request);
  const handle = handleOf('audit', request.project_id);
  await open(handle, 'rows');
  await handle.signal('pause', { by: 'bob' });
  await handle.signal('resume', { by: 'bob' });
  await decide(handle, { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context: context } });
  const events = await toldBy(handle);
  expectCauses(events, asked);
  const published = events.filter(({ event_type }) => event_type === 'DELIVERABLE.PUBLISHED');
  const item = ['DELIVERABLE.PUBLISHED', 'WORK.ITEM_STARTED', 'WORK.ITEM_DISPATCHED'];
  expect(typesOf(chainOf(events, published.at(-1)!))).toEqual([
    ...item,
    'WORK.ITEM_COMPLETED',
    ...item,
    'PROJECT.BACKLOG_GENERATED',
    'CLARIFICATION.ANSWERED',
    'CLARIFICATION.REQUESTED',
    'PROJECT.INITIAL_REQUEST_RECEIVED',
  ]);
  expect(typesOf(chainOf(events, events.at(-1)!)).slice(0, 2)).toEqual(['PROJECT.COMPLETED', 'WORK.ITEM_COMPLETED']);
});

it('an order leads from its export back to the letter, by way of the decision', async () => {
  const handle = await stack.order({ delivery: { address: '1 Main St' } });
  await open(handle, 'validation');
  const data = { delivery: { date: '2999-01-02' } };
  await decide(handle, { approval_id: 'validation', choice: 'correct', by: 'ann', data });
  await open(handle, 'validation-2');
  await decide(handle, { approval_id: 'validation-2', choice: 'approve', by: 'ann' });
  const events = await toldBy(handle);
  expectCauses(events, null);
  expect(typesOf(chainOf(events, events.at(-1)!))).toEqual([
    'ORDER.EXPORT_READY',
    'DELIVERABLE.PUBLISHED',
    'ORDER.APPROVED',
    'ORDER.VALIDATION_REQUIRED',
    'ORDER.CORRECTED',
    'ORDER.VALIDATION_REQUIRED',
    'ORDER.PARSED',
    'TASK.COMPLETED',
    'TASK.STARTED',
    'TASK.COMPLETED',
    'TASK.STARTED',
    'ORDER.RECEIVED',
  ]);
});

it('a plan leads from each step back by those that it waited for, whether a segment or the workflow did them', async () => {
  const plan: Plan = {
    name: 'causes',
    steps: [
      { id: 'first', kind: 'tool', uses: 'test.note' },
      { id: 'aside', kind: 'tool', uses: 'test.note' },
      { id: 'breaks', kind: 'tool', uses: 'test.fail', depends_on: ['first'], on_error: { fallback: 'spare' } },
      { id: 'spare', kind: 'tool', uses: 'test.work' },
      { id: 'ask', kind: 'approval', approval: { question: 'Go on?', expire_after: '1h' }, depends_on: ['breaks'] },
      { id: 'not', kind: 'tool', uses: 'test.note', depends_on: ['ask'], when: '${{ false }}' },
      { id: 'last', kind: 'tool', uses: 'test.note', depends_on: ['ask'] },
    ],
  };
  const handle = await stack.run(plan);
  await open(handle, 'ask');
  await decide(handle, { approval_id: 'ask', choice: 'approve', by: 'ann' });
  const events = await toldBy(handle);
  expectCauses(events, null);
  const last = events.find(({ event_type, payload }) => event_type === 'TASK.COMPLETED' && payload['step'] === 'last')!;
  expect(
    chainOf(events, last).map(({ event_type, payload }) => `${event_type} ${String(payload['step'] ?? '')}`.trim()),
  ).toEqual([
    'TASK.COMPLETED last',
    'TASK.STARTED last',
    'TASK.COMPLETED ask',
    'APPROVAL.DECIDED',
    'APPROVAL.REQUESTED',
    'TASK.RECOVERED breaks',
    'TASK.COMPLETED spare',
    'TASK.STARTED spare',
    'TASK.FAILED breaks',
    'TASK.STARTED breaks',
    'TASK.COMPLETED first',
    'TASK.STARTED first',
    'RUN.STARTED',
  ]);
});

it('a dispatched item leads back to its dispatch', async () => {
  const about = { project_id: `D-${process.pid}`, backlog_item_id: 'item', item_type: 'AGENT_TASK' };
  const asked = await publish('WORK.ITEM_DISPATCHED', { ...about, agent_target: 'cost_worker', work_context: context });
  const events = await toldBy(handleOf('dispatch', asked));
  expectCauses(events, asked);
  expect(typesOf(chainOf(events, events.at(-1)!))).toEqual([
    'WORK.ITEM_COMPLETED',
    'DELIVERABLE.PUBLISHED',
    'WORK.ITEM_STARTED',
  ]);
});
