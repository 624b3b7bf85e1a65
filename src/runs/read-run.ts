import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowClient, type Client } from '@temporalio/client';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import {
  messages,
  type EventPage,
  type RunRecord,
  type RunView,
  type StepPage,
  type StepView,
} from '../../schemas/run';
import { joinEvents } from './all-events';
import { classifyTemporalError, type TemporalFault } from '../temporal/errors';
import { CALL_LIMIT_MS } from '../temporal/client';
import { noSuchRun, RunError } from './errors';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** A page of a run's events: `last` is the number of its last event, `ended` means that there will be no more. */
export interface EventsAnswer extends Pick<EventPage, 'events' | 'last'> {
  ended: boolean;
}

/** Events per question when all events of a run are read. */
const EVENTS = 10_000;

/** Steps per question when all steps of a run are read. */
const STEPS = 500;

/** Bytes of a result that is shown with its run. */
const LARGEST_RESULT = 1024 * 1024;

/**
 * Reads a run: an open one by a query, a closed one from its record, and one that was terminated, and so
 * left no record, from its history; `asClosed` then says how it ended.
 */
export function createRunReader(
  { temporal, store }: Pick<RunDependencies, 'temporal' | 'store'>,
  asClosed: (run: RunView, status: string, closedAt: Date) => RunView,
) {
  /** Asks the workflow. Right after its start a run cannot answer yet, so the call is repeated within the limit. */
  async function query<T>(workflowId: string, name: string, args: unknown[], open: boolean): Promise<T> {
    const until = Date.now() + CALL_LIMIT_MS - 200;
    return temporal.call(async (client) => {
      const workflows = open ? client.workflow : readingClosed(client);
      for (;;) {
        try {
          return await workflows.getHandle(workflowId).query<T, unknown[]>(name, ...args);
        } catch (error) {
          const fault = classifyTemporalError(error);
          if (fault.fault !== 'not_ready' || Date.now() > until) throw fault;
          await sleep(100);
        }
      }
    });
  }

  async function ask<T>(
    workflowId: string,
    name: string,
    args: unknown[],
    fromRecord: (record: RunRecord) => T,
  ): Promise<{ answer: T; ended: boolean }> {
    try {
      return { answer: await query<T>(workflowId, name, args, true), ended: false };
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (!answeredByRecord.has(fault.fault)) throw await explainFault(temporal, fault, { run: workflowId });
      const record = await store.readRecord(workflowId);
      if (record) return { answer: fromRecord(record), ended: true };
      if (fault.fault === 'not_found') throw noSuchRun(workflowId);
      if (fault.fault !== 'closed')
        throw await withWhatIsKnown(workflowId, await explainFault(temporal, fault, { run: workflowId }));
      try {
        // terminated or timed out: its history still answers, as long as there is a worker
        return { answer: await query<T>(workflowId, name, args, false), ended: true };
      } catch (late) {
        throw await withWhatIsKnown(workflowId, await explainFault(temporal, late, { run: workflowId }));
      }
    }
  }

  /** A 503 with the facts that the server knows of the run. */
  async function withWhatIsKnown(workflowId: string, error: RunError): Promise<RunError> {
    if (error.fault !== 'no_worker') return error;
    const known = await temporal
      .call((client) => client.workflow.getHandle(workflowId).describe(), 500)
      .catch((e: unknown) => classifyTemporalError(e));
    if ('fault' in known) return known.fault === 'not_found' ? noSuchRun(workflowId) : error;
    const facts = {
      run: {
        workflow_id: workflowId,
        execution: known.status.name.toLowerCase(),
        started_at: known.startTime.toISOString(),
      },
    };
    return new RunError(error.fault, error.message, { ...error.more, facts });
  }

  /** A page of its events after a `seq`: one archive at a time, then those in memory; for a closed run, all. */
  async function readEvents(workflowId: string, after: number, limit: number): Promise<EventsAnswer> {
    const { answer, ended } = await ask<EventPage>(workflowId, messages.events, [{ after, limit }], (record) => ({
      events: record.events,
      archives: [],
      last: record.events.at(-1)?.seq ?? 0,
    }));
    const [next, ...later] = answer.archives.filter(({ to }) => to > after).sort((a, b) => a.from - b.from);
    const page = { archives: next ? [next.ref] : [], events: later.length > 0 ? [] : answer.events };
    const events = await joinEvents(page, async (ref) => (await store.getValue(ref)) as unknown as PlatformEvent[]);
    return { events: events.filter(({ seq }) => seq > after), last: answer.last, ended };
  }

  /** A page of its steps from a position on. */
  async function readSteps(workflowId: string, from: number, limit: number): Promise<StepPage> {
    const { answer } = await ask<StepPage>(workflowId, messages.steps, [{ from, limit }], (record) => {
      const steps = record.step_views.slice(from, from + limit);
      const next = from + steps.length;
      return { total: record.step_views.length, steps, next: next < record.step_views.length ? next : undefined };
    });
    return answer;
  }

  /** All its steps, asked for page by page. */
  async function* stepsOf(workflowId: string): AsyncGenerator<StepView> {
    for (let from: number | undefined = 0; from !== undefined;) {
      const page: StepPage = await readSteps(workflowId, from, STEPS);
      yield* page.steps;
      from = page.next;
    }
  }

  return {
    /** The run as it is now. Throws `not_found`, `stuck`, `no_worker`, `unavailable`. */
    async readRun(workflowId: string): Promise<RunView> {
      const { answer, ended } = await ask<RunView>(workflowId, messages.status, [], viewOf);
      if (!ended || answer.ended_at !== undefined) return answer;
      // ended from outside, and not told yet
      const { status, closeTime } = await temporal.call((client) => client.workflow.getHandle(workflowId).describe());
      return asClosed(answer, status.name.toLowerCase(), closeTime ?? new Date());
    },

    /** All its steps. */
    async readAllSteps(workflowId: string): Promise<StepView[]> {
      const all: StepView[] = [];
      for await (const step of stepsOf(workflowId)) all.push(step);
      return all;
    },

    /** What a step has given back, whole; undefined where there is no such step, or it has given back nothing yet. */
    async readOutput(workflowId: string, stepId: string): Promise<{ output: Json } | undefined> {
      for await (const step of stepsOf(workflowId))
        if (step.id === stepId) return step.output && { output: await store.fromValue(step.output) };
      return undefined;
    },

    /** What a plan has given back as the result of a run that is completed; a large value by reference. */
    async readResult({ status, workflow_id }: Pick<RunView, 'status' | 'workflow_id'>): Promise<Value | undefined> {
      const record = status === 'completed' ? await store.readRecord(workflow_id) : undefined;
      if (!record || !('inline' in record.result)) return undefined;
      const result = record.result.inline as unknown as Value;
      if ('inline' in result || result.ref.bytes > LARGEST_RESULT) return result;
      return { inline: await store.getValue(result.ref) };
    },

    readSteps,
    readEvents,

    /** All its events. */
    async readAllEvents(workflowId: string): Promise<PlatformEvent[]> {
      const all: PlatformEvent[] = [];
      for (;;) {
        const { events, last } = await readEvents(workflowId, all.at(-1)?.seq ?? 0, EVENTS);
        all.push(...events);
        if (events.length === 0 || (all.at(-1)?.seq ?? 0) >= last) return all;
      }
    },
  };
}

export type RunReader = ReturnType<typeof createRunReader>;

/** Faults after which the record, if there is one, is the answer. */
const answeredByRecord: ReadonlySet<TemporalFault> = new Set([
  'closed',
  'not_found',
  'deadline',
  'no_worker',
  'not_ready',
]);

/** A client that queries closed runs too; the usual one refuses, since the record is the better source. */
const readingClosed = (client: Client): WorkflowClient =>
  new WorkflowClient({ connection: client.connection, namespace: client.options.namespace });

function viewOf(record: RunRecord): RunView {
  const { result: _result, step_views: _steps, events: _events, left: _left, ...view } = record;
  return view;
}
