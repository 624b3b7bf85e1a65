import type { PlatformEvent } from '../../schemas/envelope';
import { RedisUnavailable } from '../redis/errors';
import { runScript, script } from '../redis/script';
import type { UpkeepParts } from './ports';

/** Events per call of the script. */
const BATCH = 200;

/** Seconds for which a restored event is remembered: longer than a rebuild is retried. */
const REMEMBER = 7 * 24 * 60 * 60;

/**
 * KEYS: events, watermarks, refilled, epoch. ARGV: workflow id, watermark, seconds to remember, the epoch that the caller
 * has seen; then id and JSON of each event. Returns how many were added, or -1 if the streams have been replaced.
 * An existing watermark stays if it is higher.
 */
const REFILL_SCRIPT = script(`
local events, watermarks, refilled, epoch = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
if redis.call('GET', epoch) ~= ARGV[4] then return -1 end
local run, watermark = ARGV[1], tonumber(ARGV[2])
redis.call('XLEN', events)
redis.call('SCARD', refilled)
if tonumber(redis.call('HGET', watermarks, run) or '0') < watermark then
  redis.call('HSET', watermarks, run, string.format('%.0f', watermark))
end
local added = 0
for i = 5, #ARGV, 2 do
  if redis.call('SADD', refilled, ARGV[i]) == 1 then
    redis.call('XADD', events, '*', 'event', ARGV[i + 1])
    added = added + 1
  end
end
if added > 0 then redis.call('EXPIRE', refilled, ARGV[3]) end
return added
`);

/**
 * Restores events below their run's watermark, each once. They come after the run's events that the stream holds
 * already, so `seq` tells their order. Those that break their contract had gone to the dead letters, and stay there.
 */
export async function refill(
  { redis, keys, validate }: Pick<UpkeepParts, 'redis' | 'keys' | 'validate'>,
  run: { workflowId: string; watermark: number; events: PlatformEvent[]; epoch: string },
): Promise<number> {
  const entries = run.events.flatMap((event) => {
    const raw = JSON.stringify(event);
    return validate(event, raw).ok ? [[event.event_id, raw]] : [];
  });
  let added = 0;
  for (let i = 0; i === 0 || i < entries.length; i += BATCH) {
    const args = [run.workflowId, run.watermark, REMEMBER, run.epoch, ...entries.slice(i, i + BATCH).flat()];
    const answer = await runScript(redis, REFILL_SCRIPT, [keys.events, keys.mirror, keys.refilled, keys.epoch], args);
    if (answer === -1) throw new RedisUnavailable('the streams were lost while they were rebuilt', false);
    added += answer as number;
  }
  return added;
}
