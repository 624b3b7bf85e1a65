import type { Redis } from 'ioredis';
import { MAX_EVENT_BYTES } from '../contracts/limits';
import { runScript, runScriptBuffer, script, type ScriptPort } from '../redis/script';

/** Fields of an entry; of one that is much larger than an event may be, only its size in bytes. */
export type Fields<T> = T[] | number;

/** Bytes of fields that are read: twice an event, so that one that is a little too large can be looked at. */
export const LARGEST_ENTRY = 2 * MAX_EVENT_BYTES;

/** Bytes of one read. It may exceed them by the entries that Redis looks at together. */
const READ_BYTES = 8 * 1024 * 1024;

/** A Lua function that answers an entry as it is read, and the bytes that it adds to an answer. */
export const WEIGH = `
local function weigh(entry)
  local size = 0
  for _, part in ipairs(entry[2]) do size = size + #part end
  if size > ${LARGEST_ENTRY} then return {entry[1], size}, 0 end
  return entry, size
end
`;

/** Reads entries by `some(count)` until there are `left` of them, no more, or enough bytes. */
const READ = `${WEIGH}
local function read(left, some)
  local answer, room = {}, ${READ_BYTES}
  while left > 0 and room > 0 do
    local count = math.min(left, 8)
    local entries = some(count)
    for _, entry in ipairs(entries) do
      local weighed, size = weigh(entry)
      answer[#answer + 1] = weighed
      room = room - size
    end
    if #entries < count then break end
    left = left - count
  end
  return answer
end
`;

/** KEYS: stream. ARGV: most entries, group, consumer. Delivers new entries to a consumer. */
const READ_GROUP = script(`${READ}
return read(tonumber(ARGV[1]), function(count)
  local reply = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', count, 'STREAMS', KEYS[1], '>')
  return reply and reply[1][2] or {}
end)
`);

/** KEYS: stream. ARGV: most entries, an id. Answers the entries after that id. */
const READ_AFTER = script(`${READ}
local after = ARGV[2]
return read(tonumber(ARGV[1]), function(count)
  local entries = redis.call('XRANGE', KEYS[1], '(' .. after, '+', 'COUNT', count)
  if #entries > 0 then after = entries[#entries][1] end
  return entries
end)
`);

/** Delivers up to `most` new entries that are there now to a consumer, in a reply of bounded size. */
export async function readGroup(
  redis: Pick<Redis, 'callBuffer'>,
  stream: string,
  { group, consumer, most }: { group: string; consumer: string; most: number },
): Promise<[id: Buffer, fields: Fields<Buffer> | null][]> {
  const args = [String(most), group, consumer];
  return (await runScriptBuffer(redis, READ_GROUP, [stream], args)) as [Buffer, Fields<Buffer>][];
}

/** Reads up to `most` entries after an id, in a reply of bounded size. An empty answer means that there are no more. */
export async function readAfter(
  redis: ScriptPort,
  stream: string,
  id: string,
  most: number,
): Promise<[id: string, fields: Fields<string>][]> {
  return (await runScript(redis, READ_AFTER, [stream], [most, id])) as [string, Fields<string>][];
}

/** An entry that came without a script, as if it had been read by one. */
export function weighed(fields: Buffer[]): Fields<Buffer> {
  const size = fields.reduce((sum, part) => sum + part.length, 0);
  return size > LARGEST_ENTRY ? size : fields;
}
