import { PathId } from '../../schemas/api';
import { AgentDetail, AgentList } from '../../schemas/agents/api';
import { define, everybody } from '../contract';

/** Addresses of the registry of agents. */
export const agentContracts = define({
  listAgents: {
    method: 'get',
    path: '/api/v1/agents',
    tag: 'agents',
    summary: 'The agents of all workers, with their tasks, their health and their totals',
    description:
      'Workers announce their agents in Redis and report their health there; totals go on over restarts. An agent ' +
      'without a worker is `absent`, and is forgotten after a week. While Redis is away the answer is 503.',
    roles: everybody,
    entrance: 'agents',
    answers: [{ status: 200, description: 'by name', schema: AgentList }],
    problems: [503],
  },
  showAgent: {
    method: 'get',
    path: '/api/v1/agents/{name}',
    tag: 'agents',
    summary: 'An agent: its schemas, its tasks with examples, and its state on each worker',
    roles: everybody,
    params: { name: PathId },
    answers: [{ status: 200, description: 'the agent', schema: AgentDetail }],
    problems: [404, 503],
  },
});
