import type { Row } from './model';
import type { RunEvent } from './useRunEvents';

/** A stretch of time in which a step ran, in UTC milliseconds: one of its rounds, or all of it. */
export interface Span {
  from: number;
  /** absent while it runs */
  to?: number;
  outcome: 'completed' | 'failed' | 'running' | 'cancelled' | 'skipped' | 'waiting';
}

export interface Bar {
  row: Row;
  spans: Span[];
  /** of all rounds, as far as it is known */
  attempts: number;
}

/** The word of an event for the end of a round. */
const ENDS: Readonly<Record<string, Span['outcome']>> = {
  'TASK.COMPLETED': 'completed',
  'TASK.FAILED': 'failed',
  'TASK.RETRIED': 'failed',
  'TASK.RECOVERED': 'failed',
};

/** When each step ran, round by round where events tell of them. */
export function barsOf(rows: readonly Row[], events: readonly RunEvent[]): Bar[] {
  const told = new Map<string, Span[]>();
  for (const { event_type, occurred_at, payload } of events) {
    const { step } = payload;
    if (step === undefined) continue;
    const spans = told.get(step) ?? [];
    const last = spans.at(-1);
    const at = Date.parse(occurred_at);
    const end = ENDS[event_type];
    if (event_type === 'TASK.STARTED') spans.push({ from: at, outcome: 'running' });
    else if (end && last && last.to === undefined) Object.assign(last, { to: at, outcome: end });
    if (spans.length > 0) told.set(step, spans);
  }
  return rows.flatMap((row): Bar[] => {
    const { state } = row;
    if (state?.started_at === undefined) return [];
    const spans = told.get(state.id) ?? [];
    const whole: Span = {
      from: state.started_at,
      to: state.ended_at,
      outcome: state.ended_at === undefined ? 'running' : (row.status as Span['outcome']),
    };
    const closed = spans.map((span) =>
      span.to === undefined && state.ended_at !== undefined
        ? { ...span, to: state.ended_at, outcome: whole.outcome }
        : span,
    );
    return [
      { row, spans: closed.length > 0 ? closed : [whole], attempts: Math.max(state.attempts ?? 1, state.rounds) },
    ];
  });
}

/** Round numbers for the axis: at most six, from 0. */
export function ticksOf(milliseconds: number): number[] {
  const steps = [1, 2, 5].flatMap((digit) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8].map((power) => digit * power));
  const step = steps.sort((a, b) => a - b).find((one) => milliseconds / one <= 5) ?? milliseconds;
  return Array.from({ length: Math.floor(milliseconds / step) + 1 }, (_, index) => index * step);
}
