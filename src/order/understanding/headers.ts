import { settleEarlier } from './earlier';
import { explainHeadings } from './explained-headings';
import { isBlank, textOf, type Grid, type GridCell, type GridRow } from './grid';
import {
  columnTexts,
  findHeadingRows,
  headingOf,
  isHeadingFigure,
  isLabel,
  KNOWN,
  OVER,
  type HeadingRows,
} from './header-rows';
import { bestScore, meaningOf } from './lexicon/match';
import { sizeHeadings } from './titled-grids';
import type { HeaderBlock, Heading } from './types';
import { unitCode } from './units';

/** All headers of a sheet from top to bottom; those side by side are separate. */
export function findHeaders(grid: Grid): HeaderBlock[] {
  const found = findHeadingRows(grid);
  return (found.length > 0 ? found : sizeHeadings(grid)).flatMap((rows) => headersAt(grid, rows));
}

/** Headers in some rows, with groups above and sizes below; tables side by side are separated. */
export function headersAt(grid: Grid, found: HeadingRows): HeaderBlock[] {
  const texts = columnTexts(grid, found.first, found.last);
  const numbers = grid.rows.slice(found.first, found.last + 1).map(({ number }) => number);
  const bottom = numbers.at(-1) ?? 0;
  const groups = groupsAbove(grid, found, texts);
  const lower = labelsBelow(grid, bottom, texts);
  if (lower) {
    numbers.push(bottom + 1);
    const second = secondLabels(grid, bottom + 2, texts, lower);
    if (second) numbers.push(bottom + 2);
    for (const [column, { text, group }] of lower) {
      texts.set(column, second?.has(column) ? `${text} ${second.get(column)}` : text);
      if (group !== '') groups.set(column, group);
    }
  }
  if (groups.size > 0 && !lower) {
    const above = grid.rows[found.first - 1]?.number;
    if (above !== undefined) numbers.unshift(above);
  }
  const headings = new Map<number, Heading>();
  for (const [column, text] of [...texts].sort(([a], [b]) => a - b)) {
    headings.set(column, headingOf(column, rowOfText(grid, numbers, column), text, groups.get(column) ?? ''));
  }
  explainHeadings(grid, headings);
  settleEarlier(headings);
  // the second rows of lines stand behind a gap, and belong to them
  const parts = grid.folded === undefined ? splitTables([...headings.values()]) : [[...headings.values()]];
  return parts.map((part) => ({
    rows: numbers,
    left: part[0]?.column ?? 1,
    right: part.at(-1)?.column ?? 1,
    headings: new Map(part.map((heading) => [heading.column, heading])),
    score: found.score,
  }));
}

const rowOfText = (grid: Grid, rows: readonly number[], column: number): number =>
  rows.findLast((row) => !isBlank(grid.cell(row, column))) ?? rows[0] ?? 1;

/** Headings over several columns in the row above: merged, or one word and then empty cells over unknown labels. */
function groupsAbove(
  grid: Grid,
  { first, last }: HeadingRows,
  texts: ReadonlyMap<number, string>,
): Map<number, string> {
  const groups = new Map<number, string>();
  const columns = [...texts.keys()];
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const tops = [grid.rows[first - 1], ...(last > first ? grid.rows.slice(first, last) : [])];
  for (const row of tops) {
    if (!row || row.number < (grid.rows[first]?.number ?? 0) - 1) continue;
    // `Stock` and `Order` side by side in the upper row of a header: each covers the columns after it
    const kinds = row.cells.filter((cell) => cell && isLabel(cell) && namesKind(textOf(cell))).length;
    for (let column = left; column <= right; column += 1) {
      const cell = row.cells[column];
      if (!cell || !isLabel(cell)) continue;
      const text = grid.text(row.number, column);
      const merge = grid.merge(row.number, column);
      if (merge && merge.right > merge.left) {
        const whole = merge.left <= left && merge.right >= right;
        if (!whole && merge.bottom === merge.top) spread(groups, texts, text, merge.left, merge.right);
        continue;
      }
      const sense = meaningOf(text).senses[0];
      if (!sense || sense.score < 0.8 || !OVER.has(sense.sense)) continue;
      const inside = row.number >= (grid.rows[first]?.number ?? 0);
      if ((sense.sense === 'other_quantity' || sense.sense === 'ordered') && (!inside || kinds >= 2)) {
        spreadOver(groups, texts, row, text, column, right);
        continue;
      }
      let end = column;
      while (end < right && isBlank(row.cells[end + 1]) && isOpen(texts.get(end + 1), sense.sense)) end += 1;
      if (isOpen(texts.get(column), sense.sense)) spread(groups, texts, text, column, end);
    }
  }
  return groups;
}

