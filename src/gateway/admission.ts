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
import { unavailable } from './providers/classify';
import type { Tokens } from './usage';

export interface AdmissionDependencies {
  accounts: Pick<Accounts, 'reserve' | 'settle'>;
  rates: Rates;
  seats: Pick<Seats, 'take'>;
  prices: PriceList;
  budgets: { run: Limit; day: Limit };
  meter: Pick<Meter, 'spent' | 'refused'>;
  log: Pick<Logger, 'warn' | 'error'>;
  now?: () => Date;
}

/** A call that wants in. */
export interface Candidate {
  caller: Caller;
  /** the workflow whose budget pays */
  run: string | undefined;
  model: string;
  /** the most tokens that the prompt may have; undefined: nobody can tell */
  promptBound: number | undefined;
  /** the most tokens of all answers together */
  completionBound: number;
  signal: AbortSignal;
}

/** How a call ended: the tokens that were reported, `nothing` where no model was asked, `bound` where nobody knows. */
export type Outcome = (Tokens & { estimated: boolean }) | 'bound' | 'nothing';

/** A call that is in. */
export interface Ticket {
  /** Ends it: the first call counts, another gives the same account. */
  settle(outcome: Outcome): LlmAccount;
}

/**
 * The door. In this order: the rate of the key, a seat among the calls under way, the budgets. What a call may come to
 * at most is reserved before it is made, and settled when it is over.
 */
export function createAdmission(deps: AdmissionDependencies) {
  const { accounts, rates, seats, prices, budgets, meter, log, now = () => new Date() } = deps;

  function claimsOf({ caller, run }: Candidate): Claim[] {
    const day = now().toISOString().slice(0, 10);
    const { budget } = caller;
    const claims: Claim[] = [
      { account: `day:${day}`, limit: budgets.day },
      { account: budget?.per === 'day' ? `key:${caller.name}@${day}` : `key:${caller.name}`, limit: budget ?? {} },
    ];
    if (run !== undefined) claims.unshift({ account: `run:${run}`, limit: budgets.run });
    return claims;
  }

  return async function admit(candidate: Candidate): Promise<Ticket> {
    const { caller, model, promptBound, completionBound, signal } = candidate;
    const claims = claimsOf(candidate);
    assertAccountable(candidate, claims, budgets);
    const bound: Tokens = { prompt: promptBound ?? 0, cached: 0, completion: completionBound };
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
      leave = await seats.take(signal);
      const result = await accounts.reserve(claims, reserved).catch((error: unknown) => {
        log.error({ err: error }, 'a reservation could not be written');
        throw unavailable('ledger', 'The gateway cannot write down what is spent, so it spends nothing.', {
          status: 503,
          retryAfterMs: 5_000,
        });
      });
      if (!result.ok) {
        meter.refused(result.shortage);
        throw shortageError(result.shortage, reserved, prices, model);
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
          log.warn(facts, 'a model used more tokens than it was allowed; budgets may be passed by that');
        }
        accounts.settle(id, { money, tokens });
        rates.giveBack(caller.name, caller.rate, reserved.tokens - tokens);
        const amount = money === null ? null : formatMoney(money);
        meter.spent(model, used, { amount, currency });
        const usage = outcome === 'bound' ? 'bound' : outcome.estimated ? 'estimated' : 'reported';
        return (account = { cost: amount ?? 'unknown', currency, usage });
      },
    };
  };
}

export type Admit = ReturnType<typeof createAdmission>;

const isLimit = ({ money, tokens }: Limit) => money !== undefined || tokens !== undefined;

/** Refuses what would slip past a budget. */
function assertAccountable(
  { run, promptBound }: Candidate,
  claims: Claim[],
  budgets: AdmissionDependencies['budgets'],
): void {
  if (run === undefined && isLimit(budgets.run)) {
    throw new GatewayError('bad_request', 'Runs have a budget here: name the run in the header x-awe-run.', {
      reason: 'run_missing',
    });
  }
  if (promptBound === undefined && claims.some(({ limit }) => isLimit(limit))) {
    throw new GatewayError(
      'bad_request',
      'A budget applies, and nobody can tell beforehand how many tokens pictures, sound or files have: send text.',
      { reason: 'no_bound' },
    );
  }
}

function shortageError(
  { account, what, limit, used }: Shortage,
  wanted: { tokens: number; money: bigint | null },
  { currency, asOf }: PriceList,
  model: string,
): GatewayError {
  const whose = account.replace(':', ' ');
  const money = (amount: bigint | number) => `${formatMoney(BigInt(amount))} ${currency}`;
  const more = { reason: what };
  if (what === 'price_unknown') {
    return new GatewayError(
      'budget_exceeded',
      `The ${whose} has a budget of ${money(limit)}, and what ${model} costs is not known (prices of ${asOf}): add its ` +
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
