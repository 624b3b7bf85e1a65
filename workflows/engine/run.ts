import { CancelledFailure, CancellationScope, workflowInfo } from '@temporalio/workflow';
import type { RecordHead } from '../../activities/engine/ending';
import type { Spoken } from '../../core/engine/event';
import type { PlanOutcome, Reply } from '../../core/engine/job';
import { StepTable } from '../../core/engine/table';
import type { Moment, Voice } from '../../core/engine/voice';
import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { PolicyLimits } from '../../schemas/policy';
import type { Recalled } from '../../schemas/recordings/recording';
import type { Ref, Value } from '../../schemas/refs';
import type { Decision, RunView, StepView, Used } from '../../schemas/run';
import type { Replaying, Terms } from '../../schemas/terms';
import type { ToolMode } from '../../schemas/tool';
import { Approvals, type Question } from './approvals';
import { Budget, NOTHING_USED } from './budget';
import { carryOn, type Carried, type Retry } from './carried';
import { Control, type Wish } from './control';
import { answerOf, conclude, Ending, outcomeOf, TEMPORAL, type Conclusion, type OrElse } from './ending';
import { Follower } from './follower';
import { listen } from './handlers';
import { Inbox } from './inbox';
import type { Patience } from './jobs';
import { Outbox, speakerOf } from './outbox';
import { Picture, type RunFacts } from './picture';
import { Teller } from './teller';
import { Work, type ProcessWork } from './work';

export type { Carried, Retry } from './carried';
export type { Conclusion } from './ending';

/** The name under which a chain keeps what it has used of its limits. */
const USED = 'used';

/** The name under which a chain keeps how many replies to each question have been repeated. */
const REPEATED = 'repeated';

/** The table of a run that follows no plan yet. */
const NO_STEPS = new StepTable([]);

/** A run, as its process starts it. */
export interface RunSpec extends RunFacts {
  causationId?: string;
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
  /** reason for refusing a decision of this kind; undefined where it is allowed */
  fault?: (kind: string, decision: Decision, channel: 'api' | 'signal') => string | undefined;
  /** the process's own picture of the run */
  view: (run: Run) => Json;
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
  private readonly teller: Teller;
  private readonly approvals: Approvals;
  private readonly control: Control;
  private readonly budget: Budget;
  private readonly ending: Ending;
  private readonly picture: Picture;
  private readonly done: { [name: string]: Json };
  private readonly started: string;
  private follower: Follower | undefined;
  private turn = 1;
  /** the steps that the run before has left are followed here */
  private isTakenOver = false;
  private recalled: Recalled | undefined;

  constructor(
    private readonly spec: RunSpec,
    private readonly input: unknown,
    private readonly carried?: Carried,
  ) {
    const { process, subject, correlationId, causationId, signals, voice, fault = () => undefined } = spec;
    const { engine: work } = this;
    this.work = work;
    this.done = carried?.once ?? {};
    const speaker = speakerOf({ source: `awe.${process}`, subject, correlationId, causationId });
    const outbox = (this.outbox = new Outbox(work, speaker, carried?.outbox));
    work.carriage = outbox;
    const table = () => this.follower?.table ?? NO_STEPS;
    const teller = (this.teller = new Teller({ outbox, voice, table, told: () => this.changed() }, carried?.causes));
    const tell = (moment: Moment) => teller.tell(moment);
    const approvals = (this.approvals = new Approvals(signals, tell, fault, carried?.approvals));
    const control = (this.control = new Control(tell, carried?.control));
    this.keepClocks();
    control.watch(() => this.keepClocks());
    const used = (this.done[USED] as unknown as Used | undefined) ?? NOTHING_USED;
    const budget = (this.budget = new Budget({ ...used }, () => control.changed()));
    const parts = { work, outbox, teller, approvals, control, budget };
    const view = () => this.picture.view();
    const left = (status: Conclusion['status']) => this.left(status);
    const ending = (this.ending = new Ending({ ...parts, view, steps: () => this.steps, left }));
    const started = (this.started = carried?.started ?? new Date().toISOString());
    const own = () => spec.view(this);
    this.picture = new Picture({ facts: spec, started, approvals, control, outbox, ending, table, own });
    const inbox = new Inbox({ run: this.id, approvals, control, signals, work, speak: tell });
    listen({
      decide: (sent, route) => inbox.decide(sent, route),
      control: (request, sent) => inbox.control(request, sent),
      change: spec.isChanged && ((sent) => inbox.change(sent)),
      view,
      steps: (from, limit) => this.picture.stepPage(from, limit),
      events: (after, limit) => outbox.page(after, limit),
    });
    this.keepTime();
    if (!carried) this.picture.introduce();
  }

