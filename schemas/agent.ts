import { Type, type Static } from 'typebox';
import { Instant } from './json';

const Count = Type.Integer({ minimum: 0 });

/** Health of an agent in a process. */
export const AgentHealth = Type.Object({
  status: Type.Enum(['idle', 'working', 'degraded', 'unavailable'], {
    description: '`unavailable`: its breaker is open; `degraded`: its last call failed in a way that may pass',
  }),
  breaker: Type.Enum(['closed', 'open', 'half_open']),
  breaker_until: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'an open breaker lets a call through' })),
  calls: Type.Unsafe<number>({
    ...Count,
    description: 'since the process started; tries within an attempt count each',
  }),
  failures: Count,
  successes: Count,
  busy_ms: Type.Integer({ minimum: 0, description: 'of successful calls, in sum' }),
  average_ms: Type.Optional(Count),
  last_error: Type.Optional(Type.String({ description: 'its type, and words that are safe to show' })),
  last_error_at: Type.Optional(Instant),
  last_success_at: Type.Optional(Instant),
});
export type AgentHealth = Static<typeof AgentHealth>;

/** Sums of an agent's calls over all workers; restarts do not end them. */
export const AgentTotals = Type.Object({
  calls: Count,
  failures: Count,
  successes: Count,
  busy_ms: Count,
  average_ms: Type.Optional(Count),
});
export type AgentTotals = Static<typeof AgentTotals>;
