import type { Agent } from './base';
import type { AgentState } from './state';

/** Reports expire unless they are repeated. */
export interface HealthReports {
  stop(): void;
}

/** Reports the health of all agents of this process: now, and again every `everyMs`, even if none is called. */
export function keepReporting(agents: readonly Agent[], state: AgentState, everyMs: number): HealthReports {
  const report = (): void => {
    for (const agent of agents) state.report(agent.spec.name, agent.health());
  };
  report();
  const timer = setInterval(report, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
