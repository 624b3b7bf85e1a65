import type { Context } from './context';
import { compare, distance, lessPercent, times, decimalText, ZERO, type Decimal } from './decimal';
import { chainedDiscount } from './discounts';
import { isFreeOfCharge, speaksOfFree } from './free-goods';
import { isBlank, textOf } from './grid';
import type { UnnumberedLine } from './line';
import { certaintyOf, columnAt, decimalOf, place, placeAt, reportFigure, sourced } from './line-cells';
import { settlePrice } from './price-base';
import type { MatrixLabel } from './types';
import { figureIn } from './values';

export function readMoney(draft: UnnumberedLine, context: Context, label: MatrixLabel | undefined): void {
  const { line, issues } = draft;
  const price = readFigure(draft, 'unit_price', 'line.price_unreadable', context, label?.priceColumn);
  if (price?.figure.value) {
    draft.price = price.figure.value;
    line.unit_price = decimalOf(price.figure, price.from, certaintyOf(draft.table, 'unit_price'));
    if (compare(draft.price, ZERO) < 0)
      issues.push({ code: 'line.price_negative', evidence: [price.from], words: { text: price.figure.text } });
  } else if (label?.price) {
    const value = decimalText(label.price.value);
    draft.price = label.price.value;
    if (value !== undefined) line.unit_price = sourced(value, label.price.from, 0.85);
  }
  readDiscount(draft, context);
  // the amount of a row in a matrix covers all its lines
  const amount = label ? undefined : readFigure(draft, 'amount', 'line.amount_unreadable', context);
  if (price?.figure.value && compare(price.figure.value, ZERO) === 0 && !saysFree(draft))
    issues.push({ code: 'line.price_zero', evidence: [price.from], words: { text: price.figure.text } });
  if (!amount?.figure.value) return settlePrice(draft);
  if (draft.table.offered && !isWorth(draft, amount.figure.value)) return settlePrice(draft);
  draft.amount = amount.figure.value;
  line.amount = decimalOf(amount.figure, amount.from, certaintyOf(draft.table, 'amount'));
  settlePrice(draft);
}

/** Whether an amount is quantity × price, to a cent. */
const isWorth = ({ quantity, price, percent }: UnnumberedLine, amount: Decimal): boolean => {
  if (!quantity || !price) return false;
  const full = times(quantity, price);
  return compare(distance(percent ? lessPercent(full, percent) : full, amount), { units: 1n, scale: 2 }) <= 0;
};

/** The amount of a row of a grid with one line, where it is that line's quantity × price. */
export function readOnlyAmount(draft: UnnumberedLine, context: Context): void {
  const { quantity, price } = draft;
  const column = draft.table.roles.get('amount');
  if (!quantity || !price || column === undefined) return;
  const { notation, decided } = context.reading(draft.table, column);
  const { cell, from } = placeAt(draft.table, draft.row, column, false);
  const stated = figureIn(cell, notation, decided)?.value;
  const value = decimalText(times(quantity, price));
  if (!stated || value === undefined || compare(times(quantity, price), stated) !== 0) return;
  draft.amount = stated;
  draft.line.amount = sourced(value, from, 0.9, true);
}

/** Whether a cell of the row says that its goods cost nothing. */
const saysFree = ({ table, row }: UnnumberedLine): boolean =>
  (table.grid.row(row)?.cells ?? []).some((cell) => cell?.value.is === 'text' && speaksOfFree(textOf(cell)));

/** Keeps the words that stand in place of a price. */
function keepWords({ table, row, line }: UnnumberedLine, column: number, value: string): void {
  const heading = table.header?.headings.get(column)?.text ?? '';
  line.other = [
    ...(line.other ?? []),
    { heading, value: value.slice(0, 1_000), cell: table.grid.address(row, column) },
  ];
}

function readFigure(
  draft: UnnumberedLine,
  role: 'unit_price' | 'amount' | 'discount_percent',
  code: 'line.price_unreadable' | 'line.amount_unreadable',
  context: Context,
  given?: number,
) {
  const { table, row, issues } = draft;
  const column = given ?? columnAt(table, row, role);
  const only = role === 'unit_price' && column !== undefined && isBlank(table.grid.cell(row, column));
  const found =
    given === undefined
      ? place(table, (only ? table.constants?.price : undefined) ?? row, role)
      : placeAt(table, row, given, true);
  if (!found || column === undefined) return undefined;
  const { notation, decided } = context.reading(table, column);
  const figure = figureIn(found.cell, notation, decided);
  if (!figure) return undefined;
  const words = { text: figure.text };
  if (role === 'unit_price' && figure.fault === 'unreadable' && isFreeOfCharge(figure.text)) {
    keepWords(draft, column, figure.text);
    return undefined;
  }
  const wrong = figure.fault ?? (figure.percent && role !== 'discount_percent' ? 'unreadable' : undefined);
  if (wrong) {
    issues.push({
      code: wrong === 'error' ? 'line.value_error' : wrong === 'formula' ? 'line.formula_unknown' : code,
      evidence: [found.from],
      words,
    });
    return undefined;
  }
  reportFigure(draft, figure, found.from, false);
  return { figure, from: found.from };
}

/** Reads a discount in percent: `10 %`, 10, or 0.1 if the column holds shares. */
function readDiscount(draft: UnnumberedLine, context: Context): void {
  const { table, row } = draft;
  if (table.discountAmount !== undefined) {
    const { notation, decided } = context.reading(table, table.discountAmount);
    draft.off = figureIn(table.grid.cell(row, table.discountAmount), notation, decided)?.value;
  }
  const steps = readSteps(draft);
  if (steps) return;
  const read = readFigure(draft, 'discount_percent', 'line.price_unreadable', context);
  if (!read?.figure.value) return;
  let { value } = read.figure;
  const one: Decimal = { units: 1n, scale: 0 };
  const column = table.profiles.get(table.roles.get('discount_percent') ?? 0);
  const small = column !== undefined && column.largest > 0 && column.largest <= 1;
  if (read.figure.currency || compare(value, { units: 100n, scale: 0 }) > 0) {
    draft.issues.push({ code: 'line.price_unreadable', evidence: [read.from], words: { text: read.figure.text } });
    return;
  }
  if (compare(value, ZERO) < 0) value = { units: -value.units, scale: value.scale };
  if (small && !read.figure.percent && compare(value, one) <= 0 && compare(value, ZERO) > 0) {
    const share = times(value, { units: 100n, scale: 0 });
    const [text] = [read.figure.text];
    if (!table.witnessed) {
      draft.issues.push({
        code: 'line.number_ambiguous',
        evidence: [read.from],
        words: { text, first: `${decimalText(share) ?? ''} %`, second: `${text} %` },
      });
    }
    value = share;
  }
  draft.percent = value;
  draft.line.discount_percent = decimalOf({ ...read.figure, value }, read.from, certaintyOf(table, 'discount_percent'));
}

/** Reads discounts one after the other. */
function readSteps(draft: UnnumberedLine): boolean {
  const { table, row } = draft;
  const found = place(table, row, 'discount_percent');
  const steps = table.steps?.map((column) => table.grid.text(row, column)).filter((text) => text !== '');
  const value = found && chainedDiscount(steps?.join('+') ?? textOf(found.cell));
  const written = value && decimalText(value);
  if (!found || written === undefined) return false;
  draft.percent = value;
  draft.line.discount_percent = sourced(written, found.from, 0.85, table.steps !== undefined);
  return true;
}
