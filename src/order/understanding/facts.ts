import type { OrderFacts, Provenance, SourcedText } from '../../../schemas/order/order';
import type { Context } from './context';
import { dayOrderOf } from './dates';
import { isBlank, textOf, type Grid, type GridCell } from './grid';
import { factLabelOf, isLoose, type FactLabel } from './lexicon/facts';
import type { Found } from './messages';
import { currencyCode, currencyIn } from './numbers';
import type { Table } from './types';
import { dayIn } from './values';

export interface FactsRead {
  facts: OrderFacts;
  found: Found[];
}

type Fact = Exclude<FactLabel, 'other'>;

interface Candidate {
  fact: Fact;
  text: string;
  cell?: GridCell;
  from: Provenance;
  confidence: number;
}

/** Rows of a sheet that are searched for labels, from its top and below its tables. */
const ROWS = 400;
const REACH = 6;
const ADDRESS_LINES = 5;
const LONGEST = 200;

/** Facts of a sheet besides its lines: labels with a value to the right, below or after a colon. */
export function factsOf(
  grid: Grid,
  tables: readonly Table[],
  lastLines: ReadonlyMap<Table, number>,
  context: Context,
): FactsRead {
  const candidates: Candidate[] = [];
  let looked = 0;
  for (const row of grid.rows) {
    if (looked > ROWS) break;
    const inside = (column: number) =>
      tables.some((table) => isInside(table, row.number, column, lastLines.get(table)));
    let any = false;
    row.cells.forEach((cell, column) => {
      if (!cell || isBlank(cell) || inside(column)) return;
      any = true;
      if (cell.value.is === 'text' && cell.value.text.length <= LONGEST)
        candidates.push(...readLabel(grid, row.number, column, cell, inside));
    });
    if (any) looked += 1;
  }
  return chooseFacts(candidates, context, tables[0]);
}

/** Whether a cell belongs to a table's headings or lines, and so not to a title block. */
const isInside = (table: Table, row: number, column: number, last: number | undefined): boolean => {
  const top = Math.min(table.first, ...table.headerRows);
  return row >= top && row <= (last ?? table.last) && column >= table.left && column <= table.right;
};

function readLabel(
  grid: Grid,
  row: number,
  column: number,
  cell: GridCell,
  inside: (column: number) => boolean,
): Candidate[] {
  const raw = cell.value.is === 'text' ? cell.value.text.trim() : '';
  const text = textOf(cell);
  const colon = raw.search(/[:：]/);
  if (colon > 0 && colon < raw.length - 1) {
    const fact = factLabelOf(raw.slice(0, colon));
    const value = raw.slice(colon + 1).trim();
    if (fact && fact !== 'other' && value !== '')
      return [{ fact, text: oneLine(value), from: grid.from(row, column), confidence: 0.85 }];
    return readOrderNumber(grid, row, column, text);
  }
  const fact = factLabelOf(text.replace(/\s*[:：]$/, ''));
  if (!fact) return readOrderNumber(grid, row, column, text);
  if (fact === 'other') return [];
  const sure = colon === raw.length - 1 && colon > 0;
  if (!sure && isLoose(text)) return [];
  return valueRight(grid, row, column, fact, sure, inside) ?? valueBelow(grid, row, column, fact, sure) ?? [];
}

