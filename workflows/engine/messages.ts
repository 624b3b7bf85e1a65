import { jsonBytes } from '../../core/identity';
import type { ChangeRequest, ControlRequest, Decision, Proof } from '../../schemas/run';
import { isUnreadable } from './payloads';

/** Bytes of the data of a decision, as JSON. */
const DATA_LIMIT = 64 * 1024;

/**
 * Reads a decision that came by signal or update: the payload is whatever its sender typed, so it is looked at here,
 * and a wrong one is answered in words instead of stopping the workflow.
 */
export function readDecision(sent: unknown): Decision | string {
  if (!isObject(sent)) return 'a decision is an object {approval_id, choice, by}';
  if (isUnreadable(sent)) return sent.unreadable;
  const { approval_id, decision_id, choice, by, comment, digest, data, roles, proof } = sent;
  if (!isText(approval_id, 120)) return 'approval_id: the id of the question that is decided, as text';
  if (!isText(choice, 40)) return 'choice: one of the choices that the question offers, as text';
  if (!isText(by, 200)) return 'by: the name of the person who decides, as text';
  if (decision_id !== undefined && !isText(decision_id, 80)) return 'decision_id: text of at most 80 characters';
  if (comment !== undefined && !isText(comment, 4000)) return 'comment: text of at most 4,000 characters';
  if (digest !== undefined && !isText(digest, 80)) return 'digest: the digest of the question, as text';
  if (jsonBytes(data) > DATA_LIMIT) return `data: at most ${DATA_LIMIT / 1024} KiB; the API takes more`;
  return {
    ...{ approval_id, choice, by, decision_id, comment, digest },
    data: data as Decision['data'],
    roles: Array.isArray(roles) ? roles.filter((role) => isText(role, 40)) : undefined,
    proof: readProof(proof),
  };
}

/** Reads a request to pause, resume or cancel, in the same way; one that names nobody is of `unknown`. */
export function readControl(sent: unknown): ControlRequest {
  if (!isObject(sent)) return { by: 'unknown' };
  const { by, through, proof } = sent;
  return {
    by: isText(by, 200) ? by : 'unknown',
    through: isText(through, 200) ? through : undefined,
    proof: readProof(proof),
  };
}

/** Reads a wish for a change, in the same way; its process reads what is wished. */
export function readChange(sent: unknown): ChangeRequest {
  const change = isObject(sent) && isObject(sent['change']) ? sent['change'] : {};
  return { ...readControl(sent), change: change as ChangeRequest['change'] };
}

function readProof(sent: unknown): Proof | undefined {
  if (!isObject(sent)) return undefined;
  const { at, mac } = sent;
  return isText(at, 40) && isText(mac, 100) ? { at, mac } : undefined;
}

function isObject(value: unknown): value is { [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest;
}
