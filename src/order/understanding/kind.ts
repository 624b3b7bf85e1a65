import type { Provenance } from '../../../schemas/order/order';
import { isBlank, textOf, type Grid, type GridCell } from './grid';
import { kindByColumns } from './kind-by-columns';
import { kindByRows } from './kind-by-rows';
import { isColourLegend } from './lexicon/colours';
import { factLabelOf } from './lexicon/facts';
import type { DocumentKind } from './lexicon/kinds';
import { isNamedPast, isPast, isUnbinding } from './lexicon/past';
import { isAcceptance, kindInSentence } from './lexicon/sentences';
import { speaksOfRows, stateIn } from './lexicon/states';
import { titleOf } from './lexicon/titles';
import { senseOf } from './role-draft';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';
import type { Kind, Table } from './types';

interface Said {
  kind: DocumentKind | 'order';
  text: string;
  from: Provenance;
}

/** Rows above a table that may hold its title, and below which nothing is one. */
const TITLE_ROWS = 15;

/** Kinds whose papers are filled in as orders, so that an order's words refute them. */
const FORMS: ReadonlySet<string> = new Set([
  'price_list',
  'stock_list',
  'quotation',
  'parts_list',
  'history',
  'forecast',
  'meal_plan',
  'costing',
]);

/** Kinds whose own number an order never has, unlike that of a quotation. */
const OWN_NUMBER: ReadonlySet<string> = new Set(['invoice', 'delivery_note', 'credit_note', 'packing_list']);

/** What the title, the name of the sheet or of the file, or the figures make of a sheet; undefined for an order. */
export function kindOfSheet(sheet: SheetReading, file: string): Kind | undefined {
  const { grid, readings } = sheet;
  const drafts = readings.flatMap((reading) => reading.drafts);
  const old = supersededBy(sheet);
  if (old) return old;
  const { titles, labels } = titlesOf(grid, sheet.tables);
  const byContent = () =>
    kindByColumns(sheet, drafts) ?? kindByRows(sheet, drafts, isOrdered(grid, sheet.tables, labels));
  const said =
    titles[0] ??
    nameSaid(grid) ??
    labels.find(({ kind }) => OWN_NUMBER.has(kind) || !isOrdered(grid, sheet.tables, labels)) ??
    fileSaid(grid, file, sheet);
  const spoken = sentenceSaid(grid, sheet.tables);
  if (spoken?.kind === 'no_order') return asKind(spoken);
  if (said && said.kind !== 'order') {
    const kind = said.kind;
    const isTitled = FORMS.has(kind) && (titles.some((title) => title.kind === 'order') || isFilledIn(sheet, kind));
    if (!isTitled && !(kind === 'quotation' && isAccepted(grid, sheet.tables, file))) return asKind({ ...said, kind });
    return byContent();
  }
  // the name of a file is no proof against its words and figures
  if (said?.from.sheet !== undefined) return undefined;
  // a call-off may speak of what it foresees beside what it orders
  const counts = spoken && !(spoken.kind === 'forecast' && isOrdered(grid, sheet.tables, labels));
  return counts ? asKind(spoken) : byContent();
}

const asKind = ({ kind, text, from }: Said & { kind: DocumentKind }): Kind => ({
  ...{ kind, words: text },
  evidence: from.cell ? [from] : [],
});

/** Sentence above or below the tables that says what the paper is. */
function sentenceSaid(grid: Grid, tables: readonly Table[]): (Said & { kind: DocumentKind }) | undefined {
  for (const { number, column, text } of textsBeside(grid, tables)) {
    const kind = kindInSentence(text);
    if (kind) return { kind, text: text.slice(0, 200), from: grid.from(number, column) };
  }
  return undefined;
}

/** Whether the customer has taken an offer, in its name or with more than an empty place for a signature. */
const isAccepted = (grid: Grid, tables: readonly Table[], file: string): boolean =>
  isAcceptance(file, file) ||
  textsBeside(grid, tables).some(({ number, column, text }) => {
    const next = (grid.row(number)?.cells ?? []).slice(column + 1, column + 3).find((cell) => !isBlank(cell));
    return isAcceptance(text, textOf(next));
  });

interface Placed {
  number: number;
  column: number;
  text: string;
}

/** Texts of a sheet that stand in no line of a table. */
function textsBeside(grid: Grid, tables: readonly Table[]): Placed[] {
  const own = tables.filter((table) => table.grid === grid);
  return grid.rows.flatMap(({ number, cells }) => {
    const filled = cells.filter((cell) => !isBlank(cell)).length;
    const inside = own.some((table) => number >= table.first && number <= table.last);
    if (inside && filled > 2) return [];
    return cells.flatMap((cell, column) => (cell?.value.is === 'text' ? [{ number, column, text: textOf(cell) }] : []));
  });
}

