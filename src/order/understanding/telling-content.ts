import { saysNothing, textOf, type GridRow } from './grid';
import { isOpen } from './header-rows';
import { isVariant } from './lexicon/labels';
import { share } from './profile';
import type { Draft } from './role-draft';
import type { ColumnRole, Doubt } from './types';
import { isMeasure, unitCode } from './units';

const ROWS = 300;
const LEAST = 2;

/**
 * Gives a role to the column under a heading that nobody knows of which each text says what it is, where the role is free
 * and one column alone may have it: colours and formats are variants, addresses places.
 */
export function settleContent(
  { header, columns, profiles }: Draft,
  roles: Map<ColumnRole, number>,
  rows: readonly GridRow[],
): Doubt[] {
  if (!header) return [];
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
