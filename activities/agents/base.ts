import { circuitBreaker, CircuitState, ConsecutiveBreaker, BrokenCircuitError, handleWhen, retry } from 'cockatiel';
import type { Static, TSchema } from 'typebox';
import { plainSpec, plainWork, type Typed, type TypedSpec } from '../tools/define';
import { classify, ToolError } from '../tools/errors';
import { withWorstCase } from '../../core/worst-case';
import type { Tool, ToolContext } from '../tools/tool';
import { untilAborted } from './abort';
import { backoffOf, type RetrySettings } from './backoff';
import { HealthRecord } from './health';
import type { AgentHealth } from '../../schemas/agent';

/** Settings of an agent for transient failures. */
export interface AgentResilience {
  /** tries again within an attempt; an agent with an effect of `once` never does */
  retry: RetrySettings & { retries: number };
  breaker: {
    /** transient failures in a row that open it */
    failures: number;
    /** milliseconds until one call may probe for recovery */
    halfOpenAfter: number;
  };
}

const RESILIENCE: AgentResilience = {
  retry: { retries: 2, initialMs: 200, maxMs: 5_000 },
  breaker: { failures: 5, halfOpenAfter: 10_000 },
};

/** An agent as it is written: its specification, whose schemas type task and delivery, and how it delivers. */
export interface AgentDefinition<Task extends TSchema, Delivery extends TSchema> extends TypedSpec<Task, Delivery> {
  deliver: Typed<Task, Delivery>;
  /** delivery in a simulation */
  simulate?: Typed<Task, Delivery>;
  resilience?: { retry?: Partial<AgentResilience['retry']>; breaker?: Partial<AgentResilience['breaker']> };
}

/** An agent: a tool with a health. */
export interface Agent extends Tool {
  kind: 'agent';
  /** its health in this process */
  health(): AgentHealth;
  /** Goes on from the health that a process before this one has left: an open breaker stays open for its time. */
  takeOver(left: AgentHealth): void;
}

/**
 * An agent whose deliveries are tried again with growing pauses after transient failures, as long as the attempt's time
 * lasts, behind one circuit breaker for the process: while that is open, calls fail at once with `agent.unavailable`
 * and say when to come back. After every call it reports its health.
 */
export function defineAgent<Task extends TSchema, Delivery extends TSchema>(
  definition: AgentDefinition<Task, Delivery>,
): Agent {
  const { deliver, simulate, resilience, ...typed } = definition;
  const spec = plainSpec(typed);
  const { effect } = withWorstCase(spec);
  const again = { ...RESILIENCE.retry, ...resilience?.retry, ...(effect === 'once' ? { retries: 0 } : {}) };
  const { failures, halfOpenAfter } = { ...RESILIENCE.breaker, ...resilience?.breaker };
  const health = new HealthRecord();
  let breaker = breakerFrom(undefined);
  type Context = ToolContext<Static<Delivery>>;
  let openedAt = 0;

  /** A breaker that is closed, or that has been open since a moment. */
  function breakerFrom(openSince: number | undefined) {
    const ownState = { value: CircuitState.Open, openedAt: openSince, attemptNo: 1 };
    const made = circuitBreaker(handleWhen(isTransient), {
      halfOpenAfter,
      breaker: new ConsecutiveBreaker(failures),
      initialState: openSince === undefined ? undefined : { ownState, breakerState: failures },
    });
    made.onBreak(() => (openedAt = Date.now()));
    return made;
  }

  function takeOver(left: AgentHealth): void {
    health.takeOver(left);
    if (left.breaker === 'closed') return;
    openedAt = (left.breaker_until === undefined ? Date.now() : Date.parse(left.breaker_until)) - halfOpenAfter;
    breaker = breakerFrom(openedAt);
  }

  const cuts = (reason: unknown): boolean => effect !== 'once' || reason instanceof ToolError;
  const current = (): AgentHealth => {
    const state = breakerOf(breaker.state);
    return health.view(state, state === 'open' ? new Date(openedAt + halfOpenAfter).toISOString() : undefined);
  };

  /** A failed health report must not cost a delivery. */
  function report(context: Context): void {
    try {
      context.agents.report(spec.name, current());
    } catch (error) {
      context.log.warn(
        { agent: spec.name, error: String(error) },
        'agent health not reported; the next report follows',
      );
    }
  }

  /**
   * One try. It heeds the signal even where the agent does not, so that a try that hangs counts as failed; only an
   * effect of `once` may come to its own end when it is cancelled.
   */
  async function once(task: Static<Task>, context: Context): Promise<Static<Delivery>> {
    const call = health.begin();
    report(context);
    try {
      const delivery = await untilAborted(context.signal, deliver(task, context), cuts);
      call.succeeded();
      return delivery;
    } catch (error) {
      if (isCancellation(context.signal, error)) call.cancelled();
      else call.failed(classify(error, effect));
      throw isCancellation(context.signal, error) ? error : classify(error, effect);
    }
  }

  async function run(task: Static<Task>, context: Context): Promise<Static<Delivery>> {
    const worthwhile = (error: Error): boolean =>
      isTransient(error) && !context.signal.aborted && Date.now() + pauseAtLeast(error) < context.deadline;
    const retrying = retry(handleWhen(worthwhile), { maxAttempts: again.retries, backoff: backoffOf(again) });
    retrying.onRetry(({ attempt, delay }) =>
      context.log.info(
        { agent: spec.name, attempt, delay },
        'agent failed transiently; it tries again after the delay',
      ),
    );
    try {
      return await retrying.execute(() => {
        context.signal.throwIfAborted();
        // what was recorded says nothing about its health now
        return context.replayed ? deliver(task, context) : breaker.execute(() => once(task, context));
      });
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw unavailable(spec.name, Math.max(openedAt + halfOpenAfter - Date.now(), 0));
    } finally {
      report(context);
    }
  }

  return {
    spec,
    kind: 'agent',
    health: current,
    takeOver,
    run: plainWork(run),
    simulate: simulate && plainWork(simulate),
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof ToolError && error.class === 'transient';
}

/** Aborted, and not because the time was up (that is the agent's fault): nobody wants the delivery any more. */
function isCancellation(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted && !(signal.reason instanceof ToolError) && !(error instanceof ToolError);
}

function pauseAtLeast(error: Error): number {
  return error instanceof ToolError ? (error.retryAfterMs ?? 0) : 0;
}

function unavailable(name: string, wait: number): ToolError {
  return new ToolError({
    class: 'transient',
    type: 'agent.unavailable',
    message: `${name} has failed too often and is left alone for ${Math.ceil(wait / 1000)} s`,
    retryAfterMs: wait + 100,
  });
}

function breakerOf(state: CircuitState): AgentHealth['breaker'] {
  if (state === CircuitState.Closed) return 'closed';
  return state === CircuitState.HalfOpen ? 'half_open' : 'open';
}
