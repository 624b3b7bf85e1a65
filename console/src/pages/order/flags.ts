import { headFields, keyOf, lineFields, parseTyped, partsOf, type FieldKey, type LineField } from './fields';
import type { Anomaly, Draft, Fix, Line, OrderNow } from './queries';

/** Something odd in an order, and where a person mends it. */
export interface Flag {
  /** the same in each version of the draft that has it */
  id: string;
  anomaly: Anomaly;
  /** the field that mends it; none where it is about a file, a total or the order as a whole */
  key?: FieldKey;
  fixes: readonly Fix[];
}

/** An order as it is shown, with what is looked up in it. */
export interface Sight {
  order: OrderNow;
  draft: Draft;
  lines: ReadonlyMap<string, Line>;
  flags: readonly Flag[];
  byKey: ReadonlyMap<FieldKey, readonly Flag[]>;
  /** places that `Tab` walks: flagged fields from the first to the last, those without a field after the head */
  stops: readonly FieldKey[];
}

/** Name of the place of a flag that belongs to no field. */
export const stopOf = ({ id, key }: Flag): FieldKey => key ?? `found.${id}`;

export function sightOf(order: OrderNow, draft: Draft): Sight {
  const lines = new Map(draft.lines.map((line) => [line.line_id, line]));
  const fixes = grouped(order.fixes ?? [], ({ path }) => path);
  const flags = draft.anomalies.map((anomaly, i): Flag => {
    const key = fieldOf(anomaly, draft, lines);
    return { id: idOf(anomaly), anomaly, key, fixes: fixes.get(`/anomalies/${i}`) ?? [] };
  });
  const byKey = grouped(flags, stopOf);
  const found = flags.filter(({ key }) => key === undefined).map(stopOf);
  const ofLines = draft.lines.flatMap(({ line_id }) =>
    lineFields.map((field) => keyOf(line_id, field)).filter((key) => byKey.has(key)),
  );
  const stops = [...new Set([...headFields.filter((key) => byKey.has(key)), ...found, ...ofLines])];
  return { order, draft, lines, flags, byKey, stops };
}

function idOf({ code, line_id, line_ids, path, evidence }: Anomaly): string {
  const at =
    line_id ??
    line_ids?.[0] ??
    path ??
    `${evidence[0]?.file ?? ''} ${evidence[0]?.sheet ?? ''} ${evidence[0]?.cell ?? ''}`;
  return `${code} ${at} ${line_id === undefined ? '' : (evidence[0]?.cell ?? '')}`.trim();
}

/** Fields that an anomaly of a line is about, by its code; others are found by their cells. */
const ABOUT: readonly [RegExp, LineField][] = [
  [/^line\.(reference_|unnamed|repeated)/, 'reference'],
  [/^line\.quantity_/, 'quantity'],
  [/^line\.price_/, 'unit_price'],
  [/^line\.amount_/, 'amount'],
  [/^line\.unit_/, 'unit'],
  [/^line\.date_/, 'delivery_date'],
  [/^line\.variant_/, 'variant'],
];

function fieldOf(anomaly: Anomaly, { lines: list }: Draft, lines: ReadonlyMap<string, Line>): FieldKey | undefined {
  const { code, path, evidence } = anomaly;
  const [, top, second, third] = path?.split('/') ?? [];
  const head = headFields.find((key) => key === `${top}.${second}`);
  if (head) return head;
  const id = anomaly.line_id ?? anomaly.line_ids?.[0] ?? (top === 'lines' ? list[Number(second)]?.line_id : undefined);
  const line = id === undefined ? undefined : lines.get(id);
  if (line === undefined || id === undefined) return undefined;
  const named = lineFields.find((field) => field === third);
  const about = named ?? ABOUT.find(([codes]) => codes.test(code))?.[1];
  if (about) return keyOf(id, about);
  const cell = evidence[0]?.cell;
  const read = lineFields.find((field) => cell !== undefined && line[field]?.from?.cell === cell);
  return keyOf(id, read ?? (line.reference ? 'reference' : 'description'));
}

/** Whether a person may say that a value is right as it was read. */
export const isTakenAsIs = ({ key }: Flag, value: string | undefined): value is string =>
  key !== undefined && value !== undefined && 'value' in parseTyped(key, value, 'en');

/** The next stop in a direction from a field, which need not be a stop itself. */
export function nextStop({ stops, draft }: Sight, from: FieldKey, step: 1 | -1): FieldKey | undefined {
  const at = stops.indexOf(from);
  if (at >= 0) return stops[at + step];
  const places = new Map(draft.lines.map(({ line_id }, i) => [line_id, i]));
  const place = (key: FieldKey): number => {
    const { owner, name } = partsOf(key);
    const head = (headFields as readonly string[]).indexOf(key);
    if (head >= 0) return head - 1_000;
    if (owner === 'found') return -1;
    return (places.get(owner) ?? 1e9) * 20 + (lineFields as readonly string[]).indexOf(name);
  };
  const here = place(from);
  return step > 0 ? stops.find((stop) => place(stop) > here) : stops.findLast((stop) => place(stop) < here);
}

/** Values by what `nameOf` says of each. */
export function grouped<T>(values: Iterable<T>, nameOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(nameOf(value));
    if (group) group.push(value);
    else groups.set(nameOf(value), [value]);
  }
  return groups;
}
