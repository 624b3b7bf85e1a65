import { plus, written, ZERO, type Decimal } from './decimal';
import type { UnnumberedLine, TableReading } from './line';
import { identityOf } from './lines';

/** Why a sheet is left out: it says what others say. */
export type Repeat = 'repeated' | 'summary';

/** Sheets whose lines are those of a sheet before them, or the sums of those of several others. */
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
  return identity === undefined ? undefined : `${identity}\u0001${draft.quantity ? written(draft.quantity) : '?'}`;
};

function keyOf(lines: readonly UnnumberedLine[]): string | undefined {
  const entries = lines.map(entryOf);
  return entries.includes(undefined) ? undefined : entries.sort().join('\u0002');
}

/** Quantities by reference; undefined where a line has none. */
function sumsOf(lines: readonly UnnumberedLine[]): Map<string, string> | undefined {
  const sums = new Map<string, Decimal>();
  for (const { line, quantity } of lines) {
    const name = line.reference?.value ?? line.ean?.value;
    if (name === undefined || !quantity) return undefined;
    sums.set(name, plus(sums.get(name) ?? ZERO, quantity));
  }
  return new Map([...sums].map(([name, sum]) => [name, written(sum) ?? '']));
}
