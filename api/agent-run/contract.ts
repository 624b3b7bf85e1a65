import { Type } from 'typebox';
import { AgentRun, AgentRunAccepted, AgentRuns, NewAgentRun } from '../../schemas/agent-run/api';
import { JobDecisionRequest, JobRequested } from '../../schemas/job/api';
import { Identifier } from '../../schemas/json';
import { define, everybody, idempotencyKey, listOf, operators } from '../contract';
import { decision } from '../job/contract';
import { eventStream } from '../live/contract';

const run = { run_id: Identifier };

const decided = { ...decision, tag: 'agent runs', params: run };

/** Addresses of agent runs. */
export const agentRunContracts = define({
  startAgentRun: {
    method: 'post',
    path: '/api/runs',
    tag: 'agent runs',
    summary: 'Have a goal about an asset planned, criticised and executed',
    description:
      'A planner makes a plan of the goal, a critic and the policy judge it, and an executor carries it out with the tools ' +
      'of the installation, those of its MCP servers among them. Unless `human_approved` is true, a plan that changes ' +
      'anything waits for a yes before its first step. The run is bound to what it is made with; what it exchanges with ' +
      'models and tools is recorded.',
    roles: ['requester', 'operator', 'admin'],
    headers: idempotencyKey,
    entrance: 'agent_runs',
    body: {
      json: NewAgentRun,
      example: {
        asset_id: 'IMG-2041',
        goal: 'Fetch https://api.example.com/assets/2041 and save it as asset.json',
        metadata: { campaign: 'spring' },
        human_approved: false,
        determinism: { model_version: 'gpt-4.1-mini-2025-04-14', seed: 42, temperature: 0 },
      },
    },
    answers: [{ status: 202, description: 'accepted and durable', schema: AgentRunAccepted }],
    problems: [403, 409, 413, 415, 422],
  },
  listAgentRuns: {
    method: 'get',
    path: '/api/runs',
    tag: 'agent runs',
    summary: 'Agent runs, newest first; those that Temporal has forgotten come last, from their records',
    roles: everybody,
    query: listOf('job'),
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: AgentRuns }],
    problems: [422],
  },
  getAgentRun: {
    method: 'get',
    path: '/api/runs/{run_id}',
    tag: 'agent runs',
    summary: 'A run with its context: plan, critique, results, and what it is made with',
    description: 'The ETag is the digest of the question that is open.',
    roles: everybody,
    params: run,
    answers: [{ status: 200, description: 'the run', schema: AgentRun }],
    problems: [404],
  },
  agentRunStream: {
    ...eventStream,
    path: '/api/runs/{run_id}/stream',
    tag: 'agent runs',
    summary: 'A run as it goes, in named events',
    description: `Server-Sent Events named \`status\`, \`approval\`, \`error\` and \`result\`, each a JSON object with \`run_id\`,
\`seq\` (also the \`id\`), \`at\` and \`status\`. First what has happened, then what happens. The run's end is one \`result\`,
after an \`error\` that says why where it has failed; then the stream closes. A browser's EventSource calls
\`onerror\` for a lost connection too: an \`error\` of the run has \`data\`. \`Last-Event-ID\` or \`?after=\` resumes.`,
    params: run,
  },
  approveAgentRun: {
    ...decided,
    path: '/api/runs/{run_id}/approve',
    summary: 'Approve what a run asks, such as its plan',
    body: { json: JobDecisionRequest, example: { comment: 'checked' }, optional: true },
  },
  rejectAgentRun: {
    ...decided,
    path: '/api/runs/{run_id}/reject',
    summary: 'Reject what a run asks; a rejected plan is not carried out',
    body: { json: JobDecisionRequest, example: { comment: 'Not this asset.' }, optional: true },
  },
  controlAgentRun: {
    method: 'post',
    path: '/api/runs/{run_id}/{control}',
    tag: 'agent runs',
    summary: 'Pause, resume or cancel a run',
    roles: operators,
    params: { ...run, control: Type.Enum(['pause', 'resume', 'cancel']) },
    answers: [{ status: 202, description: 'the run has the request', schema: JobRequested }],
    problems: [404, 409],
  },
});
