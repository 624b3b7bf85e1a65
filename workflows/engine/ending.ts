import {
  ApplicationFailure,
  CancelledFailure,
  condition,
  ContinueAsNew,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type { RecordHead } from '../../activities/engine/ending';
import { cancelledBy, type PlanEnd } from '../../core/engine/plan-end';
import type { EndingOffer, SegmentEnd } from '../../core/engine/segment';
import { jsonBytes } from '../../core/identity';
import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { RunStatus, RunView, StepView } from '../../schemas/run';
import type { Approvals } from './approvals';
import type { Budget } from './budget';
import type { Control } from './control';
import { failureOf } from './failure';
import type { Outbox } from './outbox';
import type { Teller } from './teller';
import type { Work } from './work';

/** Bytes of a record that travel inline to its activity; a larger one goes by reference. */
const RECORD_LIMIT = 64 * 1024;

/** Bytes of events that travel to a segment, in case it ends the run; with more, an activity of its own ends it. */
const OFFER_LIMIT = 16 * 1024;

/** End of a run in the words of its process; `last` is its last event. */
export type Conclusion = PlanEnd;

/** The same once it has been told. */
export type Ended = Omit<Conclusion, 'last'>;

/** The words of a process for an end that its story did not foresee; `by`: whoever cancelled the run. */
export type OrElse = (error: Failure, by?: string) => Conclusion;

/** The conclusion of a story, whatever happens in it; a run that goes on as new has none. */
export async function conclude(
  tell: () => Promise<Conclusion>,
  orElse: OrElse,
  cancelled: () => string | undefined,
): Promise<Conclusion> {
  try {
    return await tell();
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const by = cancelled();
    return orElse(by === undefined ? failureOf(error) : cancelledBy(by), by);
  }
}

/** Parts of a run that its end concerns. */
export interface EndingParts {
  work: Work;
  outbox: Outbox;
  approvals: Approvals;
  control: Control;
  budget: Budget;
  teller: Teller;
  view: () => RunView;
  steps: () => StepView[];
  /** state that the record keeps, where another run may go on from this end */
  left: (status: Conclusion['status']) => RecordHead['left'];
}

/** The end of a run: told, recorded and mirrored, by an activity, or by the segment that came to the end of its plan. */
export class Ending {
  /** outcome of the run; undefined while it goes on */
  conclusion: Ended | undefined;
  /** instant of an end by an activity, UTC */
  at: string | undefined;
  /** state of a run that has a conclusion */
  status: RunStatus = 'mirroring';
  /** Temporal itself was asked to cancel the run */
  isCancelRequested = false;
  private apart: SegmentEnd | undefined;

  constructor(private readonly parts: EndingParts) {}

  /** Brings the run to its end. A segment may have done so already: that end counts. */
  async end(conclusion: Conclusion): Promise<Ended> {
    const { flushed, seq } = this.apart ?? (await this.record(conclusion));
    if (flushed < seq) await handOver(flushed);
    const ended = this.conclusion ?? conclusion;
    if (ended.status === 'cancelled') await this.beCancelled();
    this.status = ended.status;
    return ended;
  }

  /** From now on nothing is told, until the segment has answered: its events may be the last. */
  offer(): EndingOffer | undefined {
    const { control, approvals, outbox, teller, view } = this.parts;
    const isQuiet = control.cancelled === undefined && !approvals.waiting;
    if (!isQuiet || outbox.size > OFFER_LIMIT) return undefined;
    teller.hold();
    const { archived: archives, flushed, before } = outbox;
    return { view: view(), archives, events: outbox.inMemory(), flushed, before, causes: teller.carry() };
  }

  /** A segment has ended the run: it is recorded and told. Whatever came meanwhile has come after the end. */
  endApart(end: SegmentEnd): void {
    const { status, result, error } = end;
    this.apart = end;
    this.conclusion = { status, result, error };
    this.parts.teller.end();
  }

  /** The end by an activity. Gives the number of the last event, and that of the last one that is in the stream. */
  private async record(conclusion: Conclusion): Promise<{ seq: number; flushed: number }> {
    const { work, outbox, approvals, budget, teller, view, steps, left } = this.parts;
    const ended = new Date().toISOString();
    this.conclusion = conclusion;
    this.at = ended;
    teller.end();
    approvals.withdrawAll();
    budget.keepTime(false);
    outbox.end();
    teller.speak(conclusion.last);
    const head: RecordHead = {
      ...view(),
      status: conclusion.status,
      outcome: outcomeOf(conclusion),
      ended_at: ended,
      result: { inline: conclusion.result },
      step_views: steps(),
      left: left(conclusion.status),
    };
    const record = head as unknown as Json;
    const events = { archives: outbox.archived, events: outbox.inMemory(), after: outbox.flushed };
    const kept: Value =
      jsonBytes(record) <= RECORD_LIMIT
        ? { inline: record }
        : { ref: await work.io('storeValue', record, 'store the record') };
    const summary = 'write the record, publish the last events';
    const { flushed } = await work.io('endRun', { record: kept, ...events }, summary);
    return { seq: outbox.last, flushed };
  }

  /** Temporal calls a run cancelled only if it was asked to cancel it. */
  private async beCancelled(): Promise<void> {
    if (this.isCancelRequested) return;
    const { workflowId: workflow_id } = workflowInfo();
    await this.parts.work.io('requestCancel', { workflow_id }, 'have Temporal call the run cancelled');
    await condition(() => this.isCancelRequested);
  }
}

/** Leaves the last events to a child that publishes them from the record: Redis takes nothing now. */
async function handOver(after: number): Promise<void> {
  const { workflowId, taskQueue } = workflowInfo();
  await startChild('mirrorRecord', {
    args: [{ workflow_id: workflowId, after }],
    workflowId: `${workflowId}.mirror`,
    taskQueue,
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: `the last events of ${workflowId}`,
  });
}

/** The end of a run in a word: its process's own, or its status. */
export const outcomeOf = ({ outcome, status }: Pick<Conclusion, 'outcome' | 'status'>): string => outcome ?? status;

/** The answer of the workflow to whoever waits for it. */
export function answerOf({ status, result, error }: Ended): Json {
  if (status === 'completed') return result;
  if (status === 'cancelled') throw new CancelledFailure('cancelled');
  const failure = ApplicationFailure.nonRetryable(error?.message ?? status, error?.type ?? `run.${status}`, result);
  // where it was thrown says nothing of why the run failed, and shows paths of this machine to everybody
  failure.stack = '';
  throw failure;
}

/** The name under which a cancellation by Temporal itself counts. */
export const TEMPORAL = 'Temporal';
