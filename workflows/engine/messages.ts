import type { Decision } from '../../schemas/run';

/**
 * Reads a decision that came by signal or update: the payload is whatever its sender typed, so it is looked at here,
 * and a wrong one is answered in words instead of stopping the workflow.
 */
export function readDecision(sent: unknown): Decision | string {
  if (!isObject(sent)) return 'a decision is an object {approval_id, choice, by}';
  const { approval_id, decision_id, choice, by, comment, digest, data } = sent;
  if (!isText(approval_id, 120)) return 'approval_id: the id of the question that is decided, as text';
  if (!isText(choice, 40)) return 'choice: one of the choices that the question offers, as text';
  if (!isText(by, 200)) return 'by: the name of the person who decides, as text';
  if (decision_id !== undefined && !isText(decision_id, 80)) return 'decision_id: text of at most 80 characters';
  if (comment !== undefined && !isText(comment, 4000)) return 'comment: text of at most 4,000 characters';
  if (digest !== undefined && !isText(digest, 80)) return 'digest: the digest of the question, as text';
  return { approval_id, choice, by, decision_id, comment, digest, data: data as Decision['data'] };
}

/** Name of the person who asks for a pause, a resumption or a cancellation. */
export function readControl(sent: unknown): string {
  return isObject(sent) && isText(sent['by'], 200) ? sent['by'] : 'unknown';
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}
