import {
  ActivityCancellationType,
  CancelledFailure,
  CancellationScope,
  scheduleActivity,
  scheduleLocalActivity,
  sleep,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { EngineActivities } from '../../activities';
import type { StepCall, StepClass, StepResult } from '../../schemas/step-call';
import { isRetryable, workerLost } from './failure';
import { Gate } from './gate';
import { Turnstile } from './turnstile';

/** A lost worker is no fault of the tool: its step is handed to the next worker so many times. */
const HANDOVERS = 30;

/** A worker that is gone is noticed after this; what takes longer than a moment heartbeats at least once a second. */
const HEARTBEAT = '4s';

/** What is short, and may be repeated: one attempt, and well under half of a workflow task (5 s) in all. */
const LOCAL = { scheduleToCloseTimeout: '2s', retry: { maximumAttempts: 1 } } as const;

type Name = keyof EngineActivities;
type Input<K extends Name> = Parameters<EngineActivities[K]>[0];
type Output<K extends Name> = Awaited<ReturnType<EngineActivities[K]>>;

/** The classes of work that a run can ask for, each with its queue, its time limits and its attempts. */
export class Work {
  private readonly turnstile = new Turnstile();
  private waitingForTurn = 0;
  private readonly closing = new Set<CancellationScope>();
  private readonly gate = new Gate(() => this.nextTask());
  private readonly queue: (name: StepClass['queue'] | 'mirror' | 'workflows') => string;

  constructor() {
    const own = workflowInfo().taskQueue;
    const prefix = own.slice(0, own.lastIndexOf('-'));
    this.queue = (name) => `${prefix}-${name}`;
  }

  /** Every answer from outside comes in here. */
  enter<T>(answer: Promise<T>): Promise<T> {
    return this.turnstile.pass(answer);
  }

  /** Waits for another workflow task, by an activity that does nothing: a server may take a second for a timer. */
  async nextTask(): Promise<void> {
    const options = { startToCloseTimeout: HEARTBEAT, summary: 'let the workflow task complete' } as const;
    await this.enter(CancellationScope.nonCancellable(() => scheduleActivity('barrier', [], options)));
  }

  /**
   * Starts nothing more in a scope, and cancels what is under way there in another workflow task than that which started
   * it: else the start leaves no event, and a replay may see both in one task where the run saw them in two.
   */
  async cancel(scope: CancellationScope): Promise<void> {
    this.closing.add(scope);
    await this.nextTask();
    scope.cancel();
  }

  /** @throws CancelledFailure where everything is being cancelled */
  private assertOpen(): void {
    for (
      let scope: CancellationScope | undefined = CancellationScope.current();
      scope?.cancellable;
      scope = scope.parent
    )
      if (this.closing.has(scope)) throw new CancelledFailure('cancelled');
  }

  /** Does what a message asks for, when it is its turn. */
  async turn<T>(what: () => T): Promise<T> {
    this.waitingForTurn += 1;
    await this.enter(Promise.resolve());
    this.waitingForTurn -= 1;
    return what();
  }

  /** Messages that have come and wait for their turn. */
  get asked(): number {
    return this.waitingForTurn;
  }

  /** Waits until something holds; false when it did not within `ms`. */
  async until(holds: () => boolean, ms: number, summary: string): Promise<boolean> {
    this.assertOpen();
    return await this.turnstile.until(holds, () => sleep(ms, { summary }));
  }

  /** Rests; what cancels the run cuts it short. */
  async rest(ms: number, summary: string): Promise<void> {
    this.assertOpen();
    await this.enter(sleep(ms, { summary }));
  }

  /** Waits until something holds that the workflow does itself, or that somebody asks of it. */
  async when(holds: () => boolean): Promise<void> {
    await this.turnstile.until(holds);
  }

  /** The same, but looked at only when what is being done now is done. */
  async settled(holds: () => boolean): Promise<void> {
    await this.turnstile.settled(holds);
  }

  /** The run goes on in milliseconds. */
  get isSwift(): boolean {
    return this.turnstile.isSwift;
  }

  /**
   * A local activity: one attempt. Its result goes into the history when the workflow task completes. `swift`: the run
   * goes on at once with its result, so what is said meanwhile may wait for that.
   */
  local<K extends Name>(name: K, input: Input<K>, summary: string, swift = false): Promise<Output<K>> {
    const start = () => scheduleLocalActivity<Output<K>>(name, [input], { ...LOCAL, summary });
    return this.gate.pass(() => {
      this.assertOpen();
      return this.turnstile.local(start, swift);
    });
  }

  /** Reads and writes of the document store: local first; while the store is away a regular activity tries on. */
  async io<K extends Name>(name: K, input: Input<K>, summary: string, swift = false): Promise<Output<K>> {
    try {
      return await this.local(name, input, summary, swift);
    } catch (error) {
      if (!isRetryable(error)) throw error;
      return await this.apart(name, input, summary);
    }
  }

  /**
   * The same as a regular activity from the start: what it is asked, and all that led to it, is in the history before it
   * begins, so a worker that dies asks it again in the same words, and nothing follows from a decision that the server
   * has not kept. `orders`: on the workers that are set aside for those; `workflows`: where the run itself is, which the
   * server hands out with the least delay.
   */
  apart<K extends Name>(
    name: K,
    input: Input<K>,
    summary: string,
    queue: 'tools' | 'orders' | 'workflows' = 'tools',
  ): Promise<Output<K>> {
    return this.regular<Output<K>>(name, input, {
      taskQueue: this.queue(queue),
      startToCloseTimeout: '1m',
      heartbeatTimeout: HEARTBEAT,
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
      summary,
    });
  }

  /** The mirror: the one wait without an end, on a queue with workers of its own; costs no history while it retries. */
  mirror<K extends 'mirrorBatch' | 'mirrorArchive' | 'mirrorRecord'>(
    name: K,
    input: Input<K>,
    summary: string,
  ): Promise<Output<K>> {
    return this.regular<Output<K>>(name, input, {
      taskQueue: this.queue('mirror'),
      startToCloseTimeout: '1m',
      retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
      summary,
    });
  }

  /**
   * Looking after the streams: reads much, says every second that it goes on, and may be repeated at will. While Redis or
   * Temporal is away it tries on without an end, as the mirror does; so it stays off the queues of the runs.
   */
  upkeep<K extends 'rebuildPage' | 'sweepRuns'>(name: K, input: Input<K>, summary: string): Promise<Output<K>> {
    return this.regular<Output<K>>(name, input, {
      taskQueue: this.queue('mirror'),
      startToCloseTimeout: '30m',
      heartbeatTimeout: HEARTBEAT,
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5s' },
      summary,
    });
  }

  /**
   * A step, in the class that its tool's specification gives it. `timeout` is for the step in all.
   * A local attempt that fails in passing goes on as a regular activity with the attempts that are left.
   */
  async step(call: StepCall, how: StepClass, timeout: number | undefined, summary: string): Promise<StepResult> {
    const options: ActivityOptions = {
      taskQueue: this.queue(how.queue),
      startToCloseTimeout: how.timeout,
      ...(timeout === undefined ? {} : { scheduleToCloseTimeout: timeout }),
      heartbeatTimeout: HEARTBEAT,
      cancellationType:
        how.class === 'once'
          ? ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
          : ActivityCancellationType.TRY_CANCEL,
      retry: {
        maximumAttempts: how.class === 'once' ? 1 : how.attempts,
        initialInterval: how.initialMs,
        backoffCoefficient: how.backoff,
        maximumInterval: how.maxMs,
      },
      summary,
    };
    const activity = how.queue === 'tools' ? 'runTool' : 'runAgent';
    if (how.class === 'local') {
      try {
        return await this.local(activity, call, summary, true);
      } catch (error) {
        if (!isRetryable(error) || how.attempts < 2) throw error;
        options.retry = { ...options.retry, maximumAttempts: how.attempts - 1 };
      }
    }
    for (let handover = 0; ; handover++) {
      try {
        return await this.regular<StepResult>(activity, call, options);
      } catch (error) {
        if (how.class === 'once' || !workerLost(error) || handover >= HANDOVERS) throw error;
      }
    }
  }

  private async regular<T>(name: Name, input: unknown, options: ActivityOptions): Promise<T> {
    this.assertOpen();
    return await this.enter(scheduleActivity<T>(name, [input], options));
  }
}
