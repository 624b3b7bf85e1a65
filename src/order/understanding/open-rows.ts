import type { Context } from './context';
import { takeFeet } from './feet';
import { isBlank, textOf, type GridRow } from './grid';
import { KNOWN } from './header-rows';
import { isNotWanted } from './lexicon/conditions';
import type { TableReading, UnnumberedLine } from './line';
import { readLine } from './lines';
import { figureOf } from './profile';
import { takeProvenCharges } from './proven-charges';
import { senseOf } from './role-draft';
import { hasQuantityColumn } from './table-facts';
import { plainWords } from './text';
import type { Table } from './types';

/** A row of a product without a quantity. */
export interface Open {
  row: GridRow;
  quantity: 'zero' | 'missing';
  /** it has an amount, so it was ordered */
  ordered: boolean;
}

/** Whether a row has an amount, or in a matrix a sum. */
export const hasAmount = ({ roles, totalColumn, offered }: Table, { cells }: GridRow): boolean =>
  !offered && [roles.get('amount'), totalColumn].some((column) => column !== undefined && figureOf(cells[column]) > 0);

/** Whether a remark in a row without a quantity says that it is not wanted: `not this year`. */
export const isDeclined = ({ roles }: Table, { cells }: GridRow): boolean =>
  cells.some(
    (cell, column) => cell?.value.is === 'text' && column !== roles.get('description') && isNotWanted(textOf(cell)),
  );

/** Takes rows without a quantity as lines in a list of orders, where few lack it, but not in a form, where most do. */
export function takeOpen(reading: TableReading, open: readonly Open[], skipped: GridRow[], context: Context): void {
  const { table } = reading;
  reading.open = open.length;
  const ordered = new Set(reading.drafts.map(({ row }) => row)).size;
  const last = reading.drafts.at(-1)?.row ?? Infinity;
  const rest = open.filter(({ row, ordered: paid }) => !paid && !(row.number > last && countsLines(row, ordered)));
  // without a column of quantities, or with an empty one, amounts alone order nothing
  const isCounted = hasQuantityColumn(table) && (ordered > 0 || !isUnfilled(table));
  const feet = takeFeet(
    reading,
    open.flatMap((each) => (each.ordered && !isPriced(table, each.row) ? [each.row] : [])),
    context,
  );
  const counted = isCounted ? open.flatMap(({ row, ordered: paid }) => (paid && !feet.has(row) ? [row] : [])) : [];
  const charges = takeProvenCharges(reading, counted, context);
  for (const row of counted.filter((each) => !charges.has(each)))
    reading.drafts.push(readWithoutQuantity(table, row, context));
  // a matrix is a form: a row without a quantity in any column is not ordered
  if (ordered === 0 || rest.length === 0 || table.layout === 'matrix' || isForm(table)) return;
  const all = ordered + rest.length;
  const isList = rest.length <= Math.max(1, 0.2 * all);
  if (rest.length >= 0.5 * all && all >= 4) return;
  for (const { row, quantity } of rest) {
    if (quantity === 'zero') {
      if (isList || rest.length < 0.5 * all) {
        const column = table.labels[0]?.column ?? table.roles.get('quantity') ?? table.left;
        reading.found.push({ code: 'line.quantity_zero', evidence: [table.grid.from(row.number, column)] });
      }
    } else if (isList) reading.drafts.push(readWithoutQuantity(table, row, context));
    else if (!isHeaded(table)) skipped.push(row);
  }
}

/** Whether a row is words alone, with the number of the lines above in them: `End of order | 11 lines`. */
const countsLines = ({ cells }: GridRow, lines: number): boolean => {
  const texts = cells.filter((cell) => !isBlank(cell));
  const figures = texts.flatMap((cell) => textOf(cell).match(/\d+(?:[.,]\d+)*/g) ?? []);
  return texts.every((cell) => cell?.value.is === 'text') && figures.length === 1 && figures[0] === String(lines);
};

const isPriced = ({ roles }: Table, { cells }: GridRow): boolean =>
  !Number.isNaN(figureOf(cells[roles.get('unit_price') ?? 0]));

/** Whether nothing stands in the column of quantities of a long list. */
const isUnfilled = ({ roles, profiles, layout }: Table): boolean =>
  layout === 'rows' &&
  (profiles.get(roles.get('quantity') ?? 0)?.filled ?? 0) === 0 &&
  Math.max(0, ...[...profiles.values()].map(({ filled }) => filled)) >= LONG;

/** Rows of a list of which every quantity cannot have been forgotten. */
const LONG = 12;

/** Headings that ask the reader of a form. */
const ASKING =
  /^(?:votre|vos|your|ihre|vostro|vostra|su|uw|sua|a commander|qte a commander|quantite a commander|to order|qty to order|quantity to order|zu bestellen|da ordinare|a pedir|te bestellen|a encomendar|do zamowienia|att bestalla|din|cochez)(?: |$)/;

/** Words of a title that make a list one to fill in. */
const FORM =
  /(?<!\p{L})(?:order forms?|order sheets?|bestelformulier\p{L}*|bestellijst\p{L}*|bestellformular\p{L}*|bestellliste\p{L}*|bestellschein\p{L}*|formulaires? de commande|feuille de commande|modulo d? ?ordine|formulario de (?:pedido|encomenda)|hoja de pedido|formularz zamowienia|objednavkovy (?:list|formular)|orderblankett|bestillingsskema|rendelesi lap|megrendelolap|tilauslomake)(?!\p{L})/u;
const TITLE_ROWS = 6;

/** Whether a title above a table calls it a form. */
const isTitledForm = (grid: Table['grid'], first: number): boolean =>
  grid.rows.some(
    ({ number, cells }) =>
      number < Math.min(first, TITLE_ROWS) &&
      cells.some((cell) => cell?.value.is === 'text' && FORM.test(plainWords(textOf(cell)))),
  );

/** Whether a column asks what is ordered, in words or beside stocks, earlier orders and other months: an empty cell orders nothing. */
const isForm = ({ header, roles, profiles, grid, first, doubts }: Table): boolean => {
  if (doubts.some(({ why }) => why === 'months')) return true;
  const quantity = roles.get('quantity') ?? 0;
  if (ASKING.test(plainWords(header?.headings.get(quantity)?.text ?? '')) || isTitledForm(grid, first)) return true;
  const beside = [...profiles.values()].some(
    ({ column, numbers }) =>
      numbers > 0 &&
      column !== quantity &&
      (senseOf(header, column, 'other_quantity') >= KNOWN || senseOf(header, column, 'quantity') >= 0.9),
  );
  return senseOf(header, quantity, 'ordered') >= 0.9 && beside;
};

/** Whether a heading says that the quantities are quantities, so that an empty cell says that nothing is wanted. */
const isHeaded = ({ header, roles }: Table): boolean =>
  COUNTS.some((sense) => senseOf(header, roles.get('quantity') ?? 0, sense) >= KNOWN);

const COUNTS = ['ordered', 'quantity', 'total_quantity'] as const;

const readWithoutQuantity = (table: Table, row: GridRow, context: Context): UnnumberedLine => {
  const draft = readLine(table, row.number, context);
  if (!draft.issues.some(({ code }) => code === 'line.quantity_missing')) {
    const column = table.labels[0]?.column ?? table.left;
    draft.issues.push({ code: 'line.quantity_missing', evidence: [table.grid.from(row.number, column)] });
  }
  return draft;
};
