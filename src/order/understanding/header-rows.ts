import { isBlank, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { factLabelOf } from './lexicon/facts';
import { bestScore, meaningOf, type Meaning } from './lexicon/match';
import { collapsed } from './text';
import type { Heading } from './types';

/** A heading is known from here on. */
export const KNOWN = 0.6;
/** Senses of a heading that stands over several others. */
export const OVER = new Set(['variant', 'destination', 'quantity', 'ordered', 'other_quantity', 'total_quantity']);
const LABEL_LENGTH = 90;
const HEIGHT = 3;

/** Rows of headings, found by the words in them. */
export interface HeadingRows {
  /** indexes into the grid's rows */
  first: number;
  last: number;
  score: number;
}

/** A text that could head a column: no figure, no sentence, no label with its value beside it. */
export function isLabel(cell: GridCell | undefined): boolean {
  if (cell?.value.is !== 'text' || cell.formula !== undefined) return false;
  const text = cell.value.text.trim();
  // `4530-LP` is a reference, and no heading called `LP`
  if (/^(?=\S*\d{3})(?=\S*[-/.])\S+$/.test(text)) return false;
  return (
    text.length > 0 && text.length <= LABEL_LENGTH && !text.endsWith(':') && /\p{L}|[%#]/u.test(text) && !isFigure(text)
  );
}

const isFigure = (text: string): boolean => /^[^\p{L}]{0,3}\d[\d\s.,'’]*(?:%|[^\p{L}]{0,3}|[a-z]{1,3})$/iu.test(text);

/** Whether a row may be one of headings: labels, and beside them at most a run of whole numbers or days (sizes, weeks). */
function labels(row: GridRow): number {
  let count = 0;
  let figures = 0;
  let run = 0;
  let before = -2;
  const colons = colonsIn(row);
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

const isColon = (cell: GridCell | undefined): boolean =>
  cell?.value.is === 'text' && /\p{L}.*[:：]\s*$/u.test(cell.value.text) && cell.value.text.length <= LABEL_LENGTH;

/** A row of nothing but `Ref:`, `Qty:` and so on: headings, not labels with a value beside them. */
const colonsIn = ({ cells }: GridRow): boolean => {
  const filled = cells.filter((cell) => !isBlank(cell));
  return filled.length >= 3 && filled.every(isColon);
};

/** Whether a row begins with a label of a title block or of a foot and has, unless it may be long, only a value beside it. */
export function isLabelled(cells: GridRow['cells'], left: number, right: number, long = false): boolean {
  const first = cells.find((cell, column) => column >= left && column <= right && !isBlank(cell));
  if (first?.value.is !== 'text') return false;
  const text = textOf(first);
  if (!/[:：]$/.test(text) && factLabelOf(text.replace(/\s*[:：].*$/, '')) === undefined) return false;
  return long || cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell)).length < 3;
}

/** `36`, `"38"`, a day: what heads a column of a matrix without being a word. */
export function isHeadingFigure(cell: GridCell): boolean {
  if (cell.formula !== undefined) return false;
  const { value } = cell;
  if (value.is === 'number') return Number.isInteger(value.number) && value.number > 0 && value.number < 3_000;
  return value.is === 'date' || (value.is === 'text' && /^\d{1,3}(?:[/-]\d{1,3})?$/.test(value.text.trim()));
}

/** Every place of the sheet where rows of headings stand, from top to bottom. */
export function findHeadingRows(grid: Grid): HeadingRows[] {
  const counts = grid.rows.map(labels);
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
    const score = scoreOfRows(grid, first, last);
    // two rows of our words right below one another are one header: words broken over them, or two languages
    const both = best.score > 0 && scoreOfRows(grid, last, last) > 0 && score > 0.75 * best.score;
    if (both || score > best.score + (best.score === 0 ? 0 : 0.25)) best = { first, last, score };
  }
  return best;
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
]);
const NAMING = new Set(['reference', 'ean', 'description']);

/** Above 0 if these rows head a table: at least two columns that we know, one of which makes an order. */
function scoreOfRows(grid: Grid, first: number, last: number): number {
  const senses = new Map<string, number>();
  let others = 0;
  let unknown = 0;
  for (const text of columnTexts(grid, first, last).values()) {
    const meaning = meaningOf(text);
    const sense = meaning.senses[0];
    if (!sense || sense.score < KNOWN) unknown += 1;
    else if (senses.has(sense.sense)) others += sense.score;
    else senses.set(sense.sense, sense.score);
  }
  const names = [...senses.keys()];
  const core = names.some((sense) => CORE.has(sense));
  const naming = names.filter((sense) => NAMING.has(sense)).length;
  if (senses.size < 2 || (!core && naming < 2) || (core && naming === 0 && senses.size < 3)) return 0;
  const known = [...senses.values()].reduce((sum, score) => sum + score, 0);
  // a sentence with two of our words in it is no heading
  if (unknown > 4 * senses.size + 30) return 0;
  return known + 0.2 * others;
}

/** The words over each column: broken over several rows they are put together. */
export function columnTexts(grid: Grid, first: number, last: number): Map<number, string> {
  const texts = new Map<number, string>();
  for (let index = first; index <= last; index += 1) {
    const row = grid.rows[index];
    const colons = row !== undefined && colonsIn(row);
    row?.cells.forEach((cell, column) => {
      if (!cell || isBlank(cell)) return;
      if (!isLabel(cell) && !isHeadingFigure(cell) && !colons) return;
      const merge = grid.merge(row.number, column);
      const spans = merge !== undefined && merge.right > merge.left;
      if (spans && index < last && belowHas(grid, index + 1, last, merge.left, merge.right)) return;
      const text = cell.value.is === 'text' ? collapsed(cell.value.text) : grid.text(row.number, column);
      texts.set(column, joined(stands(grid, index, column, text) ? undefined : texts.get(column), text));
    });
  }
  return texts;
}

/** Whether a text is under a heading that goes on over the next columns: `Order` over `Paris | Lyon | Nantes`. */
function stands(grid: Grid, index: number, column: number, text: string): boolean {
  const above = grid.rows[index - 1]?.cells[column];
  if (!above || !isLabel(above) || bestScore(meaningOf(text)) >= KNOWN) return false;
  const meaning = meaningOf(textOf(above));
  if (!meaning.senses.some(({ sense, score }) => score >= 0.9 && OVER.has(sense))) return false;
  const next = grid.rows[index]?.cells[column + 1];
  const open = next && isBlank(grid.rows[index - 1]?.cells[column + 1]) && (isLabel(next) || isHeadingFigure(next));
  return Boolean(open) && bestScore(meaningOf(textOf(next))) < KNOWN;
}

function joined(above: string | undefined, text: string): string {
  if (above === undefined) return text;
  return /\p{L}-$/u.test(above) ? above.slice(0, -1) + text : `${above} ${text}`;
}

function belowHas(grid: Grid, from: number, to: number, left: number, right: number): boolean {
  for (let index = from; index <= to; index += 1) {
    for (let column = left; column <= right; column += 1) {
      if (!isBlank(grid.rows[index]?.cells[column])) return true;
    }
  }
  return false;
}

/** A heading from its own words and those above it. */
export function headingOf(column: number, row: number, text: string, group: string): Heading {
  return { column, row, text, group, meaning: meaningUnder(text, group) };
}

/** `Qty` under `Previous order` is not what is ordered now; `Total` under `Price` is an amount. */
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
