import type { Provenance } from '../../../schemas/order/order';
import type { Context } from './context';
import { compare, isWhole, decimalText, ZERO } from './decimal';
import { saysNothing, textOf } from './grid';
import { isOpen } from './header-rows';
import type { UnnumberedLine } from './line';
import { certaintyOf, columnAt, decimalOf, place, placeAt, reportFigure, sourced } from './line-cells';
import { packText, provenReading, readingsText } from './packs';
import type { MatrixLabel } from './types';
import { isMeasure, isUnit, unitCode } from './units';
import { figureIn } from './values';

export function readQuantity(draft: UnnumberedLine, context: Context, label: MatrixLabel | undefined): void {
  const { table, row, line, issues } = draft;
  const column = label?.column ?? columnAt(table, row, 'quantity');
  if (column === undefined) return;
  const { cell, from } = placeAt(table, row, column, false);
  if (label?.ticked) {
    draft.quantity = label.ticked;
    line.quantity = sourced(decimalText(label.ticked) ?? '', from, 0.9);
    return;
  }
  const { notation, decided } = context.reading(table, column);
  const figure = figureIn(cell, notation, decided);
  if (!figure) {
    issues.push({ code: 'line.quantity_missing', evidence: [from] });
    return;
  }
  const text = figure.text;
  const packs = figure.fault === 'unreadable' && cell?.value.is === 'text' ? packText(text) : undefined;
  if (packs) {
    draft.packs = { ...packs, from };
    return;
  }
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

/** Takes the reading of a text such as `3 cartons de 12` that the words or the row's arithmetic leave; else asks. */
export function settlePacks(draft: UnnumberedLine): void {
  const { packs, line, issues } = draft;
  if (!packs) return;
  const { from } = packs;
  const text = from.text ?? '';
  const proven = provenReading(packs, draft);
  const only = packs.readings.length === 1 ? packs.readings[0] : undefined;
  const reading = proven ?? only;
  const value = reading && decimalText(reading.quantity);
  if (!reading || value === undefined) {
    const words = { text, readings: readingsText(packs, 'or'), readings_fr: readingsText(packs, 'ou') };
    issues.push({ code: 'line.quantity_uncertain', evidence: [from], words });
    return;
  }
  draft.quantity = reading.quantity;
  line.quantity = sourced(value, from, proven ? 0.9 : 0.85);
  readUnit(draft, reading.unit, from);
  if (packs.packed || (proven && packs.readings.length > 1) || !/\d/.test(text))
    issues.push({
      code: 'line.quantity_packed',
      evidence: [from],
      words: { text, value: line.unit ? `${value} (${line.unit.value})` : value },
    });
}

function readUnit(draft: UnnumberedLine, beside: string | undefined, from: Provenance): void {
  const { table, row, line, issues } = draft;
  const found = place(table, row, 'unit');
  const text = found && !saysNothing(found.cell) ? textOf(found.cell) : '';
  if (found && text !== '') {
    const code = unitCode(text);
    const known = isUnit(text);
    line.unit = sourced(code ?? text, found.from, known ? certaintyOf(table, 'unit') : 0.4);
    if (!known) issues.push({ code: 'line.unit_unknown', evidence: [found.from], words: { text } });
    const other = beside === undefined ? undefined : unitCode(beside);
    if (other && other !== code)
      issues.push({ code: 'line.unit_unknown', evidence: [from, found.from], words: { text: `${beside} / ${text}` } });
    return;
  }
  if (beside !== undefined) line.unit = sourced(unitCode(beside) ?? beside, from, 0.85);
  else if (line.quantity) readUnitOfHeading(draft);
}

/** Reads the unit in a heading: of measure, `Qty (kg)`, a pack where another column counts pieces, or one alone, `Bund`. */
function readUnitOfHeading({ table, line }: UnnumberedLine): void {
  const heading = table.layout === 'rows' ? table.header?.headings.get(table.roles.get('quantity') ?? 0) : undefined;
  const inside = /[([]([^()[\]]{1,12})[)\]]/.exec(heading?.text ?? '')?.[1];
  const code = unitCode(inside ?? heading?.text ?? '');
  const isRivalled = table.doubts.some(({ why, columns }) => why === 'close' && columns[0] === heading?.column);
  const isOnly = inside === undefined && heading !== undefined && isOpen(heading);
  if (heading && code && ((inside !== undefined && isMeasure(code)) || isRivalled || isOnly))
    line.unit = sourced(code, table.grid.from(heading.row, heading.column), 0.6);
}
