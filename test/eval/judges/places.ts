import type { Anomaly, OrderLine } from '../../../schemas/order/order';
import type { Field } from '../corpus/golden';
import { rangeOf } from '../scoring/match';

/** A cell, or with no column the whole row. */
export interface Place {
  sheet: string;
  row: number;
  column?: number;
}

/** In a file with one sheet the name of the sheet does not matter: a CSV has none. */
export const sameSheet = (sheets: number, wanted: string, got: string | undefined): boolean =>
  sheets <= 1 || got === undefined || got === wanted;

/** True if evidence of the anomaly covers the place; evidence without cells covers its whole sheet. */
export const covers = (anomaly: Anomaly, place: Place, sheets: number): boolean =>
  anomaly.evidence.some(({ sheet, cell }) => {
    if (!sameSheet(sheets, place.sheet, sheet)) return false;
    if (cell === undefined) return sheet !== undefined;
    const range = rangeOf(cell);
    if (!range || place.row < range.top || place.row > range.bottom) return false;
    return place.column === undefined || (place.column >= range.left && place.column <= range.right);
  });

/** Anomalies of a line that say nothing of some fields. */
const narrow: [RegExp, Field[]][] = [
  [/^line\.(reference|unnamed)/, ['reference', 'ean', 'description']],
  [/^line\.quantity/, ['quantity', 'unit']],
  [/^line\.unit/, ['unit', 'quantity']],
  [/^line\.(price|amount)/, ['unit_price', 'amount', 'discount_percent', 'quantity']],
  [/^line\.date/, ['delivery_date']],
  [/^currency\./, ['unit_price', 'amount']],
];

/** True if the anomaly can be about the field. */
export function concerns({ code }: Anomaly, field: Field): boolean {
  const found = narrow.find(([pattern]) => pattern.test(code));
  return found === undefined || found[1].includes(field);
}

/** True if a person is warned at this value: at its cell, its column's heading, or at its line and about it. */
export function isWarned(anomalies: Anomaly[], field: Field, place: Place, got: OrderLine | undefined, sheets: number) {
  const cell = rangeOf(got?.[field]?.from?.cell);
  const exact = cell && { sheet: place.sheet, row: cell.top, column: cell.left };
  return anomalies.some(
    (anomaly) =>
      (exact && covers(anomaly, exact, sheets)) ||
      ((got && anomaly.line_id === got.line_id) || covers(anomaly, { ...place, column: undefined }, sheets)
        ? concerns(anomaly, field)
        : anomaly.code.startsWith('columns.') && isAboutColumn(anomaly, exact?.column ?? place.column, place, sheets)),
  );
}

const isAboutColumn = (anomaly: Anomaly, column: number | undefined, { sheet }: Place, sheets: number) =>
  anomaly.evidence.some((one) => {
    const range = rangeOf(one.cell);
    return (
      range !== undefined &&
      column !== undefined &&
      sameSheet(sheets, sheet, one.sheet) &&
      column >= range.left &&
      column <= range.right
    );
  });
