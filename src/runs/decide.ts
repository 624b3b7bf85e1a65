import { messages, type ApprovalView, type Decision, type DecisionAnswer, type DecisionView } from '../../schemas/run';
import { judge, refusalFor, type Objection } from '../../core/decision';
import type { Json } from '../../schemas/json';
import { classifyTemporalError, type TemporalError } from '../temporal/errors';
import { canonicalJson, sha256 } from '../documents/json';
import { noSuchRun, notFound, RunError } from './errors';
import { explainFault } from './faults';
import type { RunDependencies } from './ports';

/** A decision of a person whom the caller has authenticated. */
export interface DecisionToSend {
  approval_id: string;
  choice: string;
  by: string;
  /** of the person, as the caller has found them */
  roles?: readonly string[];
  decision_id?: string;
  comment?: string;
  digest?: string;
  data?: Json;
  /** the caller's name for this try; without it, the decision itself is the name */
  idempotency_key?: string;
}

export interface DecisionTaken {
  outcome: 'accepted' | 'repeated';
  decision: DecisionView;
}

/**
 * Carries a decision to its run. The first terminal decision wins: the same one again is `repeated`, another one is
 * `decided`. When the run has closed meanwhile, its record answers. Throws `not_found`, `invalid`, `decided`,
 * `digest_mismatch`, `forbidden`, `closed`, `key_reused`, `stuck`, `no_worker`, `unavailable`.
 */
export function createDecider({ temporal, store, prover }: RunDependencies) {
  return async function decide(workflowId: string, request: DecisionToSend): Promise<DecisionTaken> {
    const { updateId, decision } = decisionOf(request);
    const answer = await send(workflowId, updateId, decision);
    return taken(request, answer);
  };

  async function send(workflowId: string, updateId: string, decision: Decision): Promise<DecisionAnswer> {
    const proof = prover.prove({ run: workflowId, name: messages.decide, content: decision });
    const proved: Decision = { ...decision, proof };
    for (let attempt = 1; ; attempt++) {
      try {
        return await temporal.call((client) =>
          client.workflow
            .getHandle(workflowId)
            .executeUpdate<DecisionAnswer, [Decision]>(messages.decide, { updateId, args: [proved] }),
        );
      } catch (error) {
        const fault = classifyTemporalError(error);
        // the run continued as new while the update was on its way: the next execution has all decisions
        if (fault.fault === 'not_found' && fault.reason !== undefined && attempt < 3) continue;
        if (fault.fault === 'not_found') return fromRecord(workflowId, decision, fault);
        if (fault.fault === 'rejected') throw new RunError('closed', fault.message, { cause: fault });
        throw await explainFault(temporal, fault, { run: workflowId });
      }
    }
  }

  async function fromRecord(workflowId: string, decision: Decision, fault: TemporalError): Promise<DecisionAnswer> {
    const record = await store.readRecord(workflowId);
    if (record) return answerFromRecord(record.approvals, decision);
    // terminated, or never there
    const known = await temporal
      .call((client) => client.workflow.getHandle(workflowId).describe(), 1_000)
      .catch((error: unknown) => classifyTemporalError(error));
    if (!('fault' in known)) {
      throw new RunError('closed', 'The run has ended without an answer to this question.', { cause: fault });
    }
    if (known.fault === 'not_found') throw noSuchRun(workflowId);
    throw await explainFault(temporal, known);
  }
}

/** The decision as sent, and the id under which the server takes it once. */
export function decisionOf(request: DecisionToSend): { updateId: string; decision: Decision } {
  const { approval_id, choice, by, comment, digest, data } = request;
  const content = { approval_id, by, choice, comment, data, digest };
  const name =
    request.idempotency_key === undefined
      ? { ...content, decision_id: request.decision_id }
      : { approval_id, by, key: request.idempotency_key };
  const decisionId = request.decision_id ?? `d-${sha256(canonicalJson(name)).slice(0, 32)}`;
  const decision: Decision = { approval_id, decision_id: decisionId, choice, by };
  if (comment !== undefined) decision.comment = comment;
  if (digest !== undefined) decision.digest = digest;
  if (data !== undefined) decision.data = data;
  if (request.roles) decision.roles = [...request.roles];
  return { updateId: sha256(canonicalJson(name)).slice(0, 48), decision };
}

/** The answer that a closed run would have given, from its stored approvals, none of which is open any more. */
export function answerFromRecord(approvals: ApprovalView[], decision: Decision): DecisionAnswer {
  const left = approvals.find(({ approval_id }) => approval_id === decision.approval_id);
  const question = left?.status === 'open' ? { ...left, status: 'cancelled' as const } : left;
  const judged = judge(decision, question, { channel: 'api' });
  return 'answer' in judged ? judged.answer : refusalFor({ reason: 'closed', message: 'the run has ended' });
}

function taken(request: DecisionToSend, answer: DecisionAnswer): DecisionTaken {
  switch (answer.outcome) {
    case 'accepted':
    case 'repeated':
      if (answer.decision.choice !== request.choice) {
        throw new RunError('key_reused', 'This Idempotency-Key or decision_id was used for another decision.', {
          facts: { decision: { ...answer.decision } },
        });
      }
      return { outcome: answer.outcome, decision: answer.decision };
    case 'late':
      throw decided(answer.decision);
    case 'refused':
      throw refused(answer);
  }
}

/** Another decision was first: whose, which, and when. */
export const decided = (decision: DecisionView): RunError =>
  new RunError('decided', `${decision.by} has decided already: ${decision.choice}, at ${decision.decided_at}.`, {
    facts: { decision: { ...decision } },
  });

/** An objection to a decision as a fault of ours. */
export function refused({ reason, message }: Objection, question?: Pick<ApprovalView, 'digest'>): RunError {
  switch (reason) {
    case 'unknown_approval':
      return notFound(message);
    case 'unknown_choice':
      return new RunError('invalid', message, { errors: [{ pointer: '/choice', detail: message }] });
    case 'digest_mismatch':
      return new RunError(reason, message, { facts: question && { digest: question.digest } });
    case 'forbidden':
      return new RunError(reason, message);
    case 'malformed':
    case 'incomplete':
    case 'blocked':
      return new RunError('invalid', message);
    case 'closed':
    case 'signals_refused': // only signals get this answer
      return new RunError('closed', message);
  }
}
