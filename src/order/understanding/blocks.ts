import { bareTable } from './bare-table';
import { calendarOf, dayLabelOf } from './day-labels';
import { decimalText } from './decimal';
import { isBlank, saysNothing, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import type { Sense } from './lexicon/headings/sense';
import { plainWords } from './text';
import { barcodeIn, identifierIn, dayIn, figureIn } from './values';
import type { TableReading, UnnumberedLine } from './line';
import type { Context } from './context';
import type { Place, Block, ColumnRole, Table } from './types';
import { unitCode } from './units';
import { reportRemarks } from './unread';

const FIELDS: readonly [ColumnRole, readonly Sense[]][] = [
  ['reference', ['reference']],
  ['ean', ['ean']],
  ['description', ['description']],
  ['variant', ['variant']],
  ['quantity', ['ordered', 'quantity']],
  ['unit', ['unit']],
  ['unit_price', ['unit_price']],
  ['amount', ['amount']],
  ['delivery_date', ['delivery_date']],
  ['note', ['note']],
];
/** Fields with a value that an article has. */
const LEAST = 3;
/** Words that say a unit beside a quantity and a price. */
const PER = /^(?:per|par|pro|je|por|za)$/i;
/** Digits of a code; a label at most counts the articles: `Qty 12`. */
const CODE = /\d{3}|\d[\p{L}]|[\p{L}]\d|\d-|-\d/u;

/** Field that a cell labels; undefined if it is no label. */
function fieldOf(cell: GridCell | undefined): ColumnRole | undefined {
  if (cell?.value.is !== 'text' || cell.value.text.length > 40) return undefined;
  const text = textOf(cell).replace(/\s*[:：]$/, '');
  if (PER.test(text)) return 'unit';
  if (CODE.test(text)) return undefined;
  const meaning = meaningOf(text);
  if (bestScore(meaning) < 0.85) return undefined;
  return FIELDS.find(([, senses]) => senses.some((sense) => scoreOf(meaning, sense) >= 0.85))?.[0];
}

interface Label {
  field: ColumnRole;
  /** its text without the number of the article */
  words: string;
  value: Place | undefined;
}

/** Labels of a row with the cell beside each, as far as it is no label itself. */
function labelsIn({ cells, number }: GridRow): Label[] {
  const filled = cells.flatMap((cell, column) => (cell && !isBlank(cell) ? [{ cell, column }] : []));
  const found: Label[] = [];
  for (let at = 0; at < filled.length; at += 1) {
    const cell = filled[at]?.cell;
    const field = fieldOf(cell);
    if (!field) continue;
    const next = filled[at + 1];
    // `each` beside `Per` is a value
    const isValue = next && (!fieldOf(next.cell) || unitCode(textOf(next.cell)) !== undefined);
    const words = plainWords(textOf(cell).replace(/\d+/g, ''));
    found.push({ field, words, value: isValue ? { row: number, column: next.column } : undefined });
    if (isValue) at += 1;
  }
  return found;
}

/** A table of the blocks of a form; undefined if the sheet has not the same labels several times, one below the other. */
export function blockTable(grid: Grid): Table | undefined {
  const blocks: { fields: Block; labels: Map<ColumnRole, string> }[] = [];
  for (const row of grid.rows) {
    for (const { field, words, value } of labelsIn(row)) {
      let block = blocks.at(-1);
      if (!block || block.labels.has(field)) blocks.push((block = { fields: {}, labels: new Map() }));
      block.labels.set(field, words);
      if (value) block.fields[field] = value;
    }
  }
  const whole = blocks.filter(
    ({ labels }) => labels.has('quantity') && (labels.has('description') || labels.has('reference')),
  );
  // words of units among the lines of a table are not the same from line to line
  if (new Set(whole.map(({ labels }) => labels.get('quantity'))).size > 1) return undefined;
  const filled = whole
    .map(({ fields }) => fields)
    .filter(({ quantity }) => quantity && !saysNothing(grid.cell(quantity.row, quantity.column)));
  const [first] = filled;
  // a table repeats its headings too, but has none of its values beside them
  if (whole.length < 2 || !first || !filled.every((fields) => Object.keys(fields).length >= LEAST)) return undefined;
  const places = filled.flatMap((fields) => Object.values(fields));
  const columns = places.map(({ column }) => column);
  const rows = places.map(({ row }) => row);
  const roles = new Map(Object.entries(first).map(([role, { column }]) => [role as ColumnRole, column]));
  return {
    ...bareTable({ grid, first: Math.min(...rows), last: Math.max(...rows), roles, columns }),
    blocks: filled,
  };
}

/** Reads the articles of a form block by block. */
export function readBlocks(table: Table, context: Context): TableReading {
  const { blocks = [] } = table;
  const drafts = blocks.map((block) => draftOf(table, block, context));
  return {
    ...{ table, drafts, totals: [], leftOut: [], sections: [], found: [], open: 0, filledRows: blocks.length },
    currencies: new Map(),
  };
}

function draftOf(table: Table, block: Block, context: Context): UnnumberedLine {
  const { grid } = table;
  const draft: UnnumberedLine = { table, row: block.quantity?.row ?? table.first, line: {}, issues: [] };
  const { line, issues } = draft;
  for (const [role, place] of Object.entries(block) as [ColumnRole, Place][]) {
    const cell = grid.cell(place.row, place.column);
    const from = grid.from(place.row, place.column);
    const sourced = (value: string) => ({
      value: value.slice(0, 5_000),
      source: 'file' as const,
      from,
      confidence: 0.85,
    });
    if (saysNothing(cell)) continue;
    if (role === 'reference' || role === 'ean') {
      const read = identifierIn(cell);
      if (read && !read.fault) line[role] = sourced(role === 'ean' ? barcodeIn(read.text) : read.text);
    } else if (role === 'description' || role === 'variant' || role === 'note' || role === 'destination')
      line[role] = sourced(textOf(cell));
    else if (role === 'unit') line.unit = sourced(unitCode(textOf(cell)) ?? textOf(cell));
    else if (role === 'delivery_date') {
      const read = dayIn(cell, context.dayOrder(undefined));
      const label = read?.day ? undefined : dayLabelOf(textOf(cell), calendarOf(grid, table.first));
      if (read?.day && !read.other) line.delivery_date = sourced(read.day);
      else if (label && (label.week || !label.day)) line.note = sourced(textOf(cell));
      if (label?.day) line.delivery_date = sourced(label.day);
      else if (!label && (!read?.day || read.other))
        issues.push({ code: 'line.date_unreadable', evidence: [from], words: { text: textOf(cell) } });
    } else if (role === 'quantity' || role === 'unit_price' || role === 'amount') {
      const { notation, decided } = context.reading(table, place.column);
      const value = figureIn(cell, notation, decided)?.value;
      const text = value && decimalText(value);
      if (value && text !== undefined) {
        line[role] = sourced(text);
        draft[role === 'unit_price' ? 'price' : role] = value;
      } else if (role === 'quantity')
        issues.push({ code: 'line.quantity_unreadable', evidence: [from], words: { text: textOf(cell) } });
      else issues.push({ code: 'line.price_unreadable', evidence: [from], words: { text: textOf(cell) } });
    }
  }
  reportRemarks(draft);
  return draft;
}
