import type { AgentDetail, AgentSummary } from '../../schemas/agents/api';
import type { AgentState } from '../../src/streams/agents-state';
import type { RegisteredAgent } from '../../src/streams/agent-registry';
import { addressOf } from '../links';
import { agentContracts } from './contract';

type State = Pick<AgentSummary, 'status' | 'breaker' | 'worker_count' | 'totals' | 'links'>;

export function summaryOf(agent: RegisteredAgent): AgentSummary {
  const [{ name, version, description, tasks }] = agent.statements;
  return { name, version, description, tasks: tasks.map((task) => task.name), ...stateOf(agent) };
}

export function detailOf(agent: RegisteredAgent): AgentDetail {
  const { statements, reports } = agent;
  return {
    ...statements[0],
    versions: statements.map(({ version }) => version),
    ...stateOf(agent),
    workers: reports.map(({ agent: _, ...report }) => report),
  };
}

function stateOf({ statements: [{ name }], reports, totals }: RegisteredAgent): State {
  return {
    status: statusOf(reports),
    breaker: breakerOf(reports),
    worker_count: reports.length,
    totals,
    links: { self: addressOf(agentContracts.showAgent, { name }) },
  };
}

function statusOf(reports: readonly AgentState[]): State['status'] {
  const has = (status: AgentState['status']) => reports.some((report) => report.status === status);
  if (reports.length === 0) return 'absent';
  if (reports.every(({ status }) => status === 'unavailable')) return 'unavailable';
  if (has('unavailable') || has('degraded')) return 'degraded';
  return has('working') ? 'working' : 'idle';
}

function breakerOf(reports: readonly AgentState[]): State['breaker'] {
  if (reports.length > 0 && reports.every(({ breaker }) => breaker === 'open')) return 'open';
  return reports.some(({ breaker }) => breaker !== 'closed') ? 'half_open' : 'closed';
}
