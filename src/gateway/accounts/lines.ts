import { AccountsState, type Amount } from './state';

/** The lines of the journal, one JSON object each. Money is a string of digits (see `Money`), or null if unknown. */
export type Line =
  | { t: 'ledger'; v: 1; at: string }
  | { t: 'account'; name: string; money: string; tokens: number; unpriced: number; day: string }
  | { t: 'reserve'; id: string; day: string; accounts: readonly string[]; money: string | null; tokens: number }
  | { t: 'settle'; id: string; money: string | null; tokens: number };

const toFields = ({ money, tokens }: Amount) => ({ money: money === null ? null : money.toString(), tokens });
const amountOf = (line: { money: string | null; tokens: number }): Amount => ({
  money: line.money === null ? null : BigInt(line.money),
  tokens: line.tokens,
});

export const reserveLine = (id: string, day: string, accounts: readonly string[], of: Amount): Line => ({
  t: 'reserve',
  id,
  day,
  accounts,
  ...toFields(of),
});
export const settleLine = (id: string, of: Amount): Line => ({ t: 'settle', id, ...toFields(of) });

/** The shortest journal of a state: its sums, then the open reservations. */
export function snapshot(state: AccountsState, at: Date): Line[] {
  const day = at.toISOString().slice(0, 10);
  const accounts = [...state.accounts].map(([name, account]): Line => ({
    t: 'account',
    name,
    money: account.money.toString(),
    tokens: account.tokens,
    unpriced: account.unpriced,
    day: account.day,
  }));
  const open = [...state.open.values()].map((one) => reserveLine(one.id, day, one.accounts, one.amount));
  return [{ t: 'ledger', v: 1, at: at.toISOString() }, ...accounts, ...open];
}

export const render = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** The journal is damaged, and not just at its end. `line` counts from 1. */
export class BrokenJournal extends Error {
  override readonly name = 'BrokenJournal';
  constructor(
    readonly line: number,
    readonly why: string,
  ) {
    super(`line ${line}: ${why}`);
  }
}

/**
 * Reads a journal. A torn end is left out: an unconfirmed reservation let no call through, and a missing settlement
 * leaves its reservation, which is more. @throws BrokenJournal
 */
export function parseJournal(journal: string): AccountsState {
  const state = new AccountsState();
  const lines = journal.split('\n');
  const whole = lines.slice(0, -1).map(parse);
  // the first lines are written at once, so a file without them is no journal with a torn end
  if (whole[0] === undefined) throw new BrokenJournal(1, 'is not the beginning of a ledger');
  const end = whole.findLastIndex((line) => line !== undefined);
  for (const [i, line] of whole.slice(0, end + 1).entries()) {
    if (line === undefined) throw new BrokenJournal(i + 1, 'is not a line of a ledger');
    try {
      apply(state, line, i);
    } catch (error) {
      throw new BrokenJournal(i + 1, (error as Error).message);
    }
  }
  return state;
}

function parse(line: string): Line | undefined {
  try {
    const value = JSON.parse(line) as Line | null;
    return typeof value === 'object' && value !== null && typeof value.t === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function apply(state: AccountsState, line: Line, index: number): void {
  if ((line.t === 'ledger') !== (index === 0)) throw new Error('only the first line may be the head of a ledger');
  switch (line.t) {
    case 'ledger':
      if (line.v !== 1) throw new Error(`is of version ${String(line.v)}, which this AWE does not know`);
      return;
    case 'account': {
      const account = state.account(line.name, line.day);
      Object.assign(account, { money: BigInt(line.money), tokens: line.tokens, unpriced: line.unpriced });
      return;
    }
    case 'reserve':
      state.reserve({ id: line.id, accounts: line.accounts, amount: amountOf(line) }, line.day);
      return;
    case 'settle':
      if (!state.settle(line.id, amountOf(line))) throw new Error('settles what was not reserved');
      return;
    default:
      throw new Error('is a kind of line that this AWE does not know');
  }
}
