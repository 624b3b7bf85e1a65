import { setMaxListeners } from 'node:events';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { callOf, classOf, templateOf, type Work } from '../../core/engine/call';
import { Causes } from '../../core/engine/causes';
import { eventOf, type Speaker, type Spoken } from '../../core/engine/event';
import { isHeldBack } from '../../core/engine/course';
import { Interpreter } from '../../core/engine/interpreter';
import type { Job, JobEnd, PlanOutcome } from '../../core/engine/job';
import { planEnd } from '../../core/engine/plan-end';
import { planVoice } from '../../core/engine/plan-voice';
import {
  isExecution,
  placeOf,
  type EndingOffer,
  type SegmentAnswer,
  type SegmentEnd,
  type SegmentMoment,
  type SegmentTask,
} from '../../core/engine/segment';
import { StepTable, type StepState, type TableState } from '../../core/engine/table';
import type { StepMoment } from '../../core/engine/voice';
import { jsonBytes } from '../../core/identity';
import { pageOf } from '../../core/plan/load';
import type { Json } from '../../schemas/json';
import type { LoadedPlan, LoadedStep } from '../../schemas/loaded-plan';
import type { Value } from '../../schemas/refs';
import type { RunRecord } from '../../schemas/run';
import type { Verdict } from '../../schemas/tool';
import type { Documents } from '../../src/documents/content';
import type { Ending } from './ending';
import { gathered, listed } from './elements';
import type { Plans } from './plan';
import { renderTemplate } from '../tools/arguments';
import { ToolError } from '../tools/errors';
import type { ToolRuntime } from '../tools/runtime';
import { withStore } from './values';

/** A segment begins nothing more after this time (milliseconds), or when its answer has grown to these bytes. */
export interface Slice {
  time: number;
  bytes: number;
}

const SLICE: Slice = { time: 1_000, bytes: 256 * 1024 };

/** Bytes of inline outputs that an answer carries; more lie in one file of the document store. */
const OUTPUTS = 64 * 1024;

/** Bytes of a table that travels with every segment; a larger one lies in the document store. */
const TABLE = 64 * 1024;

export interface SegmentParts {
  documents: Documents;
  runtime: ToolRuntime;
  plans: Plans;
  ending: Ending;
  /** the bounds of each segment, unless those that fit every plan */
  slice?: () => Slice;
}

/** Short steps of a plan, many in one activity. */
export function createSegmentActivities(parts: SegmentParts) {
  return {
    /**
     * Carries out everything that is ready and short, in parallel as the plan says, and what becomes ready by that,
     * until nothing is left to do here, or the slice is used up. An attempt that dies is done again from the
     * same table, under the same keys. One that comes to the end of the plan may end the run: the record is kept before
     * anything is published, and an attempt that finds it answers from it.
     */
    async runSegment(task: SegmentTask): Promise<SegmentAnswer> {
      return await withStore(() => carryOut(parts, task));
    },
  };
}

export type SegmentActivities = ReturnType<typeof createSegmentActivities>;

async function carryOut(parts: SegmentParts, task: SegmentTask): Promise<SegmentAnswer> {
  const { documents, plans, ending } = parts;
  const { attempt, workflowExecution, currentAttemptScheduledTimestampMs } = Context.current().info;
  const now = clockFrom(currentAttemptScheduledTimestampMs);
  const workflowId = workflowExecution?.workflowId ?? '';
  /** An attempt before may have ended the run, and may be doing so still. */
  const found = async (): Promise<SegmentAnswer | undefined> => {
    if (attempt === 1 || !task.ending) return undefined;
    const known = await ending.find(task.ending.view, task.ending.flushed);
    return known && { ended: endOf(known) };
  };
  const before = await found();
  if (before) return before;

  const plan = await plans(task.plan);
  const base = task.base ? ((await documents.getValue(task.base)) as unknown as TableState) : [];
  const table = new StepTable(plan.steps, [...base, ...task.rows]);
  table.changed.clear();
  const segment = new Segment(parts, task, plan, table, { workflowId, now });
  const outcome = await segment.carryOut();
  if (task.ending && outcome && outcome.status !== 'cancelled')
    return { ended: await endRun(parts, task, task.ending, { plan, table, segment, outcome, now }) };
  await demote(documents, table);
  return (
    (await found()) ?? {
      rows: table.rows(table.changed),
      moments: segment.moments.map(travelling),
      begun: segment.begun,
      base: jsonBytes(table.rows()) > TABLE ? await documents.putValue(table.rows() as unknown as Json) : undefined,
      page: task.unknown && (await pageOf(plan, 0, (value) => documents.putValue(value))),
    }
  );
}