/** Titles above the tables of a sheet, and labels that name a document's number. */
function titlesOf(grid: Grid, tables: readonly Table[]): { titles: Said[]; labels: Said[] } {
  const tops = tables.filter((table) => table.grid === grid).map((table) => Math.min(table.first, ...table.headerRows));
  const end = Math.min(...(tops.length > 0 ? tops : [TITLE_ROWS]), TITLE_ROWS * 2);
  const [titles, labels]: [Said[], Said[]] = [[], []];
  for (const { number, cells } of grid.rows) {
    if (number > end || (tops.length > 0 && number >= end)) break;
    cells.forEach((cell, column) => {
      if (cell?.value.is !== 'text') return;
      const text = textOf(cell);
      const found = text.length <= 120 ? titleOf(text) : undefined;
      if (!found) return;
      const said = { kind: found.kind, text, from: grid.from(number, column) };
      (isLabelWithValue(text, cells, column) ? labels : titles).push(said);
    });
  }
  return { titles, labels };
}

/** Whether a text is the label of the value beside it: `Devis n°` before `D-118`, `Invoice:` before anything. */
function isLabelWithValue(text: string, cells: readonly (GridCell | undefined)[], column: number): boolean {
  if (/[:：]\s*$/.test(text)) return true;
  if (/\d/.test(text)) return false;
  const next = cells[column + 1];
  // `Your order | PO-12`
  if (next && CODE.test(textOf(next)) && plainWords(text).split(' ').length <= 3) return true;
  const right = cells.slice(column + 1, column + 4).find((cell) => !isBlank(cell));
  return (
    right !== undefined &&
    (right.value.is !== 'text' || /\d/.test(textOf(right))) &&
    /\b(?:n[°o]|no|nr|num|number|date|ref)\b|[°#]/i.test(text)
  );
}

const CODE = /^(?=.*\d)\S{3,24}$/;

/** Whether a sheet names an order somewhere: a label with an order's number. */
const isOrdered = (grid: Grid, tables: readonly Table[], labels: readonly Said[]): boolean =>
  labels.some(({ kind }) => kind === 'order') ||
  tables.some((table) => table.roles.has('order_number')) ||
  grid.rows
    .slice(0, TITLE_ROWS * 2)
    .some(({ cells }) =>
      cells.some(
        (cell) => cell?.value.is === 'text' && factLabelOf(textOf(cell).replace(/\s*[:：].*$/, '')) === 'order_number',
      ),
    );

/** Kind by the name of a sheet, which has to be nothing else. */
function nameSaid(grid: Grid): Said | undefined {
  const found = titleOf(grid.sheet);
  return found?.whole
    ? { kind: found.kind, text: grid.sheet, from: { file: grid.file, sheet: grid.sheet } }
    : undefined;
}

/** Kind by the name of the file, unless it is about rows that a section of the sheet names. */
function fileSaid(grid: Grid, file: string, { readings }: SheetReading): Said | undefined {
  const words = plainWords(file.replace(/\.\w{2,5}$/, ''))
    .split(' ')
    .filter((word, at, all) => !(at < all.length - 1 && at === 0 && /\d/.test(word)));
  const found = titleOf(words.join(' '));
  if (!found?.whole || readings.some(({ leftOut }) => leftOut.length > 0)) return undefined;
  return { kind: found.kind, text: file, from: { file: grid.file } };
}

/** Whether a list was filled in as an order: a column says that it is one, or only some of many rows have a quantity. */
function isFilledIn({ readings }: SheetReading, kind: DocumentKind): boolean {
  return readings.some(({ table, drafts, open }) => {
    if (drafts.length === 0) return false;
    const quantity = table.roles.get('quantity');
    const ordered = quantity !== undefined && senseOf(table.header, quantity, 'ordered') >= 0.9;
    const few = open > 0 && drafts.length < 0.6 * (open + drafts.length);
    return ordered || (few && kind === 'price_list') || (few && kind === 'stock_list' && table.layout === 'matrix');
  });
}

/** Whether a text has no value beside it, of which it would be the label. */
const isAlone = (cells: readonly (GridCell | undefined)[], column: number): boolean =>
  cells.every((cell, at) => at === column || isBlank(cell));

/** Words above the tables or in the sheet's name by which its order no longer counts, or was carried out before. */
function supersededBy({ grid, tables }: SheetReading): Kind | undefined {
  const name = stateIn(grid.sheet);
  if (name && (name.state === 'cancelled' || name.state === 'superseded'))
    return { kind: 'superseded', evidence: [], words: grid.sheet };
  if (isNamedPast(grid.sheet)) return { kind: 'history', evidence: [], words: grid.sheet };
  const tops = tables.map((table) => (table.grid === grid ? Math.min(table.first, ...table.headerRows) : 0));
  const end = Math.min(...(tops.length > 0 ? tops : [0]), TITLE_ROWS * 2);
  for (const { number, cells } of grid.rows) {
    if (number >= end) break;
    for (const [column, cell] of cells.entries()) {
      if (cell?.value.is !== 'text') continue;
      const text = textOf(cell);
      if (isPast(text) && !speaksOfRows(text) && isAlone(cells, column))
        return { kind: 'history', evidence: [grid.from(number, column)], words: text };
      if (isUnbinding(text) && isAlone(cells, column))
        return { kind: 'forecast', evidence: [grid.from(number, column)], words: text };
      const found = text.length <= 120 ? stateIn(text) : undefined;
      if (!found || (found.state !== 'cancelled' && found.state !== 'superseded')) continue;
      if (speaksOfRows(text) || isColourLegend(text)) continue;
      if (found.begins || plainWords(text).split(' ').length <= 6)
        return { kind: 'superseded', evidence: [grid.from(number, column)], words: text };
    }
  }
  return undefined;
}
