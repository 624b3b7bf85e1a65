import type { OperationView } from '../../../schemas/operations/run';
import type { OutsideEnd } from '../end';

const NOTHING = { matched: 0, done: 0, skipped: 0, failed: 0 };

/** An operation that was ended from outside. */
export const operationEnd: OutsideEnd = {
  lastEvent({ workflow_id, view }, error) {
    const operation = view as Partial<OperationView> | null;
    if (!operation?.action) return undefined;
    const { action, by = 'unknown', dry_run = false, counts = NOTHING } = operation;
    return { event_type: 'OPERATION.FAILED', payload: { operation: workflow_id, action, by, dry_run, counts, error } };
  },
};
