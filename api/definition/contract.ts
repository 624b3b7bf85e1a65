import { Type } from 'typebox';
import {
  Definition,
  DefinitionChecked,
  DefinitionDifference,
  Definitions,
  DefinitionVersions,
  Execution,
  ExecutionAccepted,
  ExecutionRequested,
  Executions,
  NewExecution,
  RerunPreview,
  RerunRequest,
  RetryRequest,
  RollbackRequest,
} from '../../schemas/definition/api';
import { PathId } from '../../schemas/api';
import { WorkflowDefinition } from '../../schemas/definition/definition';
import { DraftSimulationRequest, Simulation, SimulationRequest } from '../../schemas/definition/simulation';
import { Identifier, Instant } from '../../schemas/json';
import { define, everybody, idempotencyKey, listOf, operators, page } from '../contract';
import { eventStream } from '../live/contract';

const tag = 'workflows';
const workflow = { id: Identifier };
const execution = { execution_id: Identifier };
const Version = Type.Integer({ minimum: 1 });

const example = {
  name: 'Lead Processing',
  description: 'Look a lead up, and keep what is known',
  steps: [
    { step_id: 'look_up', step_type: 'api_call', parameters: { url: 'https://api.example.com/leads/${{ input.id }}' } },
    { step_id: 'known', step_type: 'transform', parameters: { lead: '${{ steps.look_up.output.body }}' } },
  ],
};

const executing = ['requester', 'operator', 'admin'] as const;
const simulation = {
  input_data: { id: 7 },
  outputs: { look_up: [{ error: { type: 'http.status_503' } }, { status: 200, url: '', headers: {}, body: { n: 1 } }] },
  starts_at: '2026-03-02T08:00:00Z',
};
const simulated = {
  description:
    'Carries the definition out against a virtual clock, and touches nothing: waits, pauses and questions end at once; ' +
    'outputs that are given are taken; tools without effect compute; others are stood in for by what they are known to ' +
    'give back. A question without a decision is approved. Bounded; sub-workflows are simulated within, five deep.',
  roles: executing,
  answers: [{ status: 200, description: 'the path taken, and why', schema: Simulation }],
};

const body = { json: WorkflowDefinition, example, yaml: true, unchecked: true } as const;
const ifMatch = { 'If-Match': 'the ETag of the version that you have seen; 412 when there is a newer one' };
const shown = (status: number, description: string) => [{ status, description, schema: Definition }];

