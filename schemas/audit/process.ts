import { defineProcess } from '../process';
import { clarificationEvents } from './events/clarification';
import { projectEvents } from './events/project';

/** An audit of a work context: a project. */
export const audit = defineProcess({
  subject: 'project',
  named: 'subject',
  events: [...projectEvents, ...clarificationEvents],
  ends: { 'PROJECT.COMPLETED': 'completed', 'PROJECT.FAILED': 'failed' },
});

/** Work for one agent that somebody else has dispatched; its events are those of projects. */
export const dispatch = defineProcess({
  subject: 'run',
  named: 'run',
  events: projectEvents,
  ends: { 'WORK.ITEM_COMPLETED': 'completed', 'WORK.ITEM_FAILED': 'failed' },
});
