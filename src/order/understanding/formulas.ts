import { fromNumber, decimalText } from './decimal';
import type { Grid, GridCell } from './grid';
import { columnNumber } from './text';

/** Cells that all formulas of a file together may read; beyond that, a formula is unknown. */
const BUDGET = 3_000_000;
const DEPTH = 400;
const LENGTH = 400;

/**
 * Computes formulas that have no result in the file: sums, differences, products and quotients of cells and numbers,
 * SUM, PRODUCT, ROUND. A zero counts as no result, because some programs write it as a placeholder. Other formulas stay
 * as they are. Changes the cells of the grids.
 */
export function computeFormulas(grids: readonly Grid[]): void {
  const book: Book = {
    grids: new Map(grids.map((grid) => [grid.sheet.toLowerCase(), grid])),
    known: new Map(),
    left: BUDGET,
  };
  for (const grid of grids) {
    for (const row of grid.rows) {
      row.cells.forEach((cell, column) => {
        if (!cell?.formula || !isOpen(cell)) return;
        const value = valueAt(book, grid, row.number, column, 0);
        if (value === undefined || (cell.value.is === 'number' && value === 0)) return;
        const decimal = fromNumber(value);
        const digits = decimal && decimalText(decimal);
        if (digits === undefined) return;
        row.cells[column] = { ...cell, value: { is: 'number', number: value, digits }, computed: true };
      });
    }
  }
}

interface Book {
  grids: ReadonlyMap<string, Grid>;
  /** results by formula cell; undefined during the computation, so that a cycle ends */
  known: Map<GridCell, number | undefined>;
  left: number;
}

/** Whether a formula has no result, or the zero that some programs write in its place. */
const isOpen = ({ value }: GridCell): boolean => value.is === 'none' || (value.is === 'number' && value.number === 0);

function valueAt(book: Book, grid: Grid, row: number, column: number, depth: number): number | undefined {
  if ((book.left -= 1) < 0 || depth > DEPTH) return undefined;
  const cell = grid.cell(row, column);
  if (!cell) return 0;
  if (cell.computed !== true && cell.formula !== undefined && isOpen(cell)) {
    if (book.known.has(cell)) return book.known.get(cell);
    book.known.set(cell, undefined);
    const value = evaluateFormula(cell.formula, { book, grid, depth: depth + 1 });
    book.known.set(cell, value);
    return value ?? (cell.value.is === 'number' ? cell.value.number : undefined);
  }
  const { value } = cell;
  if (value.is === 'number') return value.number;
  if (value.is === 'none') return 0;
  return undefined;
}

interface Scope {
  book: Book;
  grid: Grid;
  depth: number;
}

type Token = { is: 'number'; value: number } | { is: 'sign'; sign: string } | { is: 'name'; name: string } | Reference;

interface Reference {
  is: 'cells';
  sheet?: string;
  top: number;
  left: number;
  bottom: number;
  right: number;
}

const TOKEN =
  /\s*(?:((?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?(?![\w(])|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z][A-Za-z.]*)(?=\s*\()|([-+*/(),;%]))/y;

function tokenize(formula: string): Token[] | undefined {
  if (formula.length > LENGTH) return undefined;
  const list: Token[] = [];
  TOKEN.lastIndex = 0;
  const text = formula.trim().replace(/^=/, '').trimEnd();
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) return undefined;
    const [, sheet, column, row, toColumn, toRow, number, name, sign] = match;
    if (column !== undefined && row !== undefined) {
      const [left, top] = [columnNumber(column), Number(row)];
      const [right, bottom] = toColumn === undefined ? [left, top] : [columnNumber(toColumn), Number(toRow)];
      const named = sheet?.slice(0, -1).replace(/^'|'$/g, '').replaceAll("''", "'");
      list.push({ is: 'cells', ...(named === undefined ? {} : { sheet: named }), top, left, bottom, right });
    } else if (number !== undefined) list.push({ is: 'number', value: Number(number) });
    else if (name !== undefined) list.push({ is: 'name', name: name.toUpperCase() });
    else if (sign !== undefined) list.push({ is: 'sign', sign });
  }
  return list;
}

