import type { Redis } from 'ioredis';
import { recordPath } from '../../schemas/run';
import type { DocumentStore } from '../documents/port';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';
import { deadTaskOf } from '../streams/dead-task';
import { parseWorkflowId } from '../temporal/ids';
import { readLetter } from './letter';

/** Letters that are looked at in one go. */
const AT_ONCE = 50;

/** KEYS: dead tasks, entries by run. ARGV: remove the entry (0|1), then workflow id and entry id of each. */
const FORGET_SCRIPT = script(`
for i = 2, #ARGV, 2 do
  if ARGV[1] == '1' then redis.call('XDEL', KEYS[1], ARGV[i + 1]) end
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then redis.call('HDEL', KEYS[2], ARGV[i]) end
end
`);

export interface StaleParts {
  redis: ScriptPort & Pick<Redis, 'xrange'>;
  keys: Keys;
  store: Pick<DocumentStore, 'stat'>;
  namespace: string;
  log: Logger;
}

/** The letter of a task, by its run and the id of its entry. */
export interface TaskEntry {
  run: string;
  entry: string;
}

/** Forgets which letters belong to runs; with `remove`, the letters too. */
export async function forgetTasks(
  { redis, keys }: Pick<StaleParts, 'redis' | 'keys'>,
  tasks: readonly TaskEntry[],
  remove: boolean,
): Promise<void> {
  if (tasks.length === 0) return;
  const args = tasks.flatMap(({ run, entry }) => [run, entry]);
  await runScript(redis, FORGET_SCRIPT, [keys.deadTasks, keys.deadTaskOf], [remove ? 1 : 0, ...args]);
}

/**
 * Removes letters of tasks whose job has no record: it was deleted, so that there is nothing to retry. Looks at a part of
 * them; answers where the next look begins.
 */
export async function removeStaleTasks(parts: StaleParts, from = '-'): Promise<string> {
  const { redis, keys, store, namespace, log } = parts;
  const entries = await redis.xrange(keys.deadTasks, from, '+', 'COUNT', AT_ONCE);
  const stale: TaskEntry[] = [];
  for (const [entry, fields] of entries) {
    const { run } = deadTaskOf(readLetter(entry, fields, keys.deadTasks).letter) ?? {};
    // whoever writes to Redis may write anything
    if (run === undefined || !parseWorkflowId(namespace, run)) continue;
    if (!(await store.stat(recordPath(run)))) stale.push({ run, entry });
  }
  await forgetTasks(parts, stale, true);
  if (stale.length > 0) log.info({ tasks: stale.slice(0, 20) }, 'removed dead letters of tasks: their jobs have gone');
  const last = entries.at(-1)?.[0];
  return last === undefined || entries.length < AT_ONCE ? '-' : `(${last}`;
}
