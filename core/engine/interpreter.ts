import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Value } from '../../schemas/refs';
import type { Scope } from '../../schemas/step-call';
import type { Finding, Verdict } from '../../schemas/tool';
import { parseDuration } from '../plan/duration';
import { ExpressionError } from '../plan/expressions';
import { MOST_ROWS } from './elements';
import { isWork, type Job, type JobEnd, type PlanOutcome, type Reply, type Side } from './job';
import { OpenSteps } from './open-steps';
import { newParts, type Part } from './parts';
import { renderInline } from './scope';
import type { StepTable, TableState } from './table';
import type { StepMoment } from './voice';

/**
 * Carries out a plan, as pure code that runs in two places: in the workflow, for jobs that must be durable alone, and
 * in segments, for everything short. Each takes the table of steps where the other has left it, does its jobs, and
 * hands it on. Nothing here waits: a job that ends leads to the next ones at once, so the order of answers is
 * the order of their effects.
 *
 * Steps that wait (for a person, for time) take no place from those that work.
 */
export class Interpreter {
  private readonly steps: OpenSteps;
  private readonly active = new Map<string, Job>();
  /** steps that have been said to wait for a place */
  private readonly announced = new Set<string>();
  private work = 0;
  private settled = 0;

  constructor(
    private readonly table: StepTable,
    private readonly side: Side,
    private readonly input: Value,
  ) {
    this.steps = new OpenSteps(table, ({ id }) => {
      const job = this.active.get(id);
      if (job && !isWork(job)) side.withdraw(job);
    });
  }

  /** Takes over the rows that the other side has changed. */
  absorb(rows: TableState): void {
    for (const [id, state] of rows) {
      const { status: before, said } = this.table.get(id);
      this.table.put(id, { ...state, said });
      this.steps.takeOver(id, state.status !== before);
    }
  }

  /**
   * Begins every job that this side may do now, with at most `most` steps at work. While the run is `paused`, steps
   * that have begun go on to their end, and no other begins.
   */
  advance(most: number, paused = false): void {
    // steps that become ready by this, and elements that join, are begun in their turn
    for (const step of this.steps) {
      if (this.failed) return;
      this.steps.join(step);
      const job = this.due(step, paused);
      if (!job || !this.side.takes(job, this.table.get(step.id))) continue;
      if (!isWork(job) || this.work < most) this.begin(step, job);
      else this.announce(step);
    }
  }

  /** Steps that wait for a job that `takes` would do. */
  waitingFor(takes: Side['takes'], paused = false): string[] {
    const ids: string[] = [];
    for (const step of this.steps) {
      const job = this.due(step, paused);
      if (job && takes(job, this.table.get(step.id))) ids.push(step.id);
    }
    return ids;
  }

  /** True where the rows of a list wait for the other side to gather them, which needs a place. */
  get owesPart(): boolean {
    return this.steps.elements.hasEndedPart;
  }

  /** Steps that work here; those that wait do not count. */
  get working(): number {
    return this.work;
  }

  /** Steps that have ended by jobs of this side. */
  get ended(): number {
    return this.settled;
  }

  /** Jobs that are under way here. */
  get busy(): number {
    return this.active.size;
  }

  /** Outcome of the plan; undefined while a step is open, or under way here. `by`: whoever cancelled the run. */
  outcome(by?: string): PlanOutcome | undefined {
    if (this.active.size > 0) return undefined;
    const { failure, haveEnded } = this.steps;
    if (failure) return { status: 'failed', ...failure };
    if (by !== undefined) return { status: 'cancelled', by };
    return haveEnded ? { status: 'completed' } : undefined;
  }

  get failed(): boolean {
    return this.steps.failure !== undefined;
  }

  /** Steps whose needs are met and that have not ended, those within groups and elements too. */
  get openSteps(): Iterable<LoadedStep> {
    return this.steps;
  }

  /** Nothing goes on any more: steps that have begun and are not under way are cancelled. */
  cancelRest(): void {
    for (const { id } of this.table.steps) {
      const { status } = this.table.get(id);
      if (status !== 'pending' && !this.table.hasEnded(id) && !this.active.has(id))
        this.table.set(id, { status: 'cancelled', ended: this.side.now() });
    }
  }

