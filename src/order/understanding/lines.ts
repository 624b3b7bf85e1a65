import { settleAmbiguity } from './ambiguity';
import { readNotes, readOther, reportCarried } from './beside';
import type { Context } from './context';
import { reportFree } from './free-goods';
import { isBlank, saysNothing, textOf } from './grid';
import type { UnnumberedLine } from './line';
import { certaintyOf, place, placeAt, sourced } from './line-cells';
import { readDay } from './line-days';
import { readMoney, readOnlyAmount } from './line-money';
import { readQuantity, settlePacks } from './line-quantities';
import { checkVariants, readVariants } from './line-variants';
import { isEan } from './profile';
import { namedReferences } from './references';
import { reportStruckParts } from './struck-parts';
import type { MatrixLabel, Table } from './types';
import { reportRemarks } from './unread';
import { barcodeIn, becameDay, identifierIn } from './values';

/** Reads one line: a row, or in a matrix the quantity at one label. */
export function readLine(
  table: Table,
  row: number,
  context: Context,
  label?: MatrixLabel,
  only = false,
): UnnumberedLine {
  const draft: UnnumberedLine = { line: {}, table, row, issues: [] };
  if (label && table.codeRows.size > 0) readCodeRow(draft, label);
  readIdentifiers(draft, label);
  readText(draft, 'description');
  readKind(draft);
  readText(draft, 'note');
  readText(draft, 'variant');
  readVariants(draft);
  checkVariants(draft);
  readText(draft, 'destination');
  readText(draft, 'order_number');
  readText(draft, 'customer');
  if (label) readLabel(draft, label);
  readQuantity(draft, context, label);
  reportFree(draft);
  readMoney(draft, context, label);
  if (label && only) readOnlyAmount(draft, context);
  readDay(draft, context, label);
  if (table.grid.row(row)?.hidden)
    draft.issues.push({
      code: 'line.hidden',
      evidence: [draft.line.quantity?.from ?? table.grid.from(row, table.left)],
    });
  settleAmbiguity(draft);
  settlePacks(draft);
  reportCarried(draft, label);
  reportStruckParts(draft, label);
  readNotes(draft);
  readOther(draft);
  reportRemarks(draft);
  return draft;
}

/** Reads what the row of barcodes above a row of a matrix says: the code of this size, and the product's own. */
function readCodeRow({ table, row, line }: UnnumberedLine, { column }: MatrixLabel): void {
  const { grid, roles } = table;
  const above = Math.max(0, ...[...table.codeRows].filter((each) => each < row));
  const between = Math.max(0, ...[...table.headerRows].filter((each) => each < row));
  if (above <= between) return;
  const code = grid.text(above, column);
  if (code !== '') line.ean = sourced(code, grid.from(above, column), isEan(code) ? 0.95 : 0.8);
  for (const role of ['reference', 'description'] as const) {
    const at = roles.get(role);
    if (at !== undefined && isBlank(grid.cell(row, at)) && grid.text(above, at) !== '')
      line[role] = sourced(grid.text(above, at), grid.from(above, at), certaintyOf(table, role));
  }
}

function readIdentifiers(draft: UnnumberedLine, label: MatrixLabel | undefined): void {
  const { table, row, line, issues } = draft;
  const { reference, description, delivery_date } = table.constants ?? {};
  if (reference) line.reference = sourced(reference.value, reference.from, 0.85);
  if (description) line.description = sourced(description.value, description.from, 0.85);
  if (delivery_date) line.delivery_date = sourced(delivery_date.value, delivery_date.from, 0.8);
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
      role === 'ean' ? barcodeIn(read.text) : read.text,
      found.from,
      certaintyOf(table, role) - (read.damaged ? 0.4 : 0) - (valid ? 0 : 0.2),
      read.computed,
    );
    const parts = namedReferences(read.text);
    if (parts.length > 1) {
      const words = { text: read.text, parts: parts.join(', ') };
      issues.push({ code: 'line.reference_uncertain', evidence: [found.from], words });
      line[role].confidence = 0.3;
    }
    if (read.damaged) {
      // the reference names the goods without the barcode
      const isNamed = role === 'ean' && line.reference !== undefined;
      if (isNamed) delete line.ean;
      issues.push({
        code: 'line.reference_damaged',
        evidence: [found.from],
        words: { text: read.text },
        ...(isNamed ? { severity: 'warning' } : {}),
      });
    }
    if (read.computed)
      issues.push({ code: 'line.formula_computed', evidence: [found.from], words: { text: read.text } });
  }
  if (!line.reference && !table.roles.has('reference')) readBracketed(draft);
  const wanted = table.roles.has('reference') || table.roles.has('ean');
  const what = label?.description ?? (textOf(place(table, row, 'description')?.cell) || kindIn(table, row));
  if ((wanted || what === '') && !line.reference && !line.ean) {
    const column = table.roles.get('reference') ?? table.roles.get('ean') ?? table.left;
    issues.push({
      code: 'line.reference_missing',
      evidence: [table.grid.from(row, column)],
      words: { what },
      // words name the goods, though a person has to find them
      ...(/\p{L}{3}/u.test(what) ? { severity: 'warning' } : {}),
    });
  }
}

