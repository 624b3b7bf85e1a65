import type { ProcessName } from '../../schemas/catalogue';
import { failedRun, type OutsideEnd, type ProcessRuns } from './end';
import * as processes from './processes';

/** The end of a run whose events are those of any plan. */
const planEnd: OutsideEnd = { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) };

/** A process that has no row does not compile. */
const rows: Record<Exclude<ProcessName, 'run'>, ProcessRuns> = processes;

const ends = new Map(Object.entries(rows).map(([process, { end }]) => [process, end]));

/** A process's words for such an end; a process unknown to this release is worded as a run of a plan. */
export const outsideEndOf = (process: string): OutsideEnd => ends.get(process) ?? planEnd;
