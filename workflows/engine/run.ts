import {
  allHandlersFinished,
  ApplicationFailure,
  CancelledFailure,
  CancellationScope,
  continueAsNew,
  ContinueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  ParentClosePolicy,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { RecordHead, RunEnd } from '../../activities/engine/ending';
import type { Subject } from '../../schemas/envelope';
import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Ref, Value } from '../../schemas/refs';
import {
  messages,
  type ControlRequest,
  type Decision,
  type DecisionAnswer,
  type EventPage,
  type RunStatus,
  type RunView,
  type StepPage,
  type StepView,
} from '../../schemas/run';
import type { ToolMode } from '../../schemas/tool';
import { Approvals, type ApprovalState, type Question, type Reply, type SignalPolicy } from './approvals';
import { Control, type ControlState } from './control';
import { failureOf } from './failure';
import { jsonBytes } from '../../core/identity';
import { Interpreter, type PlanOutcome } from './interpreter';
import { INLINE_LIMIT, renderValue } from './arguments';
import { readControl, readDecision } from './messages';
import { Outbox, type OutboxState, type Spoken } from './outbox';
import { StepRunner, type RunFacts } from './step-runner';
import { StepTable, type TableState } from './table';
import type { Moment, Voice } from './voice';
import { Work } from './work';

/** The version of the interpreter, in every run's memo. It grows when stored histories need another code path. */
export const ENGINE_VERSION = 1;

/** Bytes of a record that travel to where it is written; a larger one goes by reference. */
const RECORD_LIMIT = 64 * 1024;

/** What a process says of a run when it starts it. */
export interface RunSpec {
  process: string;
  subject: Subject;
  correlationId: string;
  causationId?: string;
  title: string;
  signals: SignalPolicy;
  patience: RunFacts['patience'];
  mode: ToolMode;
  voice: Voice;
  /** what is wrong with a decision of this kind, in words, where something is */
  fault?: (kind: string, decision: Decision, channel: 'api' | 'signal') => string | undefined;
  /** the process's own picture of the run */
  view: (run: Run) => Json;
}

/** What a run takes along when it continues as new: small things inline, the table of steps by reference. */
export interface Carried {
  once: { [name: string]: Json };
  outbox: OutboxState;
  approvals: ApprovalState[];
  control: ControlState;
  started: string;
  table?: Ref;
  /** whose steps the table has: a run may follow several plans, one after the other */
  plan?: Ref;
}

/** How a run ends, in the words of its process; `last` is the event that says so. */
export interface Conclusion {
  status: 'completed' | 'failed' | 'cancelled';
  result: Json;
  error?: Failure;
  last: Spoken;
}

/** What following a plan gives. */
export type Followed = Exclude<PlanOutcome, { status: 'carried' }> & { result: Value };

/**
 * A run of a process: its events, its questions to people, its plan, and an end that is always told and recorded.
 * Handlers are registered when it is made, before anything is awaited.
 */
export class Run {
  readonly work = new Work();
  private readonly outbox: Outbox;
  private readonly approvals: Approvals;
  private readonly control: Control;
  private readonly done: { [name: string]: Json };
  private readonly started: string;
  private table = new StepTable([]);
  private plan: Ref | undefined;
  private status: RunStatus = 'running';
  private conclusion: Conclusion | undefined;
  private ended: string | undefined;

  constructor(
    private readonly spec: RunSpec,
    private readonly input: unknown,
    private readonly carried?: Carried,
  ) {
    const { subject, correlationId, causationId } = spec;
    const source = `awe.${spec.process}`;
    this.outbox = new Outbox(this.work, { source, subject, correlationId, causationId }, carried?.outbox);
    const fault: Required<RunSpec>['fault'] = (...decided) => spec.fault?.(...decided);
    this.approvals = new Approvals(this.work, spec.signals, (moment) => this.tell(moment), fault, carried?.approvals);
    this.control = new Control((moment) => this.tell(moment), carried?.control);
    this.done = carried?.once ?? {};
    this.started = carried?.started ?? new Date().toISOString();
    this.listen();
    if (!carried) upsertMemo({ title: spec.title, engine_version: ENGINE_VERSION });
  }

