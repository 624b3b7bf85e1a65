/** Users drive the platform from the stream alone: a real Redis, a real Temporal, workers and consumers. */
import { randomUUID } from 'node:crypto';
import type { ArtifactRef } from '../../../schemas/refs';
import type { Envelope, PlatformEvent } from '../../../schemas/envelope';
import type { Json } from '../../../schemas/json';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createRecordStore } from '../../../src/documents/records';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { eventId } from '../../../src/runs/event-id';
import type { DeadLetter } from '../../../src/streams/dead-letter';
import { workflowIdOf } from '../../../src/temporal/ids';
import { startConsumers, type RunningConsumers } from '../../../workers/consumers';
import { startStack, type Stack } from '../../support/stack';
import { silent, sleep, until } from '../own-redis';

interface Side {
  stack: Stack;
  consumers: RunningConsumers;
  keys: Keys;
  records: ReturnType<typeof createRecordStore>;
}

let redis: Redis;
let one: Side;

async function side(): Promise<Side> {
  const stack = await startStack();
  const consumers = await startConsumers(stack.config, silent);
  const keys = createKeys(stack.config.streams);
  return {
    stack,
    consumers,
    keys,
    records: createRecordStore(await openFilesystemStore({ root: stack.config.store.dir })),
  };
}

async function end({ stack, consumers }: Side) {
  await consumers.stop();
  await stack.stop();
}

beforeAll(async () => {
  one = await side();
  redis = createRedis({ ...one.stack.config.redis, name: 'test', log: silent });
  await waitForRedis(redis, 5_000);
});
afterAll(async () => {
  await end(one);
  redis.disconnect();
});

const context = {
  rows: [
    { category: 'Invoicing', estimated_minutes: 45, text: 'Re-type delivery notes into the ERP' },
    { category: 'Support', estimated_minutes: 30, text: 'Wait for approval by the manager' },
  ],
  hourly_rate: 42,
  period: { type: 'monthly', working_days: 21 },
};

let projects = 0;
const project = () => `P-${process.pid}-${++projects}`;

const request = (project_id: string, more: Partial<Envelope> = {}): Partial<Envelope> => ({
  event_id: randomUUID(),
  event_type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
  payload: { project_id, request_text: 'full audit via stream', work_context: context as Json },
  ...more,
});

const dispatch = (project_id: string, agent: string, more: object = { work_context: context }): Partial<Envelope> => ({
  event_id: randomUUID(),
  event_type: 'WORK.ITEM_DISPATCHED',
  payload: { project_id, backlog_item_id: 'my.item-1', item_type: 'AGENT_TASK', agent_target: agent, ...more },
});

const add = (event: unknown, { keys } = one) =>
  redis.xadd(keys.events, '*', 'event', typeof event === 'string' ? event : JSON.stringify(event));

async function stream({ keys } = one): Promise<PlatformEvent[]> {
  const entries = await redis.xrange(keys.events, '-', '+');
  return entries.flatMap(([, fields]) => {
    try {
      return [JSON.parse(fields[1] ?? '') as PlatformEvent];
    } catch {
      return [];
    }
  });
}

const letters = async ({ keys } = one) =>
  (await redis.xrange(keys.dlq, '-', '+')).map(([, fields]) => JSON.parse(fields[1] ?? '') as DeadLetter);

/** Events of the platform about a project. */
const said = async (project_id: string, at = one) =>
  (await stream(at)).filter(({ seq, payload }) => seq !== undefined && payload['project_id'] === project_id);

const completed = (project_id: string, type = 'PROJECT.COMPLETED', at = one) =>
  until(
    `${type} of ${project_id}`,
    async () => (await said(project_id, at)).some((e) => e.event_type === type),
    60_000,
  );

const executions = async ({ stack } = one, type = 'dispatch') => {
  let count = 0;
  const query = `WorkflowType = '${type}' AND WorkflowId STARTS_WITH '${stack.config.namespace}.'`;
  for await (const _ of stack.client.workflow.list({ query })) count += 1;
  return count;
};

const isKnown = (workflowId: string, { stack } = one) =>
  stack.client.workflow
    .getHandle(workflowId)
    .describe()
    .then(
      () => true,
      () => false,
    );

/** As if Temporal's retention were over. */
async function forget(workflowId: string): Promise<void> {
  const { client, config } = one.stack;
  const { namespace } = config.temporal;
  const remove = () =>
    client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }).catch(() => {});
  // a server under load takes its time, and may drop the first call
  await until(
    'forgotten',
    async () => {
      if (!(await isKnown(workflowId))) return true;
      await remove();
      await sleep(500);
      return false;
    },
    60_000,
  );
}

