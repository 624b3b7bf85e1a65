import type { Redis } from 'ioredis';
import type { DocumentStore } from '../documents/port';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';
import { deadTaskOf } from '../streams/dead-task';
import { readLetter } from './letter';
import { forgetTasks, removeStaleTasks } from './stale';

/** The most that dead letters may take in Redis. */
export interface DlqBounds {
  entries: number;
  bytes: number;
}

export interface DlqBoundParts {
  redis: ScriptPort & Pick<Redis, 'xrange' | 'xlen' | 'call' | 'set'>;
  keys: Keys;
  store: Pick<DocumentStore, 'create' | 'stat'>;
  namespace: string;
  log: Logger;
}

/** Bytes aimed at in one file, and the most entries of one. */
const FILE = { bytes: 8 * 1024 * 1024, entries: 1_000 };

/** Seconds for which the count of moved letters is an alarm. */
const ALARM = 86_400;

/**
 * KEYS: dlq, counts of what was moved. ARGV: seconds to keep the counts, number of ids, ids, then kinds and how many of
 * each. Kinds beyond 50 are counted together: anybody may write a dead letter.
 */
const MOVED = script(`
local last = 2 + tonumber(ARGV[2])
redis.call('XDEL', KEYS[1], unpack(ARGV, 3, last))
for i = last + 1, #ARGV, 2 do
  local kind = ARGV[i]
  if redis.call('HLEN', KEYS[2]) >= 50 and redis.call('HEXISTS', KEYS[2], kind) == 0 then kind = 'other' end
  redis.call('HINCRBY', KEYS[2], kind, ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[2], ARGV[1])
`);

/**
 * Moves the oldest dead letters of a stream to the document store while there are more than the bounds allow, and counts
 * them by kind. Each file holds lines `{id, letter}` and is written before anything leaves Redis. Answers how many were
 * moved.
 */
export async function boundDeadLetters(
  parts: DlqBoundParts,
  bounds: DlqBounds,
  of: 'dlq' | 'deadTasks' = 'dlq',
): Promise<number> {
  const { redis, keys, store, namespace, log } = parts;
  const stream = keys[of];
  const folder = of === 'dlq' ? `dlq/${namespace}` : `dlq/${namespace}/tasks`;
  const kinds = new Map<string, number>();
  let moved = 0;
  for (;;) {
    const most = await surplus(redis, stream, bounds);
    const page = most === 0 ? [] : await redis.xrange(stream, '-', '+', 'COUNT', most);
    const letters = page.map(([id, fields]) => readLetter(id, fields, stream));
    const [first, last] = [letters[0]?.id, letters.at(-1)?.id];
    if (first === undefined) break;
    const lines = letters.map(({ id, letter }) => `${JSON.stringify({ id, letter })}\n`);
    await store.create(`${folder}/${first}_${last}.jsonl`, Buffer.from(lines.join('')));
    const counts = new Map<string, number>();
    for (const { letter } of letters) {
      const kind = `${letter.group ?? '-'} ${letter.stage} ${letter.error.class}`.slice(0, 120);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    const ids = letters.map(({ id }) => id);
    await runScript(redis, MOVED, [stream, keys.dlqMoved], [ALARM, ids.length, ...ids, ...[...counts].flat()]);
    const tasks = letters.flatMap(({ id: entry, letter }) => {
      const { run } = deadTaskOf(letter) ?? {};
      return run === undefined ? [] : [{ run, entry }];
    });
    await forgetTasks(parts, tasks, false);
    moved += ids.length;
  }
  if (moved > 0)
    log.error(
      { moved, kinds: Object.fromEntries([...kinds].slice(0, 50)), folder },
      'too many dead letters: moved the oldest to the document store; find out who writes them (awe dlq list)',
    );
  return moved;
}

/** Entries that the next file takes; 0 if the dead letters are within bounds. */
async function surplus(redis: DlqBoundParts['redis'], dlq: string, { entries, bytes }: DlqBounds): Promise<number> {
  const count = await redis.xlen(dlq);
  if (count === 0) return 0;
  const size = Number(await redis.call('MEMORY', 'USAGE', dlq, 'SAMPLES', '20'));
  const over = Math.max(count - entries, size > bytes ? Math.ceil(count * (1 - bytes / size)) : 0);
  const fits = Math.max(1, Math.floor((FILE.bytes * count) / size));
  return over <= 0 ? 0 : Math.min(over, fits, FILE.entries);
}

/** Milliseconds between two looks at the dead letters. */
const INTERVAL = 5_000;

/** Keeps the dead letters within bounds and true, one process at a time; returns the function that ends it. */
export function keepBounded(parts: DlqBoundParts, bounds: DlqBounds, interval = INTERVAL): () => void {
  const { redis, keys, log } = parts;
  let from = '-';
  const look = async () => {
    try {
      const mine = await redis.set(keys.dlqLock, '1', 'PX', Math.ceil(interval * 0.9), 'NX');
      if (mine !== 'OK') return;
      await boundDeadLetters(parts, bounds);
      await boundDeadLetters(parts, bounds, 'deadTasks');
      from = await removeStaleTasks(parts, from);
    } catch (error) {
      log.debug({ error: String(error) }, 'the dead letters could not be bounded; trying again later');
    }
  };
  const timer = setInterval(() => void look(), interval);
  timer.unref();
  return () => clearInterval(timer);
}
