import { defineProcess } from '../process';
import { definitionEvents, executionEvents } from './events';

/** An execution of a workflow definition. */
export const definition = defineProcess({
  subject: 'execution',
  named: 'subject',
  events: executionEvents,
  ends: { 'WORKFLOW.COMPLETED': 'completed', 'WORKFLOW.FAILED': 'failed', 'WORKFLOW.CANCELLED': 'cancelled' },
});

/** A change of a workflow definition: it writes a version, and tells it. */
export const revision = defineProcess({
  subject: 'run',
  named: 'run',
  events: definitionEvents,
  ends: {
    'DEFINITION.CREATED': 'created',
    'DEFINITION.CHANGED': 'changed',
    'DEFINITION.ROLLED_BACK': 'rolled_back',
    'DEFINITION.DELETED': 'deleted',
    'RUN.FAILED': 'failed',
    'RUN.CANCELLED': 'cancelled',
  },
});
