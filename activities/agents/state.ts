import type { AgentHealth } from '../../schemas/agent';

/** Where agents report how they do. It must not block and must not throw: a report that is lost is followed by others. */
export interface AgentState {
  report(agentName: string, health: AgentHealth): void;
}
