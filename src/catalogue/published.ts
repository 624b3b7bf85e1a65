import { createCatalogue, type ToolCatalogue } from '../../core/plan/catalogue';
import type { CompleteSpec } from '../../core/worst-case';
import { parseStored } from '../documents/json';
import type { DocumentStore } from '../documents/port';

/** Specifications of everything that a worker runs. */
export interface Offered {
  tools: readonly CompleteSpec[];
  agents: readonly CompleteSpec[];
}

/** The file of the worker of tools that has started last: what it runs is what plans may use. */
const FILE = 'catalogue/offered.json';

/** What workers run, told to processes that run no tools themselves, such as the API. */
export interface PublishedCatalogue {
  publish(offered: Offered): Promise<void>;
  /** Undefined while no worker has ever started here. */
  read(): Promise<ToolCatalogue | undefined>;
  /** The same as lists, in the order of their names. */
  offered(): Promise<Offered | undefined>;
}

export function createPublishedCatalogue(store: DocumentStore): PublishedCatalogue {
  let known: { at: number; bytes: number; offered: Offered; catalogue: ToolCatalogue } | undefined;

  async function readKnown() {
    const stat = await store.stat(FILE);
    if (!stat) return undefined;
    if (known?.at === stat.modified_at && known.bytes === stat.bytes) return known;
    const bytes = await store.read(FILE);
    if (!bytes) return undefined;
    const offered = parseStored(bytes, FILE) as Offered;
    const catalogue = createCatalogue(offered.tools, offered.agents);
    return (known = { at: stat.modified_at, bytes: stat.bytes, offered, catalogue });
  }

  return {
    async publish({ tools, agents }) {
      const bytes = Buffer.from(JSON.stringify({ tools, agents }));
      const there = await store.read(FILE);
      if (there && bytes.equals(there)) return;
      await store.replace(FILE, bytes, { media_type: 'application/json' });
    },

    read: async () => (await readKnown())?.catalogue,
    offered: async () => (await readKnown())?.offered,
  };
}
