/** Entries as others write them, and how far the platform's groups are with them. */
import { createStreamsState, type GroupState } from '../../src/streams/state';
import { comesTrue } from './scenario';
import type { ChaosStack } from './stack';

/** A good event of somebody else's, which starts nothing. */
export const goodEvent = (id: string): string =>
  JSON.stringify({
    event_id: id,
    event_type: 'TASK.COMPLETED',
    schema_version: 1,
    source: 'chaos',
    occurred_at: '2026-01-05T08:00:00.000Z',
    correlation_id: 'chaos',
    payload: { run: 'chaos', step: 'fetch', round: 1, milliseconds: 1 },
  });

/** Writes entries in the given order, many at a time. */
export async function write({ redis }: ChaosStack, stream: string, raws: (string | Buffer)[]): Promise<void> {
  for (let at = 0; at < raws.length; at += 200) {
    const pipeline = redis.pipeline();
    for (const raw of raws.slice(at, at + 200)) pipeline.xadd(stream, '*', 'event', raw);
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
  }
}

export async function groupsOf({ redis, keys, log }: ChaosStack): Promise<GroupState[]> {
  return (await createStreamsState({ redis, keys, log }).read())?.groups ?? [];
}

/** Waits until every group has been given and has acknowledged all; milliseconds, or undefined where it does not come to that. */
export async function caughtUp(stack: ChaosStack, groups: number, ms: number): Promise<number | undefined> {
  const begin = Date.now();
  const done = await comesTrue(
    async () => {
      const all = await groupsOf(stack);
      return all.length >= groups && all.every(({ lag, pending }) => lag === 0 && pending === 0);
    },
    ms,
    50,
  );
  return done ? Date.now() - begin : undefined;
}

/** The texts of all dead letters. */
export async function deadLetters({ redis, keys }: ChaosStack): Promise<{ id: string; fields: string[] }[]> {
  return (await redis.xrange(keys.dlq, '-', '+')).map(([id, fields]) => ({ id, fields }));
}
