import type { MemoryChoice } from '../../schemas/change/run';
import type { MemoryDeleted, MemoryNamespace } from '../../schemas/memory/api';
import { SHARED } from '../meaning/meaning';
import type { VectorStore } from '../meaning/port';
import { parseWorkflowId } from '../temporal/ids';
import type { Memories } from './memory';

/** What is kept under one name, without its links. */
export type KeptNamespace = Omit<MemoryNamespace, 'links'>;

export interface KeptMemoryParts {
  vectors: Pick<VectorStore, 'spaces' | 'forget'>;
  memories: Pick<Memories, 'runs' | 'clear'>;
  /** the workflow definition that a run executes; undefined for runs of other processes, and where nobody knows any more */
  definitionOf(workflowId: string): Promise<string | undefined>;
  /** true for the id of a workflow definition, deleted ones too */
  isDefinition(id: string): Promise<boolean>;
  namespace: string;
}

/** Names that are looked up at once. */
const AT_ONCE = 16;

/**
 * What all runs have remembered, by namespaces: texts by meaning, and values by name. To a workflow definition belong
 * the memories of its executions, and the space that bears its id.
 */
export function createKeptMemory(parts: KeptMemoryParts) {
  const { vectors, memories, namespace } = parts;

  async function ownerOf(name: string): Promise<Pick<KeptNamespace, 'kind' | 'workflow'>> {
    if (name === SHARED) return { kind: 'shared' };
    if (parseWorkflowId(namespace, name)) return { kind: 'run', workflow: await parts.definitionOf(name) };
    return { kind: 'named', workflow: (await parts.isDefinition(name)) ? name : undefined };
  }

  /** All namespaces by their names; with `workflow`, those that belong to it. */
  async function list(workflow?: string): Promise<KeptNamespace[]> {
    const [spaces, runs] = await Promise.all([vectors.spaces(), memories.runs()]);
    const byName = new Map(
      spaces.map(({ space, texts, bytes }) => [space, { namespace: space, texts, values: 0, bytes }]),
    );
    for (const { run, values, bytes } of runs) {
      const before = byName.get(run) ?? { namespace: run, texts: 0, values: 0, bytes: 0 };
      byName.set(run, { ...before, values, bytes: before.bytes + bytes });
    }
    const names = [...byName.values()].sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
    const all: KeptNamespace[] = [];
    for (let from = 0; from < names.length; from += AT_ONCE) {
      const some = names.slice(from, from + AT_ONCE);
      const owners = await Promise.all(some.map((one) => ownerOf(one.namespace)));
      some.forEach((one, index) => all.push({ ...one, ...(owners[index] ?? { kind: 'named' }) }));
    }
    return workflow === undefined ? all : all.filter((one) => one.workflow === workflow);
  }

  return {
    list,

    /** Removes what is chosen, and says what that was. Repeating it is fine. */
    async remove(choice: MemoryChoice): Promise<MemoryDeleted> {
      const chosen =
        'workflow' in choice
          ? await list(choice.workflow)
          : (await list()).filter(({ namespace: name }) => name === choice.namespace);
      const deleted: MemoryDeleted = { namespaces: 0, texts: 0, values: 0, bytes: 0 };
      for (const one of chosen) {
        await vectors.forget(one.namespace);
        if (one.kind === 'run') await memories.clear(one.namespace);
        deleted.namespaces += 1;
        for (const count of ['texts', 'values', 'bytes'] as const) deleted[count] += one[count];
      }
      return deleted;
    },
  };
}

export type KeptMemory = ReturnType<typeof createKeptMemory>;