  /** The steps that expressions of a step see. */
  scope(step: LoadedStep, ids: readonly string[]): Scope {
    return this.table.scope(this.input, ids, step);
  }

  /** The job of a step that may begin now, on either side. */
  private due(step: LoadedStep, paused: boolean): Job | undefined {
    if (this.active.has(step.id) || (paused && !this.hasBegun(step))) return undefined;
    const job = this.next(step);
    return job && !this.isIdle(job) ? job : undefined;
  }

  /** A pause between two rounds may last, so a step that comes out of one begins like any other. */
  private hasBegun({ id }: LoadedStep): boolean {
    const { rounds, rest } = this.table.get(id);
    return rounds > 0 && rest === undefined;
  }

  /**
   * True for a job that has come to nothing: an element has failed the run, and its step is yet to say so; or a step has
   * failed its group, where what works goes on to its end.
   */
  private isIdle({ do: what, step }: Job): boolean {
    if (what === 'gather' || what === 'close') return false;
    const { elements, groups } = this.steps;
    return elements.fails || (groups.isStopping(step) && this.table.get(step.id).status !== 'running');
  }

  /** A step's next job; undefined where it has just ended without one. */
  private next(step: LoadedStep): Job | undefined {
    const { elements, groups } = this.steps;
    const state = this.table.get(step.id);
    if (state.status === 'pending' && !step.element) {
      const reason = this.skipped(step);
      if (typeof reason === 'object') return reason;
      if (reason !== undefined) return void this.skip(step, reason);
    }
    if (this.table.hasEnded(step.id)) return undefined;
    switch (step.kind) {
      case 'approval':
        return { do: 'ask', step };
      case 'wait':
        return { do: 'wait', step };
      case 'tool':
      case 'agent':
      case 'workflow':
      case 'group': {
        if (step.for_each) return elements.next(step, step.for_each.list, groups.isStopping(step));
        if (elements.isLate(step)) return undefined;
        const { rounds: round, review: findings, unchecked, rest } = this.table.get(step.id);
        if (rest) return { do: 'rest', step, until: rest };
        if (findings) return { do: 'review', step, round, findings };
        if (unchecked && step.until) return { do: 'check', step, round, until: step.until };
        if (step.kind !== 'group') return { do: 'round', step, round: state.status === 'running' ? round : round + 1 };
        if (state.status !== 'running') return { do: 'open', step, round: round + 1 };
        const end = groups.endOf(step);
        return end && { do: 'close', step, ...end };
      }
    }
  }

  /** Reason for skipping a step, if it is skipped; a job where only a file can tell. */
  private skipped(step: LoadedStep): string | Job | undefined {
    const { when, needs, beside = needs } = step;
    if (when === undefined) {
      // a fallback runs because its step has failed, whatever it reads
      if (step.reserve) return undefined;
      const all = beside.length > 0 && beside.every((need) => this.table.get(need).status === 'skipped');
      return all ? `all steps that it depends on were skipped: ${beside.join(', ')}` : undefined;
    }
    try {
      const rendered = renderInline(when, this.scope(step, needs));
      if (!rendered) return { do: 'condition', step, when };
      if (rendered.value !== true) return notMet(when);
      this.table.set(step.id, { status: 'ready' });
      return undefined;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.fail(step, { type: error.code, message: error.message });
      return undefined;
    }
  }

  /** A step that has not begun waits for a place: that is said once. */
  private announce(step: LoadedStep): void {
    if (this.announced.has(step.id) || this.table.saidBy(step.id) !== undefined || step.element || step.within) return;
    if (!this.side.announces?.()) return;
    this.announced.add(step.id);
    this.say({ at: 'step.ready', step });
  }

