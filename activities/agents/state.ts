import type { AgentHealth } from '../../schemas/agent';

/** Port for health reports of agents. It must not block or throw: a lost report is followed by others. */
export interface AgentState {
  report(agentName: string, health: AgentHealth): void;
}
