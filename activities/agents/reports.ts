import type { AgentStatement } from '../../schemas/agents/api';
import type { JsonObject } from '../../schemas/json';
import type { AgentRegistry } from '../../src/streams/agent-registry';
import type { Agent } from './base';
import type { AgentState } from './state';

/** Reports expire unless they are repeated. */
export interface HealthReports {
  stop(): void;
}

export interface ReportPorts {
  state: AgentState;
  registry: Pick<AgentRegistry, 'announce'>;
}

/** Announces all agents of this process and reports their health: now, and again every `everyMs`, even if none is called. */
export function keepReporting(
  agents: readonly Agent[],
  { state, registry }: ReportPorts,
  everyMs: number,
): HealthReports {
  const statements = agents.map(statementOf);
  const report = (): void => {
    registry.announce(statements);
    for (const agent of agents) state.report(agent.spec.name, agent.health());
  };
  report();
  const timer = setInterval(report, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

const statementOf = ({ spec }: Agent): AgentStatement => ({
  name: spec.name,
  version: spec.version,
  description: spec.description,
  input: spec.input as JsonObject,
  output: spec.output as JsonObject,
  tasks: spec.tasks ?? [],
});