/** Reads `Commande n° 4711` or `PO #123`, without a colon. */
function readOrderNumber(grid: Grid, row: number, column: number, text: string): Candidate[] {
  const match = /^(.{2,40}?)\s*(?:n[°o]\.?|no\.?|nr\.?|#|№)\s*:?\s*([A-Z0-9][\w./-]*)$/iu.exec(text);
  if (!match?.[2] || !/\d/.test(match[2])) return [];
  const fact = factLabelOf(match[1] ?? '');
  return fact === 'order_number' ? [{ fact, text: match[2], from: grid.from(row, column), confidence: 0.8 }] : [];
}

function valueRight(
  grid: Grid,
  row: number,
  column: number,
  fact: Fact,
  sure: boolean,
  inside: (column: number) => boolean,
): Candidate[] | undefined {
  const start = (grid.merge(row, column)?.right ?? column) + 1;
  for (let at = start; at < start + REACH; at += 1) {
    const cell = grid.cell(row, at);
    if (!cell || isBlank(cell)) continue;
    if (inside(at) || isLabelText(cell)) return undefined;
    return [candidateAt(grid, row, at, cell, fact, sure, (next) => isBlank(grid.cell(next, column)))];
  }
  return undefined;
}

function valueBelow(grid: Grid, row: number, column: number, fact: Fact, sure: boolean): Candidate[] | undefined {
  const below = (grid.merge(row, column)?.bottom ?? row) + 1;
  const cell = grid.cell(below, column);
  if (!cell || isBlank(cell) || isLabelText(cell)) return undefined;
  return [candidateAt(grid, below, column, cell, fact, sure, () => true)];
}

const isLabelText = (cell: GridCell): boolean =>
  cell.value.is === 'text' && (/[:：]\s*$/.test(cell.value.text) || factLabelOf(textOf(cell)) !== undefined);

function candidateAt(
  grid: Grid,
  row: number,
  column: number,
  cell: GridCell,
  fact: Fact,
  sure: boolean,
  goesOn: (row: number) => boolean,
): Candidate {
  const lines = [oneLine(cell.value.is === 'text' ? cell.value.text : textOf(cell))];
  let last = row;
  if (fact === 'delivery_address') {
    for (let next = row + 1; next < row + ADDRESS_LINES && goesOn(next); next += 1) {
      const more = grid.cell(next, column);
      if (!more || isBlank(more) || isLabelText(more) || more.value.is === 'date' || /[:：]/.test(textOf(more))) break;
      const alone = grid.row(next)?.cells.every((other, at) => at === column || isBlank(other)) ?? false;
      if (!alone && more.value.is !== 'text') break;
      lines.push(textOf(more));
      last = next;
    }
  }
  const from = grid.from(row, column);
  if (last > row) from.cell = `${grid.address(row, column)}:${grid.address(last, column)}`;
  return { fact, text: lines.join(', '), cell, from, confidence: sure ? 0.9 : 0.75 };
}

const oneLine = (text: string): string =>
  text
    .split(/\s*[\r\n]+\s*/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join(', ');

function chooseFacts(candidates: readonly Candidate[], context: Context, table: Table | undefined): FactsRead {
  const facts: OrderFacts = {};
  const found: Found[] = [];
  const best = (fact: Fact, fits: (candidate: Candidate) => boolean = () => true) =>
    candidates
      .filter((candidate) => candidate.fact === fact && fits(candidate))
      .sort((a, b) => b.confidence - a.confidence)[0];
  const text = ({ text: value, from, confidence }: Candidate): SourcedText => ({
    value: value.slice(0, 5_000),
    source: 'file',
    from,
    confidence,
  });
  const number = best('order_number', ({ text: value }) => /\d/.test(value) && value.length <= 60);
  if (number) facts.order_number = text(number);
  const customer = best('customer', ({ text: value, cell }) => /\p{L}/u.test(value) && cell?.value.is !== 'date');
  if (customer) facts.customer = text(customer);
  const address = best(
    'delivery_address',
    ({ text: value, cell }) => /\p{L}/u.test(value) && value.length >= 5 && cell?.value.is !== 'date',
  );
  if (address) facts.delivery_address = text(address);
  const currency = best('currency', ({ text: value }) => currencyOf(value) !== undefined);
  if (currency) facts.currency = { ...text(currency), value: currencyOf(currency.text) ?? currency.text };
  const seen = dayOrderOf(candidates.flatMap(({ fact, text: written }) => (fact.endsWith('_date') ? [written] : [])));
  const order = seen === 'mixed' ? undefined : (seen ?? context.dayOrder(table));
  for (const fact of ['delivery_date', 'order_date'] as const) {
    const candidate = best(fact);
    if (!candidate) continue;
    const cell = candidate.cell ?? { column: 1, value: { is: 'text', text: candidate.text } };
    const read = dayIn(cell, order);
    if (!read) continue;
    const words = { text: read.text, first: read.day ?? '', second: read.other ?? '' };
    if (read.day === undefined) {
      found.push({ code: 'date.unreadable', evidence: [candidate.from], words });
      continue;
    }
    if (read.other) found.push({ code: 'date.ambiguous', evidence: [candidate.from], words });
    facts[fact] = {
      value: read.day,
      source: 'file',
      from: candidate.from,
      confidence: read.other ? 0.3 : candidate.confidence,
    };
  }
  return { facts, found };
}

const currencyOf = (text: string): string | undefined => currencyCode(text) || currencyIn(text);
