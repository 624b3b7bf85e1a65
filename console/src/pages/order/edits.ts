import type { Sight, Flag } from './flags';
import { lineOf, partsOf, valueOf, type FieldKey, type TypedFault } from './fields';
import type { Corrections } from './queries';

type Dismissal = NonNullable<Corrections['dismiss']>[number];

/** Corrections that somebody has made here and not sent yet. */
export interface Edits {
  /** by field; `null` empties it */
  values: ReadonlyMap<FieldKey, string | null>;
  /** lines to be removed */
  removed: ReadonlySet<string>;
  /** lines to be added: `+1` */
  added: readonly string[];
  /** findings to be accepted as they are, by the ids of their flags */
  dismissed: ReadonlyMap<string, Dismissal>;
  /** files that are orders although they say that they are none */
  files: ReadonlySet<string>;
  /** what has been typed and cannot be taken as it is, with its fault */
  faulty: ReadonlyMap<FieldKey, { text: string; fault: TypedFault }>;
}

export const noEdits: Edits = {
  values: new Map(),
  removed: new Set(),
  added: [],
  dismissed: new Map(),
  files: new Set(),
  faulty: new Map(),
};

export const countOf = ({ values, removed, added, dismissed, files }: Edits): number =>
  [...values.keys()].filter((key) => !lineOf(key)?.startsWith('+')).length +
  removed.size +
  added.length +
  dismissed.size +
  files.size;

export const isEmpty = (edits: Edits): boolean => countOf(edits) === 0 && edits.faulty.size === 0;

/** A value that is typed; that which was read takes the edit back, unless it is to be `confirmed` as it is. */
export function withValue(
  edits: Edits,
  { draft, lines }: Sight,
  key: FieldKey,
  value: string | null,
  confirmed = false,
): Edits {
  const values = new Map(edits.values);
  const read = valueOf(draft, lines, key)?.value ?? null;
  if (value === read && !confirmed) values.delete(key);
  else values.set(key, value);
  return { ...edits, values, faulty: without(edits.faulty, key) };
}

/** Text that cannot be taken as it is; it is kept for who has typed it. */
export const withFaulty = (edits: Edits, key: FieldKey, text: string, fault: TypedFault): Edits => ({
  ...edits,
  values: without(edits.values, key),
  faulty: new Map(edits.faulty).set(key, { text, fault }),
});

export const withoutValue = (edits: Edits, key: FieldKey): Edits => ({
  ...edits,
  values: without(edits.values, key),
  faulty: without(edits.faulty, key),
});

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

export function withRemoved(edits: Edits, line: string, isRemoved: boolean): Edits {
  const isOther = ([key]: readonly [FieldKey, unknown]) => lineOf(key) !== line;
  const values = new Map([...edits.values].filter(isOther));
  const faulty = new Map([...edits.faulty].filter(isOther));
  if (line.startsWith('+')) return { ...edits, values, faulty, added: edits.added.filter((id) => id !== line) };
  const removed = new Set(edits.removed);
  if (isRemoved) removed.add(line);
  else removed.delete(line);
  return { ...edits, values, faulty, removed };
}

export function withNewLine(edits: Edits): Edits {
  const last = Math.max(0, ...edits.added.map((id) => Number(id.slice(1))));
  return { ...edits, added: [...edits.added, `+${last + 1}`] };
}

/** The corrections of a fix, as if a person had made each. */
export function withFix(
  edits: Edits,
  { id }: Flag,
  { delivery = {}, facts = {}, lines = [], files = [], dismiss = [] }: Corrections,
): Edits {
  const values = new Map(edits.values);
  for (const [name, value] of Object.entries(delivery)) values.set(`delivery.${name}`, value);
  for (const [name, value] of Object.entries(facts)) values.set(`facts.${name}`, value);
  for (const { line_id, remove: _, ...rest } of lines)
    for (const [name, value] of Object.entries(rest))
      values.set(`${line_id}.${name}`, value === null ? null : String(value));
  const dismissed = new Map(edits.dismissed);
  for (const one of dismiss) dismissed.set(id, one);
  return { ...edits, values, dismissed, files: new Set([...edits.files, ...files.map(({ file }) => file)]) };
}

export const withoutDismissal = (edits: Edits, id: string): Edits => ({
  ...edits,
  dismissed: without(edits.dismissed, id),
});

/** Whether a person has done something about a flag. */
export function isAnswered({ id, key, anomaly }: Flag, { values, removed, dismissed, files }: Edits): boolean {
  if (dismissed.has(id) || (key !== undefined && values.has(key))) return true;
  const line = anomaly.line_id ?? (key && lineOf(key));
  if (line !== undefined && removed.has(line)) return true;
  return anomaly.code === 'file.not_an_order' && anomaly.evidence.some(({ file }) => files.has(file));
}

/** Edits in the form of the API. `lines`: which line each of its entries is about, for faults that name its place. */
export function correctionsOf({ values, removed, added, dismissed, files }: Edits): {
  body: Corrections;
  lines: readonly string[];
} {
  const owners = new Map<string, Record<string, string | null>>();
  for (const id of added) owners.set(id, {});
  for (const [key, value] of values) {
    const { owner, name } = partsOf(key);
    owners.set(owner, { ...owners.get(owner), [name]: value });
  }
  const { delivery, facts, ...rest } = Object.fromEntries(owners);
  const lines = [
    ...Object.entries(rest).map(
      ([id, given]) => [id, { ...(id.startsWith('+') ? {} : { line_id: id }), ...given }] as const,
    ),
    ...[...removed].map((id) => [id, { line_id: id, remove: true as const }] as const),
  ];
  const body: Corrections = {
    ...(delivery && { delivery: delivery }),
    ...(facts && { facts: facts }),
    ...(lines.length > 0 && { lines: lines.map(([, line]) => line) }),
    ...(files.size > 0 && { files: [...files].map((file) => ({ file, is_order: true as const })) }),
    ...(dismissed.size > 0 && { dismiss: [...dismissed.values()] }),
  };
  return { body, lines: lines.map(([id]) => id) };
}

/** The field that a fault of what was sent is about, by its JSON Pointer. */
export function keyOfPointer(pointer: string, lines: readonly string[]): FieldKey | undefined {
  const [, top = '', second = '', third] = pointer.split('/');
  if (top === 'delivery' || top === 'facts') return `${top}.${second}`;
  const line = top === 'lines' ? lines[Number(second)] : undefined;
  return line === undefined ? undefined : `${line}.${third ?? 'quantity'}`;
}

/** Edits that still fit an order which has changed meanwhile: those of lines and findings that are gone are left out. */
export function keptOn(edits: Edits, { draft, lines, flags }: Sight): Edits {
  const isThere = (line: string | undefined) => line === undefined || line.startsWith('+') || lines.has(line);
  const ids = new Set(flags.map(({ id }) => id));
  return {
    ...edits,
    values: new Map([...edits.values].filter(([key]) => isThere(lineOf(key)))),
    faulty: new Map([...edits.faulty].filter(([key]) => isThere(lineOf(key)))),
    removed: new Set([...edits.removed].filter(isThere)),
    dismissed: new Map([...edits.dismissed].filter(([id]) => ids.has(id))),
    files: new Set(
      [...edits.files].filter((file) => draft.files.some((one) => one.file === file && one.outcome === 'not_an_order')),
    ),
  };
}
