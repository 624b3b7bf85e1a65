/** How an agent does in this process. */
export interface AgentHealth {
  /** `unavailable` while the breaker is open; `degraded` when its last call failed in passing */
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
