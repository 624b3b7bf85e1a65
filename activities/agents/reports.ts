import type { Agent } from './base';
import type { AgentState } from './state';

/** What is reported lives as long as it is repeated. */
export interface HealthReports {
  stop(): void;
}

/** Reports how all agents of this process do: now, and again every `everyMs`, also when none of them is called. */
export function keepReporting(agents: readonly Agent[], state: AgentState, everyMs: number): HealthReports {
  const report = (): void => {
    for (const agent of agents) state.report(agent.spec.name, agent.health());
  };
  report();
  const timer = setInterval(report, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