/** A clock that goes on from the server's time, as the workflow's does, whatever this machine's clock says. */
function clockFrom(serverTime: number): () => number {
  const began = Date.now();
  return () => serverTime + Date.now() - began;
}

/** The plan's steps in one activity: the interpreter's other side. */
class Segment {
  readonly moments: { moment: StepMoment; time: number }[] = [];
  private readonly interpreter: Interpreter;
  /** executions of steps */
  begun = 0;
  private bytes = 0;
  private readonly most: number;
  private readonly slice: Slice;
  private readonly until: number;
  private wake: () => void = () => undefined;
  private fault: { error: unknown } | undefined;

  constructor(
    private readonly parts: SegmentParts,
    private readonly task: SegmentTask,
    plan: LoadedPlan,
    private readonly table: StepTable,
    private readonly run: { workflowId: string; now: () => number },
  ) {
    this.most = task.most ?? plan.max_parallel;
    this.slice = parts.slice?.() ?? SLICE;
    this.until = Date.now() + this.slice.time;
    this.interpreter = new Interpreter(
      table,
      {
        now: run.now,
        takes: (job, state) => this.takes(job, state),
        begin: (job, end) => void this.begin(job, end),
        speak: (moment) => this.note(moment),
        withdraw: () => undefined, // nothing waits here
      },
      task.input,
    );
  }

  /** Outcome of the plan, once it has ended. */
  async carryOut(): Promise<PlanOutcome | undefined> {
    const { cancellationSignal } = Context.current();
    setMaxListeners(0, cancellationSignal); // one for each step at work
    for (;;) {
      if (this.fault) throw this.fault.error;
      cancellationSignal.throwIfAborted();
      if (!this.isOver) this.interpreter.advance(this.most, this.task.paused);
      if (this.interpreter.busy === 0) break;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    const outcome = this.interpreter.outcome();
    // where the run goes on, the workflow does it: some of these steps are its own, and may have ended meanwhile
    if (outcome?.status === 'failed' && this.task.ending) this.interpreter.cancelRest();
    return outcome;
  }

  private takes(job: Job, state: StepState): boolean {
    const { course } = this.task;
    if (placeOf(job, state) !== 'segment' || (course && isHeldBack(course, job, this.table))) return false;
    return !isExecution(job, state) || this.mayBegin;
  }

  private get mayBegin(): boolean {
    return this.begun < (this.task.allowance ?? Infinity);
  }

  private get isOver(): boolean {
    return Date.now() >= this.until || this.bytes >= this.slice.bytes;
  }

  private note(moment: StepMoment): void {
    this.moments.push({ moment, time: this.run.now() });
    this.bytes += 150;
  }

  private async begin(job: Job, end: (how: JobEnd) => void): Promise<void> {
    let how: JobEnd;
    if (isExecution(job, this.table.get(job.step.id))) this.begun += 1;
    try {
      how = await this.doJob(job);
      if ('output' in how) this.bytes += jsonBytes(how.output);
      if (job.step.element || job.step.within) this.bytes += 150; // it may have no moments, but a row
    } catch (error) {
      this.fault ??= { error };
      this.wake();
      return;
    }
    end(how);
    this.wake();
  }

  private async doJob(job: Job): Promise<JobEnd> {
    switch (job.do) {
      case 'condition':
        return await this.reading(async () => ({ holds: (await this.render(job.step, job.when)) === true }));
      case 'list':
        return await this.reading(
          async () => await listed(this.parts.documents, await this.render(job.step, job.list)),
        );
      case 'gather':
        if (job.error) return { failed: job.error };
        return await this.reading(() => gathered(this.parts.documents, this.table, job));
      case 'open':
        return { opened: true };
      case 'close':
        return job.error ? { failed: job.error } : await this.reading(() => this.close(job));
      case 'round':
      case 'check':
        return await this.call(job);
      case 'rest':
      case 'review':
      case 'ask':
      case 'wait':
        throw new Error(`${job.do} is no work for a segment`);
    }
  }

  private async render(step: LoadedStep, expression: string): Promise<Json> {
    return await renderTemplate(this.parts.documents, { inline: expression }, this.interpreter.scope(step, step.needs));
  }

  /** The output of a group, made of those of its steps. */
  private async close({ step, reads }: Extract<Job, { do: 'close' }>): Promise<JobEnd> {
    const { documents } = this.parts;
    const output = await renderTemplate(documents, step.with, this.interpreter.scope(step, reads));
    return { output: await documents.toValue(output) };
  }

  /** A job that reads values; a fault of what they are is the step's. */
  private async reading(job: () => Promise<JobEnd>): Promise<JobEnd> {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      return { failed: { type: error.type, message: error.message } };
    }
  }

