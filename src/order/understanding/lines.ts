import type { Provenance, SourcedDecimal, SourcedText } from '../../../schemas/order/order';
import { settleAmbiguity } from './ambiguity';
import type { Context } from './context';
import { compare, isWhole, times, decimalText, ZERO, type Decimal } from './decimal';
import type { UnnumberedLine } from './line';
import { isBlank, saysNothing, textOf, type GridCell } from './grid';
import { isEan } from './profile';
import type { ColumnRole, MatrixLabel, Table } from './types';
import { isMeasure, unitCode } from './units';
import { dayIn, figureIn, identifierIn, type Figure } from './values';

interface Place {
  cell: GridCell | undefined;
  from: Provenance;
}

/** Cell of a role in a row; a cell merged over several rows counts in each of them. */
function place(table: Table, row: number, role: ColumnRole): Place | undefined {
  const column = table.roles.get(role);
  if (column === undefined) return undefined;
  return placeAt(table, row, column, role !== 'quantity' && role !== 'amount');
}

function placeAt({ grid }: Table, row: number, column: number, fill: boolean): Place {
  const cell = grid.cell(row, column);
  const merge = fill && isBlank(cell) ? grid.tallMerge(row, column) : undefined;
  if (!merge || merge.top === row) return { cell, from: grid.from(row, column) };
  return { cell: grid.cell(merge.top, merge.left), from: grid.from(merge.top, merge.left) };
}

/** Reads one line: a row, or in a matrix the quantity at one label. */
export function readLine(table: Table, row: number, context: Context, label?: MatrixLabel): UnnumberedLine {
  const draft: UnnumberedLine = { line: {}, table, row, issues: [] };
  readIdentifiers(draft);
  readText(draft, 'description');
  readText(draft, 'note');
  readText(draft, 'variant');
  readVariants(draft);
  readText(draft, 'destination');
  if (label) readLabel(draft, label);
  readQuantity(draft, context, label);
  readMoney(draft, context, label !== undefined);
  readDay(draft, context);
  if (table.grid.row(row)?.hidden)
    draft.issues.push({
      code: 'line.hidden',
      evidence: [draft.line.quantity?.from ?? table.grid.from(row, table.left)],
    });
  settleAmbiguity(draft);
  return draft;
}

const certaintyOf = (table: Table, role: ColumnRole): number =>
  Math.round((table.certainty.get(role) ?? 0.7) * 100) / 100;

const LIMIT = 5_000;

const sourced = (value: string, from: Provenance, confidence: number, computed?: boolean): SourcedText => ({
  value: value.slice(0, LIMIT),
  source: computed ? 'computed' : 'file',
  from,
  confidence: Math.round(confidence * 100) / 100,
});

function readIdentifiers(draft: UnnumberedLine): void {
  const { table, row, line, issues } = draft;
  for (const role of ['reference', 'ean'] as const) {
    const found = place(table, row, role);
    const read = identifierIn(found?.cell);
    if (!found || !read) continue;
    if (read.fault) {
      issues.push({
        code: read.fault === 'error' ? 'line.value_error' : 'line.formula_unknown',
        evidence: [found.from],
        words: { text: read.text },
      });
      continue;
    }
    const valid = role === 'reference' || isEan(read.text);
    line[role] = sourced(
      read.text,
      found.from,
      certaintyOf(table, role) - (read.damaged ? 0.4 : 0) - (valid ? 0 : 0.2),
      read.computed,
    );
    if (read.damaged)
      issues.push({ code: 'line.reference_damaged', evidence: [found.from], words: { text: read.text } });
    if (read.computed)
      issues.push({ code: 'line.formula_computed', evidence: [found.from], words: { text: read.text } });
  }
  const wanted = table.roles.has('reference') || table.roles.has('ean');
  if (wanted && !line.reference && !line.ean) {
    const column = table.roles.get('reference') ?? table.roles.get('ean') ?? table.left;
    const what = place(table, row, 'description');
    issues.push({
      code: 'line.reference_missing',
      evidence: [table.grid.from(row, column)],
      words: { what: textOf(what?.cell) },
    });
  }
}

