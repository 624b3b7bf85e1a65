import type { PlatformEvent } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { OperationLine, OperationPage } from '../../schemas/operations/run';
import { epochBegan } from '../streams/epoch';
import { mendIds } from '../streams/mend';
import { createExecutions, READ_LIMIT_MS, type Execution } from './executions';
import { speakEnd } from './ends';
import { isAway } from './faults';
import { readHistory } from './history';
import { createLock } from './lock';
import { settleEpoch } from './lost';
import type { UpkeepParts } from './ports';
import { readPresent, trimHorizon, type Present } from './present';
import { publishRun } from './publish';
import { refill } from './refill';

/** Milliseconds by which an event may be older than the streams that it was first in. */
const SLACK = 10_000;

/** Position of a rebuild: first the executions that Temporal still has, then the records of those it has deleted. */
type Cursor = {
  /** the streams that are being rebuilt; if they are lost meanwhile, it begins again */
  epoch: string;
  /** see `trimHorizon`; as of the rebuild's start, so that trimming of events it adds does not move it */
  horizon: number;
  /** events older than these streams were in them once: a rebuild put them there */
  rebuilt: boolean;
  in: 'executions' | 'records';
  after?: string;
};

export interface RebuildTurn {
  /** workflow id of the operation: it owns the lock */
  operation: string;
  /** runs to check, at most */
  most: number;
  dry_run: boolean;
  position?: Json;
}

/** Another rebuild is at work: wait for it. */
export class RebuildBusy extends Error {
  override readonly name = 'RebuildBusy';
}

/** A run, and all its events. */
interface Told {
  workflowId: string;
  events: PlatformEvent[];
  ended: boolean;
}

/**
 * Makes the streams complete again, page by page: events of a run that the stream lacks are published,
 * in the order of the run. Runs come one after another, so the order of events across runs is not that of before.
 * May be repeated, killed and run twice at once: an event is added once.
 *
 * Lost events are those above the run's watermark, and those below it that the stream does not hold, unless they
 * were trimmed (see `trimHorizon`). For a run that was reset, the branch that goes on is told, without RUN.RESET.
 */
