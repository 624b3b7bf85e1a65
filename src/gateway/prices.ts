import { readFileSync } from 'node:fs';
import { LlmPrices } from '../../schemas/llm';
import { UserError } from '../config';
import { validatorFor } from '../contracts/validators';
import { parseMoney, priceOf, type Money } from './money';
import included from './prices.json';
import type { Tokens } from './usage';

/** Prices of a model per million tokens; undefined is unknown. */
export interface Price {
  input: Money;
  output?: Money;
  cached?: Money;
}

export interface PriceList {
  /** the day of the prices, YYYY-MM-DD */
  asOf: string;
  currency: string;
  /** the price of a model, or of the model of which it is a dated version; undefined is unknown, not free */
  of(model: string): Price | undefined;
  models: readonly string[];
}

/** The list in `file`, or the one that comes with AWE. @throws UserError if the file is not a list of prices */
export function loadPrices(file?: string): PriceList {
  if (file === undefined) return priceList(included, 'src/gateway/prices.json');
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`The prices ${file} (LLM_PRICES_FILE) cannot be read: ${(error as Error).message}`);
  }
  return priceList(parsed, file);
}

function priceList(value: unknown, file: string): PriceList {
  const checked = validatorFor(LlmPrices)(value);
  if (!checked.ok) {
    const what = checked.errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
    throw new UserError(`The prices ${file} are wrong: ${what}. Prices are text, such as "0.15".`);
  }
  const { as_of, currency, models } = checked.value;
  const money = (text: string | undefined) => (text === undefined ? undefined : parseMoney(text));
  const prices = new Map<string, Price>(
    Object.entries(models).map(([name, { input, output, cached }]) => [
      name,
      { input: parseMoney(input), output: money(output), cached: money(cached) },
    ]),
  );
  return {
    asOf: as_of,
    currency,
    models: [...prices.keys()],
    of: (model) => prices.get(model) ?? prices.get(model.replace(/-\d{4}-\d{2}-\d{2}$/, '')),
  };
}

/** The cost of an answer; null if a price is unknown. Cached tokens without a price of their own cost the full one. */
export function costOf(price: Price | undefined, { prompt, cached, completion }: Tokens): Money | null {
  if (!price || (completion > 0 && price.output === undefined)) return null;
  return (
    priceOf(prompt - cached, price.input) +
    priceOf(cached, price.cached ?? price.input) +
    priceOf(completion, price.output ?? 0n)
  );
}

/** The most that a call may cost: nothing cached, or all, whichever is dearer. */
export function boundOf(price: Price | undefined, tokens: Omit<Tokens, 'cached'>): Money | null {
  const plain = costOf(price, { ...tokens, cached: 0 });
  const cached = costOf(price, { ...tokens, cached: tokens.prompt });
  return plain === null || cached === null ? null : plain > cached ? plain : cached;
}