function readText(draft: UnnumberedLine, role: 'description' | 'note' | 'variant' | 'destination'): void {
  const found = place(draft.table, draft.row, role);
  if (!found || isBlank(found.cell)) return;
  const { cell } = found;
  if (cell?.value.is === 'error' || cell?.value.is === 'none') {
    const code = cell.value.is === 'error' ? 'line.value_error' : 'line.formula_unknown';
    draft.issues.push({ code, evidence: [found.from], words: { text: textOf(cell) } });
    return;
  }
  if (saysNothing(cell)) return;
  const text = textOf(cell);
  if (text === '') return;
  draft.line[role] = sourced(text, found.from, certaintyOf(draft.table, role), cell?.computed);
}

/** Joins colour and size from columns of their own: `Red / M`. */
function readVariants({ table, row, line }: UnnumberedLine): void {
  if (table.variants.length < 2) return;
  const places = table.variants
    .map((column) => placeAt(table, row, column, true))
    .filter(({ cell }) => !saysNothing(cell));
  const [first] = places;
  if (first)
    line.variant = sourced(
      places.map(({ cell }) => textOf(cell)).join(' / '),
      first.from,
      certaintyOf(table, 'variant'),
    );
}

function readLabel({ line, table }: UnnumberedLine, label: MatrixLabel): void {
  const row = table.header?.headings.get(label.column)?.row ?? table.first;
  const from = table.grid.from(row, label.column);
  if (label.variant !== undefined)
    line.variant = sourced(line.variant ? `${line.variant.value} / ${label.variant}` : label.variant, from, 0.9);
  if (label.description !== undefined) line.description = sourced(label.description, from, 0.8);
  if (label.destination !== undefined) line.destination = sourced(label.destination, from, 0.85);
  if (label.note !== undefined)
    line.note = sourced(line.note ? `${line.note.value} / ${label.note}` : label.note, from, 0.8);
  if (label.delivery_date !== undefined) line.delivery_date = sourced(label.delivery_date, from, 0.85);
}

function readQuantity(draft: UnnumberedLine, context: Context, label: MatrixLabel | undefined): void {
  const { table, row, line, issues } = draft;
  const column = label?.column ?? table.roles.get('quantity');
  if (column === undefined) return;
  const { cell, from } = placeAt(table, row, column, false);
  const { notation, decided } = context.reading(table, column);
  const figure = figureIn(cell, notation, decided);
  if (!figure) {
    issues.push({ code: 'line.quantity_missing', evidence: [from] });
    return;
  }
  const text = figure.text;
  if (figure.fault || figure.percent || figure.currency || !figure.value) {
    const code =
      figure.fault === 'error'
        ? 'line.value_error'
        : figure.fault === 'formula'
          ? 'line.formula_unknown'
          : 'line.quantity_unreadable';
    issues.push({ code, evidence: [from], words: { text }, severity: 'blocking' });
  } else {
    draft.quantity = figure.value;
    line.quantity = decimalOf(figure, from, label ? 0.9 : certaintyOf(table, 'quantity'));
    if (compare(figure.value, ZERO) < 0)
      issues.push({ code: 'line.quantity_negative', evidence: [from], words: { text } });
    reportFigure(draft, figure, from, true);
  }
  readUnit(draft, figure.unit, from);
  if (draft.quantity && !isWhole(draft.quantity) && !isMeasure(line.unit?.value ?? '')) {
    issues.push({ code: 'line.quantity_fractional', evidence: [from], words: { text } });
  }
}

function readUnit(draft: UnnumberedLine, beside: string | undefined, from: Provenance): void {
  const { table, row, line, issues } = draft;
  const found = place(table, row, 'unit');
  const text = found && !saysNothing(found.cell) ? textOf(found.cell) : '';
  if (found && text !== '') {
    const code = unitCode(text);
    line.unit = sourced(code ?? text, found.from, code ? certaintyOf(table, 'unit') : 0.4);
    if (!code) issues.push({ code: 'line.unit_unknown', evidence: [found.from], words: { text } });
    const other = beside === undefined ? undefined : unitCode(beside);
    if (other && other !== code)
      issues.push({ code: 'line.unit_unknown', evidence: [from, found.from], words: { text: `${beside} / ${text}` } });
    return;
  }
  if (beside !== undefined) line.unit = sourced(unitCode(beside) ?? beside, from, 0.85);
  else if (line.quantity) readUnitOfHeading(draft);
}

