import { CancellationScope } from '@temporalio/workflow';
import type { Failure } from '../../schemas/catalogue';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { Control } from './control';
import { Latch } from './latch';
import type { StepRunner, Waiting } from './step-runner';
import type { StepTable } from './table';

/** Steps that one run of the chain carries out, and bytes of inline outputs it keeps, before it continues as new. */
const CONTINUE_AFTER = { steps: 500, bytes: 256 * 1024 };

/** How a plan has ended. `carried`: it has not; the run continues as new and goes on there. */
export type PlanOutcome =
  | { status: 'completed' }
  | { status: 'carried' }
  | { status: 'failed'; error: Failure; step: string }
  | { status: 'cancelled'; by: string };

/**
 * Carries out a plan: what is ready starts, in parallel up to a limit; what has ended makes others ready.
 * Steps that wait (for a person, for time) take no place from those that work.
 */
export class Interpreter {
  private readonly byId = new Map<string, LoadedStep>();
  private readonly unmet = new Map<string, number>();
  private readonly dependents = new Map<string, LoadedStep[]>();
  private readonly ready: LoadedStep[] = [];
  private readonly changed = new Latch();
  private working = 0;
  private waiting = 0;
  private endedHere = 0;
  private isCut = false;
  private failure: { error: Failure; step: string } | undefined;

  constructor(
    private readonly table: StepTable,
    private readonly runner: StepRunner,
    private readonly control: Control,
    private readonly limits: {
      maxParallel: number;
      continueSuggested: () => boolean;
      cancel: (scope: CancellationScope) => Promise<void>;
    },
  ) {
    for (const step of table.steps) this.byId.set(step.id, step);
    for (const step of table.steps) {
      for (const need of step.needs) {
        const dependents = this.dependents.get(need);
        if (dependents) dependents.push(step);
        else this.dependents.set(need, [step]);
      }
      const unmet = step.needs.filter((need) => !this.isOver(need)).length;
      this.unmet.set(step.id, unmet);
      if (unmet === 0) this.makeReady(step);
    }
    control.watch(() => this.changed.open());
  }

  /** Carries the plan out, until it has ended or has to continue as new. */
  async run(): Promise<PlanOutcome> {
    const steps = new CancellationScope();
    await steps.run(async () => {
      for (;;) {
        if (this.control.cancelled !== undefined || this.failure) this.cut(steps);
        else if (this.leaving()) this.leave();
        else if (!this.control.paused) this.startReady();
        if (this.working + this.waiting === 0 && this.settled()) return;
        await this.changed.wait();
      }
    });
    return this.outcome();
  }

  /** What is under way is cancelled, once. */
  private cut(steps: CancellationScope): void {
    if (this.isCut || this.working + this.waiting === 0) return;
    this.isCut = true;
    void this.limits.cancel(steps);
  }

  /** Nothing runs: is there nothing left to start, or nothing that may start here? */
  private settled(): boolean {
    return (
      this.ready.length === 0 || this.control.cancelled !== undefined || this.failure !== undefined || this.leaving()
    );
  }

  private outcome(): PlanOutcome {
    if (this.failure) return { status: 'failed', ...this.failure };
    if (this.control.cancelled !== undefined) return { status: 'cancelled', by: this.control.cancelled };
    const unfinished = this.table.steps.some(({ id, reserve }) => !reserve && !this.isOver(id));
    return { status: unfinished ? 'carried' : 'completed' };
  }

  private leaving(): boolean {
    return (
      this.endedHere >= CONTINUE_AFTER.steps ||
      this.table.bytes >= CONTINUE_AFTER.bytes ||
      this.limits.continueSuggested()
    );
  }

  /** What works is let end; what waits goes on waiting in the next run of the chain. */
  private leave(): void {
    if (this.working === 0) this.runner.carry();
  }

  private startReady(): void {
    for (let i = 0; i < this.ready.length;) {
      const step = this.ready[i];
      const works = step?.kind === 'tool' || step?.kind === 'agent';
      if (!step || (works && this.working >= this.limits.maxParallel)) {
        i += 1;
        continue;
      }
      this.ready.splice(i, 1);
      void this.carryOut(step, works);
    }
  }

  private async carryOut(step: LoadedStep, works: boolean): Promise<void> {
    this.count(works, 1);
    const waiting: Waiting = (wait) => (works ? this.whileWaiting(wait) : wait());
    const end = this.isRecovering(step.id) ? 'failed' : await this.runner.run(step, waiting);
    if (end === 'failed') await this.recover(step, waiting);
    this.count(works, -1);
    if (this.isOver(step.id)) {
      this.endedHere += 1;
      for (const dependent of this.dependents.get(step.id) ?? []) {
        const unmet = (this.unmet.get(dependent.id) ?? 0) - 1;
        this.unmet.set(dependent.id, unmet);
        if (unmet === 0) this.makeReady(dependent);
      }
    }
    this.changed.open();
  }

  /** A step has failed for good: the run fails, goes on without it, or its fallback gives the output. */
  private async recover(step: LoadedStep, waiting: Waiting): Promise<void> {
    const error = this.table.get(step.id).error ?? { type: 'internal', message: 'failed' };
    if (step.on_error === 'fail') this.failure ??= { error, step: step.id };
    else if (step.on_error === 'continue') this.runner.recovered(step, 'continue');
    else {
      const fallback = this.byId.get(step.on_error.fallback);
      const end = fallback ? await this.runner.run(fallback, waiting) : 'failed';
      if (fallback && end === 'completed') {
        this.table.set(step.id, {
          status: 'completed',
          output: this.table.get(fallback.id).output ?? { inline: null },
        });
        this.runner.recovered(step, fallback.id);
      } else if (end === 'failed' || end === 'skipped') this.failure ??= { error, step: step.id };
    }
  }

  private makeReady(step: LoadedStep): void {
    if (!step.reserve && !this.isOver(step.id)) this.ready.push(step);
  }

  /** Whether a step has ended, and its fallback too, where that has taken its place. */
  private isOver(id: string): boolean {
    return this.table.hasEnded(id) && !this.isRecovering(id);
  }

  /** It has failed, and its fallback goes on: here, or in the next run of the chain. */
  private isRecovering(id: string): boolean {
    const way = this.byId.get(id)?.on_error;
    return typeof way === 'object' && this.table.get(id).status === 'failed' && !this.table.hasEnded(way.fallback);
  }

  private async whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    this.count(true, -1);
    this.count(false, 1);
    this.changed.open();
    try {
      return await wait();
    } finally {
      this.count(false, -1);
      this.count(true, 1);
    }
  }

  private count(works: boolean, change: 1 | -1): void {
    if (works) this.working += change;
    else this.waiting += change;
  }
}
