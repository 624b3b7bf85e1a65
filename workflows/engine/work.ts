import {
  ActivityCancellationType,
  CancellationScope,
  executeChild,
  ParentClosePolicy,
  scheduleActivity,
  sleep,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { EngineActivities } from '../../activities';
import type { Arrival, Ridden, Riding } from '../../activities/engine/riding';
import type { ExecutionInput, ExecutionStart } from '../../schemas/definition/run';
import type { JsonObject } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { StepCall, StepClass, StepResult } from '../../schemas/step-call';
import { executionAttributes } from './attributes';
import { workerLost } from './failure';

/** A lost worker is no fault of the tool: its step is handed to the next worker this many times. */
const HANDOVERS = 30;

/** Time after which a dead worker is noticed, unless a step has its own; longer activities heartbeat at least once a second. */
const HEARTBEAT = '4s';

/** The same for segments, which are short: their steps go on elsewhere within seconds. */
const SEGMENT_HEARTBEAT = '2s';

type Name = keyof EngineActivities;
type Input<K extends Name> = Parameters<EngineActivities[K]>[0];
type Output<K extends Name> = Awaited<ReturnType<EngineActivities[K]>>;

/** Events of a run that ride with its activities. */
export interface Carriage {
  /** Events for an activity that is about to be scheduled; none where they would wait for long, or are on their way. */
  board(): Riding | undefined;
  land(riding: Riding, arrival: Arrival | undefined): void;
}

/** Classes of work that a process may ask for, each with its queue, its time limits and its attempts. */
export interface ProcessWork {
  /**
   * Anything that has to be read, made or kept: an activity that may be repeated at will, and is until it succeeds or
   * fails for good. All that led to it is in the history before it begins. `queue`: workers other than the run's, for
   * work that takes long or is set aside.
   */
  io<K extends Name>(name: K, input: Input<K>, summary: string, queue?: 'tools' | 'orders'): Promise<Output<K>>;
  /** True when the promise is settled within `ms`; if not, its work goes on. */
  within(promise: Promise<unknown>, ms: number, summary: string): Promise<boolean>;
  /** Rests; a cancellation cuts it short. */
  rest(ms: number, summary: string): Promise<void>;
  /**
   * Looking after the streams: reads much, says every second that it goes on, and may be repeated at will. While Redis
   * or Temporal is away it retries without end, as the mirror does, so it stays off the queues of the runs.
   */
  upkeep<K extends 'rebuildPage' | 'sweepRuns'>(name: K, input: Input<K>, summary: string): Promise<Output<K>>;
}

/** All classes of work. Every one is a regular activity: what the history does not hold has not been asked for. */
export class Work implements ProcessWork {
  /** the run's events, where it has any */
  carriage: Carriage | undefined;
  private readonly queue: (name: StepClass['queue'] | 'mirror' | 'workflows') => string;

  constructor() {
    const own = workflowInfo().taskQueue;
    const prefix = own.slice(0, own.lastIndexOf('-'));
    this.queue = (name) => `${prefix}-${name}`;
  }

  io<K extends Name>(
    name: K,
    input: Input<K>,
    summary: string,
    queue: 'tools' | 'orders' | 'workflows' = 'workflows',
  ): Promise<Output<K>> {
    return this.schedule<Output<K>>(name, input, {
      taskQueue: this.queue(queue),
      // what is set aside may be large
      startToCloseTimeout: queue === 'workflows' ? '1m' : '5m',
      heartbeatTimeout: HEARTBEAT,
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '30s' },
      summary,
    });
  }

  async within(promise: Promise<unknown>, ms: number, summary: string): Promise<boolean> {
    const timer = new CancellationScope();
    const kept = promise.then(
      () => true,
      () => true,
    );
    const rung = timer
      .run(() => sleep(ms, { summary }))
      .then(
        () => false,
        () => false,
      );
    const isKept = await Promise.race([kept, rung]);
    timer.cancel();
    return isKept;
  }

  async rest(ms: number, summary: string): Promise<void> {
    await sleep(ms, { summary });
  }

  upkeep<K extends 'rebuildPage' | 'sweepRuns'>(name: K, input: Input<K>, summary: string): Promise<Output<K>> {
    return this.schedule<Output<K>>(name, input, {
      taskQueue: this.queue('mirror'),
      startToCloseTimeout: '30m',
      heartbeatTimeout: HEARTBEAT,
      retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '5s' },
      summary,
    });
  }

  /** The mirror: the one wait without an end, on a queue with workers of its own; costs no history while it retries. */
  mirror<K extends 'mirrorBatch' | 'mirrorArchive' | 'mirrorRecord'>(
    name: K,
    input: Input<K>,
    summary: string,
  ): Promise<Output<K>> {
    return scheduleActivity<Output<K>>(name, [input], {
      taskQueue: this.queue('mirror'),
      startToCloseTimeout: '1m',
      retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
      summary,
    });
  }

  /** A message to somebody's server: a few times within minutes, then for days. */
  deliver(input: Input<'attemptDelivery'>, summary: string): Promise<Output<'attemptDelivery'>> {
    return scheduleActivity('attemptDelivery', [input], {
      taskQueue: this.queue('tools'),
      startToCloseTimeout: '1m',
      retry: {
        maximumAttempts: input.retry.attempts,
        initialInterval: input.retry.initialMs,
        backoffCoefficient: 5,
        maximumInterval: '12h',
      },
      summary,
    });
  }

  /** A batch of events on its own, for a run that stands still: one attempt, which fails fast while Redis is away. */
  publish(input: Input<'publishBatch'>, summary: string): Promise<Output<'publishBatch'>> {
    return scheduleActivity('publishBatch', [input], {
      taskQueue: this.queue('workflows'),
      startToCloseTimeout: '10s',
      retry: { maximumAttempts: 1 },
      summary,
    });
  }

  /** Short steps of a plan. A segment that dies is done again from the same table. */
  segment(input: Input<'runSegment'>, summary: string): Promise<Output<'runSegment'>> {
    return this.schedule('runSegment', input, {
      taskQueue: this.queue('workflows'),
      startToCloseTimeout: '30s',
      heartbeatTimeout: SEGMENT_HEARTBEAT,
      retry: { initialInterval: '100ms', backoffCoefficient: 2, maximumInterval: '30s' },
      summary,
    });
  }

  /** A step, in the class that its tool's specification gives it. `timeout` is for the step with all attempts. */
  async step(
    call: StepCall,
    how: StepClass & { attemptsUsed: number },
    timeout: number | undefined,
    summary: string,
  ): Promise<StepResult> {
    const options: ActivityOptions = {
      taskQueue: this.queue(how.queue),
      startToCloseTimeout: how.timeout,
      scheduleToCloseTimeout: timeout,
      heartbeatTimeout: how.idleMs ?? HEARTBEAT,
      cancellationType:
        how.class === 'once'
          ? ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
          : ActivityCancellationType.TRY_CANCEL,
      retry: {
        maximumAttempts: how.class === 'once' ? 1 : Math.max(1, how.attempts - how.attemptsUsed),
        initialInterval: how.initialMs,
        backoffCoefficient: how.backoff,
        maximumInterval: how.maxMs,
      },
      summary,
    };
    const [name, carries] = how.queue === 'tools' ? (['runTool', true] as const) : (['runAgent', false] as const);
    for (let handover = 0; ; handover++) {
      try {
        return await this.schedule<StepResult>(name, call, options, carries);
      } catch (error) {
        if (how.class === 'once' || !workerLost(error) || handover >= HANDOVERS) throw error;
      }
    }
  }

  /**
   * An execution of a definition, as a child: it is cancelled with whoever waits for it, also where that is terminated.
   * `timeout`: milliseconds for all of it.
   */
  async execution(start: ExecutionStart, timeout: number | undefined): Promise<Value> {
    const { workflow_id: workflowId, input, memo, definition, summary, carried, result } = start;
    if (result) return result;
    return await executeChild<(input: ExecutionInput, carried?: JsonObject) => Promise<Value>>('definition', {
      ...{ workflowId, args: carried ? [input, carried] : [input], memo: { ...memo } },
      taskQueue: this.queue('workflows'),
      typedSearchAttributes: executionAttributes(input.execution_id, definition),
      workflowTaskTimeout: '5s',
      workflowExecutionTimeout: timeout,
      parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
      staticSummary: summary,
    });
  }

  /** Events ride along, unless the activity may wait for long before it begins. */
  private schedule<T>(name: Name, input: unknown, options: ActivityOptions, carries = true): Promise<T> {
    const { carriage } = this;
    const riding = carries ? carriage?.board() : undefined;
    if (!carriage || !riding) return scheduleActivity<T>(name, [input], options);
    return scheduleActivity<Ridden<T>>(name, [input, riding], options).then(
      ({ answer, mirror }) => {
        carriage.land(riding, mirror);
        return answer;
      },
      (error: unknown) => {
        carriage.land(riding, undefined);
        throw error;
      },
    );
  }
}
