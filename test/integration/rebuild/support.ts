/** A worker on the test run's Temporal and on a Redis of its own, which may be killed and emptied. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Plan, Step } from '../../../schemas/plan';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import type { SweepResult, SweepState } from '../../../src/rebuild';
import { queueName } from '../../../src/temporal/ids';
import { startStack, type Stack } from '../../support/stack';
import { inStream } from '../mirror-fixture';
import { OwnRedis } from '../own-redis';

export interface Broken {
  stack: Stack;
  server: OwnRedis;
  redis: Redis;
  keys: Keys;
  /** The events in the stream, in its order. */
  events(): Promise<PlatformEvent[]>;
  of(handle: WorkflowHandle): Promise<PlatformEvent[]>;
  rebuild(more?: {
    dry_run?: boolean;
    name?: string;
  }): Promise<{ handle: WorkflowHandle; counts: Counts; examples: string[] }>;
  sweep(before?: SweepState): Promise<SweepResult>;
  end(): Promise<void>;
}

type Counts = { matched: number; done: number; skipped: number; failed: number };

export async function startBroken(): Promise<Broken> {
  const server = await OwnRedis.start();
  const stack = await startStack({ env: { REDIS_URL: server.url } });
  const redis = await server.ready();
  const { config, client } = stack;
  const keys = createKeys(config.streams);
  const taskQueue = queueName(config.namespace, 'workflows');
  const events = () => inStream(redis, keys);
  // many at once: each with an id of its own
  const run: Stack['run'] = (plan, options) => stack.run(plan, { id: randomUUID().slice(0, 8), ...options });
  return {
    stack: { ...stack, run },
    server,
    redis,
    keys,
    events,
    of: async (handle) => (await events()).filter(({ subject }) => subject.id === handle.workflowId),
    async rebuild({ dry_run = false, name = randomUUID() } = {}) {
      const workflowId = `${config.namespace}.operations.${name}`;
      const handle = await client.workflow.start('operations', {
        workflowId,
        taskQueue,
        args: [
          {
            ...{ action: 'events.rebuild', by: 'test', dry_run, filter: {}, rate_per_second: 10_000, limit: 1_000_000 },
            ...{ correlation_id: workflowId, options: { approval_signals: 'accept', page_size: 10 } },
          },
        ],
      });
      const result = (await handle.result()) as { counts: Counts; examples: string[] };
      return { handle, ...result };
    },
    async sweep(before) {
      // as a schedule does: the result of the last pass is the input of the next
      const workflowId = `${config.namespace}.sweep.${randomUUID()}`;
      const args = [{ from: before, passes: 1 }];
      return (await client.workflow.execute('sweep', { workflowId, taskQueue, args })) as SweepResult;
    },
    async end() {
      await stack.stop();
      await server.end();
    },
  };
}

export const note = (id: string, more: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'tool', uses: 'test.note', with: {} },
  ...more,
});

/** A plan with events of `before` steps, then a wait for a person, then events of `after` more. */
export const waiting = (before: number, after: number): Plan => ({
  name: 'waiting',
  steps: [
    ...Array.from({ length: before }, (_, i) => note(`a${i}`, i > 0 ? { depends_on: [`a${i - 1}`] } : {})),
    {
      id: 'ask',
      kind: 'approval',
      depends_on: [`a${before - 1}`],
      approval: { question: 'Go on?', expire_after: '7d' },
    },
    ...Array.from({ length: after }, (_, i) => note(`b${i}`, { depends_on: [i > 0 ? `b${i - 1}` : 'ask'] })),
  ],
});

export const short = (steps: number): Plan => ({
  name: 'short',
  steps: Array.from({ length: steps }, (_, i) => note(`s${i}`, i > 0 ? { depends_on: [`s${i - 1}`] } : {})),
});

/** Content to compare between two streams: the events of each run, in order. */
export function byRun(events: PlatformEvent[]): Map<string, PlatformEvent[]> {
  const runs = new Map<string, PlatformEvent[]>();
  for (const event of events) runs.set(event.subject.id, [...(runs.get(event.subject.id) ?? []), event]);
  return new Map([...runs].sort(([a], [b]) => a.localeCompare(b)));
}

/** Leaves out events of the rebuilds themselves. */
export const ofRuns = (events: PlatformEvent[]) => byRun(events.filter(({ subject }) => subject.kind !== 'operation'));
