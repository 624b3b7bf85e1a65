import type { ModelSpending } from '../../schemas/step-call';
import type { Used } from '../../schemas/run';

/** Tokens and money that a run has spent on models. */
export type Spending = Pick<Used, 'tokens' | 'money'>;

/** The spending with some more, of an `LlmAnswer` or of an agent. Once a part is not known, neither is the sum. */
export function withSpending({ tokens, money }: Spending, said: Partial<ModelSpending> | null): Spending {
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

/** The most versions of models, and prompts, that are kept of a run. */
const MOST = 20;

/** Models that have answered and prompts that they were asked with: each once, the first first. */
export function withAnswerer(
  { models = [], prompts = [] }: Pick<Used, 'models' | 'prompts'>,
  { model, prompt }: Partial<ModelSpending>,
): Pick<Used, 'models' | 'prompts'> {
  const isNew = prompt && !prompts.some(({ name, hash }) => name === prompt.name && hash === prompt.hash);
  return {
    models: model === undefined || models.includes(model) ? models : [...models, model].slice(0, MOST),
    prompts: isNew ? [...prompts, prompt].slice(0, MOST) : prompts,
  };
}
