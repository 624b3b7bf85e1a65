import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';

/** Seconds by which an id may be ahead of the clock of Redis; clocks differ, and a minute is not worth a repair. */
export const AHEAD = 3_600;

/** KEYS: stream. ARGV: seconds ahead. Answers the id behind which others lie too far ahead, or '' if none does. */
const LIMIT = script(`
if redis.call('EXISTS', KEYS[1]) == 0 then return '' end
local flat, last = redis.call('XINFO', 'STREAM', KEYS[1]), nil
for i = 1, #flat, 2 do if flat[i] == 'last-generated-id' then last = flat[i + 1] end end
local limit = redis.call('TIME')[1] * 1000 + ARGV[1] * 1000
if tonumber(string.match(last, '%d+')) <= limit then return '' end
return string.format('%.0f', limit) .. '-0'
`);

/** KEYS: stream, copy. ARGV: after an id, up to an id, entries. Copies entries; answers the last id, or '' for none. */
const COPY = script(`
local entries = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], ARGV[2], 'COUNT', ARGV[3])
for _, entry in ipairs(entries) do redis.call('XADD', KEYS[2], entry[1], unpack(entry[2])) end
return #entries > 0 and entries[#entries][1] or ''
`);

/**
 * KEYS: stream, copy. ARGV: the last id that stays. Adds the entries behind it to the copy, under new ids in their
 * order, gives it the groups with their places and pending entries, and puts it in the place of the stream. Answers how
 * many entries got new ids.
 */
const REPLACE = script(`
local stream, copy, limit = KEYS[1], KEYS[2], ARGV[1]
local function map(flat)
  local result = {}
  for i = 1, #flat, 2 do result[flat[i]] = flat[i + 1] end
  return result
end
local anew, count = {}, 0
for _, entry in ipairs(redis.call('XRANGE', stream, '(' .. limit, '+')) do
  anew[entry[1]] = redis.call('XADD', copy, '*', unpack(entry[2]))
  count = count + 1
end
local added = map(redis.call('XINFO', 'STREAM', stream))['entries-added']
redis.call('XGROUP', 'CREATE', copy, 'mend', '0', 'MKSTREAM')
redis.call('XGROUP', 'DESTROY', copy, 'mend')
local bound = tonumber(string.match(limit, '%d+'))
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
  local group = map(flat)
  local name, last = group['name'], group['last-delivered-id']
  if tonumber(string.match(last, '%d+')) > bound then last = anew[last] or '$' end
  redis.call('XGROUP', 'CREATE', copy, name, last)
  if group['pending'] > 0 then
    for _, entry in ipairs(redis.call('XPENDING', stream, name, '-', '+', group['pending'])) do
      local id, consumer, idle, deliveries = unpack(entry)
      redis.call('XCLAIM', copy, name, consumer, 0, anew[id] or id, 'IDLE', idle, 'RETRYCOUNT', deliveries, 'FORCE', 'JUSTID')
    end
  end
end
local last = map(redis.call('XINFO', 'STREAM', copy))['last-generated-id']
redis.call('XSETID', copy, last, 'ENTRIESADDED', added)
redis.call('RENAME', copy, stream)
return count
`);

/** Entries copied at once: Redis does nothing else meanwhile. */
const PAGE = 500;

/**
 * Gives entries whose ids lie in the future new ones, in their order. Whoever writes to a stream may choose an id: after
 * the greatest one there is, Redis takes no other, and after one of next year ages mean nothing. Ids cannot be taken
 * back, so the stream is copied, with its groups, and replaced. Answers how many entries got new ids; 0 if all is well.
 */
export async function mendIds(
  redis: ScriptPort,
  { events, dlq, deadTasks, mending }: Pick<Keys, 'events' | 'dlq' | 'deadTasks' | 'mending'>,
) {
  let mended = 0;
  for (const stream of [events, dlq, deadTasks]) {
    const limit = String(await runScript(redis, LIMIT, [stream], [AHEAD]));
    if (limit === '') continue;
    const copy = mending(stream);
    await runScript(redis, DELETE, [copy], []);
    for (let last = '0-0'; last !== '';)
      last = String(await runScript(redis, COPY, [stream, copy], [last, limit, PAGE]));
    mended += Number(await runScript(redis, REPLACE, [stream, copy], [limit]));
  }
  return mended;
}

/** KEYS: a key. Removes what an interrupted repair has left. */
const DELETE = script(`return redis.call('DEL', KEYS[1])`);