/** A code in brackets before a name, as programs write an article: `[KUT-2015] Oluklu kutu`. */
const BRACKETED = /^\[([\p{L}\d][\p{L}\d./_-]{1,30})\]\s+\S/u;

/** Reads the reference that stands in brackets before the name of a line. */
function readBracketed({ table, row, line }: UnnumberedLine): void {
  const found = place(table, row, 'description');
  const [, code] = BRACKETED.exec(textOf(found?.cell)) ?? [];
  if (found && code !== undefined) line.reference = sourced(code, found.from, 0.8);
}

function readText(
  draft: UnnumberedLine,
  role: 'description' | 'note' | 'variant' | 'destination' | 'order_number' | 'customer',
): void {
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
  if (role === 'variant' && becameDay(cell))
    draft.issues.push({ code: 'line.variant_damaged', evidence: [found.from], words: { text } });
  draft.line[role] = sourced(text, found.from, certaintyOf(draft.table, role), cell?.computed);
}

/** Puts the kind of goods before their variety: `Rose Red Naomi`. */
function readKind({ line, table, row }: UnnumberedLine): void {
  const kind = kindIn(table, row);
  if (kind === '') return;
  const { value, from = table.grid.from(row, table.kinds ?? 0) } = line.description ?? {};
  line.description = sourced(value === undefined ? kind : `${kind} ${value}`, from, certaintyOf(table, 'description'));
}

function kindIn({ kinds, grid }: Table, row: number): string {
  const cell = kinds === undefined ? undefined : grid.cell(row, kinds);
  return saysNothing(cell) ? '' : textOf(cell);
}

function readLabel({ line, table, row: draftRow }: UnnumberedLine, label: MatrixLabel): void {
  const row = table.header?.headings.get(label.column)?.row ?? table.first;
  const from = table.grid.from(row, label.column);
  if (label.variant !== undefined)
    line.variant = sourced(line.variant ? `${line.variant.value} / ${label.variant}` : label.variant, from, 0.9);
  if (label.variantColumn !== undefined) {
    const { cell, from: place } = placeAt(table, draftRow, label.variantColumn, false);
    const own = line.variant?.value;
    if (!saysNothing(cell)) line.variant = sourced(own ? `${own} / ${textOf(cell)}` : textOf(cell), place, 0.9);
  }
  if (label.unit !== undefined) line.unit = sourced(label.unit, from, 0.85);
  if (label.description !== undefined) line.description = sourced(label.description, from, 0.8);
  if (label.destination !== undefined) line.destination = sourced(label.destination, from, 0.85);
  if (label.note !== undefined)
    line.note = sourced(line.note ? `${line.note.value} / ${label.note}` : label.note, from, 0.8);
  if (label.delivery_date !== undefined) line.delivery_date = sourced(label.delivery_date, from, 0.85);
}

/** Identity of a line, which must not occur twice. In a matrix of days the day distinguishes lines. */
export function identityOf({ line, table }: UnnumberedLine): string | undefined {
  const name = line.reference?.value ?? line.ean?.value;
  if (name === undefined) return undefined;
  const day = table.layout === 'matrix' ? (line.delivery_date ?? line.note)?.value : undefined;
  return [name, line.variant?.value, line.destination?.value, day, line.order_number?.value].join('\u0000');
}