  private async call(job: Work): Promise<JobEnd> {
    const { documents, runtime } = this.parts;
    const { correlation_id: correlationId, mode, limits, terms } = this.task;
    const how = classOf(job);
    const { template, reads } = templateOf(job);
    const caller = { workflowId: this.run.workflowId, correlationId, mode, limits, terms };
    const call = {
      ...callOf(job, caller, this.table),
      arguments: { template, scope: this.interpreter.scope(job.step, reads) },
    };
    const signal = Context.current().cancellationSignal;
    const timeLimit = Math.min(how.timeout, job.do === 'round' ? (job.step.timeout ?? Infinity) : Infinity);
    try {
      const control = { signal, heartbeat: () => undefined, attempt: 1, timeLimit };
      const { output } = await runtime.execute(
        call,
        job.step.kind === 'agent' && job.do === 'round' ? 'agent' : 'tool',
        control,
      );
      if (job.do === 'round') return { output };
      return { verdict: (await documents.fromValue(output)) as unknown as Verdict };
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      if (!error.nonRetryable && how.attempts > 1) return { apart: true };
      return { failed: { type: error.type ?? 'unknown', message: error.message } };
    }
  }
}

/** A moment as it travels: its step by its id. The state of a step of the plan stands in the rows. */
function travelling({ moment, time }: Segment['moments'][number]): SegmentMoment {
  const { step, ...rest } = moment;
  const travels = { ...rest, step: step.id, time };
  if ('state' in travels && !step.within) delete (travels as { state?: unknown }).state;
  return travels;
}

/** Moves outputs into a file where the answer would be too large. */
async function demote(documents: Documents, table: StepTable): Promise<void> {
  const ids = [...table.changed];
  const bytes = ids.reduce((sum, id) => sum + jsonBytes(table.get(id).output), 0);
  if (bytes > OUTPUTS) await table.demote((value) => documents.putValue(value), ids);
}

interface EndedPlan {
  plan: LoadedPlan;
  table: StepTable;
  segment: Segment;
  outcome: PlanOutcome;
  now: () => number;
}

/** Ends the run with its plan: its last events in the words of plans, and its record. */
async function endRun(
  { documents, ending }: SegmentParts,
  { input }: SegmentTask,
  offer: EndingOffer,
  { plan, table, segment, outcome, now }: EndedPlan,
): Promise<SegmentEnd> {
  const { view } = offer;
  const ids = plan.steps.map(({ id }) => id);
  let result: Value = { inline: null };
  let reached = outcome;
  if (outcome.status === 'completed' && plan.result !== undefined) {
    try {
      const scope = table.scope(input, ids);
      result = await documents.toValue(await renderTemplate(documents, { inline: plan.result }, scope));
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      reached = { status: 'failed', step: 'result', error: { type: error.type, message: error.message } };
    }
  }
  const end = planEnd(view.workflow_id, reached, result);
  const voice = planVoice(view.workflow_id);
  const speaker: Speaker = {
    workflowId: view.workflow_id,
    runId: view.run_id,
    before: offer.before,
    source: `awe.${view.process}`,
    subject: view.subject,
    correlationId: view.correlation_id,
  };
  const events = [...offer.events];
  let seq = view.seq;
  const ended = now();
  const causes = new Causes(offer.causes);
  const say = (spoken: Spoken[], at: number) => (cause: number | undefined) => {
    for (const said of spoken) {
      events.push(eventOf(speaker, said, { seq: ++seq, at, cause }));
      cause = seq;
    }
    return cause;
  };
  for (const { moment, time } of segment.moments) causes.tellMoment(moment, table, say(voice(moment), time));
  causes.endPlan(reached, table);
  causes.tell(say([end.last], ended));
  const head = {
    ...view,
    status: end.status,
    ended_at: new Date(ended).toISOString(),
    paused: undefined,
    steps: { total: plan.steps.length, ended: table.ended },
    seq,
    error: end.error,
    outcome: end.status,
    result: { inline: end.result },
    step_views: table.views(0, Infinity),
  };
  return endOf(await ending.end(head, { archives: offer.archives, events, after: offer.flushed }));
}

function endOf({ record, flushed }: { record: RunRecord; flushed: number }): SegmentEnd {
  const { status, result, error, seq } = record;
  const inline = 'inline' in result ? result.inline : null;
  return { status: status === 'completed' ? 'completed' : 'failed', result: inline, error, seq, flushed };
}