/** Whether a heading needs the one above it: an unknown label, or a quantity of any kind. */
function isOpen(text: string | undefined, over: string): boolean {
  if (text === undefined) return false;
  const meaning = meaningOf(text);
  if (bestScore(meaning) < KNOWN) return true;
  const kinds =
    over === 'other_quantity' || over === 'ordered'
      ? ['quantity', 'destination', 'variant']
      : ['destination', 'variant'];
  return meaning.senses.some(({ sense }) => kinds.includes(sense));
}

function spread(
  groups: Map<number, string>,
  texts: ReadonlyMap<number, string>,
  text: string,
  from: number,
  to: number,
) {
  for (let column = from; column <= to; column += 1) if (texts.has(column)) groups.set(column, text);
}

/** Spreads `Stock` or `This order` over all columns up to the next word of its row or to a column that names things. */
function spreadOver(
  groups: Map<number, string>,
  texts: ReadonlyMap<number, string>,
  row: GridRow,
  text: string,
  from: number,
  right: number,
) {
  for (let column = from; column <= right; column += 1) {
    if (column > from && !isBlank(row.cells[column])) return;
    const own = texts.get(column);
    if (own === undefined) continue;
    const sense = meaningOf(own).senses[0];
    if (sense && sense.score >= KNOWN && ['reference', 'ean', 'description'].includes(sense.sense)) return;
    groups.set(column, text);
  }
}

/** Labels of a row of sizes or shops under `Sizes`; undefined if one of them is below a heading of its own. */
function labelsBelow(grid: Grid, bottom: number, texts: ReadonlyMap<number, string>) {
  const row = grid.row(bottom + 1);
  if (!row || !grid.row(bottom + 2)) return undefined;
  const found = new Map<number, { text: string; group: string }>();
  let group = '';
  let groupEnd = 0;
  for (let column = 1; column < Math.max(row.cells.length, grid.width + 1); column += 1) {
    const above = texts.get(column);
    const merge = grid.merge(bottom, column);
    if (above !== undefined) {
      const sense = meaningOf(above).senses[0];
      const opens = (merge && merge.right > merge.left) || (sense && OVER.has(sense.sense) && sense.score >= KNOWN);
      group = opens ? above : '';
      groupEnd = opens ? (merge ? merge.right : Number.MAX_SAFE_INTEGER) : 0;
    }
    const cell = row.cells[column];
    if (!cell || isBlank(cell)) continue;
    if (above !== undefined && group === '' && isRest(above, cell)) {
      found.set(column, { text: `${above} ${textOf(cell)}`, group: '' });
      continue;
    }
    if (group === '' || column > groupEnd) return undefined;
    if (!isLabel(cell) && !isHeadingFigure(cell)) return undefined;
    found.set(column, { text: grid.text(row.number, column), group });
  }
  return [...found.values()].filter((each) => each.group !== '').length >= 2 ? found : undefined;
}

/** Whether a label ends the heading above it, beside a row of sizes: `Total` over `pares`, `Price` over `net`. */
function isRest(above: string, cell: GridCell): boolean {
  if (!isLabel(cell)) return false;
  const [own, whole] = [meaningOf(above).senses[0], meaningOf(`${above} ${textOf(cell)}`)];
  return own !== undefined && !NAMED.has(own.sense) && own.score >= KNOWN && bestScore(whole) >= KNOWN;
}

const NAMED: ReadonlySet<string> = new Set(['reference', 'ean', 'description', 'variant', 'destination']);

