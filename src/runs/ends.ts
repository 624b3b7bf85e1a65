import type { Failure, ProcessName } from '../../schemas/catalogue';
import type { RunView } from '../../schemas/run';
import { type OutsideEnd, type ProcessRuns } from './end';
import * as processes from './processes';

/** A process that has no row does not compile. */
const rows: Record<ProcessName, ProcessRuns> = processes;

const ends = new Map(Object.entries(rows).map(([process, { end }]) => [process, end]));

/** A run as people see it, once somebody has ended it from outside: it fails, and asks nobody any more. */
export function endedOutside(run: RunView, error: Failure, endedAt: string): RunView & { ended_at: string } {
  return {
    ...run,
    status: 'failed',
    ended_at: endedAt,
    error,
    outcome: outcomes.get(error.type) ?? 'failed',
    approvals: run.approvals.map((asked) => (asked.status === 'open' ? { ...asked, status: 'cancelled' } : asked)),
    view: outsideEndOf(run.process).ended?.(run.view) ?? run.view,
  };
}

/** The same for one that has told nobody yet, by its status in Temporal. */
export function closedOutside(run: RunView, status: string, closedAt: Date): RunView {
  const error = causeOutside(status) ?? { type: 'run.failed', message: 'it ended without a word' };
  return endedOutside(run, error, closedAt.toISOString());
}

/** Ends in a word, by the types of `causeOutside`. */
const outcomes: ReadonlyMap<string, string> = new Map([
  ['run.terminated', 'terminated'],
  ['run.timed_out', 'timed_out'],
  ['run.cancelled', 'cancelled'],
]);

/** Why a run was ended from outside, from its status in Temporal; undefined if that does not say so. */
export function causeOutside(status: string): Failure | undefined {
  switch (status) {
    case 'terminated':
      return { type: 'run.terminated', message: 'somebody has terminated the run in Temporal' };
    case 'timed_out':
      return { type: 'run.timed_out', message: "the run's time in Temporal was up" };
    case 'cancelled':
      return { type: 'run.cancelled', message: 'cancelled before the run could say so' };
    default:
      return undefined;
  }
}

/** A process's words for such an end; a process unknown to this release is worded as a run of a plan. */
export const outsideEndOf = (process: string): OutsideEnd => ends.get(process) ?? rows.run.end;
