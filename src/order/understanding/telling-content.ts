import { saysNothing, textOf, type GridRow } from './grid';
import { isOpen } from './header-rows';
import { changesOrder } from './lexicon/conditions';
import { isVariant } from './lexicon/labels';
import { stateIn } from './lexicon/states';
import { share, type Profile } from './profile';
import type { Draft } from './role-draft';
import { plainWords } from './text';
import type { ColumnRole, Doubt } from './types';
import { isMeasure, unitCode } from './units';

const ROWS = 300;
const LEAST = 2;

/**
 * Gives a role to the column under a heading that nobody knows of which each text says what it is, where the role is free
 * and one column alone may have it: colours and formats are variants, addresses places. What a pack contains is no
 * variant where packs are counted, and remarks are the names of a table that has no others.
 */
export function settleContent(
  { header, columns, profiles }: Draft,
  roles: Map<ColumnRole, number>,
  rows: readonly GridRow[],
): Doubt[] {
  if (!header) return [];
  const packed = roles.get('variant');
  const counted = unitCode(plainWords(header.headings.get(roles.get('quantity') ?? 0)?.text ?? ''));
  if (packed !== undefined && counted !== undefined && !isMeasure(counted) && isContent(packed, rows))
    roles.delete('variant');
  const names = roles.get('note');
  const isNameless = !roles.has('description') && !roles.has('variant');
  const profile = profiles.get(names ?? 0);
  if (isNameless && names !== undefined && profile && areNames(profile, names, rows)) {
    roles.delete('note');
    roles.set('description', names);
    return [{ blocking: false, columns: [names], why: 'no_heading' }];
  }
  const taken = new Set(roles.values());
  const isFree = (column: number) => !taken.has(column) && isOpen(header.headings.get(column));
  const open = columns.filter((column) => {
    const profile = profiles.get(column);
    return profile && isFree(column) && share(profile, 'texts') > 0.9;
  });
  const textsIn = (column: number) =>
    rows.slice(0, ROWS).flatMap(({ cells }) => (saysNothing(cells[column]) ? [] : textOf(cells[column])));
  const holding = (says: (text: string) => boolean) => (column: number) => {
    const texts = textsIn(column);
    return texts.length >= LEAST && texts.every(says);
  };
  const give = (role: ColumnRole, isOf: (column: number) => boolean): Doubt[] => {
    const [column, ...more] = open.filter(isOf);
    if (column === undefined || more.length > 0 || roles.has(role)) return [];
    roles.set(role, column);
    return [{ blocking: false, columns: [column], why: 'no_heading' }];
  };
  const isMoneyless = !roles.has('unit_price') && !roles.has('amount');
  const priced = columns.filter((column) => isMoneyless && isFree(column) && arePrices(textsIn(column)));
  const [price, ...others] = priced;
  const isPriced = price !== undefined && others.length === 0;
  if (isPriced) roles.set('unit_price', price);
  return [
    ...(isPriced ? [{ blocking: false, columns: [price], why: 'no_heading' } satisfies Doubt] : []),
    ...give(
      'variant',
      holding((text) => isFormat(text) || (isVariant(text) && /\p{L}{3}/u.test(text))),
    ),
    ...(roles.has('customer') ? [] : give('destination', holding(isPlace))),
    // what changes with the number of the order may be anything of it
    ...((profiles.get(roles.get('order_number') ?? 0)?.distinct ?? 0) > 1
      ? []
      : give('destination', (column) => namesBlocks(column, roles.get('reference'), rows.slice(0, ROWS)))),
  ];
}

/** Money as people write it: `£38.40 ea`, `5,84`. Measures have a point too, but no currency, and no last zero on purpose. */
function arePrices(texts: readonly string[]): boolean {
  if (texts.length < LEAST) return false;
  const isMoney = texts.every((text) =>
    /^(?=.*[€$£])[€$£]?\s?\d+([.,]\d\d)?\s?[€$£]?(\s?(ea|each|pc|st|p\.?p\.?)\.?)?$/i.test(text),
  );
  const isCents = texts.every((text) => /^\d+[.,]\d\d$/.test(text));
  return isMoney || (isCents && texts.some((text) => text.endsWith('0')) && new Set(texts).size > 1);
}

