import { setTimeout as sleep } from 'node:timers/promises';
import type { StepState } from '../../core/engine/table';
import type { ProcessName } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { Ref } from '../../schemas/refs';
import type { RunRecord, StepView } from '../../schemas/run';
import { classifyTemporalError } from '../temporal/errors';
import { workflowIdOf } from '../temporal/ids';
import { noSuchRun, RunError } from './errors';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';
import { createRunStarter, type RunStart } from './start-run';

/** Milliseconds between two looks at a run that is closing, and how many there are. */
const CLOSING_MS = 200;
const CLOSING_TRIES = 15;

/** What a record keeps for a run that goes on from it. */
export type Left = NonNullable<RunRecord['left']>;

/** A process whose ended runs may go on. */
export interface Retried {
  process: ProcessName;
  /** ends in a word, from which a run goes on */
  ends: readonly string[];
  /** what people are told of a run that does not; `status`: its end in a word */
  refuse: (status: string) => RunError;
}

/** The next execution of a run, as its process wants it: what it starts with, and what it carries over. */
export interface NextExecution extends Pick<
  RunStart,
  'input' | 'memo' | 'summary' | 'priority' | 'definition' | 'rerun_of'
> {
  /** parts of the story that are done */
  once: { [name: string]: Json };
  /** the plan that it was following, and where its steps stand: `TableState` */
  following?: { plan: Ref; rows: [string, object][]; turn?: number };
  /** what somebody wants of the plan */
  wishes?: { by: string; change: Json }[];
  /** steps that are carried out once more */
  retried?: { step: string; round: number }[];
  /** true for a question that is asked anew, by its id */
  asksAnew?: (approvalId: string) => boolean;
}

/**
 * Lets an ended run go on, under its own id and with the events that it has told: its next execution begins with the
 * state that its record holds, also when Temporal has forgotten the run. False where another execution is under way.
 * Throws `not_found`, `closed` where it has ended otherwise, `unavailable`.
 */
export function createRetrier(
  { temporal, store, settings }: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>,
  { process, ends, refuse }: Retried,
) {
  const startRun = createRunStarter({ temporal, settings });
  return async function goOn(
    name: string,
    by: string,
    next: (record: RunRecord, left: Left) => NextExecution | Promise<NextExecution>,
  ): Promise<boolean> {
    const workflowId = workflowIdOf(settings.namespace, process, name);
    const record = await store.readRecord(workflowId);
    if (!record) {
      if (await executionOf(workflowId)) return false;
      throw noSuchRun(workflowId);
    }
    const outcome = record.outcome ?? record.status;
    if (!ends.includes(outcome)) throw refuse(outcome);
    if (!record.left) throw new RunError('closed', 'The run has ended before it could keep what it had.');
    const { input, memo, summary, priority, definition, rerun_of, ...state } = await next(record, record.left);
    const start: RunStart = {
      ...{ process, name, subject: record.subject.id, definition, rerun_of, input, memo, summary, priority },
      carried: await carriedOf(store, record, state, by),
    };
    // a run closes a moment after its record is there
    for (let left = CLOSING_TRIES; (await startRun(start)) === 'already there'; left--) {
      if (left === 0 || (await executionOf(workflowId)) !== record.run_id) return false;
      await sleep(CLOSING_MS);
    }
    return true;
  };

  /** The newest execution of a run; undefined if Temporal knows none. */
  async function executionOf(workflowId: string): Promise<string | undefined> {
    try {
      return (await temporal.call((client) => client.workflow.getHandle(workflowId).describe())).runId;
    } catch (error) {
      const fault = classifyTemporalError(error);
      if (fault.fault === 'not_found') return undefined;
      throw await explainFault(temporal, fault);
    }
  }
}

/** The state that an ended run would have carried over, had it continued as new: a `Carried`. */
export async function carriedOf(
  store: Pick<RunDependencies['store'], 'putValue'>,
  { seq, run_id, events, approvals, started_at }: RunRecord,
  { once, following, wishes, retried, asksAnew }: Omit<NextExecution, keyof RunStart>,
  by: string,
): Promise<JsonObject> {
  const ref = await store.putValue(events);
  const table = following && (await store.putValue(following.rows as unknown as Json));
  const asked = approvals.filter(({ approval_id }) => !asksAnew?.(approval_id));
  const carried = {
    once,
    outbox: { seq, published: seq, archives: [{ from: 1, to: seq, ref }], before: [{ runId: run_id, upTo: seq }] },
    approvals: asked.map((question) => ({ ...question, shows: null, rules: undefined, notices: [] })),
    control: wishes ? { wishes } : {},
    causes: { story: seq, asked: {} },
    started: started_at,
    following: following && { plan: following.plan, table, turn: following.turn },
    retry: { by, run_id, steps: retried },
  };
  return carried as unknown as JsonObject;
}

/** A step's row in the table of steps. */
export const rowOf = ({
  id,
  status,
  rounds,
  attempts,
  started_at,
  ended_at,
  output,
  error,
  elements,
}: StepView): [string, StepState] => [
  id,
  { status, rounds, attempts, started: started_at, ended: ended_at, output, error, each: elements },
];