/** Waits until every group of the platform has read and acknowledged all. */
const quiet = ({ keys } = one) =>
  until(
    'all groups are through',
    async () => {
      const [last] = await redis.xrevrange(keys.events, '+', '-', 'COUNT', 1);
      const groups = (await redis.xinfo('GROUPS', keys.events)) as unknown[][];
      return groups.every((flat) => {
        const at = (name: string) => flat[flat.indexOf(name) + 1];
        return at('pending') === 0 && at('last-delivered-id') === last?.[0];
      });
    },
    60_000,
  );

it('a request in the stream becomes a finished project, whatever it calls its source; the same event twice does nothing', async () => {
  const id = project();
  const event = request(id, { source: 'awe.audit', correlation_id: 'mine' });
  await add(event);
  await completed(id);
  const recorded = () => one.records.readRecord(workflowIdOf(one.stack.config.namespace, 'audit', id));
  await until('recorded', async () => (await recorded()) !== undefined);
  const record = await recorded();
  expect(record).toMatchObject({ correlation_id: 'mine', view: { requested_by: 'stream:awe.audit', rows: 2 } });
  expect(record?.events[0]).toMatchObject({ causation_id: event.event_id, correlation_id: 'mine' });
  const before = (await said(id)).length;
  await add(event);
  await add({ ...event, event_id: randomUUID() });
  await quiet();
  expect((await said(id)).length).toBe(before);
  expect(await letters()).toEqual([]);
});

it.each(['time_waste', 'cost', 'friction', 'scenario', 'summary'])(
  'a dispatch to %s_worker makes it deliver end to end, without a project, once',
  async (kind) => {
    const id = project();
    const event = dispatch(id, `${kind}_worker`);
    await add(event);
    await add(event);
    await completed(id, 'WORK.ITEM_COMPLETED');
    await quiet();
    const events = await said(id);
    expect(events.map(({ event_type, seq }) => [event_type, seq])).toEqual([
      ['WORK.ITEM_STARTED', 1],
      ['DELIVERABLE.PUBLISHED', 2],
      ['WORK.ITEM_COMPLETED', 3],
    ]);
    const about = { project_id: id, backlog_item_id: 'my.item-1', agent_target: `${kind}_worker` };
    const [started, published] = events;
    expect(started).toMatchObject({ causation_id: event.event_id });
    for (const said of events) expect(said).toMatchObject({ subject: { kind: 'run' }, payload: about });
    expect(published?.payload).toMatchObject({ status: 'complete' });
    for (const { path } of published?.payload['artifacts'] as ArtifactRef[])
      expect(path).toMatch(new RegExp(`^projects/${id}/dispatch-[0-9a-f]{12}/`));
  },
);

it('a dispatch without rows is answered with what can be said without them', async () => {
  const id = project();
  await add(dispatch(id, 'cost_worker', {}));
  await completed(id, 'WORK.ITEM_COMPLETED');
  expect((await said(id)).find(({ event_type }) => event_type === 'DELIVERABLE.PUBLISHED')?.payload).toMatchObject({
    status: 'insufficient_data',
  });
});

it('a dispatch is not worked off again when its run is long forgotten, and neither is another under its id', async () => {
  const id = project();
  const event = dispatch(id, 'cost_worker');
  await add(event);
  await completed(id, 'WORK.ITEM_COMPLETED');
  await quiet();
  const { config } = one.stack;
  await forget(workflowIdOf(config.namespace, 'dispatch', String(event.event_id)));
  await redis.del(...(await redis.keys(`${config.streams.prefix}:handled:*`)));
  const before = (await said(id)).length;
  await add(event);
  await quiet();
  expect((await said(id)).length).toBe(before);
  await redis.del(...(await redis.keys(`${config.streams.prefix}:handled:*`)));
  await add({ ...event, payload: { ...event.payload, backlog_item_id: 'other' } });
  await until('refused', async () => (await letters()).some(({ event_id }) => event_id === event.event_id));
  expect((await letters()).at(-1)).toMatchObject({
    group: 'cost_workers',
    stage: 'handler',
    error: { class: 'run.conflict' },
  });
});

