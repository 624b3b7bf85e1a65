import type { Value } from '../refs';

/** What a schedule starts. */
export const scheduledKinds = ['job', 'audit'] as const;
export type ScheduledKind = (typeof scheduledKinds)[number];

/** Input of each start of a schedule. */
export interface ScheduledInput {
  schedule_id: string;
  kind: ScheduledKind;
  /** a request for a job, or for an audit, without its id */
  request: Value;
}

/** The run that a start of a schedule has come to. */
export interface ScheduledRun {
  workflow_id: string;
}

/** The end of a scheduled start's workflow id: the time that Temporal puts there, `2026-11-29T08:00:00Z`. */
const TIME = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/;

/**
 * The id of what a scheduled start begins: the schedule's, and the time of the start, so that the same start begins the
 * same. Undefined for a workflow id that no schedule has given.
 */
export function scheduledName(schedule_id: string, workflowId: string): string | undefined {
  const at = TIME.exec(workflowId)?.[1];
  return at && `${schedule_id}-${at.replaceAll(/[-:]/g, '')}`;
}