/** Reads the unit of measure in a heading: `Qty (kg)`. */
function readUnitOfHeading({ table, line }: UnnumberedLine): void {
  const heading = table.layout === 'rows' ? table.header?.headings.get(table.roles.get('quantity') ?? 0) : undefined;
  const code = unitCode(/[([]([^()[\]]{1,12})[)\]]/.exec(heading?.text ?? '')?.[1] ?? '');
  if (heading && code && isMeasure(code)) line.unit = sourced(code, table.grid.from(heading.row, heading.column), 0.6);
}

function readMoney(draft: UnnumberedLine, context: Context, matrix: boolean): void {
  const { line, issues } = draft;
  const price = readFigure(draft, 'unit_price', 'line.price_unreadable', context);
  if (price?.figure.value) {
    draft.price = price.figure.value;
    line.unit_price = decimalOf(price.figure, price.from, certaintyOf(draft.table, 'unit_price'));
    if (compare(draft.price, ZERO) < 0)
      issues.push({ code: 'line.price_negative', evidence: [price.from], words: { text: price.figure.text } });
  }
  readDiscount(draft, context);
  // the amount of a row in a matrix covers all its lines
  if (matrix) return;
  const amount = readFigure(draft, 'amount', 'line.amount_unreadable', context);
  if (!amount?.figure.value) return;
  draft.amount = amount.figure.value;
  line.amount = decimalOf(amount.figure, amount.from, certaintyOf(draft.table, 'amount'));
}

function readFigure(
  draft: UnnumberedLine,
  role: 'unit_price' | 'amount' | 'discount_percent',
  code: 'line.price_unreadable' | 'line.amount_unreadable',
  context: Context,
) {
  const { table, row, issues } = draft;
  const column = table.roles.get(role);
  const found = place(table, row, role);
  if (!found || column === undefined) return undefined;
  const { notation, decided } = context.reading(table, column);
  const figure = figureIn(found.cell, notation, decided);
  if (!figure) return undefined;
  const words = { text: figure.text };
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

function reportFigure({ issues }: UnnumberedLine, figure: Figure, from: Provenance, quantity: boolean): void {
  if (figure.computed) issues.push({ code: 'line.formula_computed', evidence: [from], words: { text: figure.text } });
  if (figure.other && figure.value) {
    const words = {
      text: figure.text,
      first: decimalText(figure.value) ?? '',
      second: decimalText(figure.other) ?? '',
    };
    issues.push({
      code: 'line.number_ambiguous',
      evidence: [from],
      words,
      ...(quantity ? { severity: 'blocking' } : {}),
    });
  }
}

function decimalOf(figure: Figure, from: Provenance, confidence: number): SourcedDecimal | undefined {
  const value = figure.value && decimalText(figure.value);
  if (value === undefined) return undefined;
  return sourced(value, from, confidence - (figure.other ? 0.5 : 0) - (figure.computed ? 0.1 : 0), figure.computed);
}

function readDay(draft: UnnumberedLine, context: Context): void {
  const { table, row, line, issues } = draft;
  const found = place(table, row, 'delivery_date');
  const read = found && dayIn(found.cell, context.dayOrder(table));
  if (!found || !read) return;
  if (read.other && read.day) {
    issues.push({
      code: 'line.date_ambiguous',
      evidence: [found.from],
      words: { text: read.text, first: read.day, second: read.other },
    });
  }
  if (read.day === undefined)
    issues.push({ code: 'line.date_unreadable', evidence: [found.from], words: { text: read.text } });
  else line.delivery_date = sourced(read.day, found.from, read.other ? 0.3 : certaintyOf(table, 'delivery_date'));
}

/** Identity of a line, which must not occur twice. In a matrix of days the day distinguishes lines. */
export function identityOf({ line, table }: UnnumberedLine): string | undefined {
  const name = line.reference?.value ?? line.ean?.value;
  if (name === undefined) return undefined;
  const day = table.layout === 'matrix' ? (line.delivery_date ?? line.note)?.value : undefined;
  return [name, line.variant?.value, line.destination?.value, day].join('\u0000');
}
