/** Health of an agent in this process. */
export interface AgentHealth {
  /** `unavailable` while the breaker is open; `degraded` if its last call failed in a way that may pass */
  status: 'idle' | 'working' | 'degraded' | 'unavailable';
  breaker: 'closed' | 'open' | 'half_open';
  /** calls of the agent since the process started, and those that failed; tries within an attempt count each */
  calls: number;
  failures: number;
  /** type and words, without secrets */
  last_error?: string;
  last_error_at?: string;
  last_success_at?: string;
  /** of successful calls */
  average_ms?: number;
}
