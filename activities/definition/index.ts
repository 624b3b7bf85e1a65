import { createDefinitionStore } from '../../src/documents/definitions';
import { runSettings } from '../../src/runs/settings';
import type { Process } from '../process';
import { createDefinitionActivities } from './activities';
import { createExecutionActivities } from './executions';

/** Workflow definitions, and their executions. */
export const definition = {
  activities({ config, documents, store }) {
    const definitions = createDefinitionStore(store);
    return {
      ...createDefinitionActivities({ documents, definitions }),
      ...createExecutionActivities({ documents, definitions, settings: runSettings(config) }),
    };
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
