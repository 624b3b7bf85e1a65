import { defineProcess } from '../process';
import { changeEvents } from './events';

/** A change to what is kept outside of runs: a webhook that is switched, memory that is deleted. It is made, and told. */
export const change = defineProcess({
  subject: 'run',
  named: 'run',
  events: changeEvents,
  ends: {
    'WEBHOOK.ENABLED': 'enabled',
    'WEBHOOK.DISABLED': 'disabled',
    'MEMORY.DELETED': 'deleted',
    'RUN.FAILED': 'failed',
    'RUN.CANCELLED': 'cancelled',
  },
});
