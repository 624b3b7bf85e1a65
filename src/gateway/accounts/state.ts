import type { Money } from '../money';

/** An amount; money is null if no price is known. */
export interface Amount {
  money: Money | null;
  tokens: number;
}

/** The most that an account may spend; undefined is no limit. */
export interface Limit {
  money?: Money;
  tokens?: number;
}

/** One account that pays for a call, and its limit. Ids: `run:…`, `day:YYYY-MM-DD`, `key:…`, `key:…@YYYY-MM-DD`. */
export interface Claim {
  account: string;
  limit: Limit;
}

export interface Reservation {
  id: string;
  accounts: readonly string[];
  amount: Amount;
}

/** The reason why a reservation is refused. */
export interface Shortage {
  account: string;
  what: 'money' | 'tokens' | 'price_unknown';
  limit: Money | number;
  /** spent and reserved */
  used: Money | number;
}

export interface Account {
  /** spent for good */
  money: Money;
  tokens: number;
  /** the most that calls under way may cost */
  reserved: { money: Money; tokens: number };
  /** answers of unknown cost */
  unpriced: number;
  /** the day of the last reservation, YYYY-MM-DD */
  day: string;
}

/**
 * The sums, and the rule that they never exceed a limit: the amount spent, the most that calls under way may cost and
 * the bound of the new call are compared in one synchronous step. No I/O.
 */
export class AccountsState {
  readonly accounts = new Map<string, Account>();
  readonly open = new Map<string, Reservation>();

  /** The first limit that the amount exceeds; undefined if it exceeds none. */
  findShortage(claims: readonly Claim[], amount: Amount): Shortage | undefined {
    for (const { account, limit } of claims) {
      const has = this.accounts.get(account);
      if (limit.tokens !== undefined) {
        const used = (has?.tokens ?? 0) + (has?.reserved.tokens ?? 0);
        if (used + amount.tokens > limit.tokens) return { account, what: 'tokens', limit: limit.tokens, used };
      }
      if (limit.money === undefined) continue;
      const used = (has?.money ?? 0n) + (has?.reserved.money ?? 0n);
      if (amount.money === null) return { account, what: 'price_unknown', limit: limit.money, used };
      if (used + amount.money > limit.money) return { account, what: 'money', limit: limit.money, used };
    }
    return undefined;
  }

  reserve(reservation: Reservation, day: string): void {
    const { id, accounts, amount } = reservation;
    if (this.open.has(id)) throw new Error(`the reservation ${id} exists already`);
    this.open.set(id, reservation);
    for (const name of accounts) {
      const account = this.account(name, day);
      account.reserved.tokens += amount.tokens;
      account.reserved.money += amount.money ?? 0n;
      account.day = day;
    }
  }

  /** Replaces a reservation by the amount used. False if there is none: it was settled before. */
  settle(id: string, amount: Amount): boolean {
    const reservation = this.open.get(id);
    if (!reservation) return false;
    this.open.delete(id);
    for (const name of reservation.accounts) {
      const account = this.account(name, '');
      account.reserved.tokens -= reservation.amount.tokens;
      account.reserved.money -= reservation.amount.money ?? 0n;
      account.tokens += amount.tokens;
      account.money += amount.money ?? 0n;
      if (amount.money === null && amount.tokens > 0) account.unpriced += 1;
    }
    return true;
  }

  /** Cancels a reservation without a trace. */
  forget(id: string): void {
    this.settle(id, { money: 0n, tokens: 0 });
  }

  /** Counts all open reservations as spent: their process is gone, and nobody knows how far its calls came. */
  settleAll(): number {
    const count = this.open.size;
    for (const { id, amount } of [...this.open.values()]) this.settle(id, amount);
    return count;
  }

  account(name: string, day: string): Account {
    const found = this.accounts.get(name);
    if (found) return found;
    const made: Account = { money: 0n, tokens: 0, reserved: { money: 0n, tokens: 0 }, unpriced: 0, day };
    this.accounts.set(name, made);
    return made;
  }

  /** Drops accounts without a reservation since a day, except those of keys whose budget is for ever. */
  drop(before: string): void {
    const busy = new Set([...this.open.values()].flatMap(({ accounts }) => accounts));
    for (const [name, { day }] of this.accounts) {
      const lasting = name.startsWith('key:') && !name.includes('@');
      if (!lasting && day < before && !busy.has(name)) this.accounts.delete(name);
    }
  }
}
