import { randomUUID } from 'node:crypto';
import type { Logger } from '../../logging';
import type { Journal } from './journal';
import { read, render, reserveLine, settleLine, snapshot, type Line } from './lines';
import { AccountsState, type Account, type Amount, type Claim, type Shortage } from './state';

export type Reserved = { ok: true; id: string } | { ok: false; shortage: Shortage };

/** Budgets that survive a crash of the process. */
export interface Accounts {
  /** Resolves when the reservation is on disk, or at once where it does not fit. Rejects where the disk does not take it. */
  reserve(claims: readonly Claim[], amount: Amount): Promise<Reserved>;
  /** What the call came to. Counts at once; a second settlement of the same does nothing. */
  settle(id: string, amount: Amount): void;
  /** of an account, where anything was ever reserved on it */
  account(name: string): Account | undefined;
  /** why nothing can be reserved at the moment; undefined where it can */
  fault(): string | undefined;
  /** Writes what is still to be written, and closes. */
  close(): Promise<void>;
}

export interface AccountsOptions {
  journal: Journal;
  log: Pick<Logger, 'warn' | 'error' | 'info'>;
  now?: () => Date;
}

/** Days after which an account that nobody uses is forgotten. */
const KEEP_DAYS = 90;
/** Lines after which the journal is written anew within a day. */
const COMPACT_AFTER = 100_000;

interface Waiting {
  text: string;
  done?: { resolve: () => void; reject: (error: unknown) => void };
}

/**
 * Opens the ledger. Reservations that a dead process has left count as spent, in full. The caller holds the lock: one
 * process for each journal. @throws BrokenJournal
 */
export async function openAccounts({ journal, log, now = () => new Date() }: AccountsOptions): Promise<Accounts> {
  const state = await stateOf(journal).catch(async (error: unknown) => {
    await journal.close();
    throw error;
  });
  const lost = state.settleAll();
  if (lost > 0) log.warn({ reservations: lost }, 'calls of a process that has died count as spent, in full');

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

  /** One write and one flush for all that has gathered meanwhile. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await journal.append(batch.map((one) => one.text).join(''));
        lines += batch.length;
        broken = undefined;
        batch.forEach(({ done }) => done?.resolve());
        if (compacted !== today() || lines > COMPACT_AFTER) await compactQuietly();
      } catch (error) {
        broken = error instanceof Error ? error.message : String(error);
        log.error({ err: error }, 'the journal of budgets does not take a line');
        // a settlement that is not written waits for the next chance: until then its reservation stands on disk
        waiting = [...batch.filter(({ done }) => !done), ...waiting];
        batch.forEach(({ done }) => done?.reject(error));
        if (!waiting.some(({ done }) => done)) break;
      }
    }
    writing = undefined;
  }

  /** State and journal tell the same only where nothing waits to be written: a line that waits would count twice. */
  async function compactQuietly(): Promise<void> {
    if (waiting.length > 0) return;
    try {
      await compact();
    } catch (error) {
      log.error({ err: error }, 'the journal of budgets could not be written anew; it goes on as it is');
    }
  }

  function push(line: Line, done?: Waiting['done']): void {
    waiting.push({ text: render([line]), done });
    writing ??= writeAll();
  }

  const today = () => now().toISOString().slice(0, 10);

  return {
    async reserve(claims, amount) {
      const shortage = state.shortage(claims, amount);
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
    fault: () => broken,
    async close() {
      while (writing) await writing;
      await journal.close();
    },
  };
}

async function stateOf(journal: Journal): Promise<AccountsState> {
  const text = await journal.read();
  return text === '' ? new AccountsState() : read(text);
}