  private begin(step: LoadedStep, job: Job): void {
    const { id } = step;
    const state = this.table.get(id);
    const started = state.started ?? this.side.now();
    switch (job.do) {
      case 'round':
      case 'open':
        if (state.status !== 'running') {
          this.table.set(id, { status: 'running', rounds: job.round, started, rest: undefined, attempts: undefined });
          this.say({ at: 'step.started', step, round: job.round });
        }
        break;
      case 'list':
        if (state.status === 'running') break;
        this.table.set(id, { status: 'running', rounds: state.rounds + 1, started });
        this.say({ at: 'step.started', step, round: state.rounds + 1 });
        break;
      case 'review':
      case 'rest':
        this.table.set(id, { status: 'waiting' });
        break;
      case 'ask':
        this.table.set(id, { status: 'waiting', rounds: Math.max(state.rounds, 1), started });
        break;
      case 'wait':
        if (state.status === 'waiting') break;
        this.table.set(id, { status: 'waiting', rounds: 1, started });
        this.say({ at: 'step.started', step, round: 1 });
        break;
      case 'condition':
      case 'check':
      case 'gather':
      case 'close':
        break;
    }
    this.active.set(id, job);
    if (isWork(job)) this.work += 1;
    this.side.begin(job, (how) => this.end(job, how));
  }

  private end(job: Job, how: JobEnd): void {
    const { step } = job;
    this.active.delete(step.id);
    if (isWork(job)) this.work -= 1;
    if (!this.steps.has(step)) return;
    if ('failed' in how) this.fail(step, how.failed, how.attempts);
    else if ('cancelled' in how) this.table.set(step.id, { status: 'cancelled', ended: this.side.now() });
    else if ('apart' in how) this.table.set(step.id, { apart: true, attempts: 1 });
    else if ('output' in how) this.deliver(step, how);
    else if ('listed' in how) this.list(step, how.listed);
    else if ('opened' in how) this.steps.enter(step);
    else if ('rested' in how) this.table.set(step.id, { status: 'ready', rest: 0 });
    else if ('gathered' in how) {
      this.table.set(step.id, { output: how.gathered });
      this.complete(step);
    } else if ('part' in how) this.keepPart(step, how.part, how.gatheredPart);
    else if ('holds' in how) {
      if (how.holds) this.table.set(step.id, { status: 'ready' });
      else this.skip(step, notMet(step.when ?? ''));
    } else if ('verdict' in how) this.weigh(job, how.verdict);
    else if ('waitedUntil' in how) {
      this.table.set(step.id, { output: { inline: { waited_until: new Date(how.waitedUntil).toISOString() } } });
      this.complete(step);
    } else if ('reply' in how && job.do === 'review') this.reviewed(job, how.reply);
    else if ('reply' in how) this.answered(step, how.reply);
  }

  /** A list that does not fit in beside others is made again when they have ended. */
  private list(step: LoadedStep, { count, list }: { count: number; list: Value }): void {
    const { elements } = this.steps;
    if (!elements.mayHaveRoom(step, count)) {
      const message = `${count} elements, and those of the loops around, are over ${MOST_ROWS}: use shorter lists`;
      return this.fail(step, { type: 'for_each.too_many', message });
    }
    this.table.set(step.id, {
      each: elements.hasRoom(count) ? { count, list, parts: newParts(count) } : { count },
    });
    elements.watch(step);
  }

  private keepPart(step: LoadedStep, part: number, gathered: Part): void {
    const { each } = this.table.get(step.id);
    const parts = each?.parts?.map((known, at) => (at === part ? gathered : known));
    if (each) this.table.set(step.id, { each: { ...each, parts } });
  }

  private deliver(step: LoadedStep, { output, attempts }: { output: Value; attempts?: number }): void {
    this.table.set(step.id, { output, attempts, apart: undefined, rework: undefined });
    if (step.until) this.table.set(step.id, { unchecked: true });
    else this.complete(step);
  }

