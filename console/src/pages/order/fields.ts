import type { Language } from '../../i18n/words';
import type { Draft, Line, Sourced } from './queries';

/** Fields of a line in the order in which they are shown. */
export const lineFields = [
  ...['reference', 'ean', 'description', 'variant', 'destination', 'quantity', 'unit', 'unit_price'],
  ...['discount_percent', 'amount', 'delivery_date', 'note'],
] as const;
export type LineField = (typeof lineFields)[number];

/** Fields of the order as a whole, by their keys. */
export const headFields = [
  'delivery.address',
  'delivery.date',
  'facts.order_number',
  'facts.customer',
  'facts.currency',
] as const;
export type HeadField = (typeof headFields)[number];

/** Name of a field within an order: `delivery.date`, `L3.quantity`; of a line that is being added, `+1.quantity`. */
export type FieldKey = string;

export const keyOf = (line: string, field: LineField): FieldKey => `${line}.${field}`;

/** Owner and name of a field: `L3` and `quantity`. */
export function partsOf(key: FieldKey): { owner: string; name: string } {
  const dot = key.indexOf('.');
  return { owner: key.slice(0, dot), name: key.slice(dot + 1) };
}

const isHead = (owner: string): boolean => owner === 'delivery' || owner === 'facts';

/** The line of a field; undefined for a field of the order as a whole. */
export function lineOf(key: FieldKey): string | undefined {
  const { owner } = partsOf(key);
  return isHead(owner) || owner === 'found' ? undefined : owner;
}

/** The value that a draft has for a field. */
export function valueOf(draft: Draft, lines: ReadonlyMap<string, Line>, key: FieldKey): Sourced | undefined {
  const { owner, name } = partsOf(key);
  if (owner === 'delivery') return draft.delivery[name as keyof Draft['delivery']];
  if (owner === 'facts') return draft.facts[name as keyof Draft['facts']];
  return lines.get(owner)?.[name as LineField];
}

const FIGURES: ReadonlySet<string> = new Set(['quantity', 'unit_price', 'discount_percent', 'amount']);
const DAYS: ReadonlySet<string> = new Set(['date', 'delivery_date']);

export const isFigure = (key: FieldKey): boolean => FIGURES.has(partsOf(key).name);
export const isDay = (key: FieldKey): boolean => DAYS.has(partsOf(key).name);

/** Fields that may be changed, but not emptied. */
const isNeeded = (key: FieldKey): boolean => {
  const { owner, name } = partsOf(key);
  return isHead(owner) || name === 'quantity';
};

/** Lines have those columns that one of them has a value or a flag for, and those that each order needs. */
export function columnsOf(lines: readonly Line[], flagged: ReadonlySet<string>): LineField[] {
  const always = new Set<string>(['reference', 'description', 'quantity', 'unit', 'unit_price', 'amount']);
  return lineFields.filter(
    (field) => always.has(field) || flagged.has(field) || lines.some((line) => line[field] !== undefined),
  );
}

/** A value as it stands in its field: figures with the decimal sign of the language. */
export const shownText = (key: FieldKey, value: string, language: Language): string =>
  isFigure(key) && language === 'fr' ? value.replace('.', ',') : value;

export type TypedFault = 'number' | 'aboveZero' | 'currency' | 'day' | 'needed';

/** What has been typed, in the form of the API; `null` empties the field. */
export function parseTyped(
  key: FieldKey,
  text: string,
  language: Language,
): { value: string | null } | { fault: TypedFault } {
  const typed = text.trim();
  if (typed === '') return isNeeded(key) ? { fault: 'needed' } : { value: null };
  if (isFigure(key)) return parseFigure(key, typed, language);
  if (isDay(key)) return parseDay(typed, language);
  if (key === 'facts.currency') {
    const code = typed.toUpperCase();
    return /^[A-Z]{3}$/.test(code) ? { value: code } : { fault: 'currency' };
  }
  return { value: typed };
}

function parseFigure(key: FieldKey, typed: string, language: Language): { value: string } | { fault: TypedFault } {
  const close = typed.replace(/[\s'’]/g, '');
  const plain =
    language === 'fr' || !/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(close)
      ? close.replace(',', '.')
      : close.replaceAll(',', '');
  const value = plain.replace(/^(-?)\./, '$10.').replace(/\.$/, '');
  if (!/^-?\d{1,18}(\.\d{1,9})?$/.test(value)) return { fault: 'number' };
  if (partsOf(key).name === 'quantity' && !(Number(value) > 0)) return { fault: 'aboveZero' };
  return { value };
}

/**
 * A day as ISO writes it, or with the day first: `15/1/2027`, `15.1.27`. In English the month may come first, so a day
 * that can be two is none.
 */
function parseDay(typed: string, language: Language): { value: string } | { fault: TypedFault } {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const other = /^(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})$/.exec(typed);
  const [year = 0, month = 0, day = 0] = (iso?.slice(1) ?? other?.slice(1).reverse() ?? []).map(Number);
  const isOpen = other !== null && language === 'en' && day <= 12 && month <= 12 && day !== month;
  const date = new Date(Date.UTC(year < 100 ? 2_000 + year : year, month - 1, day));
  if (isOpen || (!iso && !other) || date.getUTCDate() !== day || date.getUTCMonth() !== month - 1)
    return { fault: 'day' };
  return { value: date.toISOString().slice(0, 10) };
}