  /** Tells the story of the process, from its start to an end that is spoken, recorded and mirrored. */
  async story(tell: () => Promise<Conclusion>, orElse: (error: Failure, by?: string) => Conclusion): Promise<Json> {
    CancellationScope.current().cancelRequested.catch(() => this.work.turn(() => this.control.cancel('Temporal')));
    return await CancellationScope.nonCancellable(async () => {
      const conclusion = await this.conclude(tell, orElse);
      await this.finalise(conclusion);
      await this.work.when(allHandlersFinished);
      return this.answer(conclusion);
    });
  }

  /** Speaks an event of the process. */
  speak(spoken: Spoken): void {
    this.outbox.append(spoken);
  }

  /** Does a part of the story once, however often the run continues as new. What it gives is kept: keep it small. */
  async once<T>(name: string, part: () => T | Promise<T>): Promise<T> {
    if (!(name in this.done)) this.done[name] = (await part()) as Json;
    return this.done[name] as T;
  }

  /** Keeps a value of the process, also across continue-as-new: small, JSON. The last one counts. */
  keep<T>(name: string, value: T): void {
    this.done[name] = value as Json;
  }

  /** What was kept under a name. */
  kept<T>(name: string): T | undefined {
    return this.done[name] as T | undefined;
  }

  /** Does a part of the story that a cancellation cuts short, wherever it stands. */
  async cuttable<T>(part: () => Promise<T>): Promise<T> {
    const scope = new CancellationScope();
    let cut = false;
    this.control.watch(() => {
      if (this.control.cancelled === undefined || cut) return;
      cut = true;
      void this.work.cancel(scope);
    });
    if (this.control.cancelled !== undefined) throw new CancelledFailure('cancelled');
    return await scope.run(part);
  }

  /** Waits while somebody has paused the run. */
  async unpaused(): Promise<void> {
    await this.work.when(() => !this.control.paused);
  }

  /** Asks a person, and waits for the reply. A run that is cancelled stops asking. */
  async ask(question: Question): Promise<Reply> {
    const asking = new CancellationScope();
    this.control.watch(() => this.control.cancelled !== undefined && asking.cancel());
    if (this.control.cancelled !== undefined) return { outcome: 'cancelled' };
    try {
      return await asking.run(() => this.approvals.ask(question));
    } catch (error) {
      if (this.control.cancelled !== undefined) return { outcome: 'cancelled' };
      throw error;
    }
  }

  /** Follows a plan to its end. `input` is what its expressions see under that name. */
  async follow(plan: Ref, input: Value): Promise<Followed> {
    const loaded = await this.load(plan);
    const { correlationId, mode, patience } = this.spec;
    const facts: RunFacts = { correlationId, mode, input, patience };
    const runner = new StepRunner(this.work, this.table, this.approvals, (moment) => this.tell(moment), facts);
    const interpreter = new Interpreter(this.table, runner, this.control, {
      maxParallel: loaded.maxParallel,
      continueSuggested: () => workflowInfo().continueAsNewSuggested,
      cancel: (scope) => this.work.cancel(scope),
    });
    const outcome = await interpreter.run();
    if (outcome.status === 'carried') return await this.continueAsNew();
    return { ...outcome, result: await this.result(outcome, loaded.result, input) };
  }

  /** The steps of the plan, as people see them. */
  get steps(): StepView[] {
    return this.table.views(0, Infinity);
  }

  get questions(): RunView['approvals'] {
    return this.approvals.views();
  }

  /** The workflow id of the run. */
  get id(): string {
    return workflowInfo().workflowId;
  }

  /** Who has cancelled the run, where somebody has. */
  get cancelled(): string | undefined {
    return this.control.cancelled;
  }

  /** What comes after the end has no place in the story: its last event is spoken, and its record is being written. */
  private tell(moment: Moment): void {
    if (this.conclusion) return;
    for (const spoken of this.spec.voice(moment)) this.outbox.append(spoken);
    this.show();
  }

