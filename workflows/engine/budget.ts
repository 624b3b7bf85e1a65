import { CancellationScope, sleep } from '@temporalio/workflow';
import { parseDuration } from '../../core/plan/duration';
import { withAnswerer, withSpending } from '../../core/engine/spending';
import type { Failure } from '../../schemas/catalogue';
import type { PolicyLimits } from '../../schemas/policy';
import type { Used } from '../../schemas/run';
import type { ModelSpending } from '../../schemas/step-call';

/** What a chain has used before its first run. */
export const NOTHING_USED: Used = { steps: 0, time_ms: 0, tokens: 0, money: '0' };

/**
 * The limits of a run, over all runs of its chain, and what it has used of them. It holds the run to those in steps and
 * time; its time stands still while it is paused or waits for a person. The gateway holds it to those in tokens and
 * money, the tool runtime to that in effects. Without limits it counts alone.
 */
export class Budget {
  private bounds: PolicyLimits = {};
  private reached: Failure | undefined;
  /** steps that the segment under way may begin */
  private lent = 0;
  /** since when its time goes, UTC milliseconds; undefined while it stands still */
  private since: number | undefined;
  private timer = new CancellationScope();

  constructor(
    /** as it was when the time last stood still */
    private spent: Used,
    /** called when the time is up */
    private readonly ring: () => void,
  ) {}

  get limits(): PolicyLimits {
    return this.bounds;
  }

  /** Sets the limits, from now on. */
  bind(limits: PolicyLimits = {}): void {
    this.bounds = limits;
    this.arm();
  }

  /** The reason why the run may not go on. */
  get failure(): Failure | undefined {
    return this.reached;
  }

  /** Nothing may be at work any more. */
  get isTimeUp(): boolean {
    return this.reached?.type === 'limit.time';
  }

  /** The reason why it may not go on, which counts as taken up: nothing is cut off for it any more. */
  takeFailure(): Failure | undefined {
    const { reached } = this;
    this.reached = undefined;
    return reached;
  }

  get used(): Used {
    const { time_ms } = this.spent;
    return { ...this.spent, time_ms: time_ms + (this.since === undefined ? 0 : Date.now() - this.since) };
  }

  /** Steps that may begin here. */
  get left(): number {
    return (this.bounds.steps ?? Infinity) - this.spent.steps - this.lent;
  }

  /** Steps that a segment may begin; the rest stays here, as both begin steps at the same time. */
  lend(): number | undefined {
    if (this.bounds.steps === undefined) return undefined;
    return (this.lent = Math.ceil(this.left / 2));
  }

  /** The segment has answered. */
  repay(begun: number): void {
    this.lent = 0;
    this.spent.steps += begun;
  }

  begin(): void {
    this.spent.steps += 1;
  }

  /** A model has answered; null: nobody knows what that has taken. */
  spend(said: Partial<ModelSpending> | null): void {
    this.spent = { ...this.spent, ...withSpending(this.spent, said), ...withAnswerer(this.spent, said ?? {}) };
  }

  /** A step cannot begin for want of steps. */
  endSteps(): void {
    this.reached ??= {
      type: 'limit.steps',
      message: `the policy allows ${this.bounds.steps} executions of steps, and all of them have begun`,
    };
  }

  /** The time goes, or stands still. */
  keepTime(isGoing: boolean): void {
    if (isGoing === (this.since !== undefined)) return;
    this.spent.time_ms = this.used.time_ms;
    this.since = isGoing ? Date.now() : undefined;
    this.arm();
  }

  private arm(): void {
    this.timer.cancel();
    const limit = parseDuration(this.bounds.time);
    if (limit === undefined || this.since === undefined || this.reached) return;
    const left = limit - this.used.time_ms;
    if (left <= 0) return this.endTime();
    const timer = (this.timer = new CancellationScope());
    const wait = async (): Promise<void> => {
      await sleep(left, { summary: `the time that the policy allows, ${this.bounds.time}` });
      this.endTime();
      this.ring();
    };
    void CancellationScope.nonCancellable(() => timer.run(wait)).catch(() => undefined);
  }

  private endTime(): void {
    this.reached ??= { type: 'limit.time', message: `the policy allows ${this.bounds.time}, and that time is up` };
  }
}
