import { isBlank, saysNothing } from './grid';
import { plainWords } from './text';
import { scoreOf } from './lexicon/match';
import { figureOf } from './profile';
import type { GridRow } from './grid';
import type { HeaderBlock, MatrixLabel } from './types';
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

/** Columns with a sense whose headings name a pack or a piece. */
function unitsOf(header: HeaderBlock | undefined, sense: (typeof COUNTS)[number]): MatrixLabel[] {
  return [...(header?.headings.values() ?? [])].flatMap(({ column, text, meaning }): MatrixLabel[] => {
    if (scoreOf(meaning, sense) < SURE) return [];
    const units = plainWords(text)
      .split(' ')
      .flatMap((word) => unitCode(word) ?? []);
    const [unit] = units.filter((each) => !isMeasure(each));
    return unit === undefined ? [] : [{ column, unit }];
  });
}
