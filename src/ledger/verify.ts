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

export interface LedgerReport {
  process: string;
  entries: number;
  head?: LedgerHead;
  faults: LedgerFault[];
}

/** A head of a ledger noted elsewhere: in an event, or the record of a run. */
export interface KnownHead extends LedgerHead {
  process: string;
  /** where it was noted, in words */
  where: string;
}

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

const TWICE = 'a question has one decision, so a run must have been restored or reset to before the first';

async function verifyOne(
  store: DocumentStore,
  process: string,
  numbers: number[],
  claimed: KnownHead[],
): Promise<LedgerReport> {
  const faults: LedgerFault[] = [];
  const fault = (n: number, code: LedgerFault['code'], message: string) => faults.push({ process, n, code, message });
  const last = Math.max(0, ...numbers);
  const there = new Set(numbers);
  const hashes = new Map<number, string>();
  const decided = new Map<string, number>();
  let previous: string | undefined = NOTHING;
  for (let n = 1; n <= last; n++) {
    if (!there.has(n)) {
      fault(n, 'missing', `entry ${n} is missing, although entry ${last} exists`);
      previous = undefined;
      continue;
    }
    const entry = await entryOf(store, process, n);
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
  const head = hashes.get(last);
  return { process, entries: numbers.length, ...(head === undefined ? {} : { head: { n: last, hash: head } }), faults };
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

async function entriesOf(store: DocumentStore): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for await (const paths of pagesOf(store, 'ledger/'))
    for (const path of paths) {
      const [, process, n] = /^ledger\/([^/]+)\/(\d{9})\.json$/.exec(path) ?? [];
      if (!process || !n) continue;
      const numbers = found.get(process) ?? [];
      numbers.push(Number(n));
      found.set(process, numbers);
    }
  return found;
}
