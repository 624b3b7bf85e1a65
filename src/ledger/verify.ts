import type { LedgerHead, LedgerEntry } from '../../schemas/ledger';
import { parseStored } from '../documents/json';
import { pagesOf } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { bytesOf, entryPath, hashOf, NOTHING } from './ledger';

/** A fault of a ledger, and its place. */
export interface LedgerFault {
  process: string;
  n: number;
  code: 'changed' | 'missing' | 'broken_chain' | 'cut' | 'unreadable' | 'decided_twice';
  message: string;
}

/** A chain as it was found: `entries` counts all that it has, `last` is the last of them, and `from` to `through` were verified. */
export interface LedgerReport {
  process: string;
  entries: number;
  last: number;
  from: number;
  through: number;
  head?: LedgerHead;
  faults: LedgerFault[];
}

/** A head of a ledger noted elsewhere: in an event, or the record of a run. */
export interface KnownHead extends LedgerHead {
  process: string;
  /** where it was noted, in words */
  where: string;
}

/** A stretch of a chain: its entries behind `after`, `most` of them. */
export interface Stretch {
  after?: number;
  most?: number;
}

/** Entries that are read at once. */
const AT_ONCE = 32;

/**
 * Verifies every chain: each entry's hash fits its bytes, each follows the one before it, none is missing, no question
 * has two decisions, and every head that runs have noted exists. Needs nothing but the files.
 */
export async function verifyLedgers(store: DocumentStore, known: Iterable<KnownHead>): Promise<LedgerReport[]> {
  const numbers = await entriesOf(store);
  const heads = [...known];
  for (const { process } of heads) if (!numbers.has(process)) numbers.set(process, []);
  const reports: LedgerReport[] = [];
  for (const [process, entries] of [...numbers].sort(([a], [b]) => a.localeCompare(b))) {
    const claimed = heads.filter((head) => head.process === process);
    reports.push(await verifyOne(store, process, entries, claimed));
  }
  return reports;
}

/**
 * Verifies a stretch of one chain in the same way. Two decisions on one question show where both are in it, and a tail
 * that was cut off does not, as no head is held against it.
 */
export async function verifyStretch(store: DocumentStore, process: string, stretch: Stretch): Promise<LedgerReport> {
  const numbers = (await entriesOf(store, process)).get(process) ?? [];
  return await verifyOne(store, process, numbers, [], stretch);
}

const TWICE = 'a question has one decision, so a run must have been restored or reset to before the first';

async function verifyOne(
  store: DocumentStore,
  process: string,
  numbers: number[],
  claimed: KnownHead[],
  { after = 0, most = Infinity }: Stretch = {},
): Promise<LedgerReport> {
  const faults: LedgerFault[] = [];
  const fault = (n: number, code: LedgerFault['code'], message: string) => faults.push({ process, n, code, message });
  const last = numbers.reduce((highest, n) => Math.max(highest, n), 0);
  const through = Math.min(last, after + most);
  const there = new Set(numbers);
  const hashes = new Map<number, string>();
  const decided = new Map<string, number>();
  let previous = after === 0 ? NOTHING : await contentHash(store, process, after);
  for await (const [n, entry] of entriesFrom(store, process, there, after + 1, through)) {
    if (entry === undefined) {
      fault(n, 'missing', `entry ${n} is missing, although entry ${last} exists`);
      previous = undefined;
      continue;
    }
    if (typeof entry === 'string') {
      fault(n, 'unreadable', entry);
      previous = undefined;
      continue;
    }
    if (hashOf(entry) !== entry.hash || entry.n !== n || entry.process !== process)
      fault(n, 'changed', `entry ${n} is not what was written: its hash differs`);
    else if (previous !== undefined && entry.previous !== previous)
      fault(n, 'broken_chain', `entry ${n} does not follow entry ${n - 1}: it was written after another one`);
    const question = `${entry.workflow_id} ${entry.approval_id}`;
    const first = decided.get(question);
    if (first === undefined) decided.set(question, n);
    else
      fault(
        n,
        'decided_twice',
        `entry ${n} decides ${entry.approval_id} of ${entry.subject}, as entry ${first} did: ${TWICE}`,
      );
    hashes.set(n, entry.hash);
    previous = entry.hash;
  }
  for (const { n, hash, where } of claimed) {
    if (n > last) fault(n, 'cut', `${where} knows entry ${n}, but the ledger ends at ${last}: its tail is cut off`);
    else if (hashes.has(n) && hashes.get(n) !== hash) fault(n, 'changed', `${where} knows another entry ${n}: ${hash}`);
  }
  const hash = hashes.get(through);
  const head = hash === undefined ? undefined : { n: through, hash };
  return { process, entries: numbers.length, last, from: after + 1, through, ...(head ? { head } : {}), faults };
}

/** Entries of a chain in their order, or why one cannot be read; undefined for one that is missing. */
async function* entriesFrom(
  store: DocumentStore,
  process: string,
  there: ReadonlySet<number>,
  first: number,
  last: number,
): AsyncGenerator<[n: number, entry: LedgerEntry | string | undefined]> {
  for (let from = first; from <= last; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, last - from + 1) }, (_, i) => from + i);
    const read = numbers.map(async (n) => (there.has(n) ? await entryOf(store, process, n) : undefined));
    for (const [i, entry] of (await Promise.all(read)).entries()) yield [from + i, entry];
  }
}

/** The hash of what stands in an entry; undefined where it cannot be read. */
async function contentHash(store: DocumentStore, process: string, n: number): Promise<string | undefined> {
  const entry = await entryOf(store, process, n);
  return typeof entry === 'string' ? undefined : hashOf(entry);
}

async function entryOf(store: DocumentStore, process: string, n: number): Promise<LedgerEntry | string> {
  const path = entryPath(process, n);
  try {
    const bytes = await store.read(path);
    if (bytes === undefined) return `${path} does not exist`;
    const entry = parseStored(bytes, path) as LedgerEntry | null;
    if (entry === null || typeof entry !== 'object') return `${path} is not an entry of a ledger`;
    return bytes.equals(bytesOf(entry)) ? entry : `${path} is not as the platform wrote it: a byte has changed`;
  } catch (error) {
    return `${path} cannot be read: ${(error as Error).message}`;
  }
}

async function entriesOf(store: DocumentStore, process?: string): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for await (const paths of pagesOf(store, process === undefined ? 'ledger/' : `ledger/${process}/`))
    for (const path of paths) {
      const [, process, n] = /^ledger\/([^/]+)\/(\d{9})\.json$/.exec(path) ?? [];
      if (!process || !n) continue;
      const numbers = found.get(process) ?? [];
      numbers.push(Number(n));
      found.set(process, numbers);
    }
  return found;
}
