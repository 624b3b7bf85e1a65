import { createDefinitionStore } from '../../src/documents/definitions';
import { runSettings } from '../../src/runs/settings';
import type { Process } from '../process';
import { createDefinitionActivities } from './activities';
import { createExecutionActivities } from './executions';

/** Workflow definitions, and their executions. */
export const definition = {
  activities({ config, documents, store, records, effects, catalogue }) {
    const definitions = createDefinitionStore(store);
    const settings = runSettings(config);
    return {
      ...createDefinitionActivities({ documents, definitions }),
      ...createExecutionActivities({ documents, definitions, records, effects, catalogue, settings }),
    };
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
