import type { Redis } from 'ioredis';
import type { Envelope } from '../../schemas/envelope';
import { MAX_EVENT_BYTES } from '../contracts/limits';
import { runScript, runScriptBuffer, script, type ScriptPort } from '../redis/script';

/**
 * What an entry holds: the value of its field `event`, if it has that field alone, as most do; else its fields; of one
 * that is much larger than an event may be, only its size in bytes.
 */
export type Content<T> = T | T[] | number;

/** Bytes of fields that are read: twice an event, so that one that is a little too large can be looked at. */
const LARGEST_ENTRY = 2 * MAX_EVENT_BYTES;

/** Bytes that one read looks at. It may exceed them by the entries that Redis looks at together. */
const READ_BYTES = 8 * 1024 * 1024;

/** A Lua function that answers the content of an entry, given its fields, and their size in bytes. */
export const WEIGH = `
local function weigh(fields)
  if #fields == 2 and fields[1] == 'event' and #fields[2] <= ${LARGEST_ENTRY} then return fields[2], #fields[2] end
  local size = 0
  for i = 1, #fields do size = size + #fields[i] end
  return size > ${LARGEST_ENTRY} and size or fields, size
end
`;

/**
 * Reads entries by `some(count)` until there are `left` of them, no more, or enough bytes. Answers a flat list of ids
 * and contents: most of the cost of a script is in what it answers, element by element.
 */
const READ = `${WEIGH}
local function read(left, some)
  local answer, at, room, step = {}, 0, ${READ_BYTES}, 1
  while left > 0 and room > 0 do
    local count = math.min(left, step)
    step = math.min(2 * step, 16)
    local entries = some(count)
    for i = 1, #entries do
      local content, size = weigh(entries[i][2])
      answer[at + 1], answer[at + 2] = entries[i][1], content
      at, room = at + 2, room - size
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
): Promise<[id: Buffer, content: Content<Buffer>][]> {
  const args = [String(most), group, consumer];
  return inPairs((await runScriptBuffer(redis, READ_GROUP, [stream], args)) as Buffer[]);
}

/** Reads up to `most` entries after an id, in a reply of bounded size. An empty answer means that there are no more. */
export async function readAfter(
  redis: ScriptPort,
  stream: string,
  id: string,
  most: number,
): Promise<[id: string, content: Content<string>][]> {
  return inPairs((await runScript(redis, READ_AFTER, [stream], [most, id])) as string[]);
}

/** Entries from a flat list of ids and contents. */
const inPairs = <T>(flat: (T | Content<T>)[]): [T, Content<T>][] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] as T, flat[2 * i + 1] as Content<T>]);

/** An entry that came without a script, as if it had been read by one. */
export function weighed<T extends { length: number }>(fields: T[]): Content<T> {
  const size = fields.reduce((sum, part) => sum + part.length, 0);
  return size > LARGEST_ENTRY ? size : fields;
}

/** The value of the field `event`, if an entry has one. */
export function eventIn<T extends { toString(): string }>(content: Content<T>): T | undefined {
  if (typeof content === 'number') return undefined;
  if (!Array.isArray(content)) return content;
  for (let i = 0; i + 1 < content.length; i += 2) if (content[i]?.toString() === 'event') return content[i + 1];
  return undefined;
}

/** The event in an entry; entries that hold none are left to the validator. */
export function envelopeIn(content: Content<string>): Envelope | undefined {
  try {
    const value = JSON.parse(eventIn(content) ?? '') as Partial<Envelope> | null;
    return typeof value?.source === 'string' ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}
