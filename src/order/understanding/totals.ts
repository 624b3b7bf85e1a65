import type { StatedTotal } from '../../../schemas/order/order';
import { asNumber, decimal, distance, negate, plus, sumOf, times, decimalText, ZERO, type Decimal } from './decimal';
import type { UnnumberedLine, TableReading, TotalRow, Found } from './line';
import { worthOf } from './reconcile';

/** Sets of lines that a sum may cover, likeliest first. */
type Scopes = UnnumberedLine[][];

interface Adjustments {
  tax: Decimal;
  shipping: Decimal;
  discount: Decimal;
  taxed: boolean;
}

export interface Checked {
  totals: (Omit<StatedTotal, 'covers'> & { covers: UnnumberedLine[] })[];
  found: Found[];
}

/** Checks every stated total of a file against the lines that it covers. */
export function checkTotals(readings: readonly TableReading[]): Checked {
  const checked: Checked = { totals: [], found: [] };
  for (const reading of readings) checkTable(reading, readings, checked);
  return checked;
}

function checkTable(reading: TableReading, readings: readonly TableReading[], checked: Checked): void {
  const state: Adjustments = { tax: ZERO, shipping: ZERO, discount: ZERO, taxed: false };
  const taxRows = reading.totals.filter(({ kind }) => kind === 'tax').length;
  let since = 0;
  for (const total of reading.totals) {
    const scopes = scopesOf(total, reading, readings, since);
    const widest = scopes.find((scope) => scope.length > 0) ?? [];
    switch (total.kind) {
      case 'tax':
      case 'shipping':
      case 'rounding':
      case 'discount': {
        const value = total.amount?.value ?? shareOf(total, widest);
        if (!value) break;
        if (total.kind === 'discount')
          state.discount = plus(state.discount, asNumber(value) > 0 ? negate(value) : value);
        else if (total.kind === 'rounding') state.shipping = plus(state.shipping, value);
        else state[total.kind] = plus(state[total.kind], value);
        state.taxed ||= total.kind === 'tax';
        if (!total.amount) break;
        const fits = total.kind !== 'tax' || taxRows > 1 || taxFits(total, value, scopes, state);
        record(
          checked,
          total,
          total.kind === 'rounding' ? 'other' : total.kind,
          total.amount,
          widest,
          fits ? undefined : shareOf(total, widest),
        );
        break;
      }
      default:
        checkSum(total, scopes, state, checked);
        if (total.kind === 'subtotal' || total.kind === 'total') since = total.row;
    }
  }
}

/** This many sums belong to pages or sections: only the last ones can cover more than the lines right above. */
const MANY = 100;
const LAST = 5;

/** Lines since the last sum, since the last section heading, of the table, of the sheet, of all sheets. */
function scopesOf(total: TotalRow, reading: TableReading, readings: readonly TableReading[], since: number): Scopes {
  const { table, drafts, sections, totals } = reading;
  const near = linesBetween(drafts, since, total.row);
  if (totals.length > MANY && total.row < (totals.at(-LAST)?.row ?? 0) && near.length > 0) return [near];
  const above = linesBetween(drafts, 0, total.row);
  const section = sections.findLast((row) => row < total.row) ?? 0;
  const sheet = readings
    .filter((other) => other.table.grid.sheet === table.grid.sheet)
    .flatMap((other) => other.drafts);
  const parts = [near, linesBetween(drafts, section, total.row), above];
  const all = readings.flatMap((other) => other.drafts);
  // sums above the lines
  if (above.length === 0) return [drafts, sheet, all];
  return total.kind === 'subtotal' ? parts : [above, ...parts, sheet, all];
}

/** Lines below one row and above another, in the order of rows. */
function linesBetween(drafts: UnnumberedLine[], after: number, before: number): UnnumberedLine[] {
  const from = lowerBound(drafts, after + 1);
  return drafts.slice(from, Math.max(from, lowerBound(drafts, before)));
}

