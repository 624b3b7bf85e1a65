import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { askedIn, askingOf } from '../../core/engine/asking';
import { callOf, classOf, templateOf, type Work as Call } from '../../core/engine/call';
import { executionOf, isCut, isHeldBack } from '../../core/engine/course';
import { Interpreter } from '../../core/engine/interpreter';
import type { Job, JobEnd, PlanOutcome, Reply, Side } from '../../core/engine/job';
import { stepAt } from '../../core/engine/groups';
import { outermostOf } from '../../core/engine/row-id';
import { renderInline } from '../../core/engine/scope';
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
import { jsonBytes } from '../../core/identity';
import { badWait, deadlineOf } from '../../core/plan/deadline';
import { parseDuration } from '../../core/plan/duration';
import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Recalled, RecordedCourse } from '../../schemas/recordings/recording';
import type { Approval } from '../../schemas/plan';
import { INLINE_LIMIT, type Ref, type Value } from '../../schemas/refs';
import type { ModelSpending, StepArguments } from '../../schemas/step-call';
import type { Terms } from '../../schemas/terms';
import type { ToolMode, Verdict } from '../../schemas/tool';
import type { Approvals, Question } from './approvals';
import type { Budget } from './budget';
import type { Control } from './control';
import { Executions } from './executions';
import { attemptOf, failureOf } from './failure';
import type { Work } from './work';

/**
 * Steps that one run of the chain carries out itself, bytes of inline outputs that it keeps, and bytes of its history,
 * before it continues as new: a page of a history has to fit into one message (4 MB).
 */
const CONTINUE_AFTER = { steps: 500, bytes: 256 * 1024, history: 2 * 1024 * 1024 };

/** The tool that asks models; its output is an `LlmAnswer`. */
const MODEL = 'llm.structured';

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

/** Times of a question that names none of its own; milliseconds. */
export interface Patience {
  remindAfter?: number;
  escalateAfter?: number;
  expireAfter: number;
}

/** The run that follows a plan. */
export interface FollowParts {
  work: Work;
  approvals: Approvals;
  control: Control;
  budget: Budget;
  correlationId: string;
  mode: ToolMode;
  /** what holds for each call, as it stands */
  terms: () => Terms | undefined;
  /** the course of the run that is replayed, if it is */
  recalled?: Recalled;
  patience: Patience;
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
  /** everything that is begun here, so that it can be cancelled */
  private readonly scope = new CancellationScope();
  /** lets each step that waits for time return, to go on in the next run of the chain */
  private readonly waits = new Map<string, () => void>();
  private finish: (end: FollowEnd) => void = () => undefined;
  private abort: (error: unknown) => void = () => undefined;

  private readonly executions: Executions;
  /** of a replay: the course of the recorded run, as long as it leads on */
  private course: RecordedCourse | undefined;

  constructor(
    private readonly parts: FollowParts,
    private readonly plan: Ref,
    private readonly input: Value,
  ) {
    this.executions = new Executions(parts.work, parts.control);
    this.course = parts.recalled?.course;
  }

