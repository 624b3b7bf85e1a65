import type { Costs } from '../../schemas/api';
import type { StepView } from '../../schemas/run';

/** What nobody knows. */
const UNKNOWN: Costs = { tokens: null, money: null };

/** What no model was asked for. */
const NOTHING: Costs = { tokens: 0, money: '0' };

/** True for a step that may have asked a model: an agent, or a tool that does. */
export const asksModels = ({ kind, uses }: { kind: string; uses?: string }): boolean =>
  kind === 'agent' || (uses?.startsWith('llm.') ?? false);

/** What models have cost a step, as far as its output says it; undefined for a step that asks none, or has not begun. */
export function costsOf({ kind, uses, rounds, output }: StepView): Costs | undefined {
  if (rounds === 0 || !asksModels({ kind, uses })) return undefined;
  if (rounds > 1) return UNKNOWN;
  const said = membersOf(output && 'inline' in output ? output.inline : null);
  if (kind === 'agent' && said['by'] === 'rules') return NOTHING;
  // an agent says what a model has taken apart from its own words
  const { tokens, cost } = kind === 'agent' ? membersOf(said['llm']) : said;
  if (typeof tokens !== 'number' || typeof cost !== 'string' || !MONEY.test(cost)) return UNKNOWN;
  return { tokens, money: cost };
}

/** Costs together. What is not known of one is not known of all; nor is money of several currencies. */
export function sumOfCosts(parts: readonly Costs[]): Costs {
  return parts.reduce((sum, { tokens, money }) => {
    if (sum.tokens === null || sum.money === null || tokens === null || money === null) return UNKNOWN;
    const [[amount, currency], [more, other]] = [partsOf(sum.money), partsOf(money)];
    if (currency !== '' && other !== '' && currency !== other) return UNKNOWN;
    const of = currency === '' ? other : currency;
    return { tokens: sum.tokens + tokens, money: of === '' ? '0' : `${Number((amount + more).toFixed(6))} ${of}` };
  }, NOTHING);
}

const membersOf = (value: unknown): { [name: string]: unknown } =>
  typeof value === 'object' && value !== null ? (value as { [name: string]: unknown }) : {};

/** A decimal and its currency. */
const MONEY = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/;

const partsOf = (money: string): [number, string] => {
  const [, amount = '0', currency = ''] = MONEY.exec(money) ?? [];
  return [Number(amount), currency];
};
