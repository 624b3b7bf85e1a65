import { sha256 } from '../../src/documents/json';
import { senderOf, type StartParts, type Subscription } from '../subscription';

/** Requests for jobs. One that names no job is a job of its own for each event. */
export const jobSubscriptions = ({ runs }: StartParts): Subscription[] => [
  {
    group: 'orchestrators',
    type: 'JOB.REQUESTED',
    async start(event, { job_id, ...request }) {
      const { goal, context, priority, mode } = request;
      await runs.startJob({
        job_id: job_id ?? `J-${sha256(event.event_id).slice(0, 20)}`,
        ...{ goal, context, priority, mode },
        requested_by: senderOf(event),
        correlation_id: event.correlation_id,
        causation_id: event.event_id,
      });
    },
  },
];
