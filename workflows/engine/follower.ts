import { CancellationScope, patched, workflowInfo } from '@temporalio/workflow';
import { isHeldBack } from '../../core/engine/course';
import { stepAt } from '../../core/engine/groups';
import { Interpreter } from '../../core/engine/interpreter';
import type { Job, JobEnd, PlanOutcome, Side } from '../../core/engine/job';
import {
  isExecution,
  placeOf,
  type EndingOffer,
  type SegmentAnswer,
  type SegmentEnd,
  type SegmentTask,
} from '../../core/engine/segment';
import { StepTable, type StepState, type TableState } from '../../core/engine/table';
import type { StepMoment } from '../../core/engine/voice';
import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { RecordedCourse } from '../../schemas/recordings/recording';
import type { Ref, Value } from '../../schemas/refs';
import { Jobs, type JobParts } from './jobs';

/**
 * Steps that one run of the chain carries out itself, bytes of inline outputs that it keeps, and bytes of its history,
 * before it continues as new: a page of a history has to fit into one message (4 MB).
 */
const CONTINUE_AFTER = { steps: 500, bytes: 256 * 1024, history: 2 * 1024 * 1024 };

/** Histories from before steps said that they wait for a place go the old way. */
const READY = 'steps-say-that-they-are-ready';

/** Whoever cancels the steps of a run whose time is up. */
const LIMIT = 'a limit of the policy';

/** A plan under way, as a run that continues as new takes it along. */
export interface CarriedPlan {
  plan: Ref;
  /** the table of steps: a `TableState` */
  table?: Ref;
  /** the number of this following among those of the run, where there are several */
  turn?: number;
}

/** The run that follows a plan. */
export interface FollowParts extends JobParts {
  /** a moment of a step; `time` (UTC milliseconds) where it was in a segment */
  speak: (moment: StepMoment, time?: number) => void;
  /** Offers a segment to end the run; until it has answered, nothing is said in between. */
  offerEnding: () => EndingOffer | undefined;
  /** The segment has answered: the run has ended there, or goes on. */
  closeOffer: (ended: boolean) => void;
}

/** Outcome of following a plan. `carried`: it goes on in the next run; `ended`: the run has ended with it. */
export type FollowEnd = PlanOutcome | { status: 'carried' } | { status: 'ended'; end: SegmentEnd };

/**
 * Follows a plan to its end: the workflow's side of the interpreter. Short steps go to segments, one at a time; agents,
 * long tools, questions and waits are begun here. Every answer is worked off at once, up to the next jobs, so that a
 * replay which sees several answers together begins the same jobs in the same order.
 */
export class Follower {
  table = new StepTable([]);
  private interpreter: Interpreter | undefined;
  private result: Json | undefined;
  private maxParallel = 1;
  /** a snapshot of the table in the document store; the table knows which rows have changed since */
  private base: Ref | undefined;
  /** steps that the segment under way may work on at a time; none is under way where there are none */
  private lent = 0;
  private leaving = false;
  private isCut = false;
  private isAbandoned = false;
  private isOver = false;
  private finish: (end: FollowEnd) => void = () => undefined;
  private abort: (error: unknown) => void = () => undefined;

  private readonly jobs: Jobs;
  /** of a replay: the course of the recorded run, as long as it leads on */
  private course: RecordedCourse | undefined;

  constructor(
    private readonly parts: FollowParts,
    private readonly plan: Ref,
    private readonly input: Value,
  ) {
    this.course = parts.recalled?.course;
    this.jobs = new Jobs(parts, input, () => ({ table: this.table, course: this.course }));
  }

  /** `carried`: the table of this plan's steps that the run before has left. */
  async follow(carried: Ref | undefined): Promise<FollowEnd> {
    const unwatch = this.parts.control.watch(() => this.advance());
    this.jobs.cancelled.catch(() => {
      this.isAbandoned = true;
      this.advance();
    });
    try {
      if (carried) {
        const rows = await this.parts.work.io('loadValue', carried, 'load the snapshot');
        await this.load(rows as unknown as TableState);
        this.base = carried;
        this.table.changed.clear();
      }
      return await new Promise((finish, abort) => {
        this.finish = finish;
        this.abort = abort;
        this.advance();
      });
    } finally {
      unwatch();
    }
  }

