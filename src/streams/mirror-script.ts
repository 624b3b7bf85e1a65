import { script } from '../redis/script';

/**
 * Publishes a batch: all of it, or nothing.
 *
 * KEYS: events, dlq, watermarks, ends of runs, epoch, dead tasks, their entries by run.
 * ARGV: workflow id, ended (0|1), a new epoch, milliseconds to keep a watermark after the end, refuse a gap (0|1); then
 * for each event in ascending order its seq, `e` (stream) or `d` (dead letter), the JSON to write, and what becomes of
 * the run's dead task: the JSON of its new letter, `-` (it has none any more), or nothing.
 * Answers {added, repeated, breaches, watermark before, first new seq or 0, refused (0|1)}. A batch that is refused,
 * because events between the watermark and the batch are missing, writes nothing at all.
 *
 * Redis does not roll a script back, so everything that can fail on a key of a wrong type is read before the first
 * write (Redis checks memory before the first write as well). A letter of a task that cannot be written, since somebody
 * has used the stream's last id, is left out: events are worth more. The fields of a hash have no TTL before Redis 7.4, so a
 * sorted set holds the watermarks of ended runs by their expiry, and each call removes a few that are due. A run that
 * says something new has not ended, or no longer.
 */
export const MIRROR_SCRIPT = script(`
local events, dlq, watermarks, ends, epoch = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local tasks, taskOf = KEYS[6], KEYS[7]
local run, ended, whole = ARGV[1], ARGV[2] == '1', ARGV[5] == '1'
local watermark = tonumber(redis.call('HGET', watermarks, run) or '0')
redis.call('XLEN', events)
redis.call('XLEN', dlq)
redis.call('XLEN', tasks)
redis.call('HLEN', taskOf)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGE', ends, '-inf', now, 'BYSCORE', 'LIMIT', 0, 10)

if whole then
  for i = 6, #ARGV, 4 do
    local seq = tonumber(ARGV[i])
    if seq > watermark then
      if seq > watermark + 1 then return {0, 0, 0, watermark, seq, 1} end
      break
    end
  end
end

redis.call('SET', epoch, ARGV[3], 'NX')
for _, old in ipairs(due) do
  if old ~= run then
    redis.call('HDEL', watermarks, old)
    redis.call('ZREM', ends, old)
  end
end

local added, repeated, breaches, first, last = 0, 0, 0, 0, watermark
for i = 6, #ARGV, 4 do
  local seq = tonumber(ARGV[i])
  if seq <= last then
    repeated = repeated + 1
  else
    if ARGV[i + 1] == 'e' then
      redis.call('XADD', events, '*', 'event', ARGV[i + 2])
      added = added + 1
    else
      redis.call('XADD', dlq, '*', 'event', ARGV[i + 2])
      breaches = breaches + 1
    end
    if ARGV[i + 3] ~= '' then
      local before = redis.call('HGET', taskOf, run)
      if before then
        redis.call('XDEL', tasks, before)
        redis.call('HDEL', taskOf, run)
      end
      if ARGV[i + 3] ~= '-' then
        local entry = redis.pcall('XADD', tasks, '*', 'event', ARGV[i + 3])
        if type(entry) == 'string' then redis.call('HSET', taskOf, run, entry) end
      end
    end
    if first == 0 then first = seq end
    last = seq
  end
end
if last > watermark then redis.call('HSET', watermarks, run, string.format('%.0f', last)) end
if ended then redis.call('ZADD', ends, now + ARGV[4], run)
elseif last > watermark then redis.call('ZREM', ends, run) end
return {added, repeated, breaches, watermark, first, 0}
`);
