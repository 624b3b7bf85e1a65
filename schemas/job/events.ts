import { Type, type TProperties } from 'typebox';
import { defineEvent, Failure } from '../events/define';
import { Identifier, JsonObjectValue } from '../json';
import { LedgerHead } from '../ledger';
import { refTo } from '../refs';
import { CriticFinding } from './critic';
import { PolicyDecision, PolicyLimits } from '../policy';
import { JobMode, RecoveryChoice, Refusal } from './run';

/** A payload of a job's event. */
function jobPayload<P extends TProperties>(properties: P) {
  return Type.Object({ job_id: Identifier, ...properties });
}

const Version = Type.Integer({ minimum: 1 });
const Plan = refTo({ description: 'the plan, in the document store' });
const Notes = Type.Array(Type.String());
const by = Type.String({ minLength: 1, maxLength: 200 });

const job_id = 'J-20261129-1f0a';
const plan = { $ref: `sha256:${'0'.repeat(64)}`, bytes: 912 };

/** The event by which a job tells of its dead task. */
export const deadLettered = defineEvent({
  type: 'TASK.DEAD_LETTERED',
  version: 1,
  summary:
    'A task has failed for good, out of retries and out of recovery, and its job fails with it. Its dead letter is in the stream of tasks, from where it can be retried.',
  payload: jobPayload({
    run: Type.String({ minLength: 1, maxLength: 200, description: 'workflow id' }),
    step: Type.String(),
    uses: Type.Optional(Type.String()),
    rounds: Type.Integer({ minimum: 0, description: 'executions of the task' }),
    attempts: Type.Integer({ minimum: 1, description: 'the most attempts of each execution' }),
    recoveries: Type.Integer({ minimum: 0, description: 'recoveries that were tried' }),
    error: Failure,
    input: refTo({ description: 'the step as it is planned, what it reads and the context, in the document store' }),
  }),
  example: {
    ...{ job_id, run: 'audit.job.1f0a', step: 'fetch', uses: 'http.request', rounds: 3, attempts: 4, recoveries: 2 },
    error: { type: 'http.status_503', message: 'answered 503' },
    input: plan,
  },
});

