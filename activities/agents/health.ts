import type { ToolError } from '../tools/errors';
import { safeMessage } from '../tools/redact';
import type { AgentHealth } from '../../schemas/agent';

/** A call that is under way; it ends in one of three ways. */
export interface CallUnderWay {
  succeeded(): void;
  failed(error: ToolError): void;
  /** cancelled by its caller: says nothing about the agent */
  cancelled(): void;
}

/** Record of an agent since the process started, after what a process before it has left. */
export class HealthRecord {
  private calls = 0;
  private failures = 0;
  private working = 0;
  private failing = false;
  private successes = { count: 0, ms: 0 };
  private last: Pick<AgentHealth, 'last_error' | 'last_error_at' | 'last_success_at'> = {};

  /** Takes over what is no count: whether the last call failed, and what is known of errors and successes. */
  takeOver({ status, last_error, last_error_at, last_success_at }: AgentHealth): void {
    this.failing = status === 'degraded' || status === 'unavailable';
    this.last = { last_error, last_error_at, last_success_at };
  }

  begin(): CallUnderWay {
    const began = performance.now();
    this.calls += 1;
    this.working += 1;
    return {
      succeeded: () => {
        this.working -= 1;
        this.failing = false;
        this.successes = { count: this.successes.count + 1, ms: this.successes.ms + performance.now() - began };
        this.last.last_success_at = new Date().toISOString();
      },
      failed: (error) => {
        this.working -= 1;
        this.failures += 1;
        this.failing = error.class === 'transient';
        this.last.last_error = safeMessage(`${error.type}: ${error.message}`).slice(0, 300);
        this.last.last_error_at = new Date().toISOString();
      },
      cancelled: () => {
        this.working -= 1;
      },
    };
  }

  view(breaker: AgentHealth['breaker'], breaker_until?: string): AgentHealth {
    const { count, ms } = this.successes;
    return {
      status: this.status(breaker),
      breaker,
      breaker_until,
      calls: this.calls,
      failures: this.failures,
      successes: count,
      busy_ms: Math.round(ms),
      ...this.last,
      average_ms: count > 0 ? Math.round(ms / count) : undefined,
    };
  }

  private status(breaker: AgentHealth['breaker']): AgentHealth['status'] {
    if (breaker === 'open') return 'unavailable';
    if (this.working > 0) return 'working';
    return this.failing ? 'degraded' : 'idle';
  }
}
