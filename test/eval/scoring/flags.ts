import type { Anomaly, OrderLine } from '../../../schemas/order/order';
import type { Case, Field, Flag, GoldenLine } from '../corpus/golden';
import { placeOf, rangeOf, sameSheet } from './match';

const figures: Field[] = ['quantity', 'unit_price', 'discount_percent', 'amount'];

/** The fields that an anomaly on a line puts in doubt. */
const doubts: Record<string, Field[]> = {
  'line.reference_missing': ['reference', 'ean'],
  'line.reference_damaged': ['reference', 'ean'],
  'line.quantity_missing': ['quantity', 'unit'],
  'line.quantity_unreadable': ['quantity', 'unit'],
  'line.quantity_negative': ['quantity'],
  'line.quantity_fractional': ['quantity', 'unit'],
  'line.quantity_absurd': ['quantity'],
  'line.unit_unknown': ['unit'],
  'line.price_unreadable': ['unit_price'],
  'line.amount_unreadable': ['amount'],
  'line.price_negative': ['unit_price'],
  'line.amount_mismatch': figures,
  'line.value_error': [...figures, 'reference', 'ean', 'description', 'delivery_date'],
  'line.formula_computed': figures,
  'line.formula_unknown': [...figures, 'reference', 'ean', 'description', 'delivery_date'],
  'line.number_ambiguous': figures,
  'line.date_unreadable': ['delivery_date'],
  'line.date_ambiguous': ['delivery_date'],
  'references.none': ['reference', 'ean'],
};

/** Finds a value that is wrong although it equals the cell's: without an anomaly, it is an unflagged wrong value. */
export const neverSilent = new Set([
  'line.reference_missing',
  'line.reference_damaged',
  'line.quantity_missing',
  'line.quantity_unreadable',
  'line.quantity_negative',
  'line.value_error',
  'line.formula_unknown',
  'line.number_ambiguous',
  'line.date_ambiguous',
  'line.date_unreadable',
]);

/** True if the anomaly's evidence points at one of these rows of the sheet. */
export function pointsAt(one: Case, anomaly: Anomaly, sheet: string, rows: number[]): boolean {
  return anomaly.evidence.some((evidence) => {
    const range = rangeOf(evidence.cell);
    return (
      range !== undefined &&
      sameSheet(one, sheet, evidence.sheet) &&
      rows.some((row) => row >= range.top && row <= range.bottom)
    );
  });
}

/** True if the anomaly is the expected one; a line's by its id, its own place or the evidence. */
export function isFlag(one: Case, anomaly: Anomaly, flag: Flag, lines: Map<string, OrderLine>): boolean {
  if (anomaly.code !== flag.code) return false;
  if (flag.sheet === undefined) return true;
  if (flag.rows === undefined) {
    const named = anomaly.evidence.filter(({ sheet }) => sheet !== undefined);
    return named.length === 0 || named.some(({ sheet }) => sameSheet(one, flag.sheet!, sheet));
  }
  const { sheet, rows } = flag;
  const about = anomaly.line_id === undefined ? (anomaly.line_ids ?? []) : [anomaly.line_id];
  const placed = about.some((id) => {
    const place = placeOf(lines.get(id) ?? { line_id: '' });
    return place && sameSheet(one, sheet, place.sheet) && rows.includes(place.row);
  });
  if (placed) return true;
  return pointsAt(one, anomaly, flag.sheet, flag.rows);
}

const aboutFile = ['columns.uncertain', 'currency.mixed', 'sheet.not_read', 'sheet.hidden', 'rows.skipped'];

/** True if a wrong value of a line was flagged: on the line, or on the column or sheet that it came from. */
export function isDoubted(one: Case, anomalies: Anomaly[], golden: GoldenLine, got: OrderLine, field: Field): boolean {
  const from = rangeOf(got[field]?.from?.cell);
  return anomalies.some((anomaly) => {
    if (anomaly.code === 'columns.uncertain') {
      const ranges = anomaly.evidence.map(({ cell }) => rangeOf(cell)).filter((range) => range !== undefined);
      const columns = [from?.left, field === 'quantity' ? golden.column : undefined];
      return (
        ranges.length === 0 ||
        ranges.some(({ left, right }) =>
          columns.some((column) => column !== undefined && column >= left && column <= right),
        )
      );
    }
    if (!doubts[anomaly.code]?.includes(field)) return false;
    if (anomaly.code === 'references.none') return true;
    return isAbout(anomaly, got) || pointsAt(one, anomaly, golden.sheet, [golden.row]);
  });
}

/** True if a missing line was flagged by an anomaly on its row, or on its whole sheet or table. */
export const isMissingDoubted = (one: Case, anomalies: Anomaly[], { sheet, row }: GoldenLine) =>
  anomalies.some((anomaly) => {
    if (anomaly.line_id !== undefined || anomaly.line_ids) return false;
    if (pointsAt(one, anomaly, sheet, [row])) return true;
    const whole = anomaly.code === 'columns.uncertain' || anomaly.code.startsWith('sheet.');
    return (
      whole &&
      aboutFile.includes(anomaly.code) &&
      anomaly.evidence.every((evidence) => sameSheet(one, sheet, evidence.sheet))
    );
  });

/** True if a line that should not exist cannot pass without a person looking at it. */
export const isExtraDoubted = (anomalies: Anomaly[], got: OrderLine) =>
  anomalies.some(
    (anomaly) => (isAbout(anomaly, got) && anomaly.severity === 'blocking') || anomaly.code === 'columns.uncertain',
  );

/** True if the anomaly is about the line, alone or among others. */
const isAbout = ({ line_id, line_ids }: Anomaly, got: OrderLine) =>
  line_id === got.line_id || (line_ids?.includes(got.line_id) ?? false);