/** Addresses of workflow definitions and their executions. */
export const definitionContracts = define({
  createDefinition: {
    method: 'post',
    path: '/api/v1/workflows',
    slash: true,
    tag,
    summary: 'Define a workflow',
    description:
      'As JSON, or as YAML (`Content-Type: application/yaml`). It is checked first, and refused with all its faults. An ' +
      '`id` of your own may stand in it.',
    roles: operators,
    entrance: 'workflows',
    body,
    answers: shown(201, 'the first version'),
    problems: [409, 413, 415, 422],
  },
  listDefinitions: {
    method: 'get',
    path: '/api/v1/workflows',
    slash: true,
    tag,
    summary: 'Workflow definitions, by their ids',
    roles: everybody,
    query: page(200, 50),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Definitions }],
    problems: [422],
  },
  validateDefinition: {
    method: 'post',
    path: '/api/v1/workflows/validate',
    slash: true,
    tag,
    summary: 'Check a definition without keeping it',
    description: 'All faults at once, with their places: a JSON Pointer, and for YAML line and column.',
    roles: everybody,
    body,
    answers: [{ status: 200, description: 'the plan that it becomes, or its faults', schema: DefinitionChecked }],
    problems: [413, 415, 422],
  },
  simulateDraft: {
    ...simulated,
    method: 'post',
    path: '/api/v1/workflows/simulate',
    slash: true,
    tag,
    summary: 'Simulate a definition without keeping it',
    body: { json: DraftSimulationRequest, example: { definition: example, ...simulation }, unchecked: true },
    problems: [413, 415, 422],
  },
  getDefinition: {
    method: 'get',
    path: '/api/v1/workflows/{id}',
    slash: true,
    tag,
    summary: 'The newest version of a definition; as YAML with `Accept: application/yaml`',
    roles: everybody,
    params: workflow,
    answers: shown(200, 'the definition; its ETag is its version'),
    problems: [404],
  },
  changeDefinition: {
    method: 'put',
    path: '/api/v1/workflows/{id}',
    slash: true,
    tag,
    summary: 'Change a definition: a new version, unless it says the same',
    description: 'Executions under way keep their version.',
    roles: operators,
    params: workflow,
    headers: ifMatch,
    body,
    answers: shown(200, 'the version that is the newest now'),
    problems: [404, 409, 412, 413, 415, 422, 428],
  },
  deleteDefinition: {
    method: 'delete',
    path: '/api/v1/workflows/{id}',
    slash: true,
    tag,
    summary: 'Delete a definition; its versions can still be read',
    description: 'With `memory=delete` all that its executions have remembered goes too.',
    roles: operators,
    params: workflow,
    query: { memory: Type.Optional(Type.Enum(['keep', 'delete'], { default: 'keep' })) },
    headers: ifMatch,
    answers: [{ status: 204, description: 'it is gone' }],
    problems: [404, 409, 412, 428],
  },
  listVersions: {
    method: 'get',
    path: '/api/v1/workflows/{id}/versions',
    slash: true,
    tag,
    summary: 'The versions of a definition, newest first, also of a deleted one',
    roles: everybody,
    params: workflow,
    query: page(200, 50),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: DefinitionVersions }],
    problems: [404],
  },
  getVersion: {
    method: 'get',
    path: '/api/v1/workflows/{id}/versions/{version}',
    tag,
    summary: 'A version of a definition; as YAML with `Accept: application/yaml`',
    roles: everybody,
    params: { ...workflow, version: Type.String({ pattern: '^[1-9][0-9]{0,5}$' }) },
    answers: shown(200, 'the version'),
    problems: [404],
  },
  diffDefinition: {
    method: 'get',
    path: '/api/v1/workflows/{id}/diff',
    tag,
    summary: 'The difference of two versions, part by part',
    roles: everybody,
    params: workflow,
    query: { from: Version, to: Type.Optional(Version) },
    answers: [{ status: 200, description: 'from one to the other, or to the newest', schema: DefinitionDifference }],
    problems: [404],
  },
  rollBackDefinition: {
    method: 'post',
    path: '/api/v1/workflows/{id}/rollback',
    tag,
    summary: 'Go back to an earlier version, by a new one that says the same',
    roles: operators,
    params: workflow,
    headers: ifMatch,
    body: { json: RollbackRequest, example: { version: 1 } },
    answers: shown(200, 'the new version'),
    problems: [404, 409, 412, 413, 415, 422, 428],
  },
  executeDefinition: {
    method: 'post',
    path: '/api/v1/workflows/{id}/execute',
    slash: true,
    tag,
    summary: 'Execute a workflow',
    description:
      'Input that does not fit the `input_schema` is refused. With `async_execution: false` the answer waits for the end, ' +
      'for 20 s or as long as `Prefer: wait=N` says, 40 s at most; an execution that has not ended by then goes on, and ' +
      'the answer is 202 with its address.',
    roles: executing,
    params: workflow,
    headers: { ...idempotencyKey, Prefer: '`wait=10`: seconds to wait for the end' },
    body: { json: NewExecution, example: { input_data: { id: 7 }, async_execution: true }, optional: true },
    answers: [
      { status: 200, description: 'the execution, which has ended', schema: Execution },
      { status: 202, description: 'accepted and durable', schema: ExecutionAccepted },
    ],
    problems: [404, 409, 413, 415, 422],
  },
  simulateDefinition: {
    ...simulated,
    method: 'post',
    path: '/api/v1/workflows/{id}/simulate',
    slash: true,
    tag,
    summary: 'Simulate a workflow',
    params: workflow,
    body: { json: SimulationRequest, example: simulation, optional: true },
    problems: [404, 413, 415, 422],
  },
  listExecutions: {
    method: 'get',
    path: '/api/v1/executions',
    slash: true,
    tag,
    summary: 'Executions, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    entrance: 'executions',
    query: {
      ...listOf('definition'),
      workflow: Type.Optional(Type.Unsafe<string>({ ...Identifier, description: 'only those of this definition' })),
      version: Type.Optional(Type.Integer({ minimum: 1, description: 'with `workflow`: only those of this version' })),
      rerun_of: Type.Optional(Type.Unsafe<string>({ ...Identifier, description: 'only re-runs of this execution' })),
      started_after: Type.Optional(Instant),
      started_before: Type.Optional(Instant),
    },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: Executions }],
    problems: [422],
  },
  getExecution: {
    method: 'get',
    path: '/api/v1/executions/{execution_id}',
    slash: true,
    tag,
    summary:
      'An execution: where it stands, its steps with input, output, attempts and costs, what it waits for, its result',
    roles: everybody,
    params: execution,
    query: {
      ...page(500, 200),
      step: Type.Optional(
        Type.Unsafe<string>({
          ...PathId,
          description: 'a loop, or one of its elements: the steps within it, as `each` or `each.3`',
        }),
      ),
    },
    shows: 'execution',
    answers: [{ status: 200, description: 'the execution, with a page of its steps', schema: Execution }],
    problems: [404],
  },
  executionEvents: {
    ...eventStream,
    path: '/api/v1/executions/{execution_id}/events',
    summary: 'The events of an execution and its steps, live',
    params: execution,
  },
  controlExecution: {
    method: 'post',
    path: '/api/v1/executions/{execution_id}/{control}',
    tag,
    summary: 'Pause, resume or cancel an execution',
    roles: operators,
    params: { ...execution, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the execution has the request', schema: ExecutionRequested }],
    problems: [404, 409],
  },
  retryExecution: {
    method: 'post',
    path: '/api/v1/executions/{execution_id}/retry',
    tag,
    summary: 'Let an execution that has failed or was cancelled go on from its failed steps',
    description:
      'Under its own id; what is done stays, also within loops. A step whose effect may not be repeated, and may have ' +
      'happened, is carried out once more only if `confirm_effects` names the effect: 409 lists those that it lacks.',
    roles: operators,
    params: execution,
    body: { json: RetryRequest, example: {}, optional: true },
    answers: [{ status: 202, description: 'the execution goes on', schema: ExecutionRequested }],
    problems: [404, 409, 413, 415, 422],
  },
  rerunExecution: {
    method: 'post',
    path: '/api/v1/executions/{execution_id}/rerun',
    tag,
    summary: 'Run an ended execution again from one of its steps, as a new execution of the same version',
    description:
      'It takes over the results of the other steps, and runs the step and all that depends on it, with other input if ' +
      'that is given. Effects that would happen once more are listed first: with `preview`, or by a 409 until ' +
      '`confirm_effects` names each of them.',
    roles: executing,
    params: execution,
    headers: idempotencyKey,
    body: { json: RerunRequest, example: { from_step: 'enrich_lead', preview: true } },
    answers: [
      { status: 200, description: 'with `preview`: what would happen', schema: RerunPreview },
      { status: 202, description: 'the new execution, accepted and durable', schema: ExecutionAccepted },
    ],
    problems: [404, 409, 413, 415, 422],
  },
});
