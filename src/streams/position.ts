import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';

/** The end of a stream: the last id it has given, the entries it holds, and the number it has ever had. */
export interface StreamEnd {
  id: string;
  /** id of its first entry */
  first: string | undefined;
  length: number;
  added: number;
  epoch: string | undefined;
}

/** KEYS: stream, epoch. Answers {last id, first id or '', length, entries ever added, epoch or ''}, without entries. */
const END = script(`
local epoch = redis.call('GET', KEYS[2]) or ''
if redis.call('EXISTS', KEYS[1]) == 0 then return {'0-0', '', 0, 0, epoch} end
local flat, info = redis.call('XINFO', 'STREAM', KEYS[1]), {}
for i = 1, #flat, 2 do info[flat[i]] = flat[i + 1] end
local first = info['first-entry'] and info['first-entry'][1] or ''
return {info['last-generated-id'], first, info['length'], info['entries-added'], epoch}
`);

/** Reads the end of the events' stream; a stream that does not exist yet ends at `0-0`. */
export async function readEnd(redis: ScriptPort, keys: Pick<Keys, 'events' | 'epoch'>): Promise<StreamEnd> {
  const answer = await runScript(redis, END, [keys.events, keys.epoch], []);
  const [id, first, length, added, epoch] = answer as [string, string, number, number, string];
  return { id, first: first || undefined, length, added, epoch: epoch || undefined };
}

/** True if stream id `a` comes after `b`. */
export function isAfter(a: string, b: string): boolean {
  const [aTime = '0', aNumber = '0'] = a.split('-');
  const [bTime = '0', bNumber = '0'] = b.split('-');
  const [x, y] = [BigInt(aTime), BigInt(bTime)];
  return x === y ? BigInt(aNumber) > BigInt(bNumber) : x > y;
}
