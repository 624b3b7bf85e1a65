import type { WorkflowHandle } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformEvent } from '../../../schemas/envelope';
import {
  operationDefaults,
  type OperationInput,
  type OperationLine,
  type OperationView,
} from '../../../schemas/operations/run';
import type { RunRecord } from '../../../schemas/run';
import { createLogger } from '../../../src/logging';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { queueName, workflowIdOf } from '../../../src/temporal/ids';
import { startWorker } from '../../../workers/main';
import { testConfig, workflowBundle } from '../../setup/servers';
import { startStack, statusOf, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { dead, die, expected, foreignIds, letter, openRedis } from './fixture';

let stack: Stack;
let redis: Redis;
let keys: Keys;

beforeAll(async () => {
  stack = await startStack();
  ({ redis } = await openRedis());
  keys = createKeys(stack.config.streams);
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.stop();
});
beforeEach(async () => void (await redis.del(keys.dlq, keys.events)));

const start = async (
  input: Partial<OperationInput> & Pick<OperationInput, 'action'>,
  pageSize = 100,
  namespace = stack.config.namespace,
): Promise<WorkflowHandle> =>
  await stack.client.workflow.start('operations', {
    workflowId: workflowIdOf(namespace, 'operations', randomUUID()),
    taskQueue: queueName(namespace, 'workflows'),
    workflowTaskTimeout: '5s',
    args: [
      {
        by: 'o.martin',
        filter: {},
        correlation_id: 'c-1',
        ...operationDefaults,
        rate_per_second: 10_000,
        options: { approval_signals: 'accept', page_size: pageSize },
        ...input,
      } satisfies OperationInput,
    ],
  });

async function recordOf(handle: WorkflowHandle): Promise<RunRecord> {
  await handle.result().catch(() => undefined);
  const record = await stack.record(handle);
  if (!record) throw new Error('no record');
  return record;
}

const viewOf = (record: Pick<RunRecord, 'view'>) => record.view as unknown as OperationView;
const linesOf = (events: PlatformEvent[]): OperationLine[] =>
  events.flatMap(({ payload }) => (payload['lines'] ?? []) as unknown as OperationLine[]);
const timers = async (handle: WorkflowHandle, runId?: string): Promise<number> => {
  const { events } = await stack.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
  return (events ?? []).filter((e) => e.timerStartedEventAttributes?.startToFireTimeout?.seconds?.toString() === '1')
    .length;
};

test('a redrive puts every event back, tells who wanted it, and keeps a line for each in its record', async () => {
  const ids = await dead(redis, keys, 250);
  const handle = await start({ action: 'dlq.redrive', reason: 'the partner is back' });
  const record = await recordOf(handle);
  expect(await foreignIds(redis, keys)).toEqual(expected(250));
  expect(await redis.xlen(keys.dlq)).toBe(0);
  expect(record.status).toBe('completed');
  expect(viewOf(record).counts).toEqual({ matched: 250, done: 250, skipped: 0, failed: 0 });
  expect(record.events.map(({ event_type }) => event_type)).toEqual([
    'OPERATION.STARTED',
    ...Array<string>(3).fill('OPERATION.PROGRESSED'),
    'OPERATION.COMPLETED',
  ]);
  expect(record.events[0]).toMatchObject({
    source: 'awe.operations',
    subject: { kind: 'operation', id: handle.workflowId },
    payload: { operation: handle.workflowId, by: 'o.martin', action: 'dlq.redrive', reason: 'the partner is back' },
  });
  expect(linesOf(record.events).map(({ id }) => id)).toEqual(ids);
  await until(async () => {
    const types = (await redis.xrange(keys.events, '-', '+')).map(([, [, raw = '']]) => raw);
    return types.some((raw) => raw.includes('OPERATION.COMPLETED'));
  });
});

test('a dry run counts and names the first, and changes nothing', async () => {
  const ids = await dead(redis, keys, 1_500);
  await redis.copy(keys.dlq, `${keys.dlq}:before`);
  const record = await recordOf(await start({ action: 'dlq.discard', dry_run: true, rate_per_second: 1 }));
  expect(viewOf(record)).toMatchObject({
    counts: { matched: 1_500, done: 0, skipped: 0, failed: 0 },
    examples: ids.slice(0, 20),
  });
  expect(await redis.xrange(keys.dlq, '-', '+')).toEqual(await redis.xrange(`${keys.dlq}:before`, '-', '+'));
  expect(await foreignIds(redis, keys)).toEqual([]);
});

test('two redrives of the same 1,000 at once do each once', async () => {
  await dead(redis, keys, 1_000);
  const handles = await Promise.all([1, 2].map(() => start({ action: 'dlq.redrive' })));
  const records = await Promise.all(handles.map(recordOf));
  expect((await foreignIds(redis, keys)).sort()).toEqual(expected(1_000).sort());
  expect(await redis.xlen(keys.dlq)).toBe(0);
  expect(records.map(({ status }) => status)).toEqual(['completed', 'completed']);
  const done = records.flatMap(({ events }) => linesOf(events)).filter(({ outcome }) => outcome === 'done');
  expect(new Set(done.map(({ id }) => id)).size).toBe(1_000);
  expect(done).toHaveLength(1_000);
});

test('no second has more entries than the rate', async () => {
  await dead(redis, keys, 25);
  const handle = await start({ action: 'dlq.redrive', rate_per_second: 10 });
  const record = await recordOf(handle);
  // ten, a rest of a second, ten, a rest, five
  expect(await timers(handle)).toBe(2);
  expect(record.events.map(({ payload }) => (payload['lines'] as unknown[] | undefined)?.length)).toEqual([
    undefined,
    10,
    10,
    5,
    undefined,
  ]);
});

test('a worker that ends in the middle leaves nothing out and does nothing twice', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'awe-test-'));
  const config = testConfig({ ARTIFACTS_DIR: dir });
  const names = createKeys(config.streams);
  const begin = () => startWorker(config, createLogger(config, 'test'), { bundlePath: workflowBundle().codePath });
  await dead(redis, names, 60);
  const handle = await start({ action: 'dlq.redrive', rate_per_second: 20 }, 7, config.namespace);
  const first = await begin();
  await until(async () => (await foreignIds(redis, names)).length > 0);
  await first.stop();
  expect((await foreignIds(redis, names)).length).toBeLessThan(60);
  const second = await begin();
  const result = await handle.result();
  await second.stop();
  rmSync(dir, { recursive: true, force: true });
  expect(result).toMatchObject({ counts: { matched: 60, done: 60, skipped: 0, failed: 0 } });
  expect(await foreignIds(redis, names)).toEqual(expected(60));
});