  /** The value that the plan gives back. */
  async output(): Promise<Value> {
    if (this.result === undefined) return { inline: null };
    const ids = this.table.steps.map(({ id }) => id);
    return await this.jobs.evaluate(this.result, this.table.scope(this.input, ids));
  }

  /** Keeps the table for the next run of the chain. */
  async carry(): Promise<CarriedPlan> {
    const store = (value: Json) => this.parts.work.io('storeValue', value, 'store a snapshot');
    if (this.table.steps.length === 0) return { plan: this.plan };
    await this.table.demote(store);
    return { plan: this.plan, table: await store(this.table.rows() as unknown as Json) };
  }

  /** Begins whatever may be begun now; ends where nothing is left. */
  private advance(): void {
    const { control } = this.parts;
    const { interpreter, maxParallel, stoppedBy: by } = this;
    if (this.isOver) return;
    if (!interpreter) {
      if (this.lent > 0) return;
      if (by !== undefined) return this.end({ status: 'cancelled', by });
      if (!control.paused) this.beginSegment({ unknown: true }, 'load the plan; its short steps');
      return;
    }
    if (by !== undefined || interpreter.failed) this.cut();
    else if (this.isLeaving()) this.leave(interpreter);
    else {
      const { paused } = control;
      // the rows of a long list are gathered by a segment, which needs a place
      const kept = this.lent === 0 && interpreter.owesPart ? 1 : 0;
      interpreter.advance(maxParallel - this.lent - kept, paused);
      if (this.lent === 0 && interpreter.working < maxParallel) {
        const isShort: Side['takes'] = (job, state) => placeOf(job, state) === 'segment' && this.mayBegin(job, state);
        const short = interpreter.waitingFor(isShort, paused);
        if (short.length > 0) this.beginSegment({ paused }, `short steps: ${short.join(', ')}`);
        else if (this.isOutOfSteps(interpreter, paused)) this.endSteps(interpreter);
      }
    }
    if (this.lent > 0) return;
    const outcome = interpreter.outcome(this.stoppedBy);
    if (outcome) {
      if (outcome.status !== 'completed') interpreter.cancelRest();
      this.end(outcome);
    } else if (interpreter.busy > 0) return;
    else if (this.leaving) this.end({ status: 'carried' });
    else if (this.course && !control.paused) {
      // it has become another run: nothing would ever end that it waits for
      this.course = undefined;
      this.advance();
    }
  }

  private end(end: FollowEnd): void {
    this.isOver = true;
    this.finish(end);
  }

  /** Whoever has stopped the plan, if anybody has. */
  private get stoppedBy(): string | undefined {
    const { control, budget } = this.parts;
    return control.cancelled ?? (this.isAbandoned ? 'the run' : budget.isTimeUp ? LIMIT : undefined);
  }

  /** False for a job that would begin a step too many. */
  private mayBegin(job: Job, state: StepState): boolean {
    if (this.course && isHeldBack(this.course, job, this.table)) return false;
    return this.parts.budget.left > 0 || !isExecution(job, state);
  }

  /** Nothing is at work, and a step cannot begin for want of steps. */
  private isOutOfSteps(interpreter: Interpreter, paused: boolean): boolean {
    const { budget } = this.parts;
    return budget.left <= 0 && interpreter.working === 0 && interpreter.waitingFor(isExecution, paused).length > 0;
  }

  /** Nothing is cut off: what has not begun can begin when there are more. */
  private endSteps(interpreter: Interpreter): void {
    this.parts.budget.endSteps();
    this.leaving = true;
    this.leave(interpreter);
  }

  private isLeaving(): boolean {
    this.leaving ||=
      (this.interpreter?.ended ?? 0) >= CONTINUE_AFTER.steps ||
      this.table.bytes >= CONTINUE_AFTER.bytes ||
      workflowInfo().historySize >= CONTINUE_AFTER.history ||
      workflowInfo().continueAsNewSuggested ||
      this.parts.control.isWished;
    return this.leaving;
  }

  /** Lets work under way end; steps that wait go on waiting in the next run of the chain. */
  private leave(interpreter: Interpreter): void {
    if (interpreter.working > 0 || this.lent > 0) return;
    this.parts.approvals.carry();
    this.jobs.carry();
  }

  /** Cancels all work under way, once. */
  private cut(): void {
    if (this.isCut) return;
    this.isCut = true;
    this.jobs.cancel(this.interpreter?.openSteps ?? []);
  }

