import { uuid5 } from '../../core/identity';

/** The id that a run gives to its event number `seq`: UUID version 5 of workflow, execution and number. */
export const eventId = (workflowId: string, runId: string, seq: number): string =>
  uuid5(`${workflowId}:${runId}:${seq}`);
