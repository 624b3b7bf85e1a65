import { defineProcess } from '../process';
import { jobEvents } from './events';

/** A goal that becomes a plan and is carried out. */
export const job = defineProcess({
  subject: 'job',
  named: 'subject',
  events: jobEvents,
  ends: { 'JOB.COMPLETED': 'completed', 'JOB.FAILED': 'failed', 'JOB.CANCELLED': 'cancelled' },
});
