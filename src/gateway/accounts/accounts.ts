import { randomUUID } from 'node:crypto';
import type { Logger } from '../../logging';
import type { Journal } from './journal';
import { parseJournal, render, reserveLine, settleLine, snapshot, type Line } from './lines';
import { AccountsState, type Account, type Amount, type Claim, type Shortage } from './state';

export type Reserved = { ok: true; id: string } | { ok: false; shortage: Shortage };

/** Budgets that survive a crash of the process. */
export interface Accounts {
  /** Resolves when the reservation is on disk, or at once if it does not fit. Rejects if the disk does not take it. */
  reserve(claims: readonly Claim[], amount: Amount): Promise<Reserved>;
  /** Books the actual use of a call. Counts at once; a second settlement of the same call does nothing. */
  settle(id: string, amount: Amount): void;
  /** an account, if anything was ever reserved on it */
  account(name: string): Account | undefined;
  /** all accounts, by their names */
  all(): ReadonlyMap<string, Account>;
  /** the reason why nothing can be reserved at the moment; undefined if it can */
  fault(): string | undefined;
  /** Writes the lines that wait, and closes. */
  close(): Promise<void>;
}

export interface AccountsOptions {
  journal: Journal;
  log: Pick<Logger, 'warn' | 'error' | 'info'>;
  now?: () => Date;
}

/** Days after which an unused account is dropped. */
export const KEEP_DAYS = 90;
/** Lines after which the journal is compacted before the day is over. */
const COMPACT_AFTER = 100_000;

interface Waiting {
  text: string;
  done?: { resolve: () => void; reject: (error: unknown) => void };
}

/**
 * Opens the ledger. Reservations that a dead process has left count as spent, in full. The caller holds the lock: one
 * process per journal. @throws BrokenJournal
 */
export async function openAccounts({ journal, log, now = () => new Date() }: AccountsOptions): Promise<Accounts> {
  const state = await readState(journal).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });
  const lost = state.settleAll();
  if (lost > 0)
    log.warn({ reservations: lost }, 'a process died with calls under way: their reservations count as spent, in full');

  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let broken: string | undefined;
  let compacted = '';
  let lines = 0;
  await compact();

  async function compact(): Promise<void> {
    const at = now();
    const before = new Date(at.getTime() - KEEP_DAYS * 86_400_000).toISOString().slice(0, 10);
    state.drop(before);
    await journal.replace(render(snapshot(state, at)));
    compacted = at.toISOString().slice(0, 10);
    lines = 0;
  }

  /** Writes waiting lines, with one write and one flush for all that gathered meanwhile. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await journal.append(batch.map((one) => one.text).join(''));
        lines += batch.length;
        broken = undefined;
        batch.forEach(({ done }) => done?.resolve());
        if (compacted !== today() || lines > COMPACT_AFTER) await tryToCompact();
      } catch (error) {
        broken = error instanceof Error ? error.message : String(error);
        log.error({ err: error }, 'the journal of budgets cannot be written: calls are refused until it can');
        // an unwritten settlement waits for the next write: until then its reservation stands on disk
        waiting = [...batch.filter(({ done }) => !done), ...waiting];
        batch.forEach(({ done }) => done?.reject(error));
        if (!waiting.some(({ done }) => done)) break;
      }
    }
    writing = undefined;
  }

  /** Compacts only if no line waits: a waiting line is in the state already and would count twice. */
  async function tryToCompact(): Promise<void> {
    if (waiting.length > 0) return;
    try {
      await compact();
    } catch (error) {
      log.error({ err: error }, 'the journal of budgets could not be compacted; it keeps growing as it is');
    }
  }

  function push(line: Line, done?: Waiting['done']): void {
    waiting.push({ text: render([line]), done });
    writing ??= writeAll();
  }

  const today = () => now().toISOString().slice(0, 10);

  return {
    async reserve(claims, amount) {
      const shortage = state.findShortage(claims, amount);
      if (shortage) return { ok: false, shortage };
      const id = randomUUID();
      const accounts = claims.map(({ account }) => account);
      const day = today();
      state.reserve({ id, accounts, amount }, day);
      try {
        await new Promise<void>((resolve, reject) => push(reserveLine(id, day, accounts, amount), { resolve, reject }));
      } catch (error) {
        state.forget(id);
        throw error;
      }
      return { ok: true, id };
    },
    settle(id, amount) {
      if (state.settle(id, amount)) push(settleLine(id, amount));
    },
    account: (name) => state.accounts.get(name),
    all: () => state.accounts,
    fault: () => broken,
    async close() {
      while (writing) await writing;
      await journal.close();
    },
  };
}

async function readState(journal: Journal): Promise<AccountsState> {
  const text = await journal.read();
  return text === '' ? new AccountsState() : parseJournal(text);
}
