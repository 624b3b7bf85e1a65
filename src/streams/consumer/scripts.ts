import { script } from '../../redis/script';
import { WEIGH } from '../read';

/** 1 if a stream is missing, or was just created by the first of several consumers that found it missing. */
const IS_LOST = `
local function lost(stream)
  if redis.call('EXISTS', stream) == 0 then return 1 end
  local info = redis.call('XINFO', 'STREAM', stream)
  for i = 1, #info, 2 do
    if info[i] == 'entries-added' then return info[i + 1] == 0 and 1 or 0 end
  end
  return 0
end
`;

/** KEYS: stream. 1 if it is missing, or has had no entry since it was created. */
export const LOST = script(`${IS_LOST}
return lost(KEYS[1])
`);

/** KEYS: stream. ARGV: group. Creates the group at the start of the stream; {1 if it was missing, 1 if the stream too}. */
export const ENSURE = script(`${IS_LOST}
local missing = lost(KEYS[1])
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if made.err then
  if string.find(made.err, 'BUSYGROUP', 1, true) then return {0, 0} end
  return made
end
return {1, missing}
`);

/**
 * KEYS: stream. ARGV: group, consumer, id, delivery count. Begins an attempt at an entry that is ours: sets its count
 * (not raises, so that a repeated call is harmless), resets its idle time and answers its content.
 * {0} no longer ours, {1} no longer in the stream, {2, content}.
 */
export const BEGIN = script(`${WEIGH}
local stream, group, consumer, id = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
if #redis.call('XPENDING', stream, group, id, id, 1, consumer) == 0 then return {0} end
local entry = redis.call('XCLAIM', stream, group, consumer, 0, id, 'RETRYCOUNT', ARGV[4])
if entry[1] then return {2, (weigh(entry[1][2]))} end
redis.call('XACK', stream, group, id)
return {1}
`);

/**
 * KEYS: stream. ARGV: group, consumer, then id and delivery count of each entry. Keeps those that are ours from
 * counting as idle; answers the ids of the others.
 */
export const KEEP = script(`
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
local gone = {}
for i = 3, #ARGV, 2 do
  if #redis.call('XPENDING', stream, group, ARGV[i], ARGV[i], 1, consumer) == 0 then
    gone[#gone + 1] = ARGV[i]
  else
    redis.call('XCLAIM', stream, group, consumer, 0, ARGV[i], 'RETRYCOUNT', ARGV[i + 1], 'JUSTID')
  end
end
return gone
`);

/**
 * KEYS: stream, dead letters, entries that the group has given up. ARGV: group, id, dead letter, most of those entries,
 * seconds to keep them. Writes the dead letter and acknowledges the entry, both or neither, and only if nobody has done
 * either before: a group that was made anew reads all of the stream again. 1 written, 0 done before.
 */
export const BURY = script(`
local stream, group, id = KEYS[1], ARGV[1], ARGV[2]
if #redis.call('XPENDING', stream, group, id, id, 1) == 0 then return 0 end
redis.call('XLEN', KEYS[2])
local written = 0
if redis.call('ZADD', KEYS[3], 'NX', string.match(id, '%d+'), id) == 1 then
  redis.call('XADD', KEYS[2], '*', 'event', ARGV[3])
  redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -ARGV[4] - 1)
  redis.call('EXPIRE', KEYS[3], ARGV[5])
  written = 1
end
redis.call('XACK', stream, group, id)
return written
`);

/**
 * KEYS: stream. ARGV: group, consumer, then id and delivery count of each entry. Leaves the group: others may take the
 * entries that are ours at once. The consumer is deleted only if it holds nothing, which would be deleted with it.
 */
export const LEAVE = script(`
local stream, group, consumer = KEYS[1], ARGV[1], ARGV[2]
for i = 3, #ARGV, 2 do
  if #redis.call('XPENDING', stream, group, ARGV[i], ARGV[i], 1, consumer) > 0 then
    redis.call('XCLAIM', stream, group, consumer, 0, ARGV[i], 'IDLE', 86400000, 'RETRYCOUNT', ARGV[i + 1], 'JUSTID')
  end
end
if #redis.call('XPENDING', stream, group, '-', '+', 1, consumer) == 0 then
  redis.call('XGROUP', 'DELCONSUMER', stream, group, consumer)
end
return 1
`);
