import type { OperationLine } from '../../schemas/operations/run';
import type { RedisGate } from '../redis/gate';
import type { Keys } from '../redis/keys';
import { runScript } from '../redis/script';
import { deadTaskOf, type DeadTaskPayload } from '../streams/dead-task';
import { identityOf, readLetter, type StoredLetter } from './letter';
import { entryIdOf } from './matches';
import type { DlqMove, DlqMovePort } from './move';
import { CLAIM_SCRIPT, SETTLE_SCRIPT } from './task-scripts';

/** Seconds for which a page that does not come back keeps a task from others. */
const KEEP_CLAIM = 600;

/** A dead task, with the id of the event that told of it. */
export interface DeadTaskToRetry extends DeadTaskPayload {
  event_id: string | null;
}

/**
 * Retries a dead task as a person would, by its job. `stale`: its job does not stand there any more, since it went on, or
 * is gone. Throws what a change of a job throws.
 */
export type RetryDeadTask = (task: DeadTaskToRetry, by: string) => Promise<'retried' | 'stale' | { refused: string }>;

export interface TaskMoverParts {
  redis: DlqMovePort;
  keys: Keys;
  gate: RedisGate;
  retry: RetryDeadTask;
  /** seconds to keep the count of redrives, and a page */
  keep: { redrives: number; page: number };
}

/** Retries and discards the dead letters of tasks, each once. */
export function createTaskMover({ redis, keys, gate, retry, keep }: TaskMoverParts) {
  async function claim({ operation, page }: DlqMove, id: string, signal?: AbortSignal) {
    const names = [keys.deadTasks, keys.operationPage(operation, page), keys.deadTaskClaim(id)];
    const args = [entryIdOf(id), id, `${operation}/${page}`, KEEP_CLAIM];
    const answer = await gate.run(() => runScript(redis, CLAIM_SCRIPT, names, args), signal);
    return answer as 'mine' | 'again' | 'theirs' | 'gone';
  }

  async function settle(
    what: 'retried' | 'removed' | 'released',
    { operation, page, by }: DlqMove,
    id: string,
    stored: StoredLetter | undefined,
    signal?: AbortSignal,
  ): Promise<'moved' | 'again' | 'gone'> {
    const names = [
      keys.deadTasks,
      keys.deadTaskOf,
      keys.redriven(stored ? identityOf(stored.letter) : id),
      keys.operationPage(operation, page),
      keys.deadTaskClaim(id),
    ];
    const run = (stored && deadTaskOf(stored.letter)?.run) ?? '';
    const args = [what, entryIdOf(id), id, run, by, keep.redrives, keep.page];
    return (await gate.run(() => runScript(redis, SETTLE_SCRIPT, names, args), signal)) as 'moved' | 'again' | 'gone';
  }

  /** Moves one letter as a page of an operation wants it, once however often it is tried. */
  return async function moveTask(page: DlqMove, id: string, signal?: AbortSignal): Promise<OperationLine> {
    const entryId = entryIdOf(id);
    const [entry] = await gate.run(() => redis.xrange(keys.deadTasks, entryId, entryId), signal);
    const stored = entry && readLetter(entry[0], entry[1], keys.deadTasks);
    const { event_id, event_type } = stored?.letter ?? {};
    const about = stored ? { id, event_id, event_type } : { id };
    const gone: OperationLine = { ...about, outcome: 'skipped', why: 'it is no longer among the dead letters' };

    if (page.what === 'discard') {
      const answer = await settle('removed', page, id, stored, signal);
      return answer === 'gone' ? gone : { ...about, outcome: 'done' };
    }
    const task = stored && deadTaskOf(stored.letter);
    if (stored && !task)
      return {
        ...about,
        outcome: 'failed',
        why: 'it is not the record of a dead task, so there is none to retry: discard it',
      };
    const claimed = await claim(page, id, signal);
    if (claimed === 'gone') return gone;
    if (claimed === 'again') return { ...about, outcome: 'done' };
    if (claimed === 'theirs') return { ...about, outcome: 'skipped', why: 'another operation is retrying it' };
    // a letter that this page has claimed and that is gone was removed by the retry itself
    const outcome = stored && task ? await retry({ ...task, event_id: stored.letter.event_id }, page.by) : 'retried';
    if (typeof outcome === 'object') {
      await settle('released', page, id, stored, signal);
      return { ...about, outcome: 'failed', why: outcome.refused };
    }
    await settle(outcome === 'retried' ? 'retried' : 'removed', page, id, stored, signal);
    if (outcome === 'retried') return { ...about, outcome: 'done' };
    return {
      ...about,
      outcome: 'skipped',
      why: 'its job went on, or is gone: there is nothing to retry, and the letter is removed',
    };
  };
}