  private listen(): void {
    // an update is kept when the task that took it is complete: it decides after that, whatever becomes of the task
    setHandler(defineUpdate<DecisionAnswer, [Decision]>(messages.decide), async (sent) => {
      await this.work.turn(() => this.work.nextTask());
      return this.decide(sent, 'api');
    });
    setHandler(
      defineSignal<[unknown]>(messages.decide),
      async (sent) => void (await this.work.turn(() => this.decide(sent, 'signal'))),
    );
    setHandler(defineSignal<[ControlRequest]>(messages.pause), (sent) =>
      this.work.turn(() => this.control.pause(readControl(sent))),
    );
    setHandler(defineSignal<[ControlRequest]>(messages.resume), (sent) =>
      this.work.turn(() => this.control.resume(readControl(sent))),
    );
    setHandler(defineSignal<[ControlRequest]>(messages.cancel), (sent) =>
      this.work.turn(() => this.control.cancel(readControl(sent))),
    );
    setHandler(defineQuery<RunView>(messages.status), () => this.view());
    setHandler(
      defineQuery<StepPage, [{ from?: number; limit?: number }?]>(messages.steps),
      ({ from = 0, limit = 200 } = {}) => this.page(from, Math.min(limit, 500)),
    );
    setHandler(
      defineQuery<EventPage, [{ after?: number; limit?: number }?]>(messages.events),
      ({ after = 0, limit = 500 } = {}) => this.outbox.page(after, limit),
    );
  }

  private decide(sent: unknown, channel: 'api' | 'signal'): DecisionAnswer {
    const decision = readDecision(sent);
    if (typeof decision !== 'string') return this.approvals.decide(decision, channel);
    if (channel === 'signal')
      this.tell({ at: 'approval.refused', approvalId: 'unknown', by: 'unknown', reason: decision });
    return { outcome: 'refused', reason: 'malformed', message: decision };
  }

  private async conclude(
    tell: () => Promise<Conclusion>,
    orElse: (error: Failure, by?: string) => Conclusion,
  ): Promise<Conclusion> {
    try {
      return await tell();
    } catch (error) {
      if (error instanceof ContinueAsNew) throw error;
      const by = this.control.cancelled;
      return orElse(by === undefined ? failureOf(error) : { type: 'run.cancelled', message: `cancelled by ${by}` }, by);
    }
  }

  /**
   * Every end: told, recorded, mirrored; what Redis does not take is left to a child that reads the record. A regular
   * activity does it, so the server has kept all that led to this end before anybody hears of it.
   */
  private async finalise(conclusion: Conclusion): Promise<void> {
    const ended = new Date().toISOString();
    this.conclusion = conclusion;
    this.ended = ended;
    this.status = 'mirroring';
    this.approvals.cancelOpen();
    this.outbox.end(conclusion.last);
    const record: RecordHead = {
      ...this.view(),
      status: conclusion.status,
      ended_at: ended,
      result: { inline: conclusion.result },
      step_views: this.steps,
    };
    const end: RunEnd = {
      workflow_id: this.id,
      record: await this.value(record as unknown as Json, RECORD_LIMIT, 'store the record'),
      archives: this.outbox.page(0, 0).archives.map(({ ref }) => ref),
      events: this.outbox.inMemory(),
      after: this.outbox.flushed,
    };
    const { flushed } = await this.work.apart('endRun', end, 'write the record, publish the last events', 'workflows');
    if (flushed < this.outbox.last) await this.handOver();
    this.show(conclusion.status);
  }

  private async handOver(): Promise<void> {
    const { workflowId, taskQueue } = workflowInfo();
    const child = startChild('mirrorRecord', {
      args: [{ workflow_id: workflowId, after: this.outbox.flushed }],
      workflowId: `${workflowId}.mirror`,
      taskQueue,
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `the last events of ${workflowId}`,
    });
    await this.work.enter(child);
  }

  private answer({ status, result, error }: Conclusion): Json {
    if (status === 'completed') return result;
    if (status === 'cancelled' && this.control.cancelled === 'Temporal') throw new CancelledFailure('cancelled');
    throw ApplicationFailure.nonRetryable(error?.message ?? status, error?.type ?? `run.${status}`, result);
  }