/** Evaluates a formula; undefined if it is not simple. */
function evaluateFormula(formula: string, scope: Scope): number | undefined {
  const list = tokenize(formula);
  if (!list) return undefined;
  let at = 0;
  const peekSign = (signs: string) => {
    const token = list[at];
    return token?.is === 'sign' && signs.includes(token.sign) ? token.sign : undefined;
  };
  const sum = (): number | undefined => {
    let value = product();
    for (let sign = peekSign('+-'); value !== undefined && sign; sign = peekSign('+-')) {
      at += 1;
      const other = product();
      if (other === undefined) return undefined;
      value = sign === '+' ? value + other : value - other;
    }
    return value;
  };
  const product = (): number | undefined => {
    let value = signed();
    for (let sign = peekSign('*/'); value !== undefined && sign; sign = peekSign('*/')) {
      at += 1;
      const other = signed();
      if (other === undefined || (sign === '/' && other === 0)) return undefined;
      value = sign === '*' ? value * other : value / other;
    }
    return value;
  };
  const signed = (): number | undefined => {
    const sign = peekSign('+-');
    if (sign) {
      at += 1;
      const value = signed();
      return value === undefined || sign === '+' ? value : -value;
    }
    let value = single();
    while (value !== undefined && peekSign('%')) {
      at += 1;
      value /= 100;
    }
    return value;
  };
  const single = (): number | undefined => {
    const token = list[at];
    at += 1;
    if (token?.is === 'number') return token.value;
    if (token?.is === 'cells') {
      const one = token.top === token.bottom && token.left === token.right;
      const grid = gridOf(scope, token);
      return one && grid ? valueAt(scope.book, grid, token.top, token.left, scope.depth) : undefined;
    }
    if (token?.is === 'name') return callFunction(token.name);
    if (token?.is !== 'sign' || token.sign !== '(') return undefined;
    const value = sum();
    return close() ? value : undefined;
  };
  const close = (): boolean => {
    const closed = peekSign(')') !== undefined;
    at += 1;
    return closed;
  };
  const callFunction = (name: string): number | undefined => {
    at += 1;
    const values: (number | undefined)[] = [];
    for (;;) {
      const token = list[at];
      const next = list[at + 1];
      const alone = next?.is === 'sign' && ',;)'.includes(next.sign);
      if (token?.is === 'cells' && alone && name !== 'ROUND') {
        at += 1;
        values.push(...rangeOf(scope, token));
      } else values.push(sum());
      if (!peekSign(',;')) break;
      at += 1;
    }
    if (!close() || values.includes(undefined)) return undefined;
    return applyFunction(name, values as number[]);
  };
  const value = sum();
  return at === list.length && value !== undefined && Number.isFinite(value) ? clean(value) : undefined;
}

/** Removes the noise of binary fractions, as a spreadsheet does. */
const clean = (value: number): number => Number(value.toPrecision(15));

function applyFunction(name: string, values: readonly number[]): number | undefined {
  switch (name) {
    case 'SUM':
      return values.reduce((sum, value) => sum + value, 0);
    case 'PRODUCT':
      return values.length === 0 ? undefined : values.reduce((all, value) => all * value, 1);
    case 'ROUND': {
      const [value, places] = values;
      if (values.length !== 2 || value === undefined || places === undefined || Math.abs(places) > 12) return undefined;
      const power = 10 ** places;
      return (Math.sign(value) * Math.round(clean(Math.abs(value) * power))) / power;
    }
    default:
      return undefined;
  }
}

const gridOf = ({ book, grid }: Scope, { sheet }: Reference): Grid | undefined =>
  sheet === undefined ? grid : book.grids.get(sheet.toLowerCase());

/** Numbers of a range; texts and empty cells are left out, an error makes the whole range unknown. */
function rangeOf(scope: Scope, range: Reference): (number | undefined)[] {
  const grid = gridOf(scope, range);
  if (!grid) return [undefined];
  const values: (number | undefined)[] = [];
  const last = Math.min(range.bottom, grid.rows.at(-1)?.number ?? 0);
  for (let row = range.top; row <= last; row += 1) {
    const cells = grid.row(row)?.cells;
    if ((scope.book.left -= 1) < 0) return [undefined];
    for (let column = range.left; cells && column <= Math.min(range.right, cells.length - 1); column += 1) {
      const cell = cells[column];
      if (!cell || cell.value.is === 'text' || cell.value.is === 'boolean') continue;
      values.push(valueAt(scope.book, grid, row, column, scope.depth));
    }
  }
  return values;
}
