import { createExecutions, type Execution } from './executions';
import { speakEnd } from './ends';
import { isAway } from './faults';
import type { UpkeepParts } from './ports';
import { publishRun } from './publish';
import { settleEpoch } from './lost';
import { speakReset } from './resets';

/** Milliseconds of overlap with the pass before: Temporal's list is late, and Redis may lose two seconds. */
const OVERLAP = 120_000;

/** Milliseconds that the first pass looks back. */
const FIRST = 24 * 60 * 60 * 1_000;

/** The watermark of a run closed for this long may have expired: only a rebuild can find its missing events. */
const FORGOTTEN = 20 * 60 * 60 * 1_000;

/** Knowledge that a pass hands to the next one. */
export interface SweepState {
  /** UTC instant up to which everything was checked */
  until: string;
  /** of the streams, so that a loss is noticed even if no consumer runs */
  epoch: string;
}

export interface SweepResult extends SweepState {
  /** the epoch has changed since the pass before */
  lost: boolean;
  /** executions that had closed without an end event in the stream */
  ended: number;
  resets: number;
  /** runs that could not be repaired, with the reason */
  failed: { run: string; error: string }[];
}

/**
 * Looks after runs that cannot publish their own end. For every execution that closed since the pass before without
 * an end in the stream, it publishes that: from its record, or from its history if it was terminated or timed
 * out. For every run that came out of a reset, it publishes RUN.RESET. Each once, however many passes run.
 */
export function createSweep(parts: UpkeepParts) {
  const { namespace, temporal, redis, keys, mirror, records, log } = parts;
  const executions = createExecutions(temporal, namespace);
  const looked = new Set<string>();

  /** Executions that are new since the pass before: is one of them an old run under a new id? */
  async function resets(since: Date): Promise<Execution[]> {
    const fresh = (await executions.startedSince(since)).filter(({ runId }) => !looked.has(runId));
    if (fresh.length === 0) return [];
    // the first execution of a run has no earlier watermark; this saves a call for most
    const found: Execution[] = [];
    for (const execution of fresh) {
      if (await executions.wasReset(execution)) found.push(execution);
      else remember(execution.runId);
    }
    return found;
  }

  function remember(runId: string): void {
    if (looked.size > 10_000) looked.clear();
    looked.add(runId);
  }

  /** The runs whose last event was never published. */
  async function unspoken(closed: Execution[]): Promise<Execution[]> {
    const found: Execution[] = [];
    for (let i = 0; i < closed.length; i += 500) {
      const part = closed.slice(i, i + 500);
      const marks = await redis.zmscore(keys.mirrorEnded, ...part.map(({ workflowId }) => workflowId));
      found.push(...part.filter((_, n) => marks[n] == null));
    }
    return found;
  }

  /** Returns true if something was missing. */
  async function end(closed: Execution, signal?: AbortSignal): Promise<boolean> {
    const { workflowId, runId, status, closedAt = 0 } = closed;
    const latest = await executions.latest(workflowId);
    if (latest && (latest.open || latest.runId !== runId)) return false; // it goes on, or under another id
    const record = await records.readRecord(workflowId);
    if (!record) {
      if (status === 'completed') return false;
      await speakEnd(parts, closed, signal);
      return true;
    }
    if (record.run_id !== runId) return false; // of a run that was reset after its end; see docs/decisions
    const forgotten = (await redis.hexists(keys.mirror, workflowId)) === 0 && Date.now() - closedAt > FORGOTTEN;
    if (forgotten) return false;
    return (await publishRun(mirror, { workflowId, events: record.events, ended: true }, signal)) > 0;
  }

  /** A pass. Throws while Redis or Temporal is away, so that the pass is repeated. */
  return async function sweep(before: SweepState | undefined, signal?: AbortSignal): Promise<SweepResult> {
    const now = Date.now();
    const since = new Date(before ? Date.parse(before.until) - OVERLAP : now - FIRST);
    const failed: SweepResult['failed'] = [];
    const each = async (list: Execution[], look: (execution: Execution) => Promise<boolean>): Promise<number> => {
      let count = 0;
      for (const execution of list) {
        signal?.throwIfAborted();
        try {
          if (await look(execution)) count += 1;
        } catch (error) {
          if (isAway(error) || signal?.aborted) throw error;
          log.error(
            { run: execution.workflowId, err: error },
            'sweeper cannot repair the run: skipped it; if this repeats, start a rebuild',
          );
          failed.push({ run: execution.workflowId, error: String(error).slice(0, 300) });
        }
      }
      return count;
    };
    const reset = await each(await resets(since), async (execution) => {
      const spoke = await speakReset(parts, execution);
      remember(execution.runId);
      return spoke;
    });
    const ended = await each(await unspoken(await executions.closedSince(since)), (closed) => end(closed, signal));
    const epoch = await settleEpoch(parts);
    const lost = before !== undefined && before.epoch !== epoch;
    return { until: new Date(now).toISOString(), epoch, lost, ended, resets: reset, failed: failed.slice(0, 20) };
  };
}

export type Sweep = ReturnType<typeof createSweep>;
