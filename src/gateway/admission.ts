import type { LlmAccount } from '../../schemas/llm';
import type { Logger } from '../logging';
import { GatewayError } from './errors';
import type { Caller } from './keys';
import type { Accounts } from './accounts/accounts';
import type { Claim, Limit, Shortage } from './accounts/state';
import type { Rates } from './limits/rate';
import type { Seats } from './limits/seats';
import type { Meter } from './meter';
import { formatMoney } from './money';
import { boundOf, costOf, type PriceList } from './prices';
import type { RunBudget } from './request';
import { unavailable } from './upstream/classify';
import type { Tokens } from './usage';

export interface AdmissionDependencies {
  accounts: Pick<Accounts, 'reserve' | 'settle'>;
  rates: Rates;
  seats: Pick<Seats, 'take'>;
  prices: PriceList;
  budgets: { run: Limit; day: Limit };
  meter: Pick<Meter, 'countSpending' | 'countRefusal'>;
  log: Pick<Logger, 'warn' | 'error'>;
  now?: () => Date;
}

/** A call that asks to be admitted. */
export interface Candidate {
  caller: Caller;
  /** the workflow whose budget pays */
  run: string | undefined;
  /** of the run, besides those of the gateway */
  budget?: RunBudget;
  model: string;
  /** the most tokens that the prompt may have; undefined if it cannot be known */
  promptBound: number | undefined;
  /** the most tokens of all answers together */
  completionBound: number;
  signal: AbortSignal;
}

/** The end of a call: the tokens reported, `nothing` if no model was asked, `bound` if its usage is unknown. */
export type Outcome = (Tokens & { estimated: boolean }) | 'bound' | 'nothing';

/** An admitted call. */
export interface Ticket {
  /** Ends the call. The first settlement counts; later ones return the same account. */
  settle(outcome: Outcome): LlmAccount;
}

/**
 * Admits calls. Checks in this order: the rate of the key, a seat among the calls under way, the budgets. The most that
 * a call can cost is reserved before it is made, and settled when it is over.
 */
export function createAdmission(deps: AdmissionDependencies) {
  const { accounts, rates, seats, prices, budgets, meter, log, now = () => new Date() } = deps;

  function claimsOf({ caller, run, budget: own = {} }: Candidate): Claim[] {
    const day = now().toISOString().slice(0, 10);
    const { budget } = caller;
    const claims: Claim[] = [
      { account: `day:${day}`, limit: budgets.day },
      { account: budget?.per === 'day' ? `key:${caller.name}@${day}` : `key:${caller.name}`, limit: budget ?? {} },
    ];
    if (run !== undefined) claims.unshift({ account: `run:${run}`, limit: tighter(budgets.run, own) });
    return claims;
  }

  return async function admit(candidate: Candidate): Promise<Ticket> {
    const { caller, model, promptBound, completionBound, signal } = candidate;
    assertCurrency(candidate.budget, prices);
    const claims = claimsOf(candidate);
    assertAccountable(candidate, claims, budgets);
    const bound: Tokens = { prompt: promptBound ?? 0, cached: 0, written: 0, completion: completionBound };
    const price = prices.of(model);
    const reserved = {
      tokens: bound.prompt + bound.completion,
      money: promptBound === undefined ? null : boundOf(price, bound),
    };

    const limited = rates.take(caller.name, caller.rate, reserved.tokens);
    if (limited) {
      throw new GatewayError('rate_limited', `The key ${caller.name} has used up its ${limited.what} of this minute.`, {
        reason: limited.what,
        retryAfterMs: limited.waitMs,
      });
    }
    let leave: (() => void) | undefined;
    let id: string;
    try {
      leave = await seats.take(caller, signal);
      const result = await accounts.reserve(claims, reserved).catch((error: unknown) => {
        log.error({ err: error }, 'a reservation could not be written to the journal of budgets: the call is refused');
        throw unavailable('ledger', 'The gateway cannot write to its journal of budgets, so it makes no calls.', {
          status: 503,
          retryAfterMs: 5_000,
        });
      });
      if (!result.ok) {
        meter.countRefusal(result.shortage);
        throw shortageError(result.shortage, reserved, prices, candidate);
      }
      id = result.id;
    } catch (error) {
      leave?.();
      rates.giveBack(caller.name, caller.rate, reserved.tokens);
      throw error;
    }

    let account: LlmAccount | undefined;
    return {
      settle(outcome) {
        if (account) return account;
        leave();
        const { currency } = prices;
        if (outcome === 'nothing') {
          accounts.settle(id, { money: 0n, tokens: 0 });
          rates.giveBack(caller.name, caller.rate, reserved.tokens);
          return (account = { cost: '0', currency, usage: 'bound' });
        }
        const used = outcome === 'bound' ? bound : outcome;
        const money = outcome === 'bound' ? reserved.money : costOf(price, used);
        const tokens = used.prompt + used.completion;
        if (tokens > reserved.tokens && promptBound !== undefined) {
          const facts = { model, tokens, reserved: reserved.tokens };
          log.warn(facts, 'a model used more tokens than were reserved for the call; a budget may be exceeded');
        }
        accounts.settle(id, { money, tokens });
        rates.giveBack(caller.name, caller.rate, reserved.tokens - tokens);
        const amount = money === null ? null : formatMoney(money);
        meter.countSpending(model, used, { amount, currency });
        const usage = outcome === 'bound' ? 'bound' : outcome.estimated ? 'estimated' : 'reported';
        return (account = { cost: amount ?? 'unknown', currency, usage });
      },
    };
  };
}