  /** Tells the story of the process, from its start to an end that is spoken, recorded and mirrored. */
  async story(tell: () => Promise<Conclusion>, orElse: OrElse): Promise<Json> {
    CancellationScope.current().cancelRequested.catch(() => {
      this.ending.isCancelRequested = true;
      this.control.cancel(TEMPORAL);
    });
    this.picture.show();
    return await CancellationScope.nonCancellable(async () => {
      const { recording } = this.spec.terms?.(this) ?? {};
      // whatever is awaited here before the story moves the histories of all others
      const told = recording?.mode === 'replay' ? () => this.recall(recording).then(tell) : tell;
      const conclusion = await conclude(told, orElse, () => this.control.cancelled);
      const ended = await this.ending.end(conclusion);
      this.picture.show(outcomeOf(ended));
      return answerOf(ended);
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

  /** Speaks an event of the process. */
  speak(spoken: Spoken): void {
    this.keepTime();
    this.teller.speak(spoken);
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
        speak: (moment, time) => this.teller.tell(moment, time),
        offerEnding: () => (isItsPlan ? this.ending.offer() : undefined),
        closeOffer: (ended) => this.teller.release(ended),
      },
      plan,
      input,
    );
    this.follower = follower;
    this.turn = turn;
    const end = await follower.follow(this.carriedTable(plan, turn) ?? table);
    const nothing: Value = { inline: null };
    switch (end.status) {
      case 'carried':
        if (this.control.isWished) return { status: 'wished' };
        return this.overrun ? { status: 'held' } : await this.continueAsNew();
      case 'ended': {
        this.ending.endApart(end.end);
        const { status, error = { type: 'run.failed', message: status } } = end.end;
        return status === 'completed' ? { status, result: nothing } : { status, error, step: '', result: nothing };
      }
      default:
        this.teller.endPlan(end);
        return { ...end, result: end.status === 'completed' ? await follower.output() : nothing };
    }
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

  /** Goes on in a new run of the chain. */
  async continueAsNew(): Promise<never> {
    const following = this.follower && { ...(await this.follower.carry()), turn: this.turn };
    return await carryOn(this.input, this.outbox, () => ({
      once: this.allDone(),
      approvals: this.approvals.carry(),
      control: this.control.carry(),
      causes: this.teller.carry(),
      started: this.started,
      following,
    }));
  }

  /** State that an end of this kind leaves to another run, which may go on from it. */
  private left(status: Conclusion['status']): RecordHead['left'] {
    if (!this.spec.isRetried?.includes(status)) return undefined;
    return { input: this.input as Json, once: this.allDone(), rows: this.follower?.table.left.rows() };
  }

  /** All that is done once or kept, with what has been used of the limits. */
  private allDone(): { [name: string]: Json } {
    this.keep(USED, this.budget.used);
    return this.done;
  }

  /** The table of this turn's steps that the run before has left; it is taken over once. */
  private carriedTable({ $ref }: Ref, turn: number): Ref | undefined {
    const { plan, table, turn: left = 1 } = this.carried?.following ?? {};
    if (this.isTakenOver || plan?.$ref !== $ref || left !== turn) return undefined;
    this.isTakenOver = true;
    return table;
  }

  /** Something has happened that people may see. */
  private changed(): void {
    this.keepTime();
    this.picture.show();
  }

  /** The time of a run goes while it does not wait for a person. */
  private keepTime(): void {
    this.budget.keepTime(this.picture.state === 'running');
  }

  /** The clocks of questions stand still while the run is paused. */
  private keepClocks(): void {
    const { pausedSince } = this.control;
    if (pausedSince === undefined) this.approvals.go();
    else this.approvals.stop(pausedSince);
  }
}
