import type { LedgerEntry } from '../../schemas/ledger';
import { DocumentError, type DocumentStore } from '../documents/port';
import { SKEW, type Ledger } from './ledger';

/** Selection of decisions: those that match every given part. Times are those of the decisions, `until` excluded. */
export interface LedgerFilter {
  process?: string;
  workflow_id?: string;
  subject?: string;
  by?: string;
  choice?: string;
  since?: string;
  until?: string;
}

/** The place where a list goes on: the number of the next entry of each chain. */
export type LedgerPosition = { [process: string]: number };

/** Entries that are looked at for one page, and that are read at once. */
const LOOK_AT = 2_000;
const AT_ONCE = 32;

/** The names of all chains, in their order. */
export async function chainsOf(store: Pick<DocumentStore, 'list'>): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const { paths } = await store.list('ledger/', { limit: 1, ...(after === undefined ? {} : { after }) });
    const [path] = paths;
    if (path === undefined) return found;
    const [, process = ''] = path.split('/');
    found.push(process);
    // behind all digits, and before all letters
    after = `ledger/${process}/:`;
  }
}

/**
 * Decisions of all chains, the newest first; `next` is where the next page begins. As only so many entries are looked at
 * for one page, it may be short or empty although there are more. An entry that cannot be read is left out: verifying
 * tells of it.
 */
export async function listDecisions(
  { store, ledger }: { store: Pick<DocumentStore, 'list'>; ledger: Pick<Ledger, 'read' | 'last'> },
  filter: LedgerFilter,
  { limit, position }: { limit: number; position?: LedgerPosition },
): Promise<{ entries: LedgerEntry[]; next?: LedgerPosition }> {
  const from = position ?? (await startOf(store, ledger, filter));
  const walks = Object.entries(from).map(([process, n]) => downwards(ledger, process, n));
  const fronts = await Promise.all(walks.map(async (walk) => ({ walk, at: await stepOf(walk) })));
  const entries: LedgerEntry[] = [];
  for (let looked = 0; looked < LOOK_AT && entries.length < limit; looked++) {
    const front = fronts
      .filter(({ at }) => at !== undefined)
      .reduce<(typeof fronts)[number] | undefined>(newer, undefined);
    if (!front?.at) return { entries };
    if (matches(front.at, filter)) entries.push(front.at);
    front.at = isBefore(front.at, filter) ? undefined : await stepOf(front.walk);
  }
  const open = fronts.flatMap(({ at }) => (at ? [[at.process, at.n] as const] : []));
  return { entries, ...(open.length === 0 ? {} : { next: Object.fromEntries(open) }) };
}

async function startOf(
  store: Pick<DocumentStore, 'list'>,
  ledger: Pick<Ledger, 'last'>,
  { process }: LedgerFilter,
): Promise<LedgerPosition> {
  const names = process === undefined ? await chainsOf(store) : [process];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await ledger.last(name)] as const)));
}

async function* downwards(ledger: Pick<Ledger, 'read'>, process: string, from: number): AsyncGenerator<LedgerEntry> {
  for (let last = from; last >= 1; last -= AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, last) }, (_, i) => last - i);
    for (const entry of await Promise.all(numbers.map((n) => readable(ledger, process, n)))) if (entry) yield entry;
  }
}

async function readable(ledger: Pick<Ledger, 'read'>, process: string, n: number): Promise<LedgerEntry | undefined> {
  return await ledger.read(process, n).catch((error: unknown) => {
    if (error instanceof DocumentError && !error.passing) return undefined;
    throw error;
  });
}

const stepOf = async (walk: AsyncGenerator<LedgerEntry>): Promise<LedgerEntry | undefined> => {
  const step = await walk.next();
  return step.done ? undefined : step.value;
};

type Front = { at: LedgerEntry | undefined };

const newer = <F extends Front>(newest: F | undefined, one: F): F =>
  newest?.at && one.at && newest.at.recorded_at >= one.at.recorded_at ? newest : one;

function matches(entry: LedgerEntry, { since, until, ...exact }: LedgerFilter): boolean {
  const at = Date.parse(entry.decided_at);
  if (since !== undefined && at < Date.parse(since)) return false;
  if (until !== undefined && at >= Date.parse(until)) return false;
  return Object.entries(exact).every(
    ([name, value]) => value === undefined || entry[name as keyof LedgerEntry] === value,
  );
}

/** True if no entry before this one of its chain can be of a decision that a filter selects. */
const isBefore = ({ recorded_at }: LedgerEntry, { since }: LedgerFilter): boolean =>
  since !== undefined && Date.parse(recorded_at) < Date.parse(since) - SKEW;
