/** Entries as others write them, and the progress of the platform's groups. */
import { createStreamsState, type GroupState } from '../../src/streams/state';
import { waitUntil } from './scenario';
import type { ChaosStack } from './stack';

/** A good foreign event, which starts nothing. */
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

export async function readGroups({ redis, keys, log }: ChaosStack): Promise<GroupState[]> {
  return (await createStreamsState({ redis, keys, log }).read())?.groups ?? [];
}

/** Waits until all groups have acknowledged all entries; returns the milliseconds, or undefined if they do not. */
export async function waitForGroups(stack: ChaosStack, groups: number, ms: number): Promise<number | undefined> {
  const begin = Date.now();
  const done = await waitUntil(
    async () => {
      const all = await readGroups(stack);
      return all.length >= groups && all.every(({ lag, pending }) => lag === 0 && pending === 0);
    },
    ms,
    50,
  );
  return done ? Date.now() - begin : undefined;
}

/** Reads the entries of all dead letters. */
export async function readLetters({ redis, keys }: ChaosStack): Promise<{ id: string; fields: string[] }[]> {
  return (await redis.xrange(keys.dlq, '-', '+')).map(([id, fields]) => ({ id, fields }));
}
