import { isNumbering, isPosition } from './content';
import { KNOWN } from './header-rows';
import type { Sense } from './lexicon/headings/sense';
import { share, type Profile } from './profile';
import { senseOf, type Draft } from './role-draft';
import type { ColumnRole, Doubt } from './types';

/**
 * Settles which column names the goods where numbers of lines were taken for it: the one of codes that differ from line
 * to line, if there is one only, or none if no heading says that the numbers are references.
 */
export function settleCodes(draft: Draft, roles: Map<ColumnRole, number>): Doubt[] {
  const named = roles.get('reference');
  const own = draft.profiles.get(named ?? 0);
  const counts = own !== undefined && own.seen >= LEAST && (isPosition(own) || isNumbering(own));
  if (named === undefined || !counts || draft.header === undefined || roles.has('ean')) return [];
  const taken = new Set(roles.values());
  const codes = draft.columns.filter((column) => !taken.has(column) && mayName(draft, column));
  const [column] = codes.length === 1 ? codes : [];
  if (column === undefined && senseOf(draft.header, named, 'reference') >= KNOWN) return [];
  roles.delete('reference');
  if (!roles.has('line_number')) roles.set('line_number', named);
  if (column === undefined) return [];
  roles.set('reference', column);
  return [{ blocking: false, columns: [column], why: 'no_heading' }];
}

/** Rows from which on numbers that rise one by one are no chance. */
const LEAST = 3;

const OTHERS: readonly Sense[] = ['order_number', 'customer', 'destination', 'variant', 'unit', 'note', 'status'];

function mayName({ header, profiles }: Draft, column: number): boolean {
  const profile = profiles.get(column);
  const fullest = Math.max(...[...profiles.values()].map(({ seen }) => seen));
  return (
    profile !== undefined &&
    profile.seen >= 0.9 * fullest &&
    holdsCodes(profile) &&
    OTHERS.every((sense) => senseOf(header, column, sense) < KNOWN)
  );
}

const holdsCodes = (profile: Profile): boolean =>
  profile.numbers <= 0.4 * profile.seen &&
  share(profile, 'codes') > 0.7 &&
  share(profile, 'distinct') > 0.8 &&
  share(profile, 'dates') === 0;
