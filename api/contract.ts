import { Type } from 'typebox';
import {
  ClarificationAnswer,
  ClarificationAnswerForm,
  Clarifications,
  ControlAccepted,
  DeadLetterDetail,
  DeadLetters,
  DecisionRequest,
  DecisionResult,
  Deliverables,
  DlqOperation,
  Health,
  Index,
  InitialRequest,
  InitialRequestForm,
  Items,
  Operation,
  OperationAccepted,
  PathId,
  Project,
  Projects,
  RebuildOperation,
  Readiness,
  RequestAccepted,
  Run,
  Steps,
} from '../schemas/api';
import { Identifier } from '../schemas/json';
import { DeadLetterId, DlqFilter } from '../schemas/operations/run';
import { define, everybody, idempotencyKey, page, type Contract } from './contract-parts';
import type { Role } from '../src/access/roles';
import { orderContracts } from './order/contract';

const project = { project_id: Identifier };
const clarification = { ...project, clarification_id: PathId };
const run = { workflow_id: PathId };
const after = Type.Integer({ minimum: 0, description: 'events with a higher `seq` only' });
const EVENTS = `Server-Sent Events. \`id\` is the event's \`seq\`, \`data\` its envelope as JSON; they come as plain messages
(\`onmessage\`), since a client cannot list the types that will exist. First what has happened, then what happens, without
gap or repeat. After the run's last event comes one named \`end\` (\`{"status": …, "seq": …}\`), and the stream closes:
close your EventSource then (one that reconnects gets 204, which ends it too). \`Last-Event-ID\` or \`?after=\` resumes,
also across restarts; the header wins. A comment every 15 s keeps the connection open. A client that does not read is
dropped at 1 MiB.`;

const operators: readonly Role[] = ['operator', 'admin'];
const { ids: _ids, ...dlqQuery } = DlqFilter.properties;

/** What redrive and discard have in common. */
const dlqOperation = {
  method: 'post' as const,
  tag: 'dead letters',
  roles: operators,
  headers: idempotencyKey,
  body: { json: DlqOperation },
  answers: [{ status: 202, description: 'accepted and durable', schema: OperationAccepted }],
  problems: [413, 415, 422],
};

