import { failedRun, type OutsideEnd } from '../end';

/** A change that was ended from outside: whether it was made shows in the store. */
export const changeEnd: OutsideEnd = { lastEvent: ({ workflow_id }, error) => failedRun(workflow_id, error) };
