import { setTimeout as delay } from 'node:timers/promises';
import type { PlatformEvent } from '../../schemas/envelope';
import { createEventValidator } from '../../src/contracts/validators';
import type { Redis } from '../../src/redis/connection';
import type { Keys } from '../../src/redis/keys';
import type { MirrorParts } from '../../src/streams/mirror';
import type { DeadLetter } from '../../src/streams/dead-letter';

export const validate = createEventValidator().validateOwn;

/** Events `from` to `to` of a run. */
export function events(run: string, from: number, to: number): PlatformEvent[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    event_id: `${run}-${from + i}`,
    event_type: 'TASK.COMPLETED',
    schema_version: 1,
    source: 'awe',
    occurred_at: '2026-01-05T08:00:00.000Z',
    correlation_id: run,
    causation_id: null,
    subject: { kind: 'run', id: run },
    seq: from + i,
    payload: { run, step: 'fetch', round: 1, milliseconds: i },
  }));
}

/** The events in the stream, in its order. */
export async function inStream(redis: Redis, keys: Keys): Promise<PlatformEvent[]> {
  const entries = await redis.xrange(keys.events, '-', '+');
  return entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as PlatformEvent);
}

/** The dead letters, in their order. */
export async function inDlq(redis: Redis, keys: Keys): Promise<DeadLetter[]> {
  const entries = await redis.xrange(keys.dlq, '-', '+');
  return entries.map(([, fields]) => JSON.parse(fields[1] ?? '') as DeadLetter);
}

/** The numbers of a run in the stream, in the stream's order. */
export const seqs = (list: PlatformEvent[], run: string): number[] =>
  list.filter((event) => event.correlation_id === run).map(({ seq }) => seq);

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Fates of a call: it works; fails before; is done and then fails; hangs undone; hangs and is done late. */
export const FAULTS = ['works', 'before', 'after', 'hangs', 'late'] as const;
export type Fault = (typeof FAULTS)[number];

/** Redis behind a port whose next calls have the given faults. */
export function faulty(redis: Redis, next: () => Fault, lateBy = 30): MirrorParts['redis'] {
  const late: Promise<unknown>[] = [];
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault === 'before') throw new Error('connect ECONNREFUSED');
    if (fault === 'hangs') return new Promise<T>(() => {});
    if (fault === 'late') {
      late.push(delay(lateBy).then(call));
      return new Promise<T>(() => {});
    }
    const result = await call();
    if (fault === 'after') throw new Error('read ECONNRESET');
    return result;
  };
  return {
    evalsha: ((...args: Parameters<Redis['evalsha']>) => through(() => redis.evalsha(...args))) as Redis['evalsha'],
    eval: redis.eval.bind(redis),
    ping: () => redis.ping(),
    get status() {
      return redis.status;
    },
  };
}
