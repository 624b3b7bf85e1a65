import type { DlqMovePort, DlqMove } from './move';
import type { OperationLine } from '../../schemas/operations/run';
import type { Logger } from '../logging';
import { gateOf, type RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { runScript } from '../redis/script';
import { TOO_LARGE } from '../streams/dead-letter';
import { identityOf, rawBytes, readLetter, type StoredLetter } from './letter';
import { isOfTask } from './matches';
import { MOVE_SCRIPT } from './move-script';
import { createTaskMover, type RetryDeadTask } from './task-mover';

/** Seconds that the count of an event's redrives outlives the last one. */
const KEEP_REDRIVES = 30 * 24 * 60 * 60;

/** Seconds that a page is remembered: longer than anybody retries it. */
const KEEP_PAGE = 7 * 24 * 60 * 60;

/** Entries moved at once: each may hold 1 MiB. */
const AT_ONCE = 8;

export interface DlqMover {
  /**
   * Moves entries, each once, however often and by however many callers; `signal` ends it between two of them. Answers
   * one line per id, in their order. Throws RedisUnavailable (some may be done; try the whole page again) or
   * RedisRefused (somebody has to fix Redis); `retry` throws what it throws.
   */
  move(page: DlqMove, signal?: AbortSignal): Promise<OperationLine[]>;
}

export interface DlqMoverParts {
  redis: DlqMovePort;
  keys: Keys;
  log: Logger;
  retry: RetryDeadTask;
  gate?: RedisGate;
}

/** Redrives and discards dead letters: an event is put back into the stream, a task is retried by its job. */
export function createDlqMover({ redis, keys, log, retry, gate = gateOf(redis, log) }: DlqMoverParts): DlqMover {
  const keep = { redrives: KEEP_REDRIVES, page: KEEP_PAGE };
  const moveTask = createTaskMover({ redis, keys, gate, retry, keep });

  async function moveEntry(page: DlqMove, id: string, signal?: AbortSignal): Promise<OperationLine> {
    const [entry] = await gate.run(() => redis.xrange(keys.dlq, id, id), signal);
    const stored = entry && readLetter(entry[0], entry[1], keys.dlq);
    const { event_id, event_type } = stored?.letter ?? {};
    const about = stored ? { id, event_id, event_type } : { id };
    const refused = page.what === 'redrive' && stored ? objectionTo(stored, keys) : undefined;
    if (refused !== undefined) return { ...about, outcome: 'failed', why: refused };
    const answer = await run(page, id, stored, signal);
    if (answer !== 'gone') return { ...about, outcome: 'done' };
    return { ...about, outcome: 'skipped', why: 'it is no longer among the dead letters' };
  }

  async function run(page: DlqMove, id: string, stored: StoredLetter | undefined, signal?: AbortSignal) {
    // A missing entry never comes back, but an earlier try of this page may have moved it.
    const what = stored ? page.what : 'look';
    const raw = stored && page.what === 'redrive' ? rawBytes(stored.letter) : Buffer.alloc(0);
    const names = [
      keys.dlq,
      keys.events,
      keys.redriven(stored ? identityOf(stored.letter) : id),
      keys.operationPage(page.operation, page.page),
    ];
    const args = [what, id, raw, page.by, stored?.letter.redrives ?? 0, KEEP_REDRIVES, KEEP_PAGE];
    return (await gate.run(() => runScript(redis, MOVE_SCRIPT, names, args), signal)) as 'moved' | 'again' | 'gone';
  }

  return {
    async move(page, signal) {
      const lines: OperationLine[] = [];
      for (let from = 0; from < page.ids.length; from += AT_ONCE) {
        signal?.throwIfAborted();
        const part = page.ids.slice(from, from + AT_ONCE);
        // A redrive keeps the order of the dead letters: Redis runs the scripts of a connection as they were sent.
        const settled = await Promise.allSettled(
          part.map((id) => (isOfTask(id) ? moveTask(page, id, signal) : moveEntry(page, id, signal))),
        );
        for (const result of settled) {
          if (result.status === 'rejected') throw result.reason;
          lines.push(result.value);
        }
      }
      return lines;
    },
  };
}

/** The reason why an entry must not be put back into the events, if there is one. */
function objectionTo({ letter, foreign }: StoredLetter, keys: Keys): string | undefined {
  if (foreign) return 'it is not the record of a dead letter, so there is no event to put back: discard it';
  if (letter.error.class === TOO_LARGE)
    return 'its event was too large to be read, so there is none to put back: discard it';
  if (letter.stream === keys.events) return undefined;
  return `its event belongs in the stream ${letter.stream}, and only ${keys.events} is redriven`;
}
