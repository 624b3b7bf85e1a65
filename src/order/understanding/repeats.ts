import { plus, decimalText, ZERO, type Decimal } from './decimal';
import { textOf } from './grid';
import { factLabelOf } from './lexicon/facts';
import type { UnnumberedLine, TableReading } from './line';
import { identityOf } from './lines';
import type { SheetReading } from './sheet-reading';

/** Reasons why a sheet beside others is left out. */
export type Repeat = 'repeated' | 'summary' | 'aside' | 'other' | 'earlier';

/** Sheets that repeat the lines of an earlier sheet, or sum up the lines of several others. */
export function repeatsIn(sheets: ReadonlyMap<string, readonly TableReading[]>): Map<string, Repeat> {
  const out = new Map<string, Repeat>();
  const drafts = new Map([...sheets].map(([name, readings]) => [name, readings.flatMap((reading) => reading.drafts)]));
  const full = [...drafts].filter(([, lines]) => lines.length > 0);
  const seen = new Map<string, string>();
  for (const [name, lines] of full) {
    const key = keyOf(lines);
    if (key === undefined) continue;
    if (seen.has(key)) out.set(name, 'repeated');
    else seen.set(key, name);
  }
  const rest = full.filter(([name]) => !out.has(name));
  if (rest.length < 3) return out;
  for (const [name, lines] of rest) {
    const others = rest.filter(([other]) => other !== name).flatMap(([, theirs]) => theirs);
    const [mine, all] = [sumsOf(lines), sumsOf(others)];
    if (mine && all && mine.size === all.size && [...mine].every(([key, value]) => all.get(key) === value)) {
      out.set(name, 'summary');
      break;
    }
  }
  return out;
}

const entryOf = (draft: UnnumberedLine): string | undefined => {
  const identity = identityOf(draft) ?? draft.line.description?.value;
  return identity === undefined ? undefined : `${identity}\u0001${draft.quantity ? decimalText(draft.quantity) : '?'}`;
};

function keyOf(lines: readonly UnnumberedLine[]): string | undefined {
  const entries = lines.map(entryOf);
  return entries.includes(undefined) ? undefined : entries.sort().join('\u0002');
}

/** Quantities by reference, of lines that have one; undefined if a line has no reference. */
function sumsOf(lines: readonly UnnumberedLine[]): Map<string, string> | undefined {
  const sums = new Map<string, Decimal>();
  for (const { line, quantity } of lines) {
    const name = line.reference?.value ?? line.ean?.value;
    if (name === undefined) return undefined;
    if (quantity) sums.set(name, plus(sums.get(name) ?? ZERO, quantity));
  }
  return new Map([...sums].map(([name, sum]) => [name, decimalText(sum) ?? '']));
}

/** Whether a sheet has another place or customer above its lines than each other sheet with as many of them. */
export function headDiffers(sheet: SheetReading, sheets: readonly SheetReading[]): boolean {
  const own = namedAbove(sheet);
  const count = ({ readings }: SheetReading) => readings.reduce((sum, { drafts }) => sum + drafts.length, 0);
  const alike = sheets.filter((other) => other !== sheet && count(other) === count(sheet));
  return own !== '' && alike.length > 0 && alike.every((other) => namedAbove(other) !== own);
}

/** The labelled places and customers above the tables of a sheet. */
function namedAbove({ grid, tables }: SheetReading): string {
  const top = Math.min(...tables.map(({ first, headerRows }) => Math.min(first, ...headerRows)));
  const head = grid.rows.filter(({ number }) => number < top);
  return head
    .flatMap(({ cells }) =>
      [...cells.entries()].flatMap(([column, cell]) => {
        const [label = '', value = ''] = textOf(cell).split(/\s*[:：]\s*/);
        const fact = factLabelOf(label);
        return fact === 'delivery_address' || fact === 'customer' ? [value || textOf(cells[column + 1])] : [];
      }),
    )
    .join(' | ');
}
