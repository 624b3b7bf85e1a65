import type { Failure } from '../../../schemas/catalogue';
import type { Recovery } from '../../../schemas/job/run';
import type { Json } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import { parseDuration } from '../../../core/plan/duration';

/** What the rules would do about a failed step. */
export type Proposal =
  | { choice: 'retry'; reason: string; after_ms: number }
  | { choice: 'modify'; reason: string; step: Step }
  | { choice: 'ask' | 'fail'; reason: string };

/** Recoveries of one step, and of a job, after which a failure stays one. */
const MOST = { step: 2, job: 10 };

/** Milliseconds before the first further try, and the factor of the next. */
const PAUSE = { first: 5_000, factor: 4 };

/** Failures that pass by themselves, by their types. */
const PASSING =
  /^(http\.(rate_limited|timeout|unreachable|broken|status_(408|425|429|5\d\d))|sql\.(timeout|unavailable|deadlock)|documents\.unavailable|tool\.(timeout|unexpected))$/;

const LONGEST_TIMEOUT = 600_000;

/** Failures that another try would only meet again: what the policy and the arguments forbid. */
const FORBIDDEN = /^(egress|secret|simulate|policy|expression|for_each|tool\.(unknown|wrong_kind))\b/;

/**
 * The rung of the ladder for a failed step, by rules: bounded, and never a guess. `retries`: failures after which a step
 * is tried again.
 */
export function proposeRecovery(
  step: Step,
  { type, outcome }: Failure,
  before: readonly Recovery[],
  retries: 'transient' | 'any' | 'none' = 'transient',
): Proposal {
  if (type.startsWith('limit.')) return { choice: 'fail', reason: 'The job has had all that the policy allows it.' };
  if (type.startsWith('replay.'))
    return { choice: 'fail', reason: 'The replay is not what was recorded; another try would not be either.' };
  if (outcome === 'unknown')
    return { choice: 'ask', reason: 'Nobody can tell whether its effect has happened, so a person decides.' };
  if (retries === 'none') return { choice: 'fail', reason: 'No step is tried again (WORKER_RETRY_POLICY is none).' };
  const tries = before.filter((one) => one.step === step.id && one.choice !== 'ask').length;
  if (tries >= MOST.step) return { choice: 'fail', reason: `It has failed after ${tries} recoveries.` };
  if (before.length >= MOST.job) return { choice: 'fail', reason: `The job has had ${before.length} recoveries.` };
  const changed = modified(step, type);
  if (changed) return changed;
  const isPassing = PASSING.test(type) || (retries === 'any' && !FORBIDDEN.test(type));
  if (!isPassing) return { choice: 'fail', reason: `Another try would fail the same way (${type}).` };
  const after_ms = PAUSE.first * PAUSE.factor ** tries;
  return { choice: 'retry', reason: `${type} may pass: once more in ${after_ms / 1_000} s.`, after_ms };
}

/** The step with other arguments, where those are known to mend the failure. */
function modified(step: Step, type: string): Proposal | undefined {
  const args = step.with ?? {};
  const changed = (reason: string, more: { [name: string]: Json }): Proposal => ({
    choice: 'modify',
    reason,
    step: { ...step, with: { ...args, ...more } },
  });
  switch (type) {
    case 'http.timeout':
    case 'sql.timeout': {
      const now = typeof args['timeout'] === 'string' ? (parseDuration(args['timeout']) ?? 30_000) : 30_000;
      const next = Math.min(LONGEST_TIMEOUT, now * 2);
      if (next === now) return undefined;
      return changed(`It ran out of time: once more with ${next / 1_000} s.`, { timeout: `${next / 1_000}s` });
    }
    case 'http.too_large':
      if (args['response'] === 'file' || args['paging'] !== undefined) return undefined;
      return changed('The answer is too large for a value: it is kept as a file.', { response: 'file' });
    case 'sql.unique':
      if (step.uses !== 'sql.insert' || (args['on_conflict'] ?? 'error') !== 'error') return undefined;
      return changed('Rows are there already: those are left as they are.', { on_conflict: 'skip' });
    default:
      return undefined;
  }
}