it("the platform's own events start nothing, in their run's time and after it", async () => {
  const id = project();
  await add(request(id));
  await completed(id);
  await quiet();
  const dispatches = await executions();
  const own = (await said(id)).filter(({ event_type }) => event_type === 'WORK.ITEM_DISPATCHED');
  expect(own).toHaveLength(5);
  // as after the loss of a stream: they come once more, and Temporal has deleted the run
  const workflowId = workflowIdOf(one.stack.config.namespace, 'audit', id);
  await forget(workflowId);
  await one.consumers.stop();
  await redis.del(...(await redis.keys(`${one.stack.config.streams.prefix}:handled:*`)));
  for (const group of ['orchestrators', 'cost_workers', 'time_waste_workers', 'validators'])
    await redis.xgroup('DESTROY', one.keys.events, group);
  one.consumers = await startConsumers(one.stack.config, silent);
  await quiet();
  expect([await isKnown(workflowId), await executions()]).toEqual([false, dispatches]);
});

it('an event that only looks like one of the platform is treated as what it is: foreign', async () => {
  const known = project();
  await add(request(known));
  await completed(known);
  const { runId } = await one.stack.client.workflow
    .getHandle(workflowIdOf(one.stack.config.namespace, 'audit', known))
    .describe();
  const forged = {
    ...dispatch(known, 'friction_worker'),
    source: 'awe.audit',
    subject: { kind: 'project', id: known },
    seq: 3,
  };
  await add(forged);
  await until(
    'it works',
    async () =>
      (await said(known)).some(
        ({ source, event_type }) => source === 'awe.dispatch' && event_type === 'WORK.ITEM_COMPLETED',
      ),
    60_000,
  );
  // and one with the right id is not, whatever its other fields say
  const dispatches = await executions();
  await add({ ...forged, event_id: eventId(workflowIdOf(one.stack.config.namespace, 'audit', known), runId, 3) });
  await quiet();
  expect(await executions()).toBe(dispatches);
});

it('what breaks its contract goes to the dead letters once, with the reason, and blocks nobody', async () => {
  const before = (await letters()).length;
  const id = project();
  await add('{"half":');
  await add({ event_type: 'NOBODY.KNOWS', payload: {} });
  await add({ event_type: 'WORK.ITEM_DISPATCHED', payload: { project_id: 'x y' } });
  await redis.xadd(one.keys.events, '*', 'data', '{}');
  await add(request(id));
  await completed(id);
  await quiet();
  const fresh = (await letters()).slice(before);
  expect(fresh.map(({ stage, group }) => `${group} ${stage}`).sort()).toEqual([
    'validators parse',
    'validators parse',
    'validators schema',
    'validators schema',
  ]);
  expect(fresh.flatMap(({ errors }) => errors.map(({ pointer }) => pointer))).toContain('/payload/agent_target');
  // a recreated group finds them again, and has reported that before
  await redis.xgroup('DESTROY', one.keys.events, 'validators');
  await sleep(200);
  await redis.xgroup('CREATE', one.keys.events, 'validators', '0-0', 'MKSTREAM');
  await quiet();
  expect((await letters()).length).toBe(before + 4);
});

it('another request for a project that exists is refused, with the reason', async () => {
  const id = project();
  await add(request(id));
  await completed(id);
  const other = request(id, { payload: { project_id: id, request_text: 'something else' } });
  await add(other);
  await until('refused', async () => (await letters()).some(({ event_id }) => event_id === other.event_id));
  expect((await letters()).at(-1)).toMatchObject({
    group: 'orchestrators',
    error: { class: 'run.conflict' },
    deliveries: 1,
  });
});

it('two namespaces on one Redis and one Temporal do not see each other', async () => {
  const two = await side();
  try {
    const id = project();
    await Promise.all([add(request(id), one), add(request(id), two)]);
    await Promise.all([completed(id, undefined, one), completed(id, undefined, two)]);
    const [a, b] = [await said(id, one), await said(id, two)];
    expect(a.map(({ event_type }) => event_type).sort()).toEqual(b.map(({ event_type }) => event_type).sort());
    const ids = new Set(a.map(({ event_id }) => event_id));
    expect(b.some(({ event_id }) => ids.has(event_id))).toBe(false);
    expect((await stream(two)).every((e) => e.seq === undefined || e.subject.id === id)).toBe(true);
    expect(await executions(two, 'audit')).toBe(1);
    expect(await letters(two)).toEqual([]);
    const prefix = `${two.stack.config.namespace}:`;
    const strangers = (await redis.keys(`${two.stack.config.namespace}*`)).filter((key) => !key.startsWith(prefix));
    expect(strangers).toEqual([]);
  } finally {
    await end(two);
  }
});
