import type { ApprovalView } from '../../../schemas/run';
import type { Asking, Weight } from '../asked/asking';

/** Questions of runs of plans: their approvals and reviews. */
export const planAsking: Asking = {
  titleOf: (view) => (view as { title?: string } | null)?.title ?? '',
  weigh: weighReview,
};

/** In a review, as much is odd as its check has found. */
export function weighReview({ shows }: ApprovalView): Weight {
  const findings = (shows as { findings?: unknown } | null | undefined)?.findings;
  return { flags: Array.isArray(findings) ? findings.length : 0, blocking: false };
}
