import { saysNothing, textOf, type GridRow } from './grid';
import { isOpen } from './header-rows';
import { isVariant } from './lexicon/labels';
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
  if (isNameless && names !== undefined && profile && areNames(profile, rows.length)) {
    roles.delete('note');
    roles.set('description', names);
    return [{ blocking: false, columns: [names], why: 'no_heading' }];
  }
  const taken = new Set(roles.values());
  const open = columns.filter((column) => {
    const profile = profiles.get(column);
    return profile && !taken.has(column) && isOpen(header.headings.get(column)) && share(profile, 'texts') > 0.9;
  });
  const give = (role: ColumnRole, says: (text: string) => boolean): Doubt[] => {
    const [column, ...more] = open.filter((each) => {
      const texts = rows.slice(0, ROWS).flatMap(({ cells }) => (saysNothing(cells[each]) ? [] : textOf(cells[each])));
      return texts.length >= LEAST && texts.every(says);
    });
    if (column === undefined || more.length > 0 || roles.has(role)) return [];
    roles.set(role, column);
    return [{ blocking: false, columns: [column], why: 'no_heading' }];
  };
  return [
    ...give('variant', (text) => isFormat(text) || (isVariant(text) && /\p{L}{3}/u.test(text))),
    ...(roles.has('customer') ? [] : give('destination', isPlace)),
  ];
}

/** Whether a column holds what a pack contains, for which a count of packs stands beside: `6 x 1kg`, `500`. */
const isContent = (column: number, rows: readonly GridRow[]): boolean =>
  rows.every(({ cells }) => saysNothing(cells[column]) || /^\d+$|^\d+\s?[x×]\s?\d/.test(textOf(cells[column]))) &&
  rows.some(({ cells }) => /[x×]/.test(textOf(cells[column])));

/** Whether remarks are the names of a table that has no others: words on nearly each line, and others on each. */
const areNames = (profile: Profile, lines: number): boolean =>
  profile.seen >= Math.max(LEAST, lines - 1) &&
  share(profile, 'texts') > 0.9 &&
  share(profile, 'codes') < 0.3 &&
  share(profile, 'distinct') === 1 &&
  profile.letters > 8 * profile.seen;

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
