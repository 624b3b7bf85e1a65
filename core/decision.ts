import type { Json, JsonObject } from '../schemas/json';
import type {
  ApprovalView,
  Decision,
  DecisionAnswer,
  DecisionRules,
  DecisionView,
  RefusalReason,
  SignalPolicy,
} from '../schemas/run';
import { digest, samePerson } from './identity';

/** How a decision is believed: `api` for its proof; `signal` for nothing, as it carries whatever name its sender typed. */
export type Way = { channel: 'api' } | { channel: 'signal'; signals: SignalPolicy };

/** A question as far as a decision on it is judged. */
export type Judged = Pick<ApprovalView, 'status' | 'choices' | 'digest' | 'rules'> & { decision?: DecisionView };

/** Why a decision is not taken: a reason of a closed set, and words for whoever decides. */
export interface Objection {
  reason: RefusalReason;
  message: string;
}

/**
 * Judges a decision on a question: the question where it can be taken; else its answer, which says that it was made
 * already, by whom another one was made, or why it is refused. The same for everybody who asks: the run, which decides,
 * the API and the console before they send, and the record of a run that has ended.
 */
export function judge<Q extends Judged>(
  decision: Decision,
  question: Q | undefined,
  way: Way,
): { question: Q } | { answer: DecisionAnswer } {
  const objection = objectionTo(decision, question, way);
  const made = question?.decision;
  if (objection?.reason === 'closed' && made)
    return { answer: { outcome: made.decision_id === decisionIdOf(decision) ? 'repeated' : 'late', decision: made } };
  if (objection || !question) return { answer: refusalFor(objection ?? unknown(decision)) };
  return { question };
}

/** The objection to a decision on a question; undefined where it can be taken. */
export function objectionTo(decision: Decision, question: Judged | undefined, way: Way): Objection | undefined {
  if (way.channel === 'signal' && way.signals !== 'accept')
    return {
      reason: 'signals_refused',
      message: `signals do not decide here (APPROVAL_SIGNALS=${way.signals}); decide by the API`,
    };
  if (!question) return unknown(decision);
  const { status, choices, digest: current, rules = {} } = question;
  if (status !== 'open') return { reason: 'closed', message: `the wait is over: ${status}` };
  if (!choices.includes(decision.choice))
    return {
      reason: 'unknown_choice',
      message: `"${decision.choice}" is no choice here; choose ${choices.join(' or ')}`,
    };
  if (decision.digest !== undefined && decision.digest !== current)
    return {
      reason: 'digest_mismatch',
      message: `the decision was made on something else than what is asked now (${current})`,
    };
  return objectionOfRules(decision, rules, way);
}

/** The objection that a question's rules have. */
export function objectionOfRules(
  { choice, by, comment, data }: Pick<Decision, 'choice' | 'by' | 'comment' | 'data'>,
  rules: DecisionRules,
  { channel }: Pick<DecisionView, 'channel'>,
): Objection | undefined {
  const { parties = [] } = rules;
  if (parties.length > 0 && channel !== 'api')
    return {
      reason: 'signals_refused',
      message: 'two people have to agree here, and a signal proves nobody: decide by the API',
    };
  const party = parties.find((one) => samePerson(one.by, by) && one.not.includes(choice));
  if (party) return { reason: 'forbidden', message: `${by} ${party.why}; somebody else has to ${choice} it` };
  const changes = data !== undefined && !(isObject(data) && Object.keys(data).length === 0);
  if (changes && rules.changes?.not.includes(choice))
    return { reason: 'forbidden', message: `${by} ${rules.changes.why}; somebody else has to ${choice} it` };
  const comments = ruleFor(rules.comment, choice);
  if (comments !== undefined && !comment?.trim()) return { reason: 'incomplete', message: `comment: ${comments}` };
  const needed = ruleFor(rules.data, choice);
  const blocking = ruleFor(rules.blocking, choice);
  if (needed === undefined && !blocking) return undefined;
  if (data !== undefined && !isObject(data)) return { reason: 'malformed', message: 'data: an object' };
  if (data !== undefined && Object.keys(data).length > 0) return undefined;
  if (needed !== undefined) return { reason: 'incomplete', message: `data: ${needed}` };
  if (!blocking || blocking.count === 0) return undefined;
  return {
    reason: 'blocked',
    message: [`${blocking.count} blocking faults are left`, blocking.codes.join(', ')].filter(Boolean).join(': '),
  };
}

/** The name under which a decision is made once; one that bears none is named by what it says. */
export const decisionIdOf = ({ decision_id, approval_id, by, choice }: Decision): string =>
  decision_id ?? digest([approval_id, by, choice]).slice(7, 39);

/** An objection as the sender of the decision gets it. */
export const refusalFor = ({ reason, message }: Objection): Extract<DecisionAnswer, { outcome: 'refused' }> => ({
  outcome: 'refused',
  reason,
  message,
});

const unknown = ({ approval_id }: Decision): Objection => ({
  reason: 'unknown_approval',
  message: `nothing named "${approval_id}" waits for a decision`,
});

/** Choices are names that a sender gives, so they are looked for among own members alone. */
const ruleFor = <T>(rules: { [choice: string]: T } | undefined, choice: string): T | undefined =>
  rules && Object.hasOwn(rules, choice) ? rules[choice] : undefined;

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
