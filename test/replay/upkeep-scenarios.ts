/** Scenarios with a committed history besides plans and audits: operations, dispatches, and passes of the sweeper. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import type { DispatchInput } from '../../schemas/audit/run';
import type { OperationInput } from '../../schemas/operations/run';
import { messages } from '../../schemas/run';
import type { WorkContext } from '../../schemas/audit/work-context';
import { createRedis, waitForRedis, type Redis } from '../../src/redis/connection';
import { createKeys, type Keys } from '../../src/redis/keys';
import { queueName } from '../../src/temporal/ids';
import { die, letter } from '../integration/dlq/fixture';
import { carelessRounds } from '../support/careless-agent';
import { decide, statusOf } from '../support/stack';
import { until } from '../support/until';
import type { SweepInput } from '../../workflows/sweep';
import type { Scenario, Stage } from './scenarios';

/** The streams of the stage, as somebody else sees them. */
async function withStreams<T>({ stack }: Stage, work: (redis: Redis, keys: Keys) => Promise<T>): Promise<T> {
  const redis = createRedis({ url: stack.config.redis.url, name: 'test', log: pino({ level: 'silent' }) });
  try {
    if (!(await waitForRedis(redis, 10_000))) throw new Error('Redis is away');
    return await work(redis, createKeys(stack.config.streams));
  } finally {
    redis.disconnect();
  }
}

const starting =
  (type: string, args: unknown[] = []) =>
  ({ stack: { client, config } }: Stage): Promise<WorkflowHandle> =>
    client.workflow.start(type, {
      workflowId: `${config.namespace}.${type}.${randomUUID()}`,
      taskQueue: queueName(config.namespace, 'workflows'),
      workflowTaskTimeout: '5s',
      args,
    });

const settled = async (handle: WorkflowHandle): Promise<WorkflowHandle> => {
  await handle.result().catch(() => undefined);
  return handle;
};

type Asked = Partial<OperationInput> & Pick<OperationInput, 'action'> & { page_size?: number };

/** An operation on the streams as `before` leaves them; `letters` are all the dead letters that there are. */
function operation(
  { page_size = 5, ...asked }: Asked,
  { letters = 0, before = async () => undefined }: { letters?: number; before?: (stage: Stage) => Promise<unknown> },
  meanwhile: (handle: WorkflowHandle, stage: Stage) => Promise<unknown> = async () => undefined,
): Scenario {
  return async (stage) => {
    await withStreams(stage, async (redis, keys) => {
      await redis.del(keys.dlq);
      const dead = Array.from({ length: letters }, (_, i) => letter(keys, `e-${i}`));
      // one that cannot be put back
      if (letters > 2) dead[1] = letter(keys, 'e-1', { stream: 'somebody:events' });
      await die(redis, keys, dead, (i) => `1767600000000-${i + 1}`);
    });
    await before(stage);
    const input: OperationInput = {
      ...{ by: 'o.martin', dry_run: false, filter: {}, rate_per_second: 10_000, limit: 10_000 },
      ...{ correlation_id: 'c-1', reason: 'for histories', options: { approval_signals: 'accept', page_size } },
      ...asked,
    };
    const handle = await starting('operations', [input])(stage);
    await meanwhile(handle, stage);
    return await settled(handle);
  };
}

const saying = (handle: WorkflowHandle, seq: number) => until(async () => (await statusOf(handle)).seq >= seq);

/** Runs of which the streams then know nothing. */
const lose = async (stage: Stage): Promise<void> => {
  const step = { id: 'a', kind: 'tool' as const, uses: 'test.note' };
  for (let i = 0; i < 3; i++) await (await stage.stack.run({ name: 'lost', steps: [step] })).result();
  await withStreams(stage, async (redis) => void (await redis.flushall()));
};

/** A run that was terminated while it asked, so that its end is unpublished. */
const terminate = async ({ stack }: Stage): Promise<void> => {
  const ask = { id: 'ok', kind: 'approval' as const, approval: { question: 'Go?', expire_after: '7d' } };
  const handle = await stack.run({ name: 'terminated', steps: [ask] });
  await until(async () => (await statusOf(handle)).status === 'waiting');
  await handle.terminate('by hand');
};

const sweep =
  (before: (stage: Stage) => Promise<unknown>, input: SweepInput = {}): Scenario =>
  async (stage) => {
    await before(stage);
    return await settled(await starting('sweep', [{ passes: 1, ...input }])(stage));
  };

const context: WorkContext = {
  rows: [
    { category: 'Invoicing', estimated_minutes: 10, text: 'Re-type the delivery note into the ERP' },
    { category: 'Support', estimated_minutes: 12, text: 'Wait for approval by the manager' },
  ],
  hourly_rate: 42,
  period: { type: 'weekly', working_days: 5 },
};

let dispatches = 0;

interface Dispatched {
  agent?: string;
  rows?: boolean;
  /** rounds in which the agent miscounts */
  careless?: number;
  options?: Partial<DispatchInput['options']>;
}