/** Index of the first line at or below a row. */
function lowerBound(drafts: readonly UnnumberedLine[], row: number): number {
  let [low, high] = [0, drafts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((drafts[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkSum(total: TotalRow, scopes: Scopes, state: Adjustments, checked: Checked): void {
  const [first = []] = scopes;
  if (total.quantity) {
    const { value } = total.quantity;
    const scope = scopes.find((lines) => isCloseTo(quantityOf(lines), value, lines.length, true));
    const count = scopes.find((lines) => asNumber(value) === lines.length);
    if (scope) record(checked, total, 'quantity', total.quantity, scope);
    else if (count) record(checked, total, 'other', total.quantity, count);
    else record(checked, total, 'quantity', total.quantity, first, quantityOf(first));
  }
  if (!total.amount) return;
  const { value } = total.amount;
  const kind = total.kind === 'gross' ? 'gross' : total.kind === 'carry' ? 'other' : 'net';
  for (const lines of scopes) {
    const { sum, complete } = amountOf(lines);
    const hit = possibleSums(sum, state, total.kind).find((base) =>
      isCloseTo(base.value, value, complete ? 0 : lines.length, false),
    );
    if (hit) return record(checked, total, hit.gross ? 'gross' : kind, total.amount, lines);
  }
  const byQuantity = scopes.find((lines) => isCloseTo(quantityOf(lines), value, 0, true));
  if (byQuantity) return record(checked, total, 'quantity', total.amount, byQuantity);
  const { sum } = amountOf(first);
  const expected = possibleSums(sum, state, total.kind).at(-1)?.value ?? sum;
  // tax without a row of its own cannot be distinguished from a wrong sum
  const ratio = asNumber(value) / (asNumber(sum) || 1);
  const plausible = total.kind === 'gross' && !state.taxed && ratio > 1 && ratio <= 1.28;
  record(checked, total, kind, total.amount, first, plausible ? undefined : expected);
}

/** Values that the sum of the lines may have after discount, shipping and tax. */
function possibleSums(sum: Decimal, { tax, shipping, discount, taxed }: Adjustments, kind: TotalRow['kind']) {
  const reduced = plus(sum, discount);
  const net = [sum, reduced, plus(sum, shipping), plus(reduced, shipping)];
  const result = net.map((value) => ({ value, gross: false }));
  if (kind === 'subtotal' || kind === 'net' || kind === 'carry') return result;
  const gross = net.map((value) => ({ value: plus(value, tax), gross: true }));
  if (kind === 'gross') return taxed ? gross : result;
  return taxed ? [...result, ...gross] : result;
}

function taxFits({ rate }: TotalRow, value: Decimal, scopes: Scopes, state: Adjustments): boolean {
  if (!rate) return true;
  return scopes.some((lines) =>
    possibleSums(amountOf(lines).sum, state, 'net').some(
      (base) => Math.abs((asNumber(base.value) * asNumber(rate)) / 100 - asNumber(value)) <= 0.03,
    ),
  );
}

const shareOf = ({ rate }: TotalRow, lines: readonly UnnumberedLine[]): Decimal | undefined =>
  rate && times(amountOf(lines).sum, { units: rate.units, scale: rate.scale + 2 });

const quantityOf = (lines: readonly UnnumberedLine[]): Decimal =>
  sumOf(lines.flatMap(({ quantity }) => quantity ?? []));

/** Sum of the lines; `complete` if every line states its amount in whole cents, so that the sum is exact. */
function amountOf(lines: readonly UnnumberedLine[]): { sum: Decimal; complete: boolean } {
  const sum = sumOf(lines.flatMap((line) => worthOf(line) ?? []));
  return { sum, complete: lines.every(({ amount }) => amount !== undefined && amount.scale <= 2) };
}

/** Whether a sum fits to a cent, plus half a cent for each loose line, within a thousandth. */
function isCloseTo(sum: Decimal, stated: Decimal, loose: number, exact: boolean): boolean {
  const gap = asNumber(distance(sum, stated));
  if (exact) return gap < 1e-6;
  return gap <= 0.0101 + Math.min(0.005 * loose, 0.001 * Math.abs(asNumber(stated)));
}

function record(
  { totals, found }: Checked,
  { label }: TotalRow,
  kind: StatedTotal['kind'],
  { value, from }: NonNullable<TotalRow['amount']>,
  covers: UnnumberedLine[],
  expected?: Decimal,
): void {
  const text = decimalText(value);
  if (text === undefined) return;
  totals.push({ kind, label, value: text, from, covers });
  if (!expected) return;
  found.push({
    code: 'total.mismatch',
    evidence: [from],
    words: { text, label, expected: decimalText(roundToCents(expected)) ?? '' },
  });
}

const roundToCents = (value: Decimal): Decimal =>
  value.scale > 4 ? (decimal(asNumber(value).toFixed(2)) ?? value) : value;
