import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';

/** Times are milliseconds. */
export interface TrimSettings {
  /** time that an entry stays at least */
  keepMs: number;
  /** time without activity after which a group no longer holds entries back */
  groupIdleMs: number;
  /** groups that must exist: nothing is trimmed while one of them is being created again */
  groups: readonly string[];
  /** time in which nobody else trims; 0 is for tests */
  lockMs: number;
  /** trim exactly, instead of at the next boundary of Redis's own nodes, which is cheaper */
  exact?: boolean;
}

export interface Trimmed {
  outcome: 'trimmed' | 'locked' | 'empty' | 'group_missing';
  /** entries that were trimmed */
  removed: number;
  /** the first id that stays, at least */
  min_id?: string;
  /** groups that held nothing back, because they are idle */
  idle: string[];
}

/**
 * KEYS: stream, lock, last moves of the groups. ARGV: ms to keep, ms after which a group is idle, ms of the lock, `~`
 * or `=`, the most entries to trim, groups that must exist.
 *
 * The bound is the smallest, over all groups that count, of the id after the last delivered one and of the oldest
 * pending entry: with the pending one alone, entries that were never delivered would be lost. All in one script, so
 * that no group is moved back in between. A group is active when its last id has moved, or one of its consumers was
 * seen; since a group may have no consumers for a while, the time of its last move is kept. (Redis 7.0 takes no note
 * of a consumer that reads and gets nothing, so a group that has everything is never idle.)
 */
const TRIM = script(`
local stream, lock, known = KEYS[1], KEYS[2], KEYS[3]
local keep, ttl, lease = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if lease > 0 and not redis.call('SET', lock, '1', 'NX', 'PX', lease) then return {'locked', 0, '', {}} end
if redis.call('EXISTS', stream) == 0 then return {'empty', 0, '', {}} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function map(flat)
  local result = {}
  for i = 1, #flat, 2 do result[flat[i]] = flat[i + 1] end
  return result
end
local function parts(id)
  local ms, seq = string.match(id, '(%d+)-(%d+)')
  return ms, seq
end
local function longer(a, b)
  if #a ~= #b then return #a < #b end
  return a < b
end
local function before(a, b)
  local ams, aseq = parts(a)
  local bms, bseq = parts(b)
  if ams ~= bms then return longer(ams, bms) end
  return aseq ~= bseq and longer(aseq, bseq)
end
local function nextid(id)
  local ms, seq = parts(id)
  return ms .. '-' .. string.format('%.0f', tonumber(seq) + 1)
end

local bound = string.format('%.0f', math.max(0, now - keep)) .. '-0'
local newest = map(redis.call('XINFO', 'STREAM', stream))['last-generated-id']
local idle, there = {}, {}
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
  local group = map(flat)
  local name, last = group['name'], group['last-delivered-id']
  there[name] = true
  local quiet = nil
  for _, c in ipairs(redis.call('XINFO', 'CONSUMERS', stream, name)) do
    local consumer = map(c)
    if not quiet or consumer['idle'] < quiet then quiet = consumer['idle'] end
  end
  local seen = redis.call('HGET', known, name)
  local id, since
  if seen then id, since = string.match(seen, '(%S+) (%d+)') end
  if id ~= last then since = now end
  if quiet and now - quiet > tonumber(since) then since = now - quiet end
  redis.call('HSET', known, name, last .. ' ' .. string.format('%.0f', since))
  local behind = last ~= newest or group['pending'] > 0
  if behind and now - since > ttl then
    idle[#idle + 1] = name
  else
    local low = nextid(last)
    if group['pending'] > 0 then
      local oldest = redis.call('XPENDING', stream, name)[2]
      if before(oldest, low) then low = oldest end
    end
    if before(low, bound) then bound = low end
  end
end
for _, name in ipairs(redis.call('HKEYS', known)) do
  if not there[name] then redis.call('HDEL', known, name) end
end
for i = 6, #ARGV do
  if not there[ARGV[i]] then return {'group_missing', 0, '', idle} end
end
local removed
if ARGV[4] == '=' then removed = redis.call('XTRIM', stream, 'MINID', '=', bound)
else removed = redis.call('XTRIM', stream, 'MINID', '~', bound, 'LIMIT', ARGV[5]) end
return {'trimmed', removed, bound, idle}
`);

/** Entries trimmed in one call, so that Redis keeps nobody waiting. */
const MOST = 20_000;

/** Trims entries that are old and handled. */
export async function trimStream(
  redis: ScriptPort,
  keys: Pick<Keys, 'events' | 'trimLock' | 'groups'>,
  settings: TrimSettings,
): Promise<Trimmed> {
  const { keepMs, groupIdleMs, lockMs, exact = false, groups } = settings;
  const names = [keys.events, keys.trimLock, keys.groups];
  const args = [keepMs, groupIdleMs, lockMs, exact ? '=' : '~', MOST, ...groups];
  const [outcome, removed, min_id, idle] = (await runScript(redis, TRIM, names, args)) as [
    Trimmed['outcome'],
    number,
    string,
    string[],
  ];
  return { outcome, removed, ...(min_id === '' ? {} : { min_id }), idle };
}

/** Milliseconds between two trims by a process. */
const INTERVAL = 60_000;

/** Trims periodically, one process at a time; returns the function that ends it. */
export function keepTrimming(
  redis: ScriptPort,
  keys: Keys,
  settings: Omit<TrimSettings, 'lockMs'>,
  log: Logger,
  interval = INTERVAL,
): () => void {
  let reported = '';
  const trim = async () => {
    try {
      const { outcome, removed, min_id, idle } = await trimStream(redis, keys, { ...settings, lockMs: interval * 0.9 });
      if (removed > 0) log.info({ stream: keys.events, removed, min_id }, 'trimmed old events off the stream');
      if (outcome === 'locked' || idle.join() === reported) return;
      reported = idle.join();
      if (idle.length > 0)
        log.error(
          { stream: keys.events, groups: idle },
          'consumer groups idle for GROUP_IDLE_TTL will miss trimmed events: bring back their consumers, or destroy the groups',
        );
    } catch (error) {
      log.debug({ error: String(error) }, 'trimming the stream failed; trying again later');
    }
  };
  const timer = setInterval(() => void trim(), interval);
  timer.unref();
  return () => clearInterval(timer);
}
