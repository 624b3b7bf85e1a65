/** Keeps the streams complete: restores lost events from histories and records, and ends that no run published. */
export { createExecutions } from './executions';
export { historyEvents, readHistory, type RunHistory } from './history';
export { insistOnRebuild, rebuildLost, settleEpoch, WHOLE, type LostParts, type StartRebuild } from './lost';
export type { UpkeepParts } from './ports';
export { createRebuild, RebuildBusy, type Rebuild, type RebuildTurn } from './rebuild';
export { createSweep, type Sweep, type SweepResult, type SweepState } from './sweep';
export { isAway } from './faults';
