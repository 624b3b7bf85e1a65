import type { PlatformEvent } from '../../schemas/envelope';
import { RedisUnavailable } from '../redis/errors';
import { runScript, script } from '../redis/script';
import type { UpkeepParts } from './ports';

/** Events of one call of the script. */
const BATCH = 200;

/** Seconds after which it is forgotten that an event was put back: longer than a rebuild is tried again. */
const REMEMBER = 7 * 24 * 60 * 60;

/**
 * KEYS: events, watermarks, refilled, epoch. ARGV: workflow id, watermark, seconds to remember, the epoch that the caller
 * has looked at; then id and JSON of each event. Answers how many were added, or -1 where the streams are others by now.
 * A watermark that is there stays if it is higher.
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
 * Puts events back that lie below their run's watermark, each once. They come after what the stream holds of the run
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
