import type { AgentRunStatus } from '../../schemas/agent-run/api';
import { processes } from '../../schemas/catalogue';
import type { PlatformEvent } from '../../schemas/envelope';
import { frameOf, type Frames } from '../live/sse';

/** State of a run after an event, as far as the event tells it; under way, unless it says otherwise. */
const AFTER: Readonly<Record<string, AgentRunStatus>> = {
  'JOB.CREATED': 'PLANNING',
  'PLAN.CREATED': 'PLANNING',
  'PLAN.REFUSED': 'PLANNING',
  'PLAN.CRITICISED': 'PLANNING',
  'PLAN.POLICY_DECIDED': 'PLANNING',
  'APPROVAL.REQUESTED': 'AWAITING_APPROVAL',
  'APPROVAL.OVERDUE': 'AWAITING_APPROVAL',
  'JOB.RECOVERY_CHOSEN': 'RECOVERING',
  'JOB.PAUSED': 'PAUSED',
  'JOB.COMPLETED': 'COMPLETED',
  'JOB.FAILED': 'FAILED',
  'JOB.CANCELLED': 'CANCELLED',
};

const APPROVALS: ReadonlySet<string> = new Set([
  ...['APPROVAL.REQUESTED', 'APPROVAL.DECIDED', 'APPROVAL.EXPIRED', 'APPROVAL.OVERDUE'],
  ...['PLAN.APPROVED', 'DECISION.REFUSED'],
]);

/** End of a run, as its last event tells it. */
export interface RunResult {
  status: AgentRunStatus;
  result?: unknown;
  result_ref?: unknown;
  error?: unknown;
  context: string;
}

/** Events of a run under the names `status`, `approval` and `error`; `resultOf` reads what it has come to. */
export function agentRunFrames(run_id: string, resultOf: () => Promise<RunResult>): Frames {
  let at: string | undefined;
  return {
    event({ seq, event_type, occurred_at, payload }) {
      at = occurred_at;
      const status = AFTER[event_type] ?? 'RUNNING';
      const { job_id: _, run: __, ...detail } = payload as { [name: string]: unknown };
      const about = { run_id, seq, at: occurred_at, status, event: event_type };
      // a reader who is cut off before the result gets the last event again, with it
      const id = processes.get('job')?.ends[event_type] === undefined ? seq : undefined;
      return frameOf({ ...about, ...detail }, { name: nameOf(event_type), id });
    },
    async end(_status, seq) {
      return frameOf({ run_id, seq, at, ...(await resultOf()) }, { name: 'result', id: seq });
    },
  };
}

function nameOf(event: PlatformEvent['event_type']): 'status' | 'approval' | 'error' {
  if (event === 'JOB.FAILED') return 'error';
  return APPROVALS.has(event) ? 'approval' : 'status';
}