  private beginSegment({ unknown, paused }: Pick<SegmentTask, 'unknown' | 'paused'>, summary: string): void {
    const { work, correlationId, mode, offerEnding, budget } = this.parts;
    const { plan, input, base, table, interpreter } = this;
    const rows = table.rows(base ? table.changed : undefined);
    const sent = [...table.changed];
    table.changed.clear();
    const most = interpreter && this.maxParallel - interpreter.working;
    this.lent = most ?? 1;
    // a table in the document store lacks the events that its steps go on from
    const ending = base === undefined && (interpreter?.busy ?? 0) === 0 ? offerEnding() : undefined;
    const { limits } = budget;
    const terms = this.parts.terms();
    const task: SegmentTask = {
      ...{ plan, input, correlation_id: correlationId, mode, limits, terms, allowance: budget.lend() },
      ...{ most, base, rows, paused, unknown, ending, course: this.course },
    };
    void CancellationScope.nonCancellable(() => work.segment(task, summary.slice(0, 200))).then(
      (answer) => {
        // rows that no snapshot holds travel with the next segment, too
        if (!('base' in answer && answer.base)) table.changedBefore(sent);
        this.takeOver(answer);
      },
      (error: unknown) => {
        this.parts.closeOffer(false);
        this.abort(error);
      },
    );
  }

  private takeOver(answer: SegmentAnswer): void {
    this.lent = 0;
    this.parts.closeOffer('ended' in answer);
    if ('ended' in answer) return this.end({ status: 'ended', end: answer.ended });
    const { page } = answer;
    if (page) this.know(page.steps, page.max_parallel, page.result, []);
    if (page?.next === undefined) return this.absorb(answer);
    this.load([], page.next, page.steps).then(
      () => this.absorb(answer),
      (error: unknown) => this.abort(error),
    );
  }

  private absorb({ rows, moments, base, begun = 0 }: Exclude<SegmentAnswer, { ended: unknown }>): void {
    this.parts.budget.repay(begun);
    this.interpreter?.absorb(rows);
    if (base) {
      this.base = base;
      for (const [id] of rows) this.table.changed.delete(id);
    }
    const steps = new Map(this.table.steps.map((step) => [step.id, step]));
    for (const { step: id, time, ...moment } of moments) {
      const step = steps.get(id) ?? stepAt(this.table.steps, id);
      if (!step) continue;
      // only what has been completed is told with its state; the row of another may be gone with its group
      const told =
        moment.at === 'step.completed'
          ? { ...moment, step, state: moment.state ?? this.table.get(id) }
          : { ...moment, step };
      this.parts.speak(told, time);
    }
    this.advance();
  }

  /** Loads the plan's pages, from a step on. */
  private async load(rows: TableState, from = 0, known: LoadedStep[] = []): Promise<void> {
    const steps = [...known];
    for (let next: number | undefined = from; next !== undefined;) {
      const summary = `load the plan from step ${next}`;
      const page: Awaited<ReturnType<typeof this.loadPage>> = await this.loadPage(next, summary);
      steps.push(...page.steps);
      next = page.next;
      if (next === undefined) this.know(steps, page.max_parallel, page.result, rows);
    }
  }

  private loadPage(from: number, summary: string) {
    return this.parts.work.io('loadPlan', { plan: this.plan, from }, summary);
  }

  private know(steps: LoadedStep[], maxParallel: number, result: Json | undefined, rows: TableState): void {
    this.table = new StepTable(steps, rows);
    for (const { id, kind } of steps)
      if (kind === 'approval' && this.table.get(id).status === 'pending') this.parts.approvals.forget(id);
    this.maxParallel = maxParallel;
    this.result = result;
    this.interpreter = new Interpreter(
      this.table,
      {
        now: Date.now,
        takes: (job, state) => placeOf(job, state) === 'workflow' && this.mayBegin(job, state),
        begin: (job, end) => this.carryOut(job, end),
        speak: (moment) => this.parts.speak(moment),
        announces: () => patched(READY),
        withdraw: (job) => this.jobs.withdraw(job),
      },
      this.input,
    );
  }

  private carryOut(job: Job, end: (how: JobEnd) => void): void {
    if (isExecution(job, this.table.get(job.step.id))) this.parts.budget.begin();
    this.jobs.begin(job, (how) => {
      end(how);
      this.advance();
    });
  }
}
