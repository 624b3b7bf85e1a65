import { runScript, script } from '../redis/script';
import { newEpoch } from '../streams/epoch';
import type { Executions } from './executions';
import type { UpkeepParts } from './ports';

/**
 * KEYS: events, watermarks, ends of runs, epoch. ARGV: a new epoch. Returns the epoch of the streams.
 *
 * A stream that never had an entry, although watermarks say it had, was deleted or lost by Redis. Then the
 * watermarks are wrong and are deleted, so that live runs publish again; and the epoch is a new one.
 */
const EPOCH_SCRIPT = script(`
local events, watermarks, ends, epoch = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local added = 0
if redis.call('EXISTS', events) == 1 then
  local info = redis.call('XINFO', 'STREAM', events)
  for i = 1, #info, 2 do
    if info[i] == 'entries-added' then added = info[i + 1] end
  end
end
if added == 0 and redis.call('HLEN', watermarks) > 0 then
  redis.call('DEL', watermarks, ends)
  redis.call('SET', epoch, ARGV[1])
else
  redis.call('SET', epoch, ARGV[1], 'NX')
end
return redis.call('GET', epoch)
`);

/** The epoch of the streams as they are now; an empty Redis, and one that has lost its stream, gets a new one. */
export async function settleEpoch({ redis, keys }: Pick<UpkeepParts, 'redis' | 'keys'>): Promise<string> {
  const names = [keys.events, keys.mirror, keys.mirrorEnded, keys.epoch];
  return String(await runScript(redis, EPOCH_SCRIPT, names, [newEpoch()]));
}

/** Bounds of an operation (in runs) that lets a rebuild look at everything, as fast as it can. */
export const WHOLE = { rate_per_second: 10_000, limit: 1_000_000 } as const;

/** Starts an operation; the same name is the same operation. */
export type StartRebuild = (request: {
  action: 'events.rebuild';
  by: string;
  name?: string;
  reason?: string;
  dry_run?: boolean;
  rate_per_second: number;
  limit: number;
}) => Promise<{ workflow_id: string }>;

export interface LostParts extends Pick<UpkeepParts, 'redis' | 'keys' | 'records' | 'namespace' | 'log'> {
  executions: Pick<Executions, 'page'>;
  start: StartRebuild;
}

/** Calls `rebuildLost` until it works, at most `tries` times; a pass of the sweeper asks again anyway. */
export async function insistOnRebuild(parts: LostParts, tries = 60, pause = 5_000): Promise<void> {
  for (let i = 0; i < tries; i++) {
    try {
      await rebuildLost(parts);
      return;
    } catch (error) {
      parts.log.warn({ error: String(error) }, 'cannot start the rebuild of lost streams; trying again soon');
      await new Promise<void>((resolve) => setTimeout(resolve, pause).unref());
    }
  }
}

/**
 * For a caller that finds the streams gone, or has to recreate a group: starts a rebuild, once per epoch, however many
 * ask. If there is nothing to tell (a new installation), nothing is started. Returns the operation's workflow id.
 * Throws errors of Redis and Temporal: call it again.
 */
export async function rebuildLost(parts: LostParts): Promise<string | undefined> {
  const { redis, keys, records, namespace, executions, log } = parts;
  const epoch = await settleEpoch({ redis, keys });
  if ((await redis.get(keys.rebuilt)) === epoch) return undefined;
  const told = (await records.listRecords(`${namespace}.`, { limit: 1 })).workflow_ids.length > 0;
  if (!told && (await executions.page(1)).executions.length === 0) return undefined;
  const reason = `the streams begin anew (epoch ${epoch})`;
  const { workflow_id } = await parts.start({
    action: 'events.rebuild',
    by: 'awe',
    name: `rebuild-${epoch}`,
    reason,
    ...WHOLE,
  });
  log.warn({ epoch, operation: workflow_id }, 'streams were lost: started an operation that rebuilds them');
  return workflow_id;
}
