import type { JobView } from '../../../schemas/job/run';
import type { JsonObject } from '../../../schemas/json';
import type { OutsideEnd } from '../end';

/** A job that was ended from outside. */
export const jobEnd: OutsideEnd = {
  lastEvent: ({ subject }, error) => ({ event_type: 'JOB.FAILED', payload: { job_id: subject.id, error } }),
  subjectId: ({ job_id }) => job_id,
  ended: (view) => ({ ...(view as JsonObject), stage: 'ended' satisfies JobView['stage'] }),
  causeId: ({ causation_id }) => causation_id,
  view: ({ job_id = '', goal = '', priority = 3, mode = 'run', requested_by = '', request_digest = '' }) => ({
    ...{ job_id, goal, priority, mode, requested_by, request_digest },
    stage: 'planning' satisfies JobView['stage'],
    recoveries: [],
  }),
};
