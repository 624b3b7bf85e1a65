import { createDefinitionStore } from '../../src/documents/definitions';
import type { Process } from '../process';
import { createDefinitionActivities } from './activities';

/** Workflow definitions, and their executions. */
export const definition = {
  activities: ({ documents, store }) =>
    createDefinitionActivities({ documents, definitions: createDefinitionStore(store) }),
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
