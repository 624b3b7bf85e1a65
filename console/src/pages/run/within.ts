import type { RunStep } from './queries';
import type { RunEvent } from './useRunEvents';

/** The state that an event tells of a step. */
const STATES: Readonly<Record<string, RunStep['status']>> = {
  'TASK.STARTED': 'running',
  'TASK.COMPLETED': 'completed',
  'TASK.FAILED': 'failed',
  'TASK.SKIPPED': 'skipped',
};

/** Steps within groups by the events that tell of them: their rows are gone when their group has ended. */
export function stepsWithin(events: readonly RunEvent[]): RunStep[] {
  const steps = new Map<string, RunStep>();
  for (const { event_type, occurred_at, payload } of events) {
    const { step: id, round = 1, error } = payload;
    const status = STATES[event_type];
    if (id === undefined || status === undefined || !id.includes('.')) continue;
    const at = Date.parse(occurred_at);
    const before = steps.get(id) ?? { id, kind: 'tool', status, rounds: round, started_at: at };
    steps.set(id, {
      ...before,
      status,
      rounds: round,
      ended_at: status === 'running' ? undefined : at,
      error: error as RunStep['error'],
    });
  }
  return [...steps.values()];
}