export const contracts = define({
  index: {
    method: 'get',
    path: '/',
    tag: 'service',
    summary: 'Where to go from here',
    roles: 'public',
    answers: [{ status: 200, description: 'links', schema: Index }],
  },
  health: {
    method: 'get',
    path: '/health',
    tag: 'service',
    summary: 'Whether this process lives, with a line per dependency',
    roles: 'public',
    answers: [{ status: 200, description: 'alive; `degraded` while a dependency is away', schema: Health }],
  },
  ready: {
    method: 'get',
    path: '/ready',
    tag: 'service',
    summary: 'Whether requests are accepted and worked off',
    roles: 'public',
    answers: [
      { status: 200, description: 'Temporal answers, the document store writes, workers poll', schema: Readiness },
      { status: 503, description: 'not now, with the reasons', schema: Readiness },
    ],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    tag: 'service',
    summary: 'Metrics of this process and of the streams, for Prometheus',
    roles: [...operators, 'auditor'],
    answers: [{ status: 200, description: 'the text format of Prometheus', media: 'text/plain' }],
  },
  openapi: {
    method: 'get',
    path: '/openapi.json',
    tag: 'service',
    summary: 'This description, OpenAPI 3.1',
    roles: 'public',
    answers: [{ status: 200, description: 'the description', schema: Type.Unsafe<object>({ type: 'object' }) }],
  },
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
    body: { json: InitialRequest, form: InitialRequestForm },
    answers: [{ status: 202, description: 'accepted and durable', schema: RequestAccepted }],
    problems: [409, 413, 415, 422],
  },
  listProjects: {
    method: 'get',
    path: '/projects',
    tag: 'projects',
    summary: 'Projects, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    query: page(200, 50),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Projects }],
  },
  getProject: {
    method: 'get',
    path: '/projects/{project_id}',
    tag: 'projects',
    summary: 'A project',
    roles: everybody,
    params: project,
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
    answers: [{ status: 200, description: 'the items', schema: Items }],
    problems: [404],
  },
  getDeliverables: {
    method: 'get',
    path: '/projects/{project_id}/deliverables',
    tag: 'projects',
    summary: 'What its agents have delivered',
    roles: everybody,
    params: project,
    answers: [{ status: 200, description: 'the accepted deliverables', schema: Deliverables }],
    problems: [404],
  },
  getClarifications: {
    method: 'get',
    path: '/projects/{project_id}/clarifications',
    tag: 'projects',
    summary: 'What it asks people, and what they answered',
    roles: everybody,
    params: project,
    answers: [{ status: 200, description: 'the questions, open ones included', schema: Clarifications }],
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
    params: clarification,
    headers: { ...idempotencyKey, 'If-Match': 'the digest of what you answer to' },
    body: { json: ClarificationAnswer, form: ClarificationAnswerForm },
    answers: [{ status: 200, description: 'the decision that counts', schema: DecisionResult }],
    problems: [404, 409, 412, 413, 415, 422],
  },
  controlProject: {
    method: 'post',
    path: '/projects/{project_id}/{control}',
    tag: 'projects',
    summary: 'Pause, resume or cancel a project',
    roles: ['operator', 'admin'],
    params: { ...project, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the run has the request', schema: ControlAccepted }],
    problems: [404, 409],
  },
  projectEvents: {
    method: 'get',
    path: '/projects/{project_id}/events',
    tag: 'events',
    summary: 'The events of a project, live',
    description: EVENTS,
    roles: everybody,
    params: project,
    query: { after: Type.Optional(after) },
    headers: { 'Last-Event-ID': 'the last `id` that was received' },
    answers: [
      { status: 200, description: 'the stream', media: 'text/event-stream' },
      { status: 204, description: 'the run has ended and everything was received' },
    ],
    problems: [404],
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
  runEvents: {
    method: 'get',
    path: '/runs/{workflow_id}/events',
    tag: 'events',
    summary: 'The events of a run, live',
    description: EVENTS,
    roles: everybody,
    params: run,
    query: { after: Type.Optional(after) },
    headers: { 'Last-Event-ID': 'the last `id` that was received' },
    answers: [
      { status: 200, description: 'the stream', media: 'text/event-stream' },
      { status: 204, description: 'the run has ended and everything was received' },
    ],
    problems: [404],
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
    body: { json: DecisionRequest },
    answers: [{ status: 200, description: 'the decision that counts', schema: DecisionResult }],
    problems: [404, 409, 412, 413, 415, 422],
  },
  controlRun: {
    method: 'post',
    path: '/runs/{workflow_id}/{control}',
    tag: 'runs',
    summary: 'Pause, resume or cancel a run',
    roles: ['operator', 'admin'],
    params: { ...run, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the run has the request', schema: ControlAccepted }],
    problems: [404, 409],
  },
  listDeadLetters: {
    method: 'get',
    path: '/dlq',
    tag: 'dead letters',
    summary: 'What could not be handled, newest first',
    description:
      'A page looks at 5,000 entries at most, so with a filter it may be short or empty and still have a ' +
      '`next_cursor`: the list ends where there is none.',
    roles: [...operators, 'auditor'],
    query: { ...dlqQuery, ...page(200, 50) },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: DeadLetters }],
  },
  redriveDeadLetters: {
    ...dlqOperation,
    path: '/dlq/redrive',
    summary: 'Put events back into the stream',
    description:
      'Starts an operation that takes dead letters out and puts their events back, byte for byte and with the same ' +
      '`event_id`, oldest first, each once however many operations run. What dies again meanwhile is left alone.',
  },
  discardDeadLetters: {
    ...dlqOperation,
    path: '/dlq/discard',
    summary: 'Throw dead letters away',
    description: 'Starts an operation that removes dead letters. Its events say which, and who wanted it.',
  },
  rebuildEvents: {
    ...dlqOperation,
    tag: 'events',
    path: '/events/rebuild',
    body: { json: RebuildOperation },
    summary: 'Make the streams complete again',
    description:
      'Starts an operation that puts back what the stream has lost, from histories and records: each event once, in ' +
      'the order of its run. It starts by itself when the stream or a group is found gone.',
  },
  getDeadLetter: {
    method: 'get',
    path: '/dlq/{id}',
    tag: 'dead letters',
    summary: 'A dead letter, with the event as it was',
    roles: [...operators, 'auditor'],
    params: { id: DeadLetterId },
    answers: [{ status: 200, description: 'the record', schema: DeadLetterDetail }],
    problems: [404],
  },
  getOperation: {
    method: 'get',
    path: '/operations/{operation_id}',
    tag: 'dead letters',
    summary: 'How far an operation is',
    roles: [...operators, 'auditor'],
    params: { operation_id: PathId },
    answers: [{ status: 200, description: 'the operation', schema: Operation }],
    problems: [404],
  },
  ...orderContracts,
  downloadArtifact: {
    method: 'get',
    path: '/artifacts/download',
    tag: 'artifacts',
    summary: 'A file by its path',
    roles: everybody,
    query: {
      path: Type.String({ minLength: 1, maxLength: 1_000, description: 'such as projects/P1/cost/report.md' }),
    },
    answers: [
      { status: 200, description: 'the bytes; `ETag` is their SHA-256', media: 'application/octet-stream' },
      { status: 206, description: 'a part of them', media: 'application/octet-stream' },
      { status: 304, description: 'you have them' },
    ],
    problems: [404, 416],
  },
  getArtifact: {
    method: 'get',
    path: '/artifacts/{artifact_id}',
    tag: 'artifacts',
    summary: 'A file by its SHA-256',
    roles: everybody,
    params: { artifact_id: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
    answers: [
      { status: 200, description: 'the bytes; `ETag` is their SHA-256', media: 'application/octet-stream' },
      { status: 206, description: 'a part of them', media: 'application/octet-stream' },
      { status: 304, description: 'you have them' },
    ],
    problems: [404, 416],
  },
});

export type ContractId = keyof typeof contracts;

/** In the order in which they are tried. */
export const contractList: readonly Contract[] = Object.values(contracts);
