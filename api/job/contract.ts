import { Type } from 'typebox';
import { DecisionResult, PathId } from '../../schemas/api';
import {
  Job,
  JobAccepted,
  JobDecisionRequest,
  JobDetails,
  JobMetrics,
  JobPlan,
  JobReplan,
  JobRequested,
  Jobs,
  JobTasks,
  NewJob,
} from '../../schemas/job/api';
import { Identifier } from '../../schemas/json';
import { define, everybody, idempotencyKey, listOf, operators, page } from '../contract';
import { eventStream } from '../live/contract';

const job = { job_id: Identifier };

const look = { method: 'get' as const, tag: 'jobs', roles: everybody, params: job, problems: [404] };

const requested = [{ status: 202, description: 'the job has the request', schema: JobRequested }];

const change = { method: 'post' as const, tag: 'jobs', roles: operators, answers: requested };

/** A decision on what a job asks, at an address of it. */
export const decision = {
  method: 'post' as const,
  description:
    'Decides the question that is open, the one about the plan before any other. With the digest of what you were shown ' +
    '(`digest`, or its ETag as If-Match) nothing else is decided: 412 when it has changed. The first decision wins; the ' +
    'same again is 200 `repeated`, another one 409.',
  roles: ['approver'] as const,
  headers: {
    ...idempotencyKey,
    'If-Match': 'the ETag of the plan that you were shown; 412 when another is asked about',
  },
  answers: [{ status: 200, description: 'the decision that counts', schema: DecisionResult }],
  problems: [403, 404, 409, 412, 413, 415, 422, 428],
};

const ofJob = { tag: 'jobs', params: job };

/** Addresses of jobs. */
export const jobContracts = define({
  startJob: {
    method: 'post',
    path: '/jobs',
    tag: 'jobs',
    summary: 'Have a goal carried out',
    description:
      'The goal becomes a plan, which is checked, criticised and held against the policy, and carried out. A plan of your ' +
      'own may stand in its place. The same `job_id` with the same request answers the same; with another one 409.',
    roles: ['requester', 'operator', 'admin'],
    headers: idempotencyKey,
    entrance: 'jobs',
    body: {
      json: NewJob,
      example: { goal: 'Generate an implementation checklist and artifact summary', context_json: {}, priority: 1 },
    },
    answers: [{ status: 202, description: 'accepted and durable', schema: JobAccepted }],
    problems: [409, 413, 415, 422],
  },
  listJobs: {
    method: 'get',
    path: '/jobs',
    tag: 'jobs',
    summary: 'Jobs, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    query: listOf('job'),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Jobs }],
    problems: [422],
  },
  getJob: {
    ...look,
    path: '/jobs/{job_id}',
    summary: 'A job: where it stands, what it waits for, and why it failed',
    shows: 'job',
    answers: [{ status: 200, description: 'the job', schema: Job }],
  },
  getJobDetails: {
    ...look,
    path: '/jobs/{job_id}/details',
    summary: 'A job with its figures, its errors, and what happened when',
    query: page(1_000, 500),
    answers: [{ status: 200, description: 'the job, and a page of its timeline', schema: JobDetails }],
  },
  getJobTasks: {
    ...look,
    path: '/jobs/{job_id}/tasks',
    summary: 'The steps of its plan, where they stand',
    query: page(500, 200),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: JobTasks }],
  },
  getJobPlan: {
    ...look,
    path: '/jobs/{job_id}/plan',
    summary: 'Its plan, with what it touches, its risk and forecast, and what critic and policy say',
    answers: [{ status: 200, description: 'the plan; the ETag is for an approval of exactly this', schema: JobPlan }],
    problems: [404, 409],
  },
  getJobMetrics: {
    ...look,
    path: '/jobs/{job_id}/metrics',
    summary: 'Its figures: success rate, durations, counts, costs',
    answers: [{ status: 200, description: 'the figures; what is unknown is null', schema: JobMetrics }],
  },
  jobEvents: {
    ...eventStream,
    path: '/jobs/{job_id}/events',
    summary: 'The events of a job and its tasks, live',
    params: job,
  },
  approveJob: {
    ...{ ...decision, ...ofJob },
    path: '/jobs/{job_id}/approve',
    summary: 'Approve what a job asks, such as its plan',
    body: { json: JobDecisionRequest, example: { comment: 'checked' }, optional: true },
  },
  rejectJob: {
    ...{ ...decision, ...ofJob },
    path: '/jobs/{job_id}/reject',
    summary: 'Reject what a job asks; a rejected plan is not carried out',
    body: { json: JobDecisionRequest, example: { comment: 'It writes to the wrong table.' }, optional: true },
  },
  replanJob: {
    ...change,
    path: '/jobs/{job_id}/replan',
    summary: 'Plan the rest of a job anew',
    description:
      'With another goal, with a plan of your own, or from the same goal. What is done stays and is not done again; the ' +
      'event PLAN.REPLANNED has the difference. A job that has failed or was cancelled goes on. 409 for a completed one.',
    params: job,
    body: {
      json: JobReplan,
      example: { goal: 'Fetch the users, and save those of Paris to users.csv' },
      optional: true,
    },
    problems: [404, 409, 413, 415, 422],
  },
  retryJob: {
    ...change,
    path: '/jobs/{job_id}/retry_failed',
    summary: 'Let a job go on from what it has, its failed tasks once more',
    description: 'Also after its end, unless it is completed: 409.',
    params: job,
    problems: [404, 409],
  },
  changeTask: {
    ...change,
    path: '/jobs/{job_id}/tasks/{task_id}/{change}',
    summary: 'Carry a task out once more, or leave it out',
    description: 'Also after the end of a job that has failed or was cancelled.',
    params: { ...job, task_id: PathId, change: Type.Enum(['retry', 'skip']) },
    problems: [404, 409],
  },
  controlJob: {
    ...change,
    path: '/jobs/{job_id}/{control}',
    summary: 'Pause, resume or cancel a job',
    params: { ...job, control: Type.Enum(['pause', 'resume', 'cancel']) },
    problems: [404, 409],
  },
});
