import { Type } from 'typebox';
import { ControlAccepted, DecisionResult, PathId } from '../../schemas/api';
import {
  ClarificationAnswer,
  ClarificationAnswerForm,
  Clarifications,
  Deliverables,
  InitialRequest,
  InitialRequestForm,
  Items,
  Project,
  Projects,
  RequestAccepted,
} from '../../schemas/audit/api';
import { Identifier } from '../../schemas/json';
import { define, everybody, idempotencyKey, listOf, operators, page } from '../contract';
import { eventStream } from '../live/contract';

const project = { project_id: Identifier };

const work_context = {
  rows: [
    { category: 'Invoicing', estimated_minutes: 40, text: 'Re-type delivery notes into the invoice' },
    { category: 'Support', estimated_minutes: 30, text: 'Answer the same question about delivery dates' },
  ],
  hourly_rate: 42,
  period: { type: 'monthly', working_days: 21 },
};

/** Addresses of audits: the request, and the project that it starts. */
export const auditContracts = define({
  initialRequest: {
    method: 'post',
    path: '/initial-request',
    tag: 'projects',
    summary: 'Ask for an audit',
    description:
      'Starts an audit project. As JSON, or as a form with one spreadsheet of rows. The same `project_id` with the ' +
      'same request answers the same; with another one 409.',
    roles: ['requester', 'admin'],
    headers: idempotencyKey,
    entrance: 'initial-request',
    body: {
      json: InitialRequest,
      form: InitialRequestForm,
      example: { request_text: 'Full audit of the back office', work_context },
    },
    answers: [{ status: 202, description: 'accepted and durable', schema: RequestAccepted }],
    problems: [409, 413, 415, 422],
  },
  listProjects: {
    method: 'get',
    path: '/projects',
    tag: 'projects',
    summary: 'Projects, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    query: listOf('audit'),
    entrance: 'projects',
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Projects }],
    problems: [422],
  },
  getProject: {
    method: 'get',
    path: '/projects/{project_id}',
    tag: 'projects',
    summary: 'A project',
    roles: everybody,
    params: project,
    shows: 'project',
    answers: [{ status: 200, description: 'the project', schema: Project }],
    problems: [404],
  },
  getItems: {
    method: 'get',
    path: '/projects/{project_id}/items',
    tag: 'projects',
    summary: 'Its backlog',
    roles: everybody,
    params: project,
    query: page(500, 200),
    answers: [{ status: 200, description: 'a page of the items', schema: Items }],
    problems: [404],
  },
  getDeliverables: {
    method: 'get',
    path: '/projects/{project_id}/deliverables',
    tag: 'projects',
    summary: 'What its agents have delivered',
    roles: everybody,
    params: project,
    query: page(500, 200),
    answers: [{ status: 200, description: 'a page of the accepted deliverables', schema: Deliverables }],
    problems: [404],
  },
  getClarifications: {
    method: 'get',
    path: '/projects/{project_id}/clarifications',
    tag: 'projects',
    summary: 'What it asks people, and what they answered',
    roles: everybody,
    params: project,
    query: page(500, 200),
    answers: [{ status: 200, description: 'a page of the questions, open ones included', schema: Clarifications }],
    problems: [404],
  },
  answerClarification: {
    method: 'post',
    path: '/projects/{project_id}/clarifications/{clarification_id}',
    tag: 'projects',
    summary: 'Answer a question of a project',
    description:
      'The first answer wins. The same answer again is 200 `repeated`; another one is 409 with the one that counts.',
    roles: ['approver', 'requester'],
    params: { ...project, clarification_id: PathId },
    headers: { ...idempotencyKey, 'If-Match': 'the digest of what you answer to' },
    body: { json: ClarificationAnswer, form: ClarificationAnswerForm, example: { work_context } },
    answers: [{ status: 200, description: 'the decision that counts', schema: DecisionResult }],
    problems: [404, 409, 412, 413, 415, 422, 428],
  },
  controlProject: {
    method: 'post',
    path: '/projects/{project_id}/{control}',
    tag: 'projects',
    summary: 'Pause, resume or cancel a project',
    roles: operators,
    params: { ...project, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the run has the request', schema: ControlAccepted }],
    problems: [404, 409],
  },
  retryProject: {
    method: 'post',
    path: '/projects/{project_id}/retry',
    tag: 'projects',
    summary: 'Let a failed project go on from what it has',
    description: 'What was delivered stays; the items that it lacks are worked on again. 409 unless it has failed.',
    roles: operators,
    params: project,
    answers: [{ status: 202, description: 'it goes on', schema: ControlAccepted }],
    problems: [404, 409],
  },
  projectEvents: {
    ...eventStream,
    path: '/projects/{project_id}/events',
    summary: 'The events of a project, live',
    params: project,
  },
});
