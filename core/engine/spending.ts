import type { Value } from '../../schemas/refs';
import type { Used } from '../../schemas/run';

/** Tokens and money that a run has spent on models. */
export type Spending = Pick<Used, 'tokens' | 'money'>;

/** The spending with that of one more answer (`LlmAnswer`). Once a part is not known, neither is the sum. */
export function withAnswer({ tokens, money }: Spending, output: Value): Spending {
  const said = ('inline' in output ? output.inline : null) as { tokens?: unknown; cost?: unknown } | null;
  return {
    tokens: tokens !== null && typeof said?.tokens === 'number' ? tokens + said.tokens : null,
    money: money !== null && typeof said?.cost === 'string' ? sum(money, said.cost) : null,
  };
}

function sum(spent: string, cost: string): string | null {
  const [, amount, currency] = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(cost) ?? [];
  if (amount === undefined || (spent !== '0' && !spent.endsWith(` ${currency}`))) return null;
  return `${Number((Number.parseFloat(spent) + Number(amount)).toFixed(9))} ${currency}`;
}