  /** `carried`: the table of this plan's steps that the run before has left. */
  async follow(carried: Ref | undefined): Promise<FollowEnd> {
    const unwatch = this.parts.control.watch(() => this.advance());
    this.scope.cancelRequested.catch(() => {
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
    const value = await this.render(this.result, this.table.scope(this.input, ids));
    return await this.keep(value);
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

  /** True where the course of the recorded run counts, in which no time passes. */
  private isRepeated({ id }: LoadedStep): boolean {
    const { recalled } = this.parts;
    return recalled !== undefined && !recalled.live.includes(outermostOf(id));
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
    for (const carry of [...this.waits.values()]) carry();
  }

  /** Cancels all work under way, once. */
  private cut(): void {
    if (this.isCut) return;
    this.isCut = true;
    for (const step of this.interpreter?.openSteps ?? []) {
      if (step.kind === 'approval') this.parts.approvals.withdraw(step.id);
      const { review, rounds } = this.table.get(step.id);
      if (review) this.parts.approvals.withdraw(reviewId(step, rounds));
    }
    this.scope.cancel();
  }

  /** A step that waits has come to nothing. */
  private withdraw(job: Job): void {
    if (job.do === 'ask') this.parts.approvals.withdraw(job.step.id);
    else if (job.do === 'review') this.parts.approvals.withdraw(reviewId(job.step, job.round));
    else this.waits.get(job.step.id)?.();
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
        withdraw: (job) => this.withdraw(job),
      },
      this.input,
    );
  }

  private carryOut(job: Job, end: (how: JobEnd) => void): void {
    const done = (how: JobEnd): void => {
      end(how);
      this.advance();
    };
    if (isExecution(job, this.table.get(job.step.id))) this.parts.budget.begin();
    void this.scope
      .run(() => this.execute(job))
      .then(done, (error: unknown) => done(isCancellation(error) ? { cancelled: true } : this.failed(job, error)));
  }

  private failed({ do: what, step }: Job, error: unknown): JobEnd {
    const isOnce = what === 'round' && step.class?.class === 'once';
    return { failed: failureOf(error, isOnce), attempts: this.attempts(step, attemptOf(error)) };
  }

  /** Attempts of a round, with one that was in a segment; undefined for a single one, or where they are not known. */
  private attempts({ id }: LoadedStep, ofActivity: number | undefined): number | undefined {
    const { apart } = this.table.get(id);
    if (apart) return 1 + (ofActivity ?? 1);
    return ofActivity === 1 ? undefined : ofActivity;
  }

  private execute(job: Job): Promise<JobEnd> {
    switch (job.do) {
      case 'round':
        if (this.course?.cut.includes(executionOf(job.step.id, job.round))) return untilCut();
        return job.step.kind === 'workflow'
          ? this.executed(job)
          : this.call(job).catch((error: unknown) => this.missed(job, error));
      case 'check':
        return this.call(job);
      case 'review':
        return this.review(job).then((reply) => ({ reply }));
      case 'ask':
        return this.ask(job.step).then((reply) => ({ reply }));
      case 'wait':
        return this.wait(job.step);
      case 'rest':
        if (this.isRepeated(job.step)) return Promise.resolve({ rested: true });
        return this.sleep(job.step, job.until, { rested: true }, 'pause before the next round');
      case 'condition':
      case 'list':
      case 'gather':
      case 'open':
      case 'close':
        throw new Error(`${job.do} is work for a segment`);
    }
  }

  private async call(job: Call): Promise<JobEnd> {
    const { correlationId, mode, work, budget } = this.parts;
    const { step } = job;
    const terms = this.parts.terms();
    const state = this.table.get(step.id);
    const caller = { workflowId: workflowInfo().workflowId, correlationId, mode, limits: budget.limits, terms };
    const call = { ...callOf(job, caller, this.table), arguments: await this.arguments(job) };
    const how = { ...classOf(job), attemptsUsed: state.apart ? 1 : 0 };
    const timeout = job.do === 'round' ? step.timeout : undefined;
    const { output, spent, attempt } = await work.step(
      call,
      how,
      timeout,
      `${step.id}: ${call.uses}, round ${job.round}`,
    );
    if (call.uses === MODEL) budget.spend('inline' in output ? (output.inline as Partial<ModelSpending> | null) : null);
    else if (spent) budget.spend(spent);
    if (job.do === 'round') return { output, attempts: this.attempts(step, attempt) };
    return { verdict: (await this.read(output)) as unknown as Verdict };
  }

  /** A part of a step that was cut off, and that had not begun by then. */
  private missed({ step }: Job, error: unknown): Promise<never> {
    const id = outermostOf(step.id);
    const isPart = id !== step.id && failureOf(error).type === 'replay.miss';
    if (isPart && this.course && isCut(this.course, id, this.table)) return untilCut();
    throw error;
  }

  /** The result of another definition, which is executed as a child of this run. */
  private async executed(job: Extract<Job, { do: 'round' }>): Promise<JobEnd> {
    const { correlationId, mode, work, recalled } = this.parts;
    const { step } = job;
    if (this.isRepeated(step)) return recalled?.executions[step.id] ?? { failed: notRecorded(step) };
    const { key, uses } = callOf(job, { workflowId: workflowInfo().workflowId, correlationId, mode }, this.table);
    const wanted = { uses, key, correlation_id: correlationId, arguments: await this.arguments(job) };
    const start = await work.io('prepareExecution', wanted, `${step.id}: ${uses}, round ${job.round}`);
    try {
      return { output: await this.executions.run(start, step.timeout) };
    } catch (error) {
      // whoever has cancelled it alone has failed this step; whoever cancels this run cancels both
      if (!isCancellation(error) || this.scope.consideredCancelled) throw error;
      return { failed: { type: 'workflow.cancelled', message: `execution ${start.input.execution_id} was cancelled` } };
    }
  }

  /**
   * The arguments of a call. Where all that the template reads is inline, it is rendered here, so that the Web UI shows
   * the arguments as they are; where it reads a reference, the tool runtime opens the file and renders it.
   */
  private async arguments(job: Call): Promise<StepArguments> {
    const { template, reads } = templateOf(job);
    const scope = this.table.scope(this.input, reads, job.step);
    const rendered = 'inline' in template ? renderInline(template.inline, scope) : undefined;
    if (rendered) return { value: await this.keep(rendered.value) };
    if (jsonBytes({ template, scope }) <= INLINE_LIMIT) return { template, scope };
    const store = (value: Json) => this.parts.work.io('storeValue', value, 'store outputs');
    await this.table.demote(store, reads);
    return { template, scope: this.table.scope(this.input, reads, job.step) };
  }

  private async review({ step, round, findings }: Extract<Job, { do: 'review' }>): Promise<Reply> {
    const { output } = this.table.get(step.id);
    return await this.parts.approvals.ask({
      id: reviewId(step, round),
      kind: 'review',
      question: `${step.name ?? step.id} was not accepted after ${round} rounds. Accept it as it is, ask for a rework, or reject it?`,
      choices: ['accept', 'rework', 'reject'],
      shows: { step: step.id, output: (output ?? null) as unknown as Json, findings: findings as unknown as Json },
      of: step,
      ...this.parts.patience,
    });
  }

  private async ask(step: LoadedStep): Promise<Reply> {
    const { remind_after, escalate_after, expire_after }: Partial<Approval> = step.approval ?? {};
    const { patience, approvals } = this.parts;
    const about: Omit<Question, 'question' | 'shows'> = {
      id: step.id,
      kind: 'approval',
      choices: ['approve', 'reject'],
      of: step,
      remindAfter: parseDuration(remind_after) ?? patience.remindAfter,
      escalateAfter: parseDuration(escalate_after) ?? patience.escalateAfter,
      expireAfter: parseDuration(expire_after) ?? patience.expireAfter,
    };
    if (approvals.has(step.id)) return await approvals.ask({ ...about, question: '' });
    const scope = this.table.scope(this.input, step.reads, step);
    return await approvals.ask({ ...about, ...askedIn(await this.render(askingOf(step), scope)) });
  }

  private async wait(step: LoadedStep): Promise<JobEnd> {
    let { until } = this.table.get(step.id);
    if (until === undefined) {
      const scope = this.table.scope(this.input, step.reads, step);
      const wait = (await this.render('inline' in step.with ? step.with.inline : {}, scope)) as JsonObject;
      until = deadlineOf(wait, Date.now());
      if (until === undefined) throw ApplicationFailure.nonRetryable(badWait.message, badWait.type);
      this.table.set(step.id, { until });
    }
    const { recalled } = this.parts;
    const before = recalled?.waits[step.id];
    if (before !== undefined && this.isRepeated(step)) return { waitedUntil: before };
    // of an element, or a step within a group, nobody has kept when it ended
    const isPassed = until <= Date.now() || (this.isRepeated(step) && outermostOf(step.id) !== step.id);
    if (isPassed) return { waitedUntil: until };
    return await this.sleep(step, until, { waitedUntil: until }, 'wait');
  }

  /** Waits for an instant (UTC milliseconds), which is the job's end; or lets the next run of the chain wait on. */
  private sleep({ id }: LoadedStep, until: number, over: JobEnd, what: string): Promise<JobEnd> {
    const scope = new CancellationScope();
    return new Promise((resolve, reject) => {
      const leave = (how: () => void) => {
        this.waits.delete(id);
        how();
      };
      const carry = () => {
        leave(() => resolve({ carried: true }));
        scope.cancel();
      };
      this.waits.set(id, carry);
      scope
        .run(() => sleep(until - Date.now(), { summary: `${id}: ${what}` }))
        .then(
          () => leave(() => resolve(over)),
          (error: Error) => leave(() => reject(error)),
        );
    });
  }

  /** Renders a value for the run's own use, such as a question; by an activity where it reads a reference. */
  private async render(template: Json, scope: ReturnType<StepTable['scope']>): Promise<Json> {
    const rendered = renderInline(template, scope);
    if (rendered) return rendered.value;
    const task = { template: { inline: template }, scope };
    return await this.read(await this.parts.work.io('evaluate', task, 'evaluate an expression'));
  }

  private async read(value: Value): Promise<Json> {
    return 'inline' in value ? value.inline : await this.parts.work.io('loadValue', value.ref, 'load a value');
  }

  private async keep(value: Json): Promise<Value> {
    if (jsonBytes(value) <= INLINE_LIMIT) return { inline: value };
    return { ref: await this.parts.work.io('storeValue', value, 'store a value') };
  }
}

/** A step that was cut off works until it is cut off again. */
const untilCut = (): Promise<never> => CancellationScope.current().cancelRequested;

const notRecorded = ({ id, uses }: LoadedStep): Failure => ({
  type: 'replay.miss',
  message: `the recording has no result of ${uses ?? 'the workflow'} for ${id}`,
});

const reviewId = ({ id }: LoadedStep, round: number): string => `${id}.review.${round}`;
