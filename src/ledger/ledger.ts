import type { LedgerHead, LedgerEntry } from '../../schemas/ledger';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import type { DocumentStore } from '../documents/port';

/** The facts recorded of a decision; the ledger adds its number, the chain and the time. */
export type Decided = Omit<LedgerEntry, 'n' | 'previous' | 'recorded_at' | 'hash'>;

export interface Ledger {
  /** Records a decision of a workflow once, however often it is called: answers the existing entry then. */
  append(decided: Decided): Promise<LedgerHead>;
  read(process: string, n: number): Promise<LedgerEntry | undefined>;
  /** The number of the last entry; 0 where there is none. */
  last(process: string): Promise<number>;
}

/** The hash before the first entry of a chain. */
export const NOTHING = `sha256:${'0'.repeat(64)}`;

/** Milliseconds by which the recording clock may be behind the deciding one. */
export const SKEW = 10 * 60_000;

/** Entries kept in memory. */
const REMEMBERED = 5_000;

/** The file of an entry. */
export const entryPath = (process: string, n: number): string => `ledger/${process}/${String(n).padStart(9, '0')}.json`;

/** The bytes of an entry's file. */
export const bytesOf = (entry: LedgerEntry): Buffer => Buffer.from(`${JSON.stringify(entry, null, 2)}\n`);

/** The hash of an entry, over everything in it except the hash. */
export const hashOf = ({ hash: _, ...entry }: Omit<LedgerEntry, 'hash'> & { hash?: string }): string =>
  `sha256:${sha256(canonicalJson(entry))}`;

/**
 * A chain of decisions for each kind of process, a file per entry. An entry carries the hash of the one before it, so
 * that a changed, missing or cut entry shows. Files are created exclusively: of two writers of entry n one takes n+1.
 */
export function createLedger(store: DocumentStore, now: () => Date = () => new Date()): Ledger {
  /** last known end of each chain; it only grows */
  const ends = new Map<string, number>();
  /** the entries read last, which never change */
  const cache = new Map<string, LedgerEntry>();

  async function read(process: string, n: number): Promise<LedgerEntry | undefined> {
    const path = entryPath(process, n);
    const known = cache.get(path);
    if (known) return known;
    const bytes = await store.read(path);
    const entry = bytes && (parseStored(bytes, path) as LedgerEntry);
    if (entry) cache.set(path, entry);
    if (cache.size > REMEMBERED) cache.delete(cache.keys().next().value ?? '');
    return entry;
  }

  /** Finds the last entry's number: doubling steps from the last known end, then halving. */
  async function findEnd(process: string): Promise<number> {
    const exists = async (n: number) => (await store.stat(entryPath(process, n))) !== undefined;
    let low = ends.get(process) ?? 0;
    let step = 1;
    while (await exists(low + step)) {
      low += step;
      step *= 2;
    }
    for (let high = low + step; high - low > 1;) {
      const middle = Math.floor((low + high) / 2);
      if (await exists(middle)) low = middle;
      else high = middle;
    }
    ends.set(process, low);
    return low;
  }

  /** Finds the entry of a decision that was recorded before; it cannot be older than the decision. */
  async function find({ process, workflow_id, decision_id, decided_at }: Decided, last: number) {
    const earliest = Date.parse(decided_at) - SKEW;
    for (let n = last; n >= 1; n--) {
      const entry = await read(process, n);
      if (!entry || Date.parse(entry.recorded_at) < earliest) return undefined;
      if (entry.workflow_id === workflow_id && entry.decision_id === decision_id) return entry;
    }
    return undefined;
  }

  return {
    read,
    last: findEnd,
    async append(decided) {
      for (;;) {
        const last = await findEnd(decided.process);
        const known = await find(decided, last);
        if (known) return { n: known.n, hash: known.hash };
        const previous = last === 0 ? NOTHING : ((await read(decided.process, last))?.hash ?? NOTHING);
        const open = { ...decided, n: last + 1, previous, recorded_at: now().toISOString() };
        const entry: LedgerEntry = { ...open, hash: hashOf(open) };
        const bytes = bytesOf(entry);
        const outcome = await store.create(entryPath(entry.process, entry.n), bytes, {
          media_type: 'application/json',
        });
        if (outcome === 'created') return { n: entry.n, hash: entry.hash };
      }
    },
  };
}