/**
 * Whether a column names blocks of lines, two at least in each, of which several order the same article: it is none of its
 * kinds, which each article has one of, but who or where it is for.
 */
function namesBlocks(column: number, reference: number | undefined, rows: readonly GridRow[]): boolean {
  const lines = rows.filter(({ cells }) => reference !== undefined && textOf(cells[reference]) !== '');
  const names = lines.map(({ cells }) => textOf(cells[column]));
  const blocks = names.filter((name, at) => name !== names[at - 1]);
  const isRun = names.every((name, at) => name === names[at - 1] || name === names[at + 1]);
  if (!isRun || blocks.length < 2 || new Set(blocks).size < blocks.length) return false;
  const blocksOf = new Map<string, Set<string>>();
  for (const { cells } of lines) {
    const code = textOf(cells[reference ?? 0]);
    blocksOf.set(code, (blocksOf.get(code) ?? new Set()).add(textOf(cells[column])));
  }
  return names.every((name) => /\p{L}{3}/u.test(name)) && [...blocksOf.values()].some(({ size }) => size > 1);
}

/** Whether a column holds what a pack contains, for which a count of packs stands beside: `6 x 1kg`, `500`. */
const isContent = (column: number, rows: readonly GridRow[]): boolean =>
  rows.every(({ cells }) => saysNothing(cells[column]) || /^\d+$|^\d+\s?[x×]\s?\d/.test(textOf(cells[column]))) &&
  rows.some(({ cells }) => /[x×]/.test(textOf(cells[column])));

/** Whether remarks are the names of a table that has no others: words on nearly each line, others on each, that change nothing. */
const areNames = (profile: Profile, column: number, rows: readonly GridRow[]): boolean =>
  profile.seen >= Math.max(LEAST, rows.length - 1) &&
  share(profile, 'texts') > 0.9 &&
  share(profile, 'codes') < 0.3 &&
  share(profile, 'distinct') === 1 &&
  profile.letters > 8 * profile.seen &&
  rows.slice(0, ROWS).every(({ cells }) => {
    const text = textOf(cells[column]);
    return stateIn(text) === undefined && !changesOrder(text);
  });

/** A length times another: `70x100 cm`, `2,50 x 1,20 m`. */
const FORMAT =
  /^\d+(?:[.,]\d+)?\s?(\p{L}{1,2})?\s?[x×]\s?\d+(?:[.,]\d+)?(?:\s?[x×]\s?\d+(?:[.,]\d+)?)?\s?(\p{L}{1,2})$/u;

function isFormat(text: string): boolean {
  const [, first, last = ''] = FORMAT.exec(text.trim()) ?? [];
  const isLength = (word: string) => LENGTHS.has(unitCode(word) ?? '') && isMeasure(unitCode(word) ?? '');
  return isLength(last) && (first === undefined || first === 'x' || isLength(first));
}

const LENGTHS = new Set(['mm', 'cm', 'm', 'ft']);

/** A street with its kind, or a postcode with its town: `Médiathèque, place de l’Église`, `Lager 2, 48155 Münster`. */
const isPlace = (text: string): boolean => /\p{L}{3}/u.test(text) && (STREET.test(text) || POSTCODE.test(text));

const POSTCODE =
  /(?:^|,\s*|\s)\d{4,5}(?:\s?[A-Z]{2})?\s+\p{Lu}\p{L}{2}|(?<!\p{L})[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}(?!\p{L})/u;
const STREET =
  /,\s*(?:\d+\s+)?(?:rue|avenue|boulevard|place|quai|route|chemin|via|viale|piazza|corso|calle|avenida|plaza|ul\.|ulica|rua)(?!\p{L})|\p{L}(?:stra(?:ss|ß)e|straat|gatan|vägen|gade|vej|weg|platz|plein|gasse|laan)\s+\d|,\s*\d+\p{L}?\s+(?:\p{L}+\s+){1,3}(?:street|road|lane|avenue|drive|close|square|st|rd|ave)(?!\p{L})/iu;