  private weigh(job: Job, { accepted, findings }: Verdict): void {
    if (job.do !== 'check') return;
    const { step, until, round } = job;
    this.table.set(step.id, { unchecked: undefined, apart: undefined });
    if (accepted) this.complete(step, until.check);
    else if (round < until.rounds) {
      this.rework(step, until.check, findings);
      const pause = parseDuration(until.every);
      if (pause) this.table.set(step.id, { rest: this.side.now() + pause });
    } else if (until.otherwise === 'ask') this.table.set(step.id, { review: findings });
    else this.fail(step, notAccepted(NOT_MET, findings));
  }

  private reviewed({ step, findings }: Extract<Job, { do: 'review' }>, reply: Reply): void {
    if (reply.outcome === 'carried') return;
    this.table.set(step.id, { status: 'running', review: undefined });
    if (reply.outcome !== 'decided') return this.fail(step, notAccepted(`review.${reply.outcome}`, findings));
    const { by, choice, comment } = reply.decision;
    if (choice === 'accept') this.complete(step, by);
    else if (choice === 'reject') this.fail(step, notAccepted('review.rejected', findings));
    else this.rework(step, by, findings, comment);
  }

  private answered(step: LoadedStep, reply: Reply): void {
    switch (reply.outcome) {
      case 'carried':
        return;
      case 'cancelled':
        return void this.table.set(step.id, { status: 'cancelled', ended: this.side.now() });
      case 'expired': {
        const reason = 'nobody has decided in time';
        if (step.approval?.on_expiry === 'skip') return this.skip(step, reason);
        return this.fail(step, { type: 'approval.expired', message: reason });
      }
      case 'decided': {
        const { choice, by, comment } = reply.decision;
        if (choice === 'reject') {
          const message = `rejected by ${by}${comment ? `: ${comment}` : ''}`;
          return this.fail(step, { type: 'approval.rejected', message });
        }
        this.table.set(step.id, { output: { inline: { choice, by, comment: comment ?? null, data: reply.data } } });
        return this.complete(step, by);
      }
    }
  }

  private rework(step: LoadedStep, requestedBy: string, findings: Finding[], instruction?: string): void {
    const { rounds: round } = this.table.set(step.id, { status: 'ready', rework: { findings, instruction } });
    this.say({ at: 'step.retried', step, round, requestedBy, findings });
  }

  /** A thousand elements would drown a run's story: what happens to them shows in the counts of their step. */
  private say(moment: StepMoment): void {
    const { element, within } = moment.step;
    if (!element && !within?.silent) this.side.speak(moment);
  }

  private complete(step: LoadedStep, acceptedBy?: string): void {
    const state = this.table.set(step.id, { status: 'completed', ended: this.side.now() });
    this.say({ at: 'step.completed', step, state, acceptedBy });
    this.settle(step);
  }

  private skip(step: LoadedStep, reason: string): void {
    this.table.set(step.id, { status: 'skipped', ended: this.side.now() });
    this.say({ at: 'step.skipped', step, reason });
    this.settle(step);
  }

  private fail(step: LoadedStep, error: Failure, attempts?: number): void {
    this.table.set(step.id, { status: 'failed', ended: this.side.now(), error, attempts });
    this.say({ at: 'step.failed', step, error });
    if (step.on_error === 'continue') this.say({ at: 'step.recovered', step, by: 'continue' });
    this.settle(step);
  }

  /** Ends a step here; its dependents go on. A fallback that has delivered stands for its step. */
  private settle(step: LoadedStep): void {
    this.settled += 1;
    this.steps.follow(step);
    const primary = this.steps.primaryOf(step);
    if (!primary || this.table.get(step.id).status !== 'completed') return;
    this.table.set(primary.id, { status: 'completed', output: this.table.get(step.id).output ?? { inline: null } });
    this.say({ at: 'step.recovered', step: primary, by: step.id });
    this.steps.follow(primary);
  }
}

/** Failure of a step whose last round its check has not accepted. */
export const NOT_MET = 'until.not_met';

const notMet = (when: string): string => `its condition is not met: ${when}`;

function notAccepted(type: string, findings: Finding[]): Failure {
  const words = findings.map(({ code, message }) => `${code}: ${message}`).join('; ');
  return { type, message: `not accepted: ${words || 'no reason given'}`.slice(0, 2000) };
}
