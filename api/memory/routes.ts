import type { MemoryChoice } from '../../schemas/change/run';
import type { MemoryDeletion, MemoryNamespaces } from '../../schemas/memory/api';
import { MeaningError } from '../../src/meaning/errors';
import type { KeptMemory, KeptNamespace } from '../../src/memory/kept';
import type { Runs } from '../../src/runs';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import { RunError } from '../../src/runs/errors';
import { addressOf } from '../links';
import type { Call, Handlers, Reply } from '../part';
import { runLinks } from '../runs/views';
import { memoryContracts } from './contract';

export interface MemoryDependencies {
  keptMemory: Pick<KeptMemory, 'list'>;
  runs: Pick<Runs, 'makeChange'>;
}

export function memoryRoutes({ keptMemory, runs }: MemoryDependencies): Handlers<typeof memoryContracts> {
  async function remove(choice: MemoryChoice, { principal }: Call): Promise<Reply> {
    const made = await runs.makeChange({ change: { what: 'memory', ...choice }, by: principal.name });
    if (made.made) return { body: made.result };
    const { workflow_id } = made;
    const { run, events } = runLinks(workflow_id);
    return { status: 202, body: { status: 'accepted', workflow_id, links: { run, events } } satisfies MemoryDeletion };
  }

  return {
    async listMemory({ query: { workflow, cursor, limit } }) {
      const after = cursor === undefined ? undefined : decodeCursor(String(cursor), isText);
      const all = await listed(() => keptMemory.list(workflow === undefined ? undefined : String(workflow)));
      const left = after === undefined ? all : all.filter(({ namespace }) => namespace > after);
      const page = left.slice(0, Number(limit ?? 50));
      const last = page.at(-1);
      const body: MemoryNamespaces = {
        namespaces: page.map((one) => ({ ...one, links: linksOf(one) })),
        next_cursor: last && page.length < left.length ? encodeCursor(last.namespace) : undefined,
      };
      return { body };
    },
    deleteWorkflowMemory: (call) => remove({ workflow: String(call.query.workflow) }, call),
    deleteMemory: (call) => remove({ namespace: call.params.namespace ?? '' }, call),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

function linksOf({ namespace, kind }: KeptNamespace): Record<string, string> {
  const self = addressOf(memoryContracts.deleteMemory, { namespace });
  return kind === 'run' ? { self, run: runLinks(namespace).run } : { self };
}

/** Qdrant may be away; the document store says so by itself. */
async function listed<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof MeaningError)) throw error;
    throw new RunError('unavailable', `The memory cannot be read now: ${error.message}. Try again.`, { retryAfter: 5 });
  }
}