export type Admit = ReturnType<typeof createAdmission>;

/** The smaller of two limits, each of what it bounds. */
function tighter({ money, tokens }: Limit, own: RunBudget): Limit {
  const smaller = <T extends bigint | number>(one: T | undefined, other: T | undefined): T | undefined =>
    one === undefined || (other !== undefined && other < one) ? other : one;
  return { money: smaller(money, own.money?.amount), tokens: smaller(tokens, own.tokens) };
}

/** What a call costs cannot be held against a budget in another currency. */
function assertCurrency(budget: RunBudget | undefined, { currency }: PriceList): void {
  if (budget?.money === undefined || budget.money.currency === currency) return;
  throw new GatewayError(
    'budget_exceeded',
    `The run has a budget in ${budget.money.currency}, and prices are known in ${currency}.`,
    { reason: 'currency' },
  );
}

const isLimit = ({ money, tokens }: Limit) => money !== undefined || tokens !== undefined;

/** Refuses calls that no budget could hold to account. */
function assertAccountable(
  { run, budget = {}, promptBound }: Candidate,
  claims: Claim[],
  budgets: AdmissionDependencies['budgets'],
): void {
  if (run === undefined && (isLimit(budgets.run) || Object.keys(budget).length > 0)) {
    throw new GatewayError('bad_request', 'Runs have a budget here: name the run in the header x-awe-run.', {
      reason: 'run_missing',
    });
  }
  if (promptBound === undefined && claims.some(({ limit }) => isLimit(limit))) {
    throw new GatewayError(
      'bad_request',
      'A budget applies, and the tokens of pictures, sound or files cannot be known beforehand: send text.',
      { reason: 'no_bound' },
    );
  }
}

function shortageError(
  { account, what, limit, used }: Shortage,
  wanted: { tokens: number; money: bigint | null },
  { currency, asOf }: PriceList,
  { model, budget = {} }: Candidate,
): GatewayError {
  const whose = account.replace(':', ' ');
  const money = (amount: bigint | number) => `${formatMoney(BigInt(amount))} ${currency}`;
  const isOwn = account.startsWith('run:') && limit === (what === 'tokens' ? budget.tokens : budget.money?.amount);
  const more = { reason: isOwn && what !== 'price_unknown' ? `run_${what}` : what };
  if (what === 'price_unknown') {
    return new GatewayError(
      'budget_exceeded',
      `The ${whose} has a budget of ${money(limit)}, and ${model} has no known price (prices of ${asOf}): add its ` +
        'price to the file that LLM_PRICES_FILE names, or set budgets in tokens.',
      more,
    );
  }
  const sums =
    what === 'tokens'
      ? `${limit} tokens, ${used} are spent or reserved, and this call may need ${wanted.tokens}`
      : `${money(limit)}, ${money(used)} are spent or reserved, and this call may cost ${money(wanted.money ?? 0n)}`;
  return new GatewayError('budget_exceeded', `The budget of the ${whose} is ${sums}.`, more);
}
