import { Type } from 'typebox';
import { processes } from '../../schemas/catalogue';
import {
  ControlAccepted,
  DecisionRequest,
  DecisionResult,
  NewRun,
  PathId,
  Run,
  RunAccepted,
  RunList,
  Steps,
} from '../../schemas/api';
import { INLINE_LIMIT } from '../../schemas/refs';
import { RunPlan } from '../../schemas/run-plan';
import { define, everybody, idempotencyKey, listOf, operators, page } from '../contract';
import { eventStream } from '../live/contract';

const run = { workflow_id: PathId };

/** Addresses of runs, whatever their process. */
export const runContracts = define({
  startRun: {
    method: 'post',
    path: '/runs',
    tag: 'runs',
    summary: 'Run a plan',
    description:
      'The same `run_id` is run once, and answers the same. A plan that cannot run fails its run, with all its faults.',
    roles: operators,
    body: {
      json: NewRun,
      example: {
        plan: { name: 'Hello', steps: [{ id: 'hello', kind: 'tool', uses: 'data.echo', with: { said: 'Hello' } }] },
      },
    },
    answers: [{ status: 202, description: 'accepted and durable', schema: RunAccepted }],
    problems: [413, 415, 422],
    entrance: 'runs',
  },
  listRuns: {
    method: 'get',
    path: '/runs',
    tag: 'runs',
    summary: 'Runs of all processes, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    query: { ...listOf(), process: Type.Optional(Type.Enum([...processes.keys()], { description: 'only those' })) },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: RunList }],
    problems: [422],
  },
  getRun: {
    method: 'get',
    path: '/runs/{workflow_id}',
    tag: 'runs',
    summary: 'A run of any process',
    roles: everybody,
    params: run,
    answers: [{ status: 200, description: 'the run', schema: Run }],
    problems: [404],
  },
  getSteps: {
    method: 'get',
    path: '/runs/{workflow_id}/steps',
    tag: 'runs',
    summary: 'Its steps',
    roles: everybody,
    params: run,
    query: page(500, 200),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Steps }],
    problems: [404],
  },
  getStepOutput: {
    method: 'get',
    path: '/runs/{workflow_id}/steps/{step_id}/output',
    tag: 'runs',
    summary: 'What a step has given back, whole',
    description: `Steps show values of up to ${INLINE_LIMIT} bytes; larger ones, up to 16 MiB, are shown by reference there.`,
    roles: everybody,
    params: { ...run, step_id: PathId },
    answers: [{ status: 200, description: 'the value', schema: Type.Unknown() }],
    problems: [404],
  },
  getRunPlan: {
    method: 'get',
    path: '/runs/{workflow_id}/plan',
    tag: 'runs',
    summary: 'The plan that a run follows: its steps, what each waits for, and its versions',
    description:
      'Of jobs, agent runs, executions of workflow definitions and runs of plans. 409 for a run that follows a way of ' +
      'its own, such as an order, and for a job whose plan is not written yet.',
    roles: everybody,
    params: run,
    query: {
      version: Type.Optional(Type.Integer({ minimum: 1, description: 'the newest without it' })),
      since: Type.Optional(
        Type.Integer({ minimum: 1, description: 'the version that `difference` is from; else the one before' }),
      ),
    },
    answers: [{ status: 200, description: 'the plan', schema: RunPlan }],
    problems: [404, 409, 422],
  },
  runEvents: {
    ...eventStream,
    path: '/runs/{workflow_id}/events',
    summary: 'The events of a run, live',
    params: run,
  },
  decide: {
    method: 'post',
    path: '/runs/{workflow_id}/decide',
    tag: 'runs',
    summary: 'Decide what a run waits for',
    description:
      'The first decision wins. The same again is 200 `repeated`; another one is 409 with the one that counts.',
    roles: ['approver'],
    params: run,
    headers: { ...idempotencyKey, 'If-Match': 'the digest of what you decide on' },
    body: { json: DecisionRequest, example: { approval_id: 'publish', choice: 'approve', comment: 'checked' } },
    answers: [{ status: 200, description: 'the decision that counts', schema: DecisionResult }],
    problems: [404, 409, 412, 413, 415, 422, 428],
  },
  controlRun: {
    method: 'post',
    path: '/runs/{workflow_id}/{control}',
    tag: 'runs',
    summary: 'Pause, resume or cancel a run',
    roles: operators,
    params: { ...run, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the run has the request', schema: ControlAccepted }],
    problems: [404, 409],
  },
});
