import { dateIn } from './dates';
import { isBlank, textOf, type Grid, type GridRow } from './grid';
import { isHeadingFigure, isLabel, KNOWN, type HeadingRows } from './header-rows';
import { factLabelOf } from './lexicon/facts';
import { isVariant } from './lexicon/labels';
import { meaningOf, scoreOf } from './lexicon/match';
import { titleOf } from './lexicon/titles';
import { figureOf } from './profile';
import type { Constant, HeaderBlock } from './types';

/** An article that a title right above a row of sizes names: `G5000 | Heavy cotton tee`. */
export interface TitledArticle {
  row: number;
  reference: Constant;
  description?: Constant;
}

const CODE = /^(?=.*\d)[\p{L}\d][\p{L}\d./_-]{1,19}$/u;
/** A word for an article before its code. */
const WORD =
  /^(?:art(?:icle|ikel|iculo|icolo|igo)?|item|style|model(?:l|e|o|lo)?|ref(?:erence)?|sku|mod|no)\.?\s*(?:n[°o]\.?)?\s*:?\s+(?=\S*\d)/iu;
const LONGEST = 80;

/** The article in the title of a grid whose headings name none; undefined if no code stands there. */
export function titledArticle(
  grid: Grid,
  { rows, headings }: Pick<HeaderBlock, 'rows' | 'headings'>,
): TitledArticle | undefined {
  const names = (['reference', 'ean', 'description'] as const).some((sense) =>
    [...headings.values()].some(({ meaning }) => scoreOf(meaning, sense) >= KNOWN),
  );
  const above = grid.row(Math.min(...rows) - 1);
  return names || !above ? undefined : articleIn(grid, above);
}

/** Words of an order's number, whether or not it stands with them: `PO-2231`, `Bestellung 4711`. */
const ORDER = /^(?:po|p\.o\.|so|ord|order|bc|bdc|cde|cmd|best|bst|ped|oc|odv|oda|zam|obj|rfq|inv)(?=[-_#\s\d./]|$)/i;

/** Whether a text speaks of the paper and not of goods: a label, a title, a number of an order, or with a day in it. */
function isOfPaper(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    /[:：]$/.test(text) ||
    ORDER.test(text) ||
    titleOf(text) !== undefined ||
    words.some((word, at) => dateIn(word) !== undefined || factLabelOf(words.slice(0, at + 1).join(' ')) !== undefined)
  );
}

function articleIn(grid: Grid, { number, cells }: GridRow): TitledArticle | undefined {
  const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
  const texts = filled.map((column) => ({ column, text: textOf(cells[column]).replace(WORD, '') }));
  const isTitle = filled.every(
    (column) => cells[column]?.value.is === 'text' && cells[column]?.value.text.length <= LONGEST,
  );
  if (texts.length === 0 || texts.length > 3 || !isTitle) return undefined;
  if (filled.some((column) => isOfPaper(grid.text(number, column)))) return undefined;
  const at = (column: number, value: string): Constant => ({ value, from: grid.from(number, column) });
  const code = texts.find(({ text }) => CODE.test(text) && !isVariant(text));
  const name = texts.find((each) => each !== code && /\p{L}{3}/u.test(each.text));
  if (code)
    return {
      row: number,
      reference: at(code.column, code.text),
      ...(name ? { description: at(name.column, name.text) } : {}),
    };
  // `G5000 - Heavy cotton tee`, `Heavy cotton tee (G5000)`
  const [only] = texts.length === 1 ? texts : [];
  const [, first, rest] = /^(\S+?)[:,]?\s+(?:[-–—]\s*)?(.*\p{L}{3}.*)$/u.exec(only?.text ?? '') ?? [];
  const [, begin, last] = /^(.*\p{L}{3}.*?)\s+(?:[-–—]\s*)?[([]?([^\s()[\]]+)[)\]]?$/u.exec(only?.text ?? '') ?? [];
  const isCode = (text: string | undefined) => text !== undefined && CODE.test(text) && /\d{2}/.test(text);
  const [reference, description] = isCode(first) ? [first, rest] : isCode(last) ? [last, begin] : [];
  if (!only || reference === undefined || description === undefined) return undefined;
  return { row: number, reference: at(only.column, reference), description: at(only.column, description) };
}

/**
 * Rows of sizes below titles that name an article each, where no other heading stands: `Color | S | M | L` over `Navy | 10
 * | 24 | 30`. None if only one stands on the sheet and its title has no name beside its code.
 */
export function sizeHeadings(grid: Grid): HeadingRows[] {
  const found = grid.rows.flatMap((row, index): { rows: HeadingRows; article: TitledArticle }[] => {
    const [title, below] = [grid.rows[index - 1], grid.rows[index + 1]];
    if (title?.number !== row.number - 1 || below?.number !== row.number + 1) return [];
    const filled = [...row.cells.keys()].filter((column) => !isBlank(row.cells[column]));
    const [first, ...others] = filled;
    const sizes = others.filter((column) => isSize(row, column));
    const counted = sizes.filter((column) => figureOf(below.cells[column]) > 0);
    if (first === undefined || !isLabel(row.cells[first]) || sizes.length < 2 || counted.length === 0) return [];
    if (others.some((column) => !sizes.includes(column) && column < Math.max(...sizes))) return [];
    const article = articleIn(grid, title);
    return article ? [{ rows: { first: index, last: index, score: 1 }, article }] : [];
  });
  const references = new Set(found.map(({ article }) => article.reference.value));
  const isSure = references.size === found.length && (found.length > 1 || found[0]?.article.description !== undefined);
  return isSure ? found.map(({ rows }) => rows) : [];
}

const isSize = ({ cells }: GridRow, column: number): boolean => {
  const cell = cells[column];
  if (!cell) return false;
  if (cell.value.is === 'number') return isHeadingFigure(cell);
  return isVariant(textOf(cell)) && scoreOf(meaningOf(textOf(cell)), 'variant') < KNOWN;
};
