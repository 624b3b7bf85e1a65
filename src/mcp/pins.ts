import type { StoredListing, StoredPin } from '../../schemas/mcp/tools';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { createVersionStore } from '../documents/versions';

/** What is known of MCP servers and their tools, in the document store, for all processes. */
export interface McpStore {
  /** The accepted definition of a tool; undefined where nobody has accepted one. */
  readPin(server: string, tool: string): Promise<StoredPin | undefined>;
  readVersion(id: string, version: number): Promise<StoredPin | undefined>;
  /** Of any number of writers of a version one gets `created`; who writes the very same again, too. */
  writePin(pin: StoredPin): Promise<'created' | 'exists'>;
  /** The newest pin of each tool of a server. */
  listPins(server: string): Promise<StoredPin[]>;
  readListing(server: string): Promise<StoredListing | undefined>;
  /** Keeps what a worker sees now; true where that is something else than before. */
  writeListing(listing: StoredListing): Promise<boolean>;
  listListings(): Promise<StoredListing[]>;
  /** A word that changes whenever pins or listings do, for whoever keeps them in memory. */
  mark(): Promise<string>;
}

const PINS = 'mcp/pins';
const LISTINGS = 'mcp/servers/';
const MARK = 'mcp/mark.json';

/** The id of a pin: a tool's name may be longer than a file's, and letters of either case may be one file. */
export const pinId = (server: string, tool: string): string => `${server}.${sha256(tool).slice(0, 32)}`;

export function createMcpStore(store: DocumentStore): McpStore {
  const pins = createVersionStore<StoredPin>(store, PINS);
  const fileOf = (server: string): string => `${LISTINGS}${server}.json`;

  async function readListing(server: string): Promise<StoredListing | undefined> {
    const path = fileOf(server);
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as StoredListing);
  }

  const touch = async (of: string): Promise<void> =>
    await store.replace(MARK, Buffer.from(canonicalJson({ of, at: Date.now() })), { media_type: 'application/json' });

  return {
    readPin: async (server, tool) => await pins.readLatest(pinId(server, tool)),

    readVersion: pins.readVersion,

    async writePin(pin) {
      const outcome = await pins.writeVersion(pin);
      await touch(`${pin.id} ${pin.version}`);
      return outcome;
    },

    async listPins(server) {
      const newest = new Map<string, number>();
      for (const path of await pathsBelow(store, `${PINS}/${server}.`)) {
        const [id = '', file = ''] = path.slice(PINS.length + 1).split('/');
        const version = Number(file.replace('.json', ''));
        newest.set(id, Math.max(version, newest.get(id) ?? 0));
      }
      const found = await Promise.all([...newest].map(([id, version]) => pins.readVersion(id, version)));
      return found.filter((pin) => pin !== undefined).sort((a, b) => (a.tool < b.tool ? -1 : 1));
    },

    readListing,

    async writeListing(listing) {
      const before = await readListing(listing.server);
      if (before && canonicalJson({ ...before, seen_at: '' }) === canonicalJson({ ...listing, seen_at: '' }))
        return false;
      await store.replace(fileOf(listing.server), Buffer.from(canonicalJson(listing)), {
        media_type: 'application/json',
      });
      await touch(`${listing.server} ${listing.seen_at}`);
      return true;
    },

    async listListings() {
      const paths = await pathsBelow(store, LISTINGS);
      const found = await Promise.all(paths.map((path) => readListing(path.slice(LISTINGS.length, -'.json'.length))));
      return found.filter((listing) => listing !== undefined);
    },

    mark: async () => sha256((await store.read(MARK)) ?? ''),
  };
}
