import { dateIn } from './dates';
import { dayRow } from './day-rows';
import { isBlank, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { factLabelOf } from './lexicon/facts';
import { bestScore, meaningOf, type Meaning } from './lexicon/match';
import { collapseSpaces, plainWords } from './text';
import type { Heading } from './types';

/** Score from which a heading is known. */
export const KNOWN = 0.6;
/** True without a heading, and with one of which nobody knows what it means. */
export const isOpen = (heading: Heading | undefined): boolean =>
  heading === undefined || bestScore(heading.meaning) < KNOWN;
/** Senses of a heading over several others. */
export const OVER = new Set(['variant', 'destination', 'quantity', 'ordered', 'other_quantity', 'total_quantity']);
const LABEL_LENGTH = 90;
const HEIGHT = 3;

/** Heading rows, found by their words. */
export interface HeadingRows {
  /** indexes into the grid's rows */
  first: number;
  last: number;
  score: number;
}

/** Whether a text could head a column: no figure, no sentence, no label with its value beside it. */
export function isLabel(cell: GridCell | undefined): boolean {
  if (cell?.value.is !== 'text' || cell.formula !== undefined) return false;
  const text = cell.value.text.trim();
  // `4530-LP` is a reference, not a heading `LP`
  if (/^(?=\S*\d{3})(?=\S*[-/.])\S+$/.test(text) && !/^\p{L}{2,}\.?\/1(?:0|00|000)$/u.test(text)) return false;
  return (
    text.length > 0 &&
    text.length <= LABEL_LENGTH &&
    !text.endsWith(':') &&
    /\p{L}|[%#€£$¥]/u.test(text) &&
    !isFigure(text)
  );
}

const isFigure = (text: string): boolean =>
  /^[^\p{L}]{0,3}\d[\d\s.,'’]*(?:%|[^\p{L}]{0,3}|[a-z]{1,3})$/iu.test(text) && !LETTERED_SIZE.test(text);

/** A size of digits and letters: `3XL`, `2XS`, `75B`, `38W`. */
const LETTERED_SIZE = /^(?:\d{1,2}\s?x{0,2}[sl]|\d{2,3}\s?(?:[a-h]{1,2}|w|r|t))$/i;

/** Number of labels in a row; 0 if it holds more than labels and a run of whole numbers or days (sizes, weeks). */
function countLabels(row: GridRow): number {
  let count = 0;
  let figures = 0;
  let run = 0;
  let before = -2;
  const colons = isColonRow(row);
  if (namesFact(row)) return 0;
  for (let column = 1; column < row.cells.length; column += 1) {
    const cell = row.cells[column];
    if (!cell || isBlank(cell)) continue;
    if (isLabel(cell) || (colons && isColon(cell))) count += 1;
    else if (isHeadingFigure(cell)) {
      figures += 1;
      run = column === before + 1 ? run + 1 : 1;
      before = column;
    } else if (cell.value.is !== 'text' || isFigure(cell.value.text.trim())) return 0;
  }
  return figures > 0 && (run < 2 || run < figures) ? 0 : count;
}

/** Whether a row has the label of a title block with its code or its day beside it: `Pedido | OPM-26-212`. */
function namesFact({ cells }: GridRow): boolean {
  return cells.some((cell, column) => {
    if (!cell || !isLabel(cell) || factLabelOf(textOf(cell)) === undefined) return false;
    const text = textOf(cells[column + 1]);
    return CODE.test(text) || DAY.test(text);
  });
}

const CODE = /^(?=.*\p{L})(?=.*\d{2})(?=.*[-/])[\p{L}\d/-]{5,}$/u;
const DAY = /^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/;

const isColon = (cell: GridCell | undefined): boolean =>
  cell?.value.is === 'text' && /\p{L}.*[:：]\s*$/u.test(cell.value.text) && cell.value.text.length <= LABEL_LENGTH;

/** Whether a row holds nothing but `Ref:`, `Qty:` and the like: headings, not labels with a value beside them. */
const isColonRow = ({ cells }: GridRow): boolean => {
  const filled = cells.filter((cell) => !isBlank(cell));
  return filled.length >= 3 && filled.every(isColon);
};

/** Whether a row begins with a label of a title block or foot, with only a value beside it unless it may be long. */
export function isLabelled(cells: GridRow['cells'], left: number, right: number, long = false): boolean {
  const first = cells.find((cell, column) => column >= left && column <= right && !isBlank(cell));
  if (first?.value.is !== 'text') return false;
  const text = textOf(first);
  if (!/[:：]$/.test(text) && factLabelOf(text.replace(/\s*[:：].*$/, '')) === undefined) return false;
  return long || cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell)).length < 3;
}

/** Whether a figure may head a column of a matrix: `36`, `"38"`, 3.5, a day. */
export function isHeadingFigure(cell: GridCell): boolean {
  if (cell.formula !== undefined) return false;
  const { value } = cell;
  if (value.is === 'number') return Number.isInteger(2 * value.number) && value.number > 0 && value.number < 3_000;
  if (value.is !== 'text') return value.is === 'date';
  const text = value.text.trim();
  return /^\d{1,3}(?:[/-]\d{1,3}|[.,]5|\s?½)?$/.test(text) || dateIn(text) !== undefined;
}

/** Heading rows of a sheet, from top to bottom. */
export function findHeadingRows(grid: Grid): HeadingRows[] {
  const counts = grid.rows.map(countLabels);
  const scores = new Map<number, HeadingRows>();
  const at = (index: number): HeadingRows | undefined => {
    if ((counts[index] ?? 0) === 0) return undefined;
    const known = scores.get(index);
    if (known) return known;
    const best = bestHeight(grid, counts, index);
    scores.set(index, best);
    return best;
  };
  const found: HeadingRows[] = [];
  for (let index = 0; index < grid.rows.length; index += 1) {
    const here = at(index);
    if (!here || here.score === 0) continue;
    // a title above the headings makes them look one row taller
    let best = here;
    const whole = here.last > index && scoreOfRows(grid, index, index) > 0;
    for (let next = index + 1; !whole && next <= here.last; next += 1) {
      const lower = at(next);
      if (lower && lower.score >= best.score) best = lower;
    }
    found.push(best);
    index = best.last;
  }
  return found;
}

function bestHeight(grid: Grid, counts: readonly number[], first: number): HeadingRows {
  let best: HeadingRows = { first, last: first, score: 0 };
  for (let height = 1; height <= HEIGHT; height += 1) {
    const last = first + height - 1;
    const row = grid.rows[last];
    if (!row || (counts[last] ?? 0) === 0) break;
    if (height > 1 && row.number !== (grid.rows[last - 1]?.number ?? 0) + 1) break;
    if (height === 2 && isTitleOver(grid.rows[first], row)) break;
    if (height > 1 && best.score > 0 && (isDayAlone(row) || dayRow(row))) break;
    const score = scoreOfRows(grid, first, last);
    // two rows of known words, one right below the other, are one header: broken words or two languages
    const both = best.score > 0 && scoreOfRows(grid, last, last) > 0 && score > 0.75 * best.score;
    if (both || score > best.score + (best.score === 0 ? 0 : 0.25)) best = { first, last, score };
  }
  return best;
}

/** Whether a row holds one text alone, with a day: a title of the rows below it, `Livraison du 16/03/2026`. */
function isDayAlone({ cells }: GridRow): boolean {
  const filled = cells.filter((cell) => !isBlank(cell));
  return (
    filled.length === 1 &&
    /(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}(?!\d)|(?<!\d)\d{1,2}\.?\s\p{L}{3,}\.?\s20\d\d/u.test(textOf(filled[0]))
  );
}

/** Whether a row holds one text alone, above a heading that is known without it: `1. ORDER` over `Code`. */
function isTitleOver(row: GridRow | undefined, below: GridRow): boolean {
  const filled = [...(row?.cells.keys() ?? [])].filter((column) => !isBlank(row?.cells[column]));
  const [column] = filled;
  const under = below.cells[column ?? 0];
  return filled.length === 1 && isLabel(under) && bestScore(meaningOf(textOf(under))) >= 0.9;
}

const CORE = new Set([
  'quantity',
  'ordered',
  'total_quantity',
  'unit_price',
  'amount',
  'price_gross',
  'list_price',
  'amount_gross',
  'money',
]);
const NAMING = new Set(['reference', 'ean', 'description']);
/** Senses of title blocks as much as of columns. */
const BESIDE = new Set(['order_number', 'customer', 'currency', 'status', 'other']);

/** Score of rows as a header: above 0 with at least two known columns, one of which makes an order. */
function scoreOfRows(grid: Grid, first: number, last: number): number {
  return scoreOfTexts(columnTexts(grid, first, last).values());
}

/** Score of texts as the headings of one table. */
export function scoreOfTexts(texts: Iterable<string>): number {
  const senses = new Map<string, number>();
  let others = 0;
  let unknown = 0;
  for (const text of texts) {
    const meaning = meaningOf(text);
    const sense = meaning.senses[0];
    if (!sense || sense.score < KNOWN) unknown += 1;
    else if (sense.sense === 'line_number' && countsBehind(text) && [...NAMING].some((name) => senses.has(name)))
      senses.set('quantity', 0.5 + (senses.get('quantity') ?? 0));
    else if (senses.has(sense.sense)) others += sense.score;
    else senses.set(sense.sense, (BESIDE.has(sense.sense) ? 0.5 : 1) * sense.score);
  }
  const names = [...senses.keys()];
  const core = names.some((sense) => CORE.has(sense));
  const naming = names.filter((sense) => NAMING.has(sense)).length;
  if (senses.size < 2 || (!core && naming < 2) || (core && naming === 0 && senses.size < 3)) return 0;
  const known = [...senses.values()].reduce((sum, score) => sum + score, 0);
  // a sentence with two known words is not a header
  if (unknown > 4 * senses.size + 30) return 0;
  return known + 0.2 * others;
}

/** Whether a heading counts where it stands behind the names of goods, as numbers of lines do not: `Ref | Text | No.`. */
export const countsBehind = (text: string): boolean => /^(?:no|nr|nb|nbre|num|antal)$/.test(plainWords(text));

/** Words over each column; words broken over several rows are joined. */
export function columnTexts(grid: Grid, first: number, last: number): Map<number, string> {
  const texts = new Map<number, string>();
  for (let index = first; index <= last; index += 1) {
    const row = grid.rows[index];
    const colons = row !== undefined && isColonRow(row);
    row?.cells.forEach((cell, column) => {
      if (!cell || isBlank(cell)) return;
      if (!isLabel(cell) && !isHeadingFigure(cell) && !colons) return;
      const merge = grid.merge(row.number, column);
      const spans = merge !== undefined && merge.right > merge.left;
      if (spans && index < last && hasTextBelow(grid, index + 1, last, merge.left, merge.right)) return;
      const text = cell.value.is === 'text' ? collapseSpaces(cell.value.text) : grid.text(row.number, column);
      texts.set(column, joinWords(isUnderGroup(grid, index, column, text) ? undefined : texts.get(column), text));
    });
  }
  return texts;
}

/** Whether the heading above a text covers the next columns too: `Order` over `Paris | Lyon | Nantes`. */
function isUnderGroup(grid: Grid, index: number, column: number, text: string): boolean {
  const above = grid.rows[index - 1]?.cells[column];
  if (!above || !isLabel(above) || bestScore(meaningOf(text)) >= KNOWN) return false;
  const meaning = meaningOf(textOf(above));
  if (!meaning.senses.some(({ sense, score }) => score >= 0.9 && OVER.has(sense))) return false;
  const next = grid.rows[index]?.cells[column + 1];
  const open = next && isBlank(grid.rows[index - 1]?.cells[column + 1]) && (isLabel(next) || isHeadingFigure(next));
  return Boolean(open) && bestScore(meaningOf(textOf(next))) < KNOWN;
}

function joinWords(above: string | undefined, text: string): string {
  if (above === undefined) return text;
  return /\p{L}-$/u.test(above) ? above.slice(0, -1) + text : `${above} ${text}`;
}

function hasTextBelow(grid: Grid, from: number, to: number, left: number, right: number): boolean {
  for (let index = from; index <= to; index += 1) {
    for (let column = left; column <= right; column += 1) {
      if (!isBlank(grid.rows[index]?.cells[column])) return true;
    }
  }
  return false;
}

/** Heading of a column from its own words and its group's. */
export function headingOf(column: number, row: number, text: string, group: string): Heading {
  return { column, row, text, group, meaning: meaningUnder(text, group) };
}

/**
 * Meaning of a heading under a group: `Qty` under `Previous order` is not ordered now; `Total` under `Price` is an
 * amount.
 */
function meaningUnder(text: string, group: string): Meaning {
  const own = meaningOf(text);
  if (group === '' || group === text) return own;
  const above = meaningOf(group);
  const sense = own.senses[0]?.sense;
  const groupSense = above.senses[0];
  if (groupSense && groupSense.score >= 0.8) {
    const naming = sense !== undefined && NAMING.has(sense) && bestScore(own) >= KNOWN;
    if (groupSense.sense === 'other_quantity' && !naming) return above;
    if (groupSense.sense === 'ordered' && own.senses.some((each) => each.sense === 'quantity')) {
      return { senses: [{ sense: 'ordered', score: 1 }], languages: own.languages };
    }
  }
  if (bestScore(own) >= 0.9) return own;
  const both = meaningOf(`${group} ${text}`);
  return bestScore(both) >= 0.8 && bestScore(both) > bestScore(own) ? both : own;
}
