import { ApplicationFailure, CancellationScope, isCancellation, sleep, workflowInfo } from '@temporalio/workflow';
import { askedIn, askingOf } from '../../core/engine/asking';
import { callOf, classOf, templateOf, type Work as Call } from '../../core/engine/call';
import { executionOf, isCut } from '../../core/engine/course';
import type { Job, JobEnd, Reply } from '../../core/engine/job';
import { outermostOf } from '../../core/engine/row-id';
import { renderInline } from '../../core/engine/scope';
import type { StepTable } from '../../core/engine/table';
import { jsonBytes } from '../../core/identity';
import { badWait, deadlineOf } from '../../core/plan/deadline';
import { parseDuration } from '../../core/plan/duration';
import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Approval } from '../../schemas/plan';
import type { Recalled, RecordedCourse } from '../../schemas/recordings/recording';
import { INLINE_LIMIT, type Value } from '../../schemas/refs';
import type { ModelSpending, Scope, StepArguments } from '../../schemas/step-call';
import type { Terms } from '../../schemas/terms';
import type { ToolMode, Verdict } from '../../schemas/tool';
import type { Approvals, Question } from './approvals';
import type { Budget } from './budget';
import type { Control } from './control';
import { Executions } from './executions';
import { attemptOf, failureOf } from './failure';
import type { Work } from './work';

/** The tool that asks models; its output is an `LlmAnswer`. */
const MODEL = 'llm.structured';

/** Times of a question that names none of its own; milliseconds. */
export interface Patience {
  remindAfter?: number;
  escalateAfter?: number;
  expireAfter: number;
}

/** The parts of a run that jobs need. */
export interface JobParts {
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
}

/** What jobs see of the plan under way. */
export interface Standing {
  table: StepTable;
  /** of a replay: the course of the recorded run, as long as it leads on */
  course?: RecordedCourse;
}

/** Jobs of steps that the workflow does itself: calls of activities, executions of definitions, questions and waits. */
export class Jobs {
  /** everything that is begun here, so that it can be cancelled */
  private readonly scope = new CancellationScope();
  /** lets each step that waits for time return, to go on in the next run of the chain */
  private readonly waits = new Map<string, () => void>();
  private readonly executions: Executions;

  constructor(
    private readonly parts: JobParts,
    private readonly input: Value,
    private readonly standing: () => Standing,
  ) {
    this.executions = new Executions(parts.work, parts.control);
  }

  private get table(): StepTable {
    return this.standing().table;
  }

  private get course(): RecordedCourse | undefined {
    return this.standing().course;
  }

  /** Rejects when all jobs are cancelled, by the run or by what is around it. */
  get cancelled(): Promise<never> {
    return this.scope.cancelRequested;
  }

  begin(job: Job, end: (how: JobEnd) => void): void {
    void this.scope
      .run(() => this.execute(job))
      .then(end, (error: unknown) => end(isCancellation(error) ? { cancelled: true } : this.failed(job, error)));
  }

  /** Steps that wait for time go on waiting in the next run of the chain. */
  carry(): void {
    for (const carry of [...this.waits.values()]) carry();
  }

  /** Cancels all jobs under way, and takes back what the steps have asked. */
  cancel(steps: Iterable<LoadedStep>): void {
    for (const step of steps) {
      if (step.kind === 'approval') this.parts.approvals.withdraw(step.id);
      const { review, rounds } = this.table.get(step.id);
      if (review) this.parts.approvals.withdraw(reviewId(step, rounds));
    }
    this.scope.cancel();
  }

  /** A step that waits has come to nothing. */
  withdraw(job: Job): void {
    if (job.do === 'ask') this.parts.approvals.withdraw(job.step.id);
    else if (job.do === 'review') this.parts.approvals.withdraw(reviewId(job.step, job.round));
    else this.waits.get(job.step.id)?.();
  }

  /** The value of a template. */
  async evaluate(template: Json, scope: Scope): Promise<Value> {
    return await this.keep(await this.render(template, scope));
  }

  /** True where the course of the recorded run counts, in which no time passes. */
  private isRepeated({ id }: LoadedStep): boolean {
    const { recalled } = this.parts;
    return recalled !== undefined && !recalled.live.includes(outermostOf(id));
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
  private async render(template: Json, scope: Scope): Promise<Json> {
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