  private async load(plan: Ref): Promise<{ maxParallel: number; result: Json | undefined }> {
    const steps: LoadedStep[] = [];
    for (let from = 0; ;) {
      const summary = `load the plan from step ${from}`;
      const page = await this.work.io('loadPlan', { plan, from }, summary, true);
      steps.push(...page.steps);
      if (page.next === undefined) {
        const snapshot = this.snapshotOf(plan);
        const rows = snapshot
          ? ((await this.work.io('loadValue', snapshot, 'load the snapshot')) as unknown as TableState)
          : [];
        this.table = new StepTable(steps, rows);
        this.plan = plan;
        return { maxParallel: page.max_parallel, result: page.result };
      }
      from = page.next;
    }
  }

  /** What the run before has left of this plan's steps; one that says no plan followed this one. */
  private snapshotOf({ $ref }: Ref): Ref | undefined {
    const { table, plan } = this.carried ?? {};
    return plan === undefined || plan.$ref === $ref ? table : undefined;
  }

  private async result(outcome: PlanOutcome, template: Json | undefined, input: Value): Promise<Value> {
    if (outcome.status !== 'completed' || template === undefined) return { inline: null };
    const ids = this.table.steps.map(({ id }) => id);
    const value = await renderValue(this.work, template, this.table.scope(input, ids));
    return await this.value(value, INLINE_LIMIT, 'store the result');
  }

  private async value(value: Json, limit: number, summary: string): Promise<Value> {
    return jsonBytes(value) <= limit ? { inline: value } : { ref: await this.work.io('storeValue', value, summary) };
  }

  /**
   * Goes on in a new run of the chain. What was said before is kept by the server before the task that ends this run,
   * which it may throw away; from the last check to the end nothing is awaited, so that nothing is lost.
   */
  async continueAsNew(): Promise<never> {
    await this.work.nextTask();
    const store = (value: Json) => this.work.io('storeValue', value, 'store a snapshot');
    await this.table.demote(store);
    const steps = this.table.steps.length;
    const table = steps === 0 ? undefined : await store(this.table.carry() as unknown as Json);
    // what somebody says while the events are packed is taken here, and adds to them
    while (!this.outbox.packed || !this.settled()) {
      await this.outbox.pack();
      await this.work.when(() => this.settled());
    }
    const carried: Carried = {
      once: this.done,
      outbox: this.outbox.carry(),
      approvals: this.approvals.carry(),
      control: this.control.carry(),
      started: this.started,
      table,
      plan: this.plan,
    };
    return await continueAsNew(this.input, carried);
  }

  /** Nothing that has been asked of the run is on its way in. */
  private settled(): boolean {
    return allHandlersFinished() && this.work.asked === 0;
  }

  private view(): RunView {
    const { workflowId, runId } = workflowInfo();
    const { error } = this.conclusion ?? {};
    return {
      workflow_id: workflowId,
      run_id: runId,
      process: this.spec.process,
      engine_version: ENGINE_VERSION,
      subject: this.spec.subject,
      correlation_id: this.spec.correlationId,
      status: this.state(),
      started_at: this.started,
      ...(this.ended === undefined ? {} : { ended_at: this.ended }),
      steps: { total: this.table.steps.length, ended: this.table.ended },
      approvals: this.questions,
      seq: this.outbox.last,
      ...(error === undefined ? {} : { error }),
      view: this.spec.view(this),
    };
  }

  private page(from: number, limit: number): StepPage {
    const total = this.table.steps.length;
    const steps = this.table.views(from, limit);
    return { total, steps, ...(from + steps.length < total ? { next: from + steps.length } : {}) };
  }

  private state(): RunStatus {
    if (this.conclusion) return this.status;
    if (this.control.paused) return 'paused';
    return this.approvals.waiting ? 'waiting' : 'running';
  }

  /** Shows people in the Web UI where the run is; says it only when it has changed. */
  private show(ending?: RunStatus): void {
    const status = ending ?? this.state();
    if (status === this.status) return;
    this.status = status;
    upsertSearchAttributes({ AweStatus: [status] });
    setCurrentDetails(`**${this.spec.title}**: ${status}`);
  }
}
