import { createDefinitionStore } from '../../src/documents/definitions';
import { createKeptMemory } from '../../src/memory/kept';
import { createMemories } from '../../src/memory/memory';
import { createOwners } from '../../src/memory/owners';
import type { Process } from '../process';
import { createMemoryActivities } from './activities';

/** The memory of runs, from outside them. */
export const memory = {
  activities({ config, store, records, temporal, vectors }) {
    const { namespace } = config;
    const definitions = createDefinitionStore(store);
    return createMemoryActivities({
      kept: createKeptMemory({
        vectors,
        memories: createMemories(store),
        ...createOwners({ temporal, records, definitions, namespace }),
        namespace,
      }),
    });
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
