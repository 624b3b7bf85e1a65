import { holdsCodes, isNumbering, isPosition } from './content';
import { saysNothing, textOf, type GridRow } from './grid';
import { KNOWN } from './header-rows';
import type { Sense } from './lexicon/headings/sense';
import { senseOf, type Draft } from './role-draft';
import { areWords } from './trait-columns';
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

/** Settles what the codes beside the names of goods are, by the rows: their references, or something else. */
export function settleReferences(draft: Draft, roles: Map<ColumnRole, number>, rows: readonly GridRow[]): void {
  settleNames(draft, roles, rows);
  dropShared(draft, roles, rows);
  const column = roles.get('reference');
  if (column !== undefined && roles.has('description') && areWords(column, rows)) roles.delete('reference');
}

/**
 * Settles that codes under the heading of names are the references, where the names stand right beside them under no
 * heading of their own: `Product` over both, or over the first.
 */
function settleNames({ header, profiles }: Draft, roles: Map<ColumnRole, number>, rows: readonly GridRow[]): void {
  const named = roles.get('description') ?? 0;
  const beside = profiles.get(named + 1);
  const heading = header?.headings.get(named + 1)?.text ?? '';
  const isHeaded = heading !== '' && heading !== header?.headings.get(named)?.text;
  if (!beside || isHeaded || [...roles].some(([role, at]) => CODED.has(role) || at === named + 1)) return;
  const both = rows.flatMap(({ cells }) =>
    saysNothing(cells[named + 1]) ? [] : [[textOf(cells[named]), textOf(cells[named + 1])] as const],
  );
  const isCoded = both.every(([code, name]) => CODE.test(code) && /\p{L}{3}/u.test(name) && !CODE.test(name));
  if (both.length < 2 || !isCoded || !both.some(([code]) => /[\d-]/.test(code))) return;
  roles.set('reference', named);
  roles.set('description', named + 1);
}

/**
 * Takes codes for something else than references that are the same for goods of other names and prices, where no heading
 * says surely what they are: numbers of drawings, of places, of accounts.
 */
function dropShared({ header }: Draft, roles: Map<ColumnRole, number>, rows: readonly GridRow[]): void {
  const [code, name, price] = (['reference', 'description', 'unit_price'] as const).map((role) => roles.get(role));
  if (code === undefined || name === undefined || price === undefined) return;
  if (senseOf(header, code, 'reference') >= KNOWN || header === undefined) return;
  const groups = new Map<string, GridRow[]>();
  for (const row of rows) {
    const text = textOf(row.cells[code]);
    if (text !== '') groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  const shared = [...groups.values()].filter((group) => group.length > 1);
  const differ = (group: readonly GridRow[], column: number) =>
    new Set(group.map(({ cells }) => textOf(cells[column]))).size === group.length;
  if (shared.length > 0 && shared.every((group) => differ(group, name) && differ(group, price)))
    roles.delete('reference');
}

const CODED: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['reference', 'ean']);
/** Capitals and digits without a space. */
const CODE = /^[\p{Lu}\d][\p{Lu}\d./_-]{1,23}$/u;

/** Rows from which on numbers that rise one by one are no chance. */
const LEAST = 3;

const OTHERS: readonly Sense[] = ['order_number', 'customer', 'destination', 'variant', 'unit', 'note', 'status'];

function mayName({ header, profiles }: Draft, column: number): boolean {
  const profile = profiles.get(column);
  const fullest = Math.max(...[...profiles.values()].map(({ seen }) => seen));
  return (
    profile !== undefined &&
    profile.seen >= 0.9 * fullest &&
    holdsCodes(profile, 0.4) &&
    OTHERS.every((sense) => senseOf(header, column, sense) < KNOWN)
  );
}