test('a long one goes on as a new run, with its counts and its place', async () => {
  await dead(redis, keys, 130);
  const handle = await start({ action: 'dlq.redrive' }, 1);
  const record = await recordOf(handle);
  expect(viewOf(record).counts).toEqual({ matched: 130, done: 130, skipped: 0, failed: 0 });
  expect(await foreignIds(redis, keys)).toEqual(expected(130));
  expect(record.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 132 }, (_, i) => i + 1));
  expect(record.run_id).not.toBe((handle as { firstExecutionRunId?: string }).firstExecutionRunId);
});

test('takes only what the filter fits, up to the limit, and says that there is more', async () => {
  await die(redis, keys, [
    ...Array.from({ length: 6 }, (_, i) => letter(keys, `e-${i}`)),
    ...Array.from({ length: 4 }, (_, i) => letter(keys, `v-${i}`, { group: 'validators' })),
  ]);
  const record = await recordOf(await start({ action: 'dlq.redrive', filter: { group: 'orchestrators' }, limit: 5 }));
  expect(viewOf(record)).toMatchObject({ counts: { matched: 5, done: 5 }, limited: true });
  expect(await foreignIds(redis, keys)).toEqual(expected(5));
  expect(await redis.xlen(keys.dlq)).toBe(5);
});

test('says of ids that are not there, and of events for other streams, why nothing was done', async () => {
  const [mine = '', other = ''] = await die(redis, keys, [letter(keys, 'e-0'), letter(keys, 'e-1', { stream: 'x:y' })]);
  const record = await recordOf(await start({ action: 'dlq.redrive', filter: { ids: ['7-7', mine, other] } }));
  expect(viewOf(record).counts).toEqual({ matched: 2, done: 1, skipped: 1, failed: 1 });
  expect(linesOf(record.events)).toEqual([
    expect.objectContaining({ id: mine, outcome: 'done' }),
    expect.objectContaining({ id: other, outcome: 'failed', why: expect.stringContaining('x:y') }),
    { id: '7-7', outcome: 'skipped', why: 'there is no such dead letter' },
  ]);
});

test('what dies again meanwhile does not go round', async () => {
  await dead(redis, keys, 20);
  const handle = await start({ action: 'dlq.redrive', rate_per_second: 10 });
  await until(async () => (await foreignIds(redis, keys)).length > 0);
  await dead(redis, keys, 5, 'late');
  expect(viewOf(await recordOf(handle)).counts.done).toBe(20);
  expect(await redis.xlen(keys.dlq)).toBe(5);
});

test('can be paused, resumed and cancelled, and what was done stays done', async () => {
  await dead(redis, keys, 40);
  const handle = await start({ action: 'dlq.discard', rate_per_second: 10 });
  await until(async () => (await redis.xlen(keys.dlq)) <= 30);
  await handle.signal('pause', { by: 'm.durand' });
  await until(async () => (await statusOf(handle)).status === 'paused');
  await handle.signal('cancel', { by: 'm.durand' });
  const record = await recordOf(handle);
  const left = await redis.xlen(keys.dlq);
  expect(record).toMatchObject({ status: 'cancelled', error: { type: 'run.cancelled' } });
  expect(record.events.at(-1)).toMatchObject({ event_type: 'OPERATION.FAILED' });
  expect(left).toBeGreaterThan(0);
  expect(viewOf(record).counts.done).toBe(40 - left);
  expect(linesOf(record.events).every(({ event_id }) => event_id?.startsWith('e-'))).toBe(true);
});

test('fails, and says why, where Redis refuses', async () => {
  await redis.set(keys.dlq, 'no stream');
  const record = await recordOf(await start({ action: 'dlq.redrive' }));
  expect(record).toMatchObject({ status: 'failed', error: { type: 'redis.refused' } });
  expect(record.events.map(({ event_type }) => event_type)).toEqual(['OPERATION.STARTED', 'OPERATION.FAILED']);
});
