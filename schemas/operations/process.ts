import { defineProcess } from '../process';
import { operationEvents } from './events';

/** An operator's work on streams and dead letters. */
export const operations = defineProcess({
  subject: 'operation',
  named: 'run',
  events: operationEvents,
  ends: { 'OPERATION.COMPLETED': 'completed', 'OPERATION.FAILED': 'failed' },
});
