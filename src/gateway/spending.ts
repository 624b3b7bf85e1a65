import type { LlmSpending, SpendingLimit } from '../../schemas/llm-spending';
import { KEEP_DAYS, type Accounts } from './accounts/accounts';
import type { Account, Limit } from './accounts/state';
import type { Meter } from './meter';
import { formatMoney } from './money';
import type { PriceList } from './prices';

/** Runs that are told, the dearest. */
const RUNS = 10_000;

export interface SpendingParts {
  accounts: Pick<Accounts, 'all'>;
  meter: Pick<Meter, 'spending'>;
  prices: PriceList;
  budgets: { run: Limit; day: Limit };
  startedAt: Date;
  now?: () => Date;
}

/** What the gateway has spent since a day, YYYY-MM-DD: as long as it keeps its accounts. */
export function createSpending({ accounts, meter, prices, budgets, startedAt, now = () => new Date() }: SpendingParts) {
  return function spendingSince(since: string): LlmSpending {
    const named = (prefix: string) =>
      [...accounts.all()].flatMap(([name, account]) =>
        name.startsWith(prefix) ? [{ name: name.slice(prefix.length), account }] : [],
      );
    const days = named('day:').filter(({ name }) => name >= since);
    const runs = named('run:').filter(({ account }) => account.day >= since);
    runs.sort((a, b) => compare(b.account.money, a.account.money) || b.account.tokens - a.account.tokens);
    return {
      at: now().toISOString(),
      currency: prices.currency,
      prices_as_of: prices.asOf,
      limits: { day: limitOf(budgets.day), run: limitOf(budgets.run) },
      days: days
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, account }) => ({
          ...{ day: name, ...spent(account) },
          reserved: { money: formatMoney(account.reserved.money), tokens: account.reserved.tokens },
        })),
      runs: runs.slice(0, RUNS).map(({ name, account }) => ({ run: name, last_day: account.day, ...spent(account) })),
      runs_left_out: Math.max(0, runs.length - RUNS),
      models: meter.spending().map(({ money, ...model }) => ({ ...model, money: formatMoney(money) })),
      started_at: startedAt.toISOString(),
    };
  };
}

/** The first day that is asked for: that of `since`, or the first that accounts are kept of. */
export function firstDay(since: string | null, now = new Date()): string {
  const kept = new Date(now.getTime() - KEEP_DAYS * 86_400_000).toISOString().slice(0, 10);
  return since !== null && /^\d{4}-\d{2}-\d{2}$/.test(since) && since > kept ? since : kept;
}

const spent = ({ money, tokens, unpriced }: Account) => ({ money: formatMoney(money), tokens, unpriced });

const limitOf = ({ money, tokens }: Limit): SpendingLimit => ({
  money: money === undefined ? undefined : formatMoney(money),
  tokens,
});

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
