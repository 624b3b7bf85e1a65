import type { LedgerEntry } from '../../schemas/ledger';
import type { LedgerVerification, ListedDecision, VerifiedChain } from '../../schemas/ledger/api';
import { NOTHING, hashOf } from '../../src/ledger/ledger';
import type { LedgerReport } from '../../src/ledger/verify';
import { counted } from '../../src/words';
import { addressOf } from '../links';
import { runLinks } from '../runs/views';
import { ledgerContracts } from './contract';

/** Faults of a chain that are listed. */
const FAULTS = 100;

/** `isRun`: its workflow id is that of a run here. */
export function listedOf(entry: LedgerEntry, isRun: boolean): ListedDecision {
  const { process, n, workflow_id } = entry;
  const self = addressOf(ledgerContracts.getDecision, { process, n: String(n) });
  return { ...entry, links: { self, ...(isRun ? { run: runLinks(workflow_id).run } : {}) } };
}

/** The place of an entry behind the one before it, which is undefined where it is missing. */
export function placeOf(entry: LedgerEntry, before: LedgerEntry | undefined) {
  const previous = entry.n === 1 ? NOTHING : before && hashOf(before);
  return { unchanged: hashOf(entry) === entry.hash, follows: entry.previous === previous };
}

export function verificationOf(reports: readonly LedgerReport[], next_cursor?: string): LedgerVerification {
  const chains = reports.map(({ faults, last: _, ...chain }): VerifiedChain => ({
    ...chain,
    whole: faults.length === 0,
    faults: faults.slice(0, FAULTS).map(({ n, code, message }) => ({ n, code, message })),
  }));
  const words = chains.map(wordsOf).join(' ') || 'Nothing has been decided yet.';
  return { whole: chains.every(({ whole }) => whole), chains, words, next_cursor };
}

function wordsOf({ process, entries, from, through, whole, faults }: VerifiedChain): string {
  if (entries === 0) return `${process}: nothing has been decided yet.`;
  const part =
    from === 1 && through >= entries ? counted(entries, 'entry', 'entries') : `entries ${from} to ${through}`;
  return `${process}: ${part}, ${whole ? 'all as written' : counted(faults.length, 'fault')}.`;
}
