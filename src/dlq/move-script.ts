import { script } from '../redis/script';

/**
 * Moves one dead letter: removes it from the dead letters and, for a redrive, puts its event back into the stream. Only
 * the caller that removes it puts it back, so that two callers at once move it once.
 *
 * KEYS: dlq, events, redrives of the event, letters that this page of the operation has moved.
 * ARGV: redrive|discard|look, the entry's id, the event's bytes, by whom, the redrives in its record, seconds to keep
 * the count of redrives, seconds to keep the page.
 * Answers `moved`, `again` (an earlier try of the same page has moved it) or `gone` (somebody else has).
 *
 * Redis does not roll a script back, so every key is read, and its type with it, before the first write.
 */
export const MOVE_SCRIPT = script(`
local dlq, events, redriven, page = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local what, id = ARGV[1], ARGV[2]
if redis.call('SISMEMBER', page, id) == 1 then return 'again' end
if what == 'look' then return 'gone' end
local known = tonumber(redis.call('HGET', redriven, 'count') or '0')
redis.call('XLEN', events)
if redis.call('XDEL', dlq, id) == 0 then return 'gone' end
redis.call('SADD', page, id)
redis.call('EXPIRE', page, ARGV[7])
if what == 'redrive' then
  redis.call('XADD', events, '*', 'event', ARGV[3])
  local time = redis.call('TIME')
  local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
  local count = string.format('%.0f', math.max(known, tonumber(ARGV[5])) + 1)
  redis.call('HSET', redriven, 'count', count, 'by', ARGV[4], 'at', at)
  redis.call('EXPIRE', redriven, ARGV[6])
end
return 'moved'
`);
