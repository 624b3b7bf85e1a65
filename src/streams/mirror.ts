import type { PlatformEvent } from '../../schemas/envelope';
import type { ContractError } from '../contracts/errors';
import type { Logger } from '../logging';
import { RedisUnavailable } from '../redis/errors';
import { gateOf, type GatePort, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { runScript, type ScriptPort } from '../redis/script';
import type { DeadLetter } from './dead-letter';
import { deadTaskChange } from './dead-task';
import { newEpoch } from './epoch';
import { MIRROR_SCRIPT } from './mirror-script';

/** Milliseconds that a watermark outlives the end of its run: longer than any publisher keeps trying. */
const KEEP_WATERMARK = 24 * 60 * 60 * 1000;

/** Events of one run, in the order of their `seq`. */
export interface MirrorBatch {
  /** workflow id, within which `seq` counts */
  run: string;
  events: PlatformEvent[];
  /** these are the run's last events */
  ended?: boolean;
  /** publish nothing if earlier events are missing in the stream: the caller has them and begins there */
  refuseGap?: boolean;
}

/** The outcome of a batch: every event is now in the stream, or in the dead letters. */
export interface Published {
  /** new in the stream */
  added: number;
  /** in the stream before */
  repeated: number;
  /** new in the dead letters, because they break their contract */
  breaches: number;
  /**
   * Events between these two are missing: they never came, or Redis lost them after acknowledging them, as it
   * does when it is killed while a background fsync runs (`appendfsync everysec`) or flushed.
   */
  gap?: { after: number; first: number };
  /** the batch was refused because of the gap */
  refused?: true;
}

/** The copy in Redis of the platform's events. */
export interface Mirror {
  /**
   * Publishes a batch at once or not at all, however often it is called with the same events. Within 1.5 s, or at once
   * while Redis is known to be away, it throws RedisUnavailable (try again) or RedisRefused (somebody has to fix
   * Redis); `signal` ends the wait with its reason; an event without `seq` is a TypeError. After a throw the batch may
   * still have been, or be, published.
   */
  publish(batch: MirrorBatch, signal?: AbortSignal): Promise<Published>;
  /** false while Redis is known to be away */
  available(): boolean;
}

/** Checks an event, given also as its JSON, against its contract. */
export type Validate = (event: PlatformEvent, raw: string) => { ok: true } | { ok: false; errors: ContractError[] };

export interface MirrorParts {
  redis: ScriptPort & GatePort;
  keys: Keys;
  validate: Validate;
  log: Logger;
  gate?: RedisGate;
}

/**
 * Publishes the platform's own events. One watermark per workflow id makes repeats harmless, so a workflow id
 * must not begin again with `seq` 1 within a day of its end.
 */
export function createMirror({ redis, keys, validate, log, gate = gateOf(redis, log) }: MirrorParts): Mirror {
  const names = [keys.events, keys.dlq, keys.mirror, keys.mirrorEnded, keys.epoch, keys.deadTasks, keys.deadTaskOf];
  let full = false;

  /** Logs once that Redis answers but takes nothing (no memory, no disk, a replica), and once that it does again. */
  async function logFullness<T>(reply: Promise<T>): Promise<T> {
    try {
      const value = await reply;
      if (full) log.info('Redis takes events again');
      full = false;
      return value;
    } catch (error) {
      if (error instanceof RedisUnavailable && !error.away) {
        if (!full)
          log.warn(
            { error: error.message },
            'Redis answers but takes no events (out of memory or disk, or read-only): they wait in their runs',
          );
        full = true;
      }
      throw error;
    }
  }

  return {
    available: () => gate.available(),
    async publish({ run, events, ended = false, refuseGap = false }, signal) {
      const args = [run, ended ? 1 : 0, newEpoch(), KEEP_WATERMARK, refuseGap ? 1 : 0];
      for (const event of inOrder(events)) args.push(...argsOf(event, keys.events, validate, log));
      const reply = await logFullness(gate.run(() => runScript(redis, MIRROR_SCRIPT, names, args), signal));
      const [added, repeated, breaches, watermark, first, refused] = reply as [
        number,
        number,
        number,
        number,
        number,
        0 | 1,
      ];
      if (first === 0 || first === watermark + 1) return { added, repeated, breaches };
      const gap = { after: watermark, first };
      if (refused === 1) {
        log.warn({ run, ...gap }, 'events of a run are missing in the stream: the run publishes them again');
        return { added, repeated, breaches, gap, refused: true };
      }
      log.warn({ run, ...gap }, 'events of a run are missing in the stream: `awe events rebuild` brings them back');
      return { added, repeated, breaches, gap };
    },
  };
}

/**
 * The arguments of one event: its number, the stream it belongs in, the JSON to write there, and what becomes of its
 * run's dead task.
 */
function argsOf(
  event: PlatformEvent,
  stream: string,
  validate: Validate,
  log: Logger,
): [number, 'e' | 'd', string, string] {
  const raw = JSON.stringify(event);
  const errors = breaches(event, raw, validate);
  if (errors === undefined) return [event.seq, 'e', raw, deadTaskChange(event, raw, stream)];
  log.error(
    { event_id: event.event_id, event_type: event.event_type, errors },
    'an event of the platform breaks its contract: it goes to the dead letters',
  );
  const now = new Date().toISOString();
  const letter: DeadLetter = {
    raw,
    encoding: 'utf8',
    event_id: event.event_id,
    event_type: event.event_type,
    stream,
    entry_id: null,
    group: null,
    stage: 'publish',
    error: {
      class: 'contract.breach',
      message: errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; '),
    },
    errors,
    deliveries: 0,
    first_at: now,
    last_at: now,
    redrives: 0,
    redriven_by: null,
  };
  return [event.seq, 'd', JSON.stringify(letter), ''];
}

function breaches(event: PlatformEvent, raw: string, validate: Validate): ContractError[] | undefined {
  try {
    const checked = validate(event, raw);
    return checked.ok ? undefined : checked.errors;
  } catch (error) {
    // A fault of the validator must not hide an event from the people who can look into it.
    return [{ pointer: '', message: `could not be checked: ${String(error)}`, keyword: 'validator' }];
  }
}

/** Sorts events: the script takes the last number as the watermark and would drop one out of order as a repeat. */
function inOrder(events: PlatformEvent[]): PlatformEvent[] {
  const unnumbered = events.find(({ seq }) => !Number.isSafeInteger(seq) || seq < 1);
  if (unnumbered)
    throw new TypeError(`event ${unnumbered.event_id} has no seq, so a repeat of it could not be recognised`);
  const ordered = events.every((event, i) => i === 0 || event.seq > (events[i - 1]?.seq ?? 0));
  return ordered ? events : [...events].sort((a, b) => a.seq - b.seq);
}