/** Work for one agent, without a project. */
function dispatch(
  { agent = 'cost_worker', rows = true, careless = 0, options }: Dispatched,
  meanwhile: (handle: WorkflowHandle) => Promise<unknown> = async () => undefined,
): Scenario {
  return async (stage) => {
    const project_id = `dispatched-${++dispatches}`;
    carelessRounds.set(project_id, careless);
    const input: DispatchInput = {
      ...{ project_id, agent_target: agent, backlog_item_id: 'theirs-1', event_id: `event-${dispatches}` },
      ...{ correlation_id: 'c-1', requested_by: 'somebody', language: 'en', rows: rows ? context.rows!.length : 0 },
      ...(rows ? { work_context: await stage.stack.documents.putValue(context) } : {}),
      folder: `projects/${project_id}/dispatch-000000000000`,
      options: {
        ...{ remind_after: 3_600_000, escalate_after: 7_200_000, expire_after: 86_400_000 },
        ...{ rework_rounds: 1, approval_signals: 'accept', ...options },
      },
    };
    const handle = await starting('dispatch', [input])(stage);
    await meanwhile(handle);
    return await settled(handle);
  };
}

const reviewed = (choice: string) => async (handle: WorkflowHandle) => {
  let asked: string | undefined;
  await until(async () => {
    asked = (await statusOf(handle)).approvals.find(({ status }) => status === 'open')?.approval_id;
    return asked !== undefined;
  });
  await decide(handle, { approval_id: asked, choice, by: 'ann' });
};
const asking = (handle: WorkflowHandle) => until(async () => (await statusOf(handle)).status === 'waiting');

const redrive = { action: 'dlq.redrive' } as const;
const discard = { action: 'dlq.discard' } as const;
const rebuild = { action: 'events.rebuild', page_size: 10 } as const;

export const upkeepScenarios: Record<string, Scenario> = {
  'operations.redrive': operation(redrive, { letters: 12 }),
  'operations.redrive-by-id': operation(
    { ...redrive, filter: { ids: ['1767600000000-3', '1767600000000-99', '1767600000000-1'] } },
    { letters: 5 },
  ),
  'operations.redrive-absent': operation({ ...redrive, filter: { ids: ['1767600000000-99'] } }, { letters: 1 }),
  'operations.redrive-nothing': operation(redrive, {}),
  'operations.redrive-limited': operation({ ...redrive, limit: 4 }, { letters: 9 }),
  'operations.redrive-at-rate': operation({ ...redrive, rate_per_second: 3 }, { letters: 7 }),
  'operations.redrive-continued': operation({ ...redrive, page_size: 1 }, { letters: 105 }),
  'operations.redrive-dry-run': operation({ ...redrive, dry_run: true }, { letters: 12 }),
  'operations.redrive-paused': operation({ ...redrive, rate_per_second: 2 }, { letters: 7 }, async (handle) => {
    await saying(handle, 2);
    await handle.signal(messages.pause, { by: 'ann' });
    await until(async () => (await statusOf(handle)).status === 'paused');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await handle.signal(messages.resume, { by: 'ann' });
  }),
  'operations.redrive-cancelled': operation({ ...redrive, rate_per_second: 1 }, { letters: 7 }, async (handle) => {
    await saying(handle, 3);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'operations.redrive-redis-away': operation(
    redrive,
    { letters: 7, before: ({ redis }) => redis.off() },
    async (_, { redis }) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await redis.on();
    },
  ),
  'operations.discard': operation(discard, { letters: 12 }),
  'operations.discard-dry-run': operation({ ...discard, dry_run: true, limit: 3 }, { letters: 12 }),
  'operations.rebuild': operation(rebuild, { before: lose }),
  'operations.rebuild-nothing-lost': operation(rebuild, {}),
  'operations.rebuild-dry-run': operation({ ...rebuild, dry_run: true }, { before: lose }),

  'sweep.nothing': sweep(async () => undefined),
  'sweep.again': sweep(async () => undefined, { passes: 2, pause: 10 }),
  'sweep.found': sweep(terminate),
  'sweep.from-before': sweep(terminate, {
    from: { until: '2026-01-05T08:00:00.000Z', epoch: 'of streams that were lost' },
  }),

  'dispatch.delivered': dispatch({}),
  'dispatch.delivered-without-rows': dispatch({ rows: false }),
  'dispatch.reworked': dispatch({ careless: 1 }),
  'dispatch.review-accepted': dispatch({ careless: 9 }, reviewed('accept')),
  'dispatch.review-rejected': dispatch({ careless: 9 }, reviewed('reject')),
  'dispatch.review-expired': dispatch({
    careless: 9,
    options: { remind_after: 200, escalate_after: 400, expire_after: 600 },
  }),
  'dispatch.unknown-target': dispatch({ agent: 'nobody_worker' }),
  'dispatch.cancelled-in-review': dispatch({ careless: 9 }, async (handle) => {
    await asking(handle);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
};
