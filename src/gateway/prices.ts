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
  /** read from the provider's cache */
  cached?: Money;
  /** written to it */
  written?: Money;
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
    Object.entries(models).map(([name, { input, output, cached, written }]) => [
      name,
      { input: parseMoney(input), output: money(output), cached: money(cached), written: money(written) },
    ]),
  );
  return {
    asOf: as_of,
    currency,
    models: [...prices.keys()],
    of: (model) => prices.get(model) ?? prices.get(model.replace(/-\d{4}-?\d{2}-?\d{2}$/, '')),
  };
}

/**
 * The cost of an answer; null if a price is unknown. Tokens read from a cache without a price of their own cost the full
 * one; those written to it have an unknown price then, because that is a surcharge.
 */
export function costOf(price: Price | undefined, { prompt, cached, written, completion }: Tokens): Money | null {
  if (!price || (completion > 0 && price.output === undefined) || (written > 0 && price.written === undefined))
    return null;
  return (
    priceOf(prompt - cached - written, price.input) +
    priceOf(cached, price.cached ?? price.input) +
    priceOf(written, price.written ?? 0n) +
    priceOf(completion, price.output ?? 0n)
  );
}

/** The most that a call may cost: nothing cached, all read from a cache or all written to it, whichever is dearest. */
export function boundOf(
  price: Price | undefined,
  { prompt, completion }: Pick<Tokens, 'prompt' | 'completion'>,
): Money | null {
  if (!price) return null;
  const dearest = [price.cached, price.written].reduce<Money>(
    (most, one) => (one !== undefined && one > most ? one : most),
    price.input,
  );
  return costOf({ ...price, input: dearest }, { prompt, completion, cached: 0, written: 0 });
}
