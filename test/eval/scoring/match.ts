import type { OrderLine, Provenance } from '../../../schemas/order/order';
import type { Case, GoldenLine, Want } from '../corpus/golden';
import { groupBy } from './group';

export const wants = (want: Want | undefined): (string | null)[] => (Array.isArray(want) ? want : [want ?? null]);

/** A cell or a range as rows and columns; undefined if it is neither. */
export function rangeOf(
  cell: string | undefined,
): { top: number; left: number; bottom: number; right: number } | undefined {
  const found = /^\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?$/.exec(cell ?? '');
  if (!found) return undefined;
  const column = (name: string) => [...name].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0);
  const [, left, top, right = left, bottom = top] = found;
  return { top: Number(top), left: column(left!), bottom: Number(bottom), right: column(right!) };
}

/** The place of a line: that of its quantity, or else of its first value that has one. */
export function placeOf(line: OrderLine): { sheet?: string; row: number; column?: number } | undefined {
  const values = [line.quantity, line.reference, line.ean, line.description, line.amount, line.unit_price];
  for (const value of values) {
    const range = rangeOf(value?.from?.cell);
    if (range) {
      return { sheet: value!.from!.sheet, row: range.top, ...(value === line.quantity ? { column: range.left } : {}) };
    }
  }
  return undefined;
}

export interface Matching {
  pairs: { golden: GoldenLine; got: OrderLine }[];
  missing: GoldenLine[];
  extra: OrderLine[];
}

/** True if the sheet is the one meant; in a file with one sheet it always is. */
export const sameSheet = (one: Case, wanted: string, sheet: Provenance['sheet']) =>
  one.book.sheets.length <= 1 || sheet === undefined || sheet === wanted;

/**
 * Pairs expected lines with those that were read: by goods and place, then by goods, then by place. Each is used once.
 */
export function match(one: Case, got: OrderLine[]): Matching {
  const single = one.book.sheets.length <= 1;
  const at = (sheet: string | undefined, row: number, column?: number) =>
    `${single ? '' : sheet}!${row}/${column ?? ''}`;
  const goldenIds = (line: GoldenLine) => {
    const rest = `|${wants(line.values.variant)[0] ?? ''}|${wants(line.values.destination)[0] ?? ''}`;
    const codes = [line.code, ...wants(line.values.reference), ...wants(line.values.ean)].map(
      (code) => code && `c:${code}`,
    );
    return [...codes, ...wants(line.values.description).map((text) => text && `d:${tidy(text)}`)]
      .filter((id) => id != null && id !== '')
      .map((id) => `${id}${rest}`);
  };
  const gotIds = (line: OrderLine) => {
    const rest = `|${line.variant?.value ?? ''}|${line.destination?.value ?? ''}`;
    const codes = [line.reference, line.ean].filter((code) => code).map((code) => `c:${code!.value}`);
    return [...codes, ...(line.description ? [`d:${tidy(line.description.value)}`] : [])].map((id) => `${id}${rest}`);
  };
  const goldenAt = (line: GoldenLine, column: boolean) => at(line.sheet, line.row, column ? line.column : undefined);
  const gotAt = (line: OrderLine, column: boolean) => {
    const place = placeOf(line);
    return place ? [at(place.sheet, place.row, column ? place.column : undefined)] : [];
  };

  const pairs: (GoldenLine | undefined)[] = got.map(() => undefined);
  const free = new Set(one.golden.lines);
  const pass = (ofGolden: (line: GoldenLine) => string[], ofGot: (line: OrderLine) => string[]) => {
    const entries = [...free].flatMap((line) => ofGolden(line).map((key) => ({ key, line })));
    const waiting = groupBy(entries, ({ key }) => key);
    got.forEach((line, index) => {
      if (pairs[index]) return;
      const golden = ofGot(line)
        .flatMap((key) => waiting.get(key) ?? [])
        .find(({ line: candidate }) => free.has(candidate))?.line;
      if (!golden) return;
      pairs[index] = golden;
      free.delete(golden);
    });
  };
  const cross = (ids: string[], places: string[]) => ids.flatMap((id) => places.map((place) => `${id}@${place}`));
  pass(
    (line) => cross(goldenIds(line), [goldenAt(line, false)]),
    (line) => cross(gotIds(line), gotAt(line, false)),
  );
  pass(goldenIds, gotIds);
  pass(
    (line) => [goldenAt(line, true)],
    (line) => gotAt(line, true),
  );
  pass(
    (line) => [goldenAt(line, false)],
    (line) => gotAt(line, false),
  );
  return {
    pairs: got.flatMap((line, index) => (pairs[index] ? [{ golden: pairs[index], got: line }] : [])),
    missing: [...free],
    extra: got.filter((_, index) => !pairs[index]),
  };
}

export const tidy = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