/** A second row of labels, as the towns under the numbers of shops, beside headings that are merged down to it. */
function secondLabels(
  grid: Grid,
  number: number,
  texts: ReadonlyMap<number, string>,
  lower: ReadonlyMap<number, unknown>,
): Map<number, string> | undefined {
  const isMerged = [...texts.keys()].some(
    (column) => !lower.has(column) && grid.tallMerge(number, column) !== undefined,
  );
  const cells = grid.row(number)?.cells ?? [];
  const found = new Map<number, string>();
  for (const [column, cell] of cells.entries()) {
    if (!cell || isBlank(cell)) continue;
    if (!lower.has(column) || !isLabel(cell)) return undefined;
    found.set(column, textOf(cell));
  }
  return isMerged && found.size >= 2 ? found : undefined;
}

/** Splits tables side by side: by an empty column between two that both name things, or by a repeated pattern. */
function splitTables(headings: readonly Heading[]): Heading[][] {
  const period = periodOf(headings);
  if (period > 0) {
    const parts: Heading[][] = [];
    for (let at = 0; at < headings.length; at += period) parts.push(headings.slice(at, at + period));
    return parts;
  }
  const parts: Heading[][] = [];
  for (const heading of headings) {
    const part = parts.at(-1);
    if (part && heading.column === (part.at(-1)?.column ?? 0) + 1) part.push(heading);
    else parts.push([heading]);
  }
  const merged: Heading[][] = [];
  for (const part of parts) {
    const before = merged.at(-1);
    // `Line | | Item | | Description | Qty`: what counts nothing needs what counts beside it
    const isApart =
      isTable(part) && before !== undefined && isTable(before) && !(part.some(isCount) && !before.some(isCount));
    if (!before || isApart || areTwins(part, before)) merged.push(part);
    else if (!isTable(before) || knownSenses(part).size > 0 || part.length > 1) before.push(...part);
  }
  return merged;
}

/**
 * Whether two parts say the same, but for the first heading: `FRUIT | Qty | Unit` beside `VEGETABLES | Qty | Unit`, or
 * `Cut flowers | Bunches` beside `Plants | Pieces`.
 */
function areTwins(part: readonly Heading[], before: readonly Heading[]): boolean {
  const [mine, theirs] = [part.slice(1), before.slice(1)];
  return (
    mine.length > 0 &&
    mine.length === theirs.length &&
    mine.every((heading, at) => areAlike(heading, theirs[at])) &&
    mine.some(isCount)
  );
}

const areAlike = (heading: Heading, other: Heading | undefined): boolean =>
  other !== undefined &&
  (heading.text.toLowerCase() === other.text.toLowerCase() || (isCount(heading) && isCount(other)));

/** Whether a heading counts: it says so, or is a unit alone. */
const isCount = ({ text, meaning }: Heading): boolean =>
  meaning.senses.some(({ sense, score }) => score >= KNOWN && (sense === 'quantity' || sense === 'ordered')) ||
  (bestScore(meaning) < KNOWN && unitCode(text) !== undefined);

const knownSenses = (part: readonly Heading[]): Set<string> =>
  new Set(
    part.flatMap(({ meaning }) => (meaning.senses[0] && bestScore(meaning) >= KNOWN ? [meaning.senses[0].sense] : [])),
  );

const isTable = (part: readonly Heading[]): boolean => {
  const senses = knownSenses(part);
  return senses.size >= 2 && ['reference', 'ean', 'description'].some((sense) => senses.has(sense));
};

/** Columns after which headings repeat: 2 for `Ref Qty Ref Qty`; 0 if nothing repeats. */
function periodOf(headings: readonly Heading[]): number {
  for (let period = 2; period <= headings.length / 2; period += 1) {
    if (headings.length % period !== 0) continue;
    const same = headings.every(({ text, group }, index) => {
      const next = headings[index + period];
      return !next || (next.text.toLowerCase() === text.toLowerCase() && next.group === group);
    });
    if (same && isTable(headings.slice(0, period))) return period;
  }
  return 0;
}

/** Whether a heading names one kind of quantities, such as `Stock` or `Order`. */
function namesKind(text: string): boolean {
  return meaningOf(text).senses.some(
    ({ sense, score }) => score >= 0.8 && (sense === 'other_quantity' || sense === 'ordered'),
  );
}