export function createRebuild(parts: UpkeepParts) {
  const { namespace, temporal, redis, keys, mirror, records, log } = parts;
  const executions = createExecutions(temporal, namespace);
  const lock = createLock(redis, keys.rebuildLock);
  let looked: { operation: string; present: Promise<Present> } | undefined;

  /** Contents of the stream, read once per rebuild, as long as the stream is the same. */
  async function present(operation: string, epoch: string): Promise<Present> {
    const known = looked?.operation === operation ? await looked.present.catch(() => undefined) : undefined;
    if (known?.epoch === epoch) return known;
    looked = { operation, present: readPresent(redis, keys, epoch) };
    return await looked.present;
  }

  async function begin({ position, dry_run }: RebuildTurn): Promise<Cursor> {
    const mended = position === undefined && !dry_run ? await mendIds(redis, keys) : 0;
    if (mended > 0)
      log.warn({ entries: mended }, 'entries whose ids lay in the future have new ones: events arrive again');
    const epoch = await settleEpoch(parts);
    const cursor = position as Cursor | undefined;
    if (cursor?.epoch === epoch) return cursor;
    if (cursor) log.warn({ epoch }, 'streams were lost during their rebuild: it begins again');
    const rebuilt = (await redis.get(keys.rebuilt)) === epoch;
    return { epoch, horizon: await trimHorizon(redis, keys), rebuilt, in: 'executions' };
  }

  async function page(turn: RebuildTurn, signal?: AbortSignal): Promise<OperationPage> {
    const cursor = await begin(turn);
    const { runs, next } = cursor.in === 'executions' ? await ofTemporal(cursor, turn) : await ofRecords(cursor, turn);
    const lines: OperationLine[] = [];
    const missing: string[] = [];
    for (const find of runs) {
      signal?.throwIfAborted();
      const id = find.workflowId;
      try {
        const run = await find.told();
        if (!run || run.events.length === 0) continue;
        const mend = await mending(turn.operation, cursor, run);
        if (mend.events === 0) continue;
        missing.push(id);
        if (turn.dry_run) continue;
        const added = await mend.work(signal);
        lines.push({ id, outcome: 'done', why: `${added} events were put back` });
      } catch (error) {
        if (isAway(error) || signal?.aborted) throw error;
        log.error({ run: id, err: error }, 'cannot rebuild the run: skipped it, and noted it as failed');
        lines.push({
          id,
          outcome: 'failed',
          why: error instanceof Error ? error.message.slice(0, 500) : String(error),
        });
        if (!missing.includes(id)) missing.push(id);
      }
    }
    const lost = (await settleEpoch(parts)) !== cursor.epoch;
    const going = lost ? cursor : next; // its epoch is not that of the stream: the next page begins again
    if (going === undefined) {
      if (looked?.operation === turn.operation) looked = undefined;
      if (!turn.dry_run) await redis.set(keys.rebuilt, cursor.epoch);
    }
    return {
      matched: missing.length,
      lines: turn.dry_run ? lines.filter(({ outcome }) => outcome === 'failed') : lines,
      examples: missing.slice(0, 20),
      next: going,
    };
  }

  /** Finds and publishes the events of a run that the stream lacks. */
  async function mending(operation: string, cursor: Cursor, run: Told) {
    const { workflowId, events, ended } = run;
    const stream = await present(operation, cursor.epoch);
    const there = events.filter(({ event_id }) => stream.has(event_id));
    const first = there[0]?.seq ?? Infinity;
    // once the watermark has expired (a day after the end), the stream itself shows the run's last event
    const watermark = Math.max(stream.watermarks.get(workflowId) ?? 0, there.at(-1)?.seq ?? 0);
    const trimmed = ({ seq, occurred_at }: PlatformEvent) => {
      const said = Date.parse(occurred_at);
      return seq < first && said < cursor.horizon && (cursor.rebuilt || said >= epochBegan(cursor.epoch) - SLACK);
    };
    const lost = events.filter((e) => e.seq <= watermark && !stream.has(e.event_id) && !trimmed(e) && goesOut(e));
    const all = watermark === 0 && events.every(trimmed);
    const behind = all ? [] : events.filter(({ seq }) => seq > watermark);
    return {
      events: lost.length + behind.length,
      async work(signal?: AbortSignal): Promise<number> {
        const refilled =
          watermark > 0 ? await refill(parts, { workflowId, watermark, events: lost, epoch: cursor.epoch }) : 0;
        // all of the run, not only the missing part: if the stream is lost again, it begins with the first event
        return refilled + (await publishRun(mirror, { workflowId, events, ended }, signal));
      },
    };
  }

  /** An event that breaks its contract goes to the dead letters, not to the stream. */
  const goesOut = (event: PlatformEvent) => parts.validate(event, JSON.stringify(event)).ok;

  async function ofTemporal(cursor: Cursor, { most, dry_run }: RebuildTurn) {
    const { executions: found, next } = await executions.page(most, cursor.after);
    const runs = [...found]
      .sort((a, b) => a.startedAt - b.startedAt)
      .map((execution) => ({ workflowId: execution.workflowId, told: () => tellExecution(execution, dry_run) }));
    const going: Cursor =
      next === undefined ? { ...cursor, in: 'records', after: undefined } : { ...cursor, after: next };
    return { runs, next: going as Cursor | undefined };
  }

  async function tellExecution(execution: Execution, dryRun: boolean): Promise<Told | undefined> {
    const { workflowId, runId, status } = execution;
    if (status !== 'running') {
      const latest = await executions.latest(workflowId);
      if (latest && (latest.open || latest.runId !== runId)) return undefined; // a later run tells all of it
      const record = await records.readRecord(workflowId);
      if (record?.run_id === runId) return { workflowId, events: record.events, ended: true };
      if (!record && !dryRun && status !== 'completed')
        return { workflowId, events: (await speakEnd(parts, execution)).events, ended: true };
    }
    const history = await temporal.call((client) => readHistory(client, { workflowId, runId }, parts), READ_LIMIT_MS);
    return { workflowId, events: history.events, ended: status !== 'running' };
  }

  async function ofRecords(cursor: Cursor, { most }: RebuildTurn) {
    const page = await records.listRecords(`${namespace}.`, {
      limit: most,
      ...(cursor.after === undefined ? {} : { after: cursor.after }),
    });
    const known = await executions.known(page.workflow_ids);
    const runs = page.workflow_ids
      .filter((id) => !known.has(id))
      .map((workflowId) => ({
        workflowId,
        told: async (): Promise<Told | undefined> => {
          const record = await records.readRecord(workflowId);
          return record && { workflowId, events: record.events, ended: true };
        },
      }));
    return { runs, next: page.next === undefined ? undefined : { ...cursor, after: page.next } };
  }

  return {
    /** A page of a rebuild. Throws `RebuildBusy` while another one is at work, and what Redis and Temporal throw. */
    async page(turn: RebuildTurn, signal?: AbortSignal): Promise<OperationPage> {
      if (turn.dry_run) return await page(turn, signal);
      if (!(await lock.take(turn.operation))) throw new RebuildBusy('another rebuild is at work');
      const done = await lock.during(turn.operation, () => page(turn, signal));
      if (done.next === undefined) await lock.release(turn.operation);
      return done;
    },
  };
}

export type Rebuild = ReturnType<typeof createRebuild>;
