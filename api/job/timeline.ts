import type { JobDetails, JobMoment } from '../../schemas/job/api';
import type { PlatformEvent } from '../../schemas/envelope';
import { counted } from '../../src/words';

/** The events of a job that people read, in words. */
export const timelineOf = (events: readonly PlatformEvent[]): JobMoment[] =>
  events.map(({ seq, occurred_at, event_type, payload }) => {
    const facts = payload as Facts;
    return {
      seq,
      at: occurred_at,
      event: event_type,
      task: facts.step,
      what: words[event_type]?.(facts) ?? event_type,
    };
  });

/** Failures of a job and its steps, in order. */
export const errorsOf = (events: readonly PlatformEvent[]): JobDetails['errors'] =>
  events.flatMap(({ occurred_at, event_type, payload }) => {
    const { step, error } = payload as Facts;
    return error && ['TASK.FAILED', 'JOB.FAILED'].includes(event_type) ? [{ at: occurred_at, task: step, error }] : [];
  });

/** Fields that events of jobs may hold. */
interface Facts {
  by?: string;
  requested_by?: string;
  step?: string;
  uses?: string;
  round?: number;
  milliseconds?: number;
  reason?: string;
  error?: { type: string; message: string };
  version?: number;
  steps?: number;
  goal?: string;
  refused?: { message: string }[];
  findings?: unknown[];
  effect?: string;
  reasons?: { reason: string }[];
  changes?: string[];
  choice?: string;
  change?: string;
  question?: string;
  level?: string;
}

const because = ({ reason }: Facts) => (reason ? `: ${reason}` : '');
const failed = ({ error }: Facts) => (error ? `: ${error.message} (${error.type})` : '');
const name = ({ by }: Facts) => by ?? 'awe';

const words: { [type: string]: (facts: Facts) => string } = {
  'JOB.CREATED': ({ goal, requested_by }) => `asked for by ${requested_by}: ${goal?.slice(0, 200)}`,
  'PLAN.CREATED': ({ version, steps = 0, by }) => `planned by ${by}: version ${version}, ${counted(steps, 'step')}`,
  'PLAN.REFUSED': ({ refused = [] }) => `cannot be planned: ${refused.map(({ message }) => message).join(' ')}`,
  'PLAN.CRITICISED': ({ findings = [] }) => `criticised: ${counted(findings.length, 'finding')}`,
  'PLAN.POLICY_DECIDED': ({ effect, reasons = [] }) =>
    `the policy says ${effect}${reasons.length > 0 ? `: ${reasons.map(({ reason }) => reason).join(' ')}` : ''}`,
  'PLAN.APPROVED': (facts) => `version ${facts.version} approved by ${name(facts)}`,
  'PLAN.REPLANNED': (facts) => `planned anew by ${name(facts)}: version ${facts.version}; ${facts.changes?.join('; ')}`,
  'JOB.RECOVERY_CHOSEN': (facts) => `recovery of ${facts.step}: ${facts.choice}${because(facts)}`,
  'JOB.CHANGE_REQUESTED': (facts) => `${name(facts)} wants: ${facts.change}${facts.step ? ` ${facts.step}` : ''}`,
  'JOB.CHANGE_REFUSED': (facts) => `what ${name(facts)} wants cannot be done${because(facts)}`,
  'JOB.PAUSED': (facts) => `paused by ${name(facts)}`,
  'JOB.RESUMED': (facts) => `resumed by ${name(facts)}`,
  'JOB.COMPLETED': () => 'completed',
  'JOB.FAILED': (facts) => `failed${failed(facts)}`,
  'JOB.CANCELLED': (facts) => `cancelled by ${name(facts)}`,
  'TASK.READY': ({ step }) => `${step} is ready, and waits for a place among the tasks at work`,
  'TASK.STARTED': ({ step, uses, round = 1 }) =>
    `${step} begins${uses ? ` (${uses})` : ''}${round > 1 ? `, round ${round}` : ''}`,
  'TASK.COMPLETED': ({ step, milliseconds = 0 }) => `${step} is done, after ${milliseconds / 1_000} s`,
  'TASK.RETRIED': (facts) => `${facts.step} once more${because(facts)}`,
  'TASK.FAILED': (facts) => `${facts.step} has failed${failed(facts)}`,
  'TASK.RECOVERED': (facts) => `${facts.step} has failed, and the plan goes on: ${name(facts)}`,
  'TASK.SKIPPED': (facts) => `${facts.step} is left out${because(facts)}`,
  'TASK.DEAD_LETTERED': (facts) => `${facts.step} has failed for good; it is among the dead letters${failed(facts)}`,
  'APPROVAL.REQUESTED': ({ question }) => `waits for a person: ${question?.slice(0, 300)}`,
  'APPROVAL.DECIDED': (facts) => `${facts.choice} by ${name(facts)}`,
  'APPROVAL.OVERDUE': ({ level }) => `nobody has decided yet: ${level}`,
  'APPROVAL.EXPIRED': () => 'nobody has decided in time',
  'DECISION.REFUSED': (facts) => `a decision was refused${because(facts)}`,
};