export const jobEvents = [
  defineEvent({
    type: 'JOB.REQUESTED',
    version: 1,
    summary: 'Somebody wants a goal carried out. The same `job_id` is one job.',
    payload: Type.Object({
      job_id: Type.Optional(Identifier),
      goal: Type.String({ minLength: 1, maxLength: 8_000 }),
      context: Type.Optional(JsonObjectValue),
      priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
      mode: Type.Optional(JobMode),
      requested_by: Type.Optional(by),
    }),
    example: { job_id, goal: 'Fetch data from https://api.example.com/users and save to output/users.json' },
  }),
  defineEvent({
    type: 'JOB.CREATED',
    version: 1,
    summary: 'A job is accepted; its plan is written next.',
    payload: jobPayload({ goal: Type.String(), priority: Type.Integer(), mode: JobMode, requested_by: by }),
    example: { job_id, goal: 'Fetch …', priority: 3, mode: 'run', requested_by: 'local' },
  }),
  defineEvent({
    type: 'PLAN.CREATED',
    version: 1,
    summary: 'The goal has become a plan that holds by itself: its tools, arguments and references fit.',
    payload: jobPayload({ version: Version, plan: Plan, steps: Type.Integer(), by: Type.String(), notes: Notes }),
    example: { job_id, version: 1, plan, steps: 2, by: 'rules', notes: [] },
  }),
  defineEvent({
    type: 'PLAN.REFUSED',
    version: 1,
    summary: 'The goal, or parts of it, cannot be planned. Nothing is done.',
    payload: jobPayload({ refused: Type.Array(Refusal) }),
    example: {
      job_id,
      refused: [{ part: 'reconcile', message: 'I do not know what reconcile should do.', near: ['transform.join'] }],
    },
  }),
  defineEvent({
    type: 'PLAN.CRITICISED',
    version: 1,
    summary: 'The critic has looked at the plan.',
    payload: jobPayload({
      version: Version,
      findings: Type.Array(Type.Unsafe<CriticFinding>({ ...CriticFinding, $id: undefined })),
    }),
    example: {
      job_id,
      version: 1,
      findings: [
        {
          ...{ code: 'critic.unused_output', step_id: 'fetch', severity: 'info' },
          ...{ message: 'No step reads its output.', fix: 'Leave the step out, or use what it gives.' },
        },
      ],
    },
  }),
  defineEvent({
    type: 'PLAN.POLICY_DECIDED',
    version: 1,
    summary: 'The policy allows the plan, denies it, or wants a person to approve it.',
    payload: jobPayload({ version: Version, ...PolicyDecision.properties }),
    example: {
      ...{ job_id, version: 1, policy: 'default', digest: plan.$ref, effect: 'approve' as const },
      steps: [{ step_id: 'post', effect: 'approve', rule: 'outside', reason: 'it changes something outside' }],
    },
  }),
  defineEvent({
    type: 'PLAN.APPROVED',
    version: 1,
    summary: 'A person has approved exactly this plan.',
    payload: jobPayload({ version: Version, plan: Plan, by, ledger: LedgerHead }),
    example: { job_id, version: 1, plan, by: 'm.durand', ledger: { n: 4, hash: plan.$ref } },
  }),
  defineEvent({
    type: 'PLAN.REPLANNED',
    version: 1,
    summary: 'The rest of the plan has changed; what is done stays.',
    payload: jobPayload({
      version: Version,
      plan: Plan,
      by: Type.String({ description: 'a person, or `recovery`' }),
      changes: Notes,
    }),
    example: { job_id, version: 2, plan, by: 'recovery', changes: ['changed: fetch: with.timeout is 60s'] },
  }),
  defineEvent({
    type: 'JOB.RECOVERY_CHOSEN',
    version: 1,
    summary: 'A step has failed, and the recovery ladder has chosen what follows.',
    payload: jobPayload({ step: Type.String(), choice: RecoveryChoice, reason: Type.String(), error: Failure }),
    example: {
      job_id,
      step: 'fetch',
      choice: 'modify',
      reason: 'It ran out of time: once more with twice the time.',
      error: { type: 'http.timeout', message: 'no answer within 30 s' },
    },
  }),
  deadLettered,
  defineEvent({
    type: 'JOB.LIMIT_EXTENDED',
    version: 1,
    summary: 'A job had reached a limit of the policy, and a person has doubled it; the job goes on.',
    payload: jobPayload({
      limit: Type.Enum(['steps', 'time', 'effects', 'tokens', 'money']),
      bounds: PolicyLimits,
      by,
      ledger: LedgerHead,
    }),
    example: { job_id, limit: 'steps', bounds: { steps: 400 }, by: 'm.durand', ledger: { n: 7, hash: plan.$ref } },
  }),
  defineEvent({
    type: 'JOB.CHANGE_REQUESTED',
    version: 1,
    summary: 'A person wants a step retried, failed steps retried, or the rest planned anew.',
    payload: jobPayload({ change: Type.String(), step: Type.Optional(Type.String()), by }),
    example: { job_id, change: 'retry', step: 'fetch', by: 'm.durand' },
  }),
  defineEvent({
    type: 'JOB.CHANGE_REFUSED',
    version: 1,
    summary: 'What a person wanted of the plan cannot be done; the job goes on as it was.',
    payload: jobPayload({ by, reason: Type.String() }),
    example: { job_id, by: 'm.durand', reason: 'there is no step "fetsch"; there are fetch and save' },
  }),
  defineEvent({
    type: 'JOB.PAUSED',
    version: 1,
    summary: 'No new step starts until the job is resumed; steps that run go on.',
    payload: jobPayload({ by: Type.Optional(by) }),
    example: { job_id, by: 'm.durand' },
  }),
  defineEvent({
    type: 'JOB.RESUMED',
    version: 1,
    summary: 'The job goes on.',
    payload: jobPayload({ by: Type.Optional(by) }),
    example: { job_id, by: 'm.durand' },
  }),
  defineEvent({
    type: 'JOB.COMPLETED',
    version: 1,
    summary: 'The plan is carried out, or shown or simulated as asked for.',
    payload: jobPayload({ steps: Type.Integer(), version: Type.Optional(Version) }),
    example: { job_id, steps: 2, version: 1 },
  }),
  defineEvent({
    type: 'JOB.FAILED',
    version: 1,
    summary: 'The job has ended without reaching its goal. It can be retried.',
    payload: jobPayload({ error: Failure }),
    example: { job_id, error: { type: 'http.status_404', message: 'fetch: answered 404' } },
  }),
  defineEvent({
    type: 'JOB.CANCELLED',
    version: 1,
    summary: 'Somebody has cancelled the job.',
    payload: jobPayload({ by: Type.Optional(by) }),
    example: { job_id, by: 'm.durand' },
  }),
];
