import type { Logger } from '../logging';
import { gateOf, type GatePort, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { runScript, script, type ScriptPort } from '../redis/script';

/** The progress of a consumer group. Ages are seconds since an entry came into the stream. */
export interface GroupState {
  group: string;
  /** entries not yet delivered; null if Redis cannot tell (somebody has deleted entries) */
  lag: number | null;
  /** entries delivered and not acknowledged */
  pending: number;
  /** age of the oldest entry that it has not handled, delivered or not */
  oldest_seconds: number | null;
  /** the highest delivery count among the oldest pending entries */
  deliveries: number;
  consumers: number;
  /** entries trimmed before the group had handled them, since Redis was last empty */
  lost: number;
}

/** The contents of the streams, and their readers. */
export interface StreamsState {
  events: number;
  /** seconds by which the last id of a stream is ahead of the clock of Redis: somebody has chosen it */
  ahead_seconds: number;
  groups: GroupState[];
  dlq: {
    entries: number;
    oldest_seconds: number | null;
    /** moved to the document store within a day, because there were too many */
    moved: number;
    /** tasks that have failed for good, and wait for somebody */
    tasks: number;
    tasks_oldest_seconds: number | null;
  };
}

export interface StreamsStateReader {
  /** Answers within 1.5 s; undefined while Redis is away or refuses. Never fails. */
  read(): Promise<StreamsState | undefined>;
}

/** The part of a connection that reading uses. */
export type StreamsStatePort = ScriptPort & GatePort;

/**
 * KEYS: events, dlq, lost entries by group, moved dead letters by kind, dead tasks. Answers {time in ms, entries, last id, dead
 * letters, id of the first, their last id, moved, groups, dead tasks, their last id, id of their first}; each group is {name, lag or '', pending, id of the oldest entry that is not handled or '', most deliveries,
 * consumers, lost}. Ids only, since an entry may be large. At most 50 groups, since anybody who can write to Redis can
 * create some, and a metric's label must stay bounded; deliveries of the 100 oldest pending entries.
 */
const LOOK = script(`
local events, dlq, lost = KEYS[1], KEYS[2], KEYS[3]
local moved = 0
for _, count in ipairs(redis.call('HVALS', KEYS[4])) do moved = moved + count end
local function map(flat)
  local result = {}
  for i = 1, #flat, 2 do result[flat[i]] = flat[i + 1] end
  return result
end
local function first(stream, from)
  local entries = redis.pcall('XRANGE', stream, from, '+', 'COUNT', 1)
  return entries[1] and entries[1][1] or ''
end
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local function info(stream)
  if redis.call('EXISTS', stream) == 0 then return {['length'] = 0, ['last-generated-id'] = '0-0'} end
  return map(redis.call('XINFO', 'STREAM', stream))
end
local stream, dead, tasks = info(events), info(dlq), info(KEYS[5])
local answer = {now, stream['length'], stream['last-generated-id'], dead['length'], first(dlq, '-')}
answer[6], answer[7], answer[8] = dead['last-generated-id'], moved, {}
answer[9], answer[10], answer[11] = tasks['length'], tasks['last-generated-id'], first(KEYS[5], '-')
if redis.call('EXISTS', events) == 0 then return answer end
local groups = answer[8]
for i, flat in ipairs(redis.call('XINFO', 'GROUPS', events)) do
  if i > 50 then break end
  local group = map(flat)
  local name, oldest, most = group['name'], '', 0
  if group['pending'] > 0 then
    for j, entry in ipairs(redis.call('XPENDING', events, name, '-', '+', 100)) do
      if j == 1 then oldest = entry[1] end
      most = math.max(most, entry[4])
    end
  end
  if oldest == '' then oldest = first(events, '(' .. group['last-delivered-id']) end
  local missed = tonumber(redis.call('HGET', lost, name) or '0')
  groups[i] = {name, group['lag'] or '', group['pending'], oldest, most, group['consumers'], missed}
end
return answer
`);

type Looked = [
  now: string,
  events: number,
  last: string,
  dead: number,
  firstDead: string,
  lastDead: string,
  moved: number,
  groups: LookedGroup[],
  tasks: number,
  lastTask: string,
  firstTask: string,
];
type LookedGroup = [
  name: string,
  lag: number | '',
  pending: number,
  oldest: string,
  deliveries: number,
  consumers: number,
  lost: number,
];

/** Reads the state of the streams, for metrics, health and people. Simultaneous callers share one read. */
export function createStreamsState(parts: {
  redis: StreamsStatePort;
  keys: Pick<Keys, 'events' | 'dlq' | 'lost' | 'dlqMoved' | 'deadTasks'>;
  log: Logger;
  gate?: RedisGate;
}): StreamsStateReader {
  const { redis, keys, log } = parts;
  const gate = parts.gate ?? gateOf(redis, log);

  async function readStreams(): Promise<StreamsState> {
    const names = [keys.events, keys.dlq, keys.lost, keys.dlqMoved, keys.deadTasks];
    const looked = await runScript(redis, LOOK, names, []);
    const [time, events, last, dead, firstDead, lastDead, moved, groups, tasks, lastTask, firstTask] = looked as Looked;
    const now = Number(time);
    return {
      events,
      ahead_seconds: Math.max(0, -age(last, now), -age(lastDead, now), -age(lastTask, now)),
      groups: groups.map(([group, lag, pending, oldest, deliveries, consumers, lost]) => ({
        group,
        lag: lag === '' ? null : lag,
        pending,
        oldest_seconds: oldest === '' ? null : Math.max(0, age(oldest, now)),
        deliveries,
        consumers,
        lost,
      })),
      dlq: {
        ...{ entries: dead, moved, tasks },
        oldest_seconds: firstDead === '' ? null : Math.max(0, age(firstDead, now)),
        tasks_oldest_seconds: firstTask === '' ? null : Math.max(0, age(firstTask, now)),
      },
    };
  }

  let running: Promise<StreamsState | undefined> | undefined;
  return {
    read() {
      running ??= gate
        .run(readStreams)
        .catch((error: unknown) => {
          log.debug({ error: String(error) }, 'the state of the streams cannot be read');
          return undefined;
        })
        .finally(() => (running = undefined));
      return running;
    },
  };
}

/** The age of an entry by its id, in seconds; negative if somebody has chosen an id that lies ahead. */
const age = (id: string, now: number): number => (now - Number(id.split('-')[0])) / 1_000;
