import { isPosition } from './content';
import { isBlank, saysNothing } from './grid';
import { plainWords } from './text';
import { isOpen, KNOWN } from './header-rows';
import { bestScore, scoreOf } from './lexicon/match';
import { figureOf } from './profile';
import type { GridRow } from './grid';
import type { Draft } from './role-draft';
import type { ColumnRole, HeaderBlock, MatrixLabel } from './types';
import { isMeasure, unitCode } from './units';

/** A column that is called an order goes before one of quantities. */
const COUNTS = ['ordered', 'quantity'] as const;
const SURE = 0.85;

/**
 * Columns of quantities in different packs, of which most rows fill one: `Order cases | Order singles`. Each figure is a
 * line, in its unit. None where rows fill them together, since then one says what the other makes.
 */
export function unitsAcross(header: HeaderBlock | undefined, rows: readonly GridRow[]): MatrixLabel[] {
  const [labels = []] = COUNTS.map((sense) => unitsOf(header, sense)).filter((found) => found.length > 0);
  if (labels.length !== 2 || labels[0]?.unit === labels[1]?.unit) return [];
  const filled = rows.map(({ cells }) =>
    labels.map(({ column }) => !isBlank(cells[column]) && !saysNothing(cells[column]) && figureOf(cells[column]) > 0),
  );
  const alone = (at: number) => filled.filter((row) => row[at] && !row[1 - at]).length;
  const both = filled.filter((row) => row[0] && row[1]).length;
  return alone(0) > 0 && alone(1) > 0 && both < alone(0) + alone(1) ? labels : [];
}

/**
 * Columns of counts that no heading explains, which are filled where the quantity is empty, and only there, or on every
 * line beside a quantity whose heading hardly says that it is one.
 */
export function columnsInstead(
  { header, columns, profiles }: Draft,
  roles: ReadonlyMap<ColumnRole, number>,
  rows: readonly GridRow[],
): number[] {
  const quantity = roles.get('quantity');
  const taken = new Set(roles.values());
  if (quantity === undefined || (profiles.get(quantity)?.numbers ?? 0) === 0) return [];
  const said = header?.headings.get(quantity)?.meaning;
  const isWeak = said !== undefined && bestScore(said) > 0 && bestScore(said) < KNOWN && !roles.has('unit_price');
  const isFilled = ({ cells }: GridRow, column: number) => figureOf(cells[column]) > 0;
  return columns.filter((column) => {
    const profile = profiles.get(column);
    if (taken.has(column) || !isOpen(header?.headings.get(column))) return false;
    if (!profile || profile.numbers === 0 || profile.whole < profile.numbers) return false;
    const own = rows.filter((row) => isFilled(row, column));
    if (
      isWeak &&
      own.length >= 2 &&
      !isPosition(profile) &&
      rows.every((row) => isFilled(row, column) === isFilled(row, quantity))
    )
      return true;
    return own.length > 0 && own.every((row) => !isFilled(row, quantity));
  });
}

/** Columns with a sense whose headings name a pack or a piece. */
function unitsOf(header: HeaderBlock | undefined, sense: (typeof COUNTS)[number]): MatrixLabel[] {
  return [...(header?.headings.values() ?? [])].flatMap(({ column, text, meaning, explained }): MatrixLabel[] => {
    // `Karton` beside `Stück`: a unit alone counts too
    const isUnit = explained === undefined && bestScore(meaning) < KNOWN && unitCode(plainWords(text)) !== undefined;
    if (scoreOf(meaning, sense) < SURE && !(sense === 'quantity' && isUnit)) return [];
    const units = plainWords(text)
      .split(' ')
      .flatMap((word) => unitCode(word) ?? []);
    const [unit] = units.filter((each) => !isMeasure(each));
    return unit === undefined ? [] : [{ column, unit }];
  });
}
