import {
  allHandlersFinished,
  CancelledFailure,
  CancellationScope,
  condition,
  continueAsNew,
  setCurrentDetails,
  upsertMemo,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { RecordHead } from '../../activities/engine/ending';
import { Causes, type CausesState } from '../../core/engine/causes';
import type { Spoken } from '../../core/engine/event';
import type { PlanOutcome, Reply } from '../../core/engine/job';
import type { EndingOffer, SegmentEnd } from '../../core/engine/segment';
import { StepTable } from '../../core/engine/table';
import type { Moment, Voice } from '../../core/engine/voice';
import { jsonBytes } from '../../core/identity';
import type { Subject } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { Failure, ProcessName } from '../../schemas/catalogue';
import type { PolicyLimits } from '../../schemas/policy';
import type { Ref, Value } from '../../schemas/refs';
import type { Decision, RunStatus, RunView, SignalPolicy, StepPage, StepView, Used } from '../../schemas/run';
import type { Recalled } from '../../schemas/recordings/recording';
import type { Replaying, Terms } from '../../schemas/terms';
import type { ToolMode } from '../../schemas/tool';
import { Approvals, type ApprovalState, type Question } from './approvals';
import { STATUS } from './attributes';
import { Budget, NOTHING_USED } from './budget';
import { Control, type ControlState, type Wish } from './control';
import { detailsOf } from './details';
import { answerOf, conclude, handOver, outcomeOf, TEMPORAL, type Conclusion, type OrElse } from './ends';
import { Follower, type CarriedPlan } from './follower';
import { listen } from './handlers';
import { Inbox } from './inbox';
import type { Patience } from './jobs';
import { Outbox, speakerOf, type OutboxState } from './outbox';
import { Work, type ProcessWork } from './work';

export type { Conclusion } from './ends';

/** The version of the interpreter, in every run's memo. It grows when stored histories need another code path. */
export const ENGINE_VERSION = 2;

/** Bytes of a record that travel inline to its activity; a larger one goes by reference. */
const RECORD_LIMIT = 64 * 1024;

/** Bytes of events that travel to a segment, in case it ends the run; with more, an activity of its own ends it. */
const OFFER_LIMIT = 16 * 1024;

/** The state of a run in Temporal's index, as `src/temporal/search-attributes.ts` has it. */

/** The name under which a chain keeps what it has used of its limits. */
const USED = 'used';

/** The name under which a chain keeps how many replies to each question have been repeated. */
const REPEATED = 'repeated';

/** The table of a run that follows no plan yet. */
const NO_STEPS = new StepTable([]);

/** A run, as its process starts it. */
export interface RunSpec {
  process: ProcessName;
  subject: Subject;
  correlationId: string;
  causationId?: string;
  title: string;
  signals: SignalPolicy;
  patience: Patience;
  mode: ToolMode;
  /** what holds for each call of the run, as it stands, besides its limits */
  terms?: (run: Run) => Terms | undefined;
  voice: Voice;
  /** the run is nothing but its plan, told in the words of plans: a segment may end it */
  isItsPlan?: true;
  /** people may change its plan under way */
  isChanged?: true;
  /** ends after which another run may go on from this one */
  isRetried?: readonly Conclusion['status'][];
  /** the way to answer a question of the process, for people who look at the run in Temporal's Web UI */
  answerBy?: (approvalId: string) => string;
  /** reason for refusing a decision of this kind; undefined where it is allowed */
  fault?: (kind: string, decision: Decision, channel: 'api' | 'signal') => string | undefined;
  /** the process's own picture of the run */
  view: (run: Run) => Json;
}

/** State that a run takes along when it continues as new: small things inline, the table of steps by reference. */
export interface Carried {
  once: { [name: string]: Json };
  outbox: OutboxState;
  approvals: ApprovalState[];
  control: ControlState;
  causes: CausesState;
  started: string;
  /** the plan under way: a run may follow several, one after the other */
  following?: CarriedPlan;
  /** the run goes on from one that has ended, because a person wants it */
  retry?: Retry;
}

/** A person's wish that an ended run goes on; `run_id`: the execution that has ended. */
export interface Retry {
  by: string;
  run_id: string;
  /** steps that are carried out once more, where the wish says so */
  steps?: { step: string; round: number }[];
}

/** Outcome of following a plan, with the value that it gives back. */
export type Followed = PlanOutcome & { result: Value };

/** The steps of a plan where they stand, for following it, or another that goes on from it. */
export interface Standing {
  /** the table of steps: a `TableState` */
  table?: Ref;
  /** the number of this following among those of the run */
  turn: number;
}

/** Outcome of a turn of following a plan. It has come to rest: `wished`, somebody wants a change; `held`, at a limit. */
export type TurnEnd = Followed | { status: 'wished' } | { status: 'held' };

/**
 * A run of a process: its events, its questions to people, its plan, and an end that is always told and recorded.
 * Handlers are registered when it is made, before anything is awaited.
 */
export class Run {
  /** the outside, as far as a process may ask for it */
  readonly work: ProcessWork;
  private readonly engine = new Work();
  private readonly outbox: Outbox;
  private readonly approvals: Approvals;
  private readonly control: Control;
  private readonly budget: Budget;
  private readonly causes: Causes;
  private readonly done: { [name: string]: Json };
  private readonly started: string;
  private follower: Follower | undefined;
  private turn = 1;
  /** the steps that the run before has left are followed here */
  private isTakenOver = false;
  /** moments that wait until a segment that may end the run has answered */
  private held: { moment: Moment; time: number }[] | undefined;
  private status: RunStatus = 'running';
  /** the state that Temporal's index has */
  private shown = workflowInfo().typedSearchAttributes.get(STATUS) ?? 'running';
  private isCancelRequested = false;
  private conclusion: Omit<Conclusion, 'last'> | undefined;
  private ended: string | undefined;
  private endedApart: SegmentEnd | undefined;
  private recalled: Recalled | undefined;

  constructor(
    private readonly spec: RunSpec,
    private readonly input: unknown,
    private readonly carried?: Carried,
  ) {
    const { process, subject, correlationId, causationId } = spec;
    this.work = this.engine;
    const speaker = speakerOf({ source: `awe.${process}`, subject, correlationId, causationId });
    this.outbox = new Outbox(this.engine, speaker, carried?.outbox);
    this.engine.carriage = this.outbox;
    this.causes = new Causes(carried?.causes);
    const fault: Required<RunSpec>['fault'] = (...decided) => spec.fault?.(...decided);
    this.approvals = new Approvals(spec.signals, (moment) => this.tell(moment), fault, carried?.approvals);
    this.control = new Control((moment) => this.tell(moment), carried?.control);
    const clocks = (): void => {
      const { pausedSince } = this.control;
      if (pausedSince === undefined) this.approvals.go();
      else this.approvals.stop(pausedSince);
    };
    clocks();
    this.control.watch(clocks);
    this.done = carried?.once ?? {};
    const used = (this.done[USED] as unknown as Used | undefined) ?? NOTHING_USED;
    this.budget = new Budget({ ...used }, () => this.control.changed());
    this.started = carried?.started ?? new Date().toISOString();
    const inbox = new Inbox({
      run: this.id,
      approvals: this.approvals,
      control: this.control,
      signals: spec.signals,
      work: this.engine,
      speak: (moment) => this.tell(moment),
    });
    listen({
      decide: (sent) => inbox.decide(sent),
      control: (request, sent) => inbox.control(request, sent),
      change: spec.isChanged && ((sent) => inbox.change(sent)),
      view: () => this.view(),
      steps: (from, limit) => this.stepPage(from, limit),
      events: (after, limit) => this.outbox.page(after, limit),
    });
    this.keepTime();
    if (!carried) upsertMemo({ title: spec.title, engine_version: ENGINE_VERSION });
  }

  /** Tells the story of the process, from its start to an end that is spoken, recorded and mirrored. */
  async story(tell: () => Promise<Conclusion>, orElse: OrElse): Promise<Json> {
    CancellationScope.current().cancelRequested.catch(() => {
      this.isCancelRequested = true;
      this.control.cancel(TEMPORAL);
    });
    this.show();
    return await CancellationScope.nonCancellable(async () => {
      const { recording } = this.spec.terms?.(this) ?? {};
      // whatever is awaited here before the story moves the histories of all others
      const told = recording?.mode === 'replay' ? () => this.recall(recording).then(tell) : tell;
      const conclusion = await conclude(told, orElse, () => this.control.cancelled);
      const ending = this.endedApart ?? (await this.end(conclusion));
      if (ending.flushed < ending.seq) await handOver(ending.flushed);
      this.conclusion ??= conclusion;
      if (this.conclusion.status === 'cancelled') await this.beCancelled();
      this.status = this.conclusion.status;
      this.show(outcomeOf(this.conclusion));
      return answerOf(this.conclusion);
    });
  }

  /** A replay learns the course of the run that was recorded. */
  private async recall(recording: Replaying): Promise<void> {
    this.recalled = await this.engine.io('recallRun', recording, 'read the course of the recorded run');
    const { replies } = this.recalled;
    this.approvals.recall = (id) => {
      const counts = this.kept<{ [id: string]: number }>(REPEATED) ?? {};
      const count = counts[id] ?? 0;
      this.keep(REPEATED, { ...counts, [id]: count + 1 });
      return replies[id]?.[count];
    };
  }

  /** Temporal calls a run cancelled only if it was asked to cancel it. */
  private async beCancelled(): Promise<void> {
    if (this.isCancelRequested) return;
    await this.engine.io('requestCancel', { workflow_id: this.id }, 'have Temporal call the run cancelled');
    await condition(() => this.isCancelRequested);
  }

  /** Speaks an event of the process. */
  speak(spoken: Spoken): void {
    this.keepTime();
    this.causes.tell((cause) => this.outbox.append(spoken, Date.now(), cause));
  }

  /** Does a part of the story once, however often the run continues as new. What it gives is kept: keep it small. */
  async once<T>(name: string, part: () => T | Promise<T>): Promise<T> {
    if (!(name in this.done)) this.done[name] = (await part()) as Json;
    return this.done[name] as T;
  }

  /** The run has ended before, and goes on from there: the record of that end is taken back, once, and that is told. */
  async takeBack(retry: Retry, tell: (retry: Retry) => void = () => undefined): Promise<void> {
    const { run_id } = retry;
    await this.once(`retried ${run_id}`, async () => {
      await this.work.io('takeBackRecord', { workflow_id: this.id, run_id }, 'take back the record of the end');
      tell(retry);
      return true;
    });
  }

  /** Keeps a value of the process, also across continue-as-new: small, JSON. The last one counts. */
  keep<T>(name: string, value: T): void {
    this.done[name] = value as Json;
  }

  /** The value that was kept under a name. */
  kept<T>(name: string): T | undefined {
    return this.done[name] as T | undefined;
  }

  /** Does a part of the story that a cancellation, or a limit, cuts short, wherever it stands. */
  async cuttable<T>(part: () => Promise<T>): Promise<T> {
    const scope = new CancellationScope();
    const isCut = () => this.control.cancelled !== undefined || this.overrun !== undefined;
    const unwatch = this.control.watch(() => isCut() && scope.cancel());
    try {
      if (isCut()) throw new CancelledFailure('cancelled');
      return await scope.run(part);
    } finally {
      unwatch();
    }
  }

  /** Waits while somebody has paused the run; a cancellation ends the wait. */
  async unpaused(): Promise<void> {
    if (!this.control.paused) return;
    await new Promise<void>((resolve) => {
      const unwatch = this.control.watch(() => {
        if (this.control.paused && this.control.cancelled === undefined) return;
        unwatch();
        resolve();
      });
    });
    if (this.control.cancelled !== undefined) throw new CancelledFailure('cancelled');
  }

  /** Asks a person, and waits for the reply. A run that is cancelled stops asking. */
  async ask(question: Question): Promise<Reply> {
    if (this.control.cancelled !== undefined || this.overrun) return { outcome: 'cancelled' };
    const { control } = this;
    const unwatch = control.watch(
      () => (control.cancelled !== undefined || control.isWished) && this.approvals.withdraw(question.id),
    );
    try {
      return await this.approvals.ask(question);
    } finally {
      unwatch();
    }
  }

  /**
   * Follows a plan to its end. `input` is what its expressions see under that name; `table` says which of its steps are
   * done. The scope around it cancels it: its steps are then cancelled, and the run goes on.
   */
  async follow(plan: Ref, input: Value, table?: Ref): Promise<Followed> {
    const end = await this.followTurn(plan, input, { table, turn: 1 });
    if (end.status === 'wished' || end.status === 'held')
      throw new Error('a process that takes changes, or has limits, follows turns');
    return end;
  }

  /** The same for a process that changes its plan: from where the steps stand, until somebody wants a change or a limit is reached. */
  async followTurn(plan: Ref, input: Value, { table, turn }: Standing): Promise<TurnEnd> {
    const { correlationId, mode, patience, isItsPlan } = this.spec;
    const follower = new Follower(
      {
        work: this.engine,
        approvals: this.approvals,
        control: this.control,
        budget: this.budget,
        ...{ correlationId, mode, patience, recalled: this.recalled },
        terms: () => this.spec.terms?.(this),
        speak: (moment, time) => this.tell(moment, time),
        offerEnding: () => (isItsPlan ? this.offerEnding() : undefined),
        closeOffer: (ended) => this.closeOffer(ended),
      },
      plan,
      input,
    );
    this.follower = follower;
    this.turn = turn;
    const end = await follower.follow(this.carriedTable(plan, turn) ?? table);
    if (end.status === 'carried') {
      if (this.control.isWished) return { status: 'wished' };
      return this.overrun ? { status: 'held' } : await this.continueAsNew();
    }
    if (end.status !== 'ended') {
      this.causes.endPlan(end, follower.table);
      const result: Value = end.status === 'completed' ? await follower.output() : { inline: null };
      return { ...end, result };
    }
    return this.endApart(end.end);
  }

  /** The table of steps as it stands, kept; undefined where none has begun. */
  async standing(): Promise<Ref | undefined> {
    return this.follower ? (await this.follower.carry()).table : this.carried?.following?.table;
  }

  /** The oldest change that somebody wants, which counts as taken up. */
  takeWish(): Wish | undefined {
    return this.control.takeWish();
  }

  get isWished(): boolean {
    return this.control.isWished;
  }

  /** The steps of the plan, as people see them. */
  get steps(): StepView[] {
    return this.follower?.table.views(0, Infinity) ?? [];
  }

  /** Bounds the run, over all runs of its chain. When its time is up, what is at work is cancelled, as a person would. */
  bind(limits: PolicyLimits | undefined): void {
    this.budget.bind(limits);
  }

  /** The limit that the run has reached. */
  get overrun(): Failure | undefined {
    return this.budget.failure;
  }

  /** The same, which counts as taken up: whoever takes it asks a person, or ends the run. */
  takeOverrun(): Failure | undefined {
    return this.budget.takeFailure();
  }

  /** What the run has used of its limits. */
  get used(): Used {
    return this.budget.used;
  }

  get questions(): RunView['approvals'] {
    return this.approvals.views();
  }

  /** The workflow id of the run. */
  get id(): string {
    return workflowInfo().workflowId;
  }

  /** Name of whoever cancelled the run, if anybody did. */
  get cancelled(): string | undefined {
    return this.control.cancelled;
  }

  /** Goes on in a new run of the chain. From the last check to the end nothing is awaited, so that nothing is lost. */
  async continueAsNew(): Promise<never> {
    const following = this.follower && { ...(await this.follower.carry()), turn: this.turn };
    // an event spoken while the events are packed adds to them, and so does a message whose proof is being checked
    while (!this.outbox.packed || !allHandlersFinished()) {
      await condition(allHandlersFinished);
      await this.outbox.pack();
    }
    this.keep(USED, this.budget.used);
    const carried: Carried = {
      once: this.done,
      outbox: this.outbox.carry(),
      approvals: this.approvals.carry(),
      control: this.control.carry(),
      causes: this.causes.carry(),
      started: this.started,
      following,
    };
    return await continueAsNew(this.input, carried);
  }

  /** Moments after the end have no place in the story: its last event is spoken, and its record is being written. */
  private tell(moment: Moment, time = Date.now()): void {
    if (this.conclusion) return;
    if (this.held) return void this.held.push({ moment, time });
    const say = (cause: number | undefined) =>
      this.spec.voice(moment).reduce((last, spoken) => this.outbox.append(spoken, time, last), cause);
    this.causes.tellMoment(moment, this.follower?.table ?? NO_STEPS, say);
    this.keepTime();
    this.show();
  }

  /** Every end by an activity: told, recorded, mirrored. */
  private async end(conclusion: Conclusion): Promise<{ seq: number; flushed: number }> {
    const ended = new Date().toISOString();
    this.conclusion = conclusion;
    this.ended = ended;
    this.status = 'mirroring';
    this.approvals.withdrawAll();
    this.budget.keepTime(false);
    this.keep(USED, this.budget.used);
    this.outbox.end();
    this.speak(conclusion.last);
    const head: RecordHead = {
      ...this.view(),
      status: conclusion.status,
      outcome: outcomeOf(conclusion),
      ended_at: ended,
      result: { inline: conclusion.result },
      step_views: this.steps,
      left: this.spec.isRetried?.includes(conclusion.status)
        ? { input: this.input as Json, once: this.done, rows: this.follower?.table.left.rows() }
        : undefined,
    };
    const record = head as unknown as Json;
    const events = { archives: this.outbox.archived, events: this.outbox.inMemory(), after: this.outbox.flushed };
    const kept: Value =
      jsonBytes(record) <= RECORD_LIMIT
        ? { inline: record }
        : { ref: await this.engine.io('storeValue', record, 'store the record') };
    const summary = 'write the record, publish the last events';
    const { flushed } = await this.engine.io('endRun', { record: kept, ...events }, summary);
    return { seq: this.outbox.last, flushed };
  }

  /** From now on nothing is said, until the segment has answered: its events may be the last. */
  private offerEnding(): EndingOffer | undefined {
    const isQuiet = this.control.cancelled === undefined && !this.approvals.waiting;
    if (!isQuiet || this.outbox.size > OFFER_LIMIT) return undefined;
    this.held = [];
    const { archived: archives, flushed, before } = this.outbox;
    const causes = this.causes.carry();
    return { view: this.view(), archives, events: this.outbox.inMemory(), flushed, before, causes };
  }

  private closeOffer(ended: boolean): void {
    const held = this.held ?? [];
    this.held = undefined;
    if (!ended) for (const { moment, time } of held) this.tell(moment, time);
  }

  /** A segment has ended the run: it is recorded and told. Whatever came meanwhile has come after the end. */
  private endApart(end: SegmentEnd): Followed {
    const { status, result, error } = end;
    this.status = 'mirroring';
    this.endedApart = end;
    this.conclusion = { status, result, error };
    return status === 'completed'
      ? { status, result: { inline: null } }
      : { status, error: error ?? { type: 'run.failed', message: status }, step: '', result: { inline: null } };
  }

  /** The table of this turn's steps that the run before has left; it is taken over once. */
  private carriedTable({ $ref }: Ref, turn: number): Ref | undefined {
    const { plan, table, turn: left = 1 } = this.carried?.following ?? {};
    if (this.isTakenOver || plan?.$ref !== $ref || left !== turn) return undefined;
    this.isTakenOver = true;
    return table;
  }

  private view(): RunView {
    const { workflowId, runId } = workflowInfo();
    const table = this.follower?.table;
    return {
      workflow_id: workflowId,
      run_id: runId,
      process: this.spec.process,
      engine_version: ENGINE_VERSION,
      subject: this.spec.subject,
      correlation_id: this.spec.correlationId,
      status: this.state(),
      started_at: this.started,
      ended_at: this.ended,
      paused: this.conclusion ? undefined : this.control.pauser,
      steps: { total: table?.steps.length ?? 0, ended: table?.ended ?? 0 },
      approvals: this.questions,
      seq: this.outbox.last,
      error: this.conclusion?.error,
      outcome: this.conclusion && outcomeOf(this.conclusion),
      view: this.spec.view(this),
    };
  }

  private stepPage(from: number, limit: number): StepPage {
    const { table } = this.follower ?? {};
    const total = table?.steps.length ?? 0;
    const steps = table?.views(from, limit) ?? [];
    const next = from + steps.length;
    return { total, steps, next: next < total ? next : undefined };
  }

  /** The time of a run goes while it does not wait for a person. */
  private keepTime(): void {
    this.budget.keepTime(!this.conclusion && !this.control.paused && !this.approvals.waiting);
  }

  private state(): RunStatus {
    if (this.conclusion) return this.status;
    if (this.control.paused) return 'paused';
    return this.approvals.waiting ? 'waiting' : 'running';
  }

  /** Shows the state of the run in the Web UI; the index learns of it only when it has changed. */
  private show(status: string = this.state()): void {
    const { title, signals, answerBy } = this.spec;
    const { questions, id: workflowId, conclusion } = this;
    const { pauser: paused } = this.control;
    setCurrentDetails(
      detailsOf({ title, workflowId, status, questions, paused, signals, error: conclusion?.error, answerBy }),
    );
    if (status === this.shown) return;
    this.shown = status;
    upsertSearchAttributes([{ key: STATUS, value: status }]);
  }
}
