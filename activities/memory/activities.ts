import type { MemoryChoice } from '../../schemas/change/run';
import type { MemoryDeleted } from '../../schemas/memory/api';
import type { KeptMemory } from '../../src/memory/kept';
import { withStore } from '../engine/values';

/** Activities of what runs have remembered. */
export function createMemoryActivities({ kept }: { kept: Pick<KeptMemory, 'remove'> }) {
  return {
    /** Removes one namespace, or all of a workflow. A repeated attempt says what was left for it. */
    async deleteMemory(choice: MemoryChoice): Promise<MemoryDeleted> {
      return await withStore(() => kept.remove(choice));
    },
  };
}
