import { headFields, keyOf, lineFields, lineOf, valueOf, type FieldKey } from './fields';
import type { Edits } from './edits';
import type { Sight } from './flags';

/** One difference between two states of an order, to be shown as old → new. */
export interface Difference {
  id: string;
  kind: 'value' | 'removed' | 'added' | 'dismissed' | 'file' | 'found' | 'mended';
  key?: FieldKey;
  line?: string;
  old?: string;
  new?: string;
  /** of an anomaly */
  message?: { en: string; fr: string };
  file?: string;
}

/** What edits change of an order. */
export function differencesOf(
  { draft, lines, flags }: Sight,
  { values, removed, added, dismissed, files }: Edits,
): Difference[] {
  const messages = new Map(flags.map(({ id, anomaly }) => [id, anomaly.message]));
  return [
    ...added.map((line): Difference => ({ id: line, kind: 'added', line })),
    ...[...values].map(([key, value]): Difference => {
      const old = valueOf(draft, lines, key)?.value;
      return { id: key, kind: 'value', key, line: lineOf(key), old, new: value ?? undefined };
    }),
    ...[...removed].map((line): Difference => ({ id: `- ${line}`, kind: 'removed', line })),
    ...[...dismissed.keys()].map((id): Difference => ({ id, kind: 'dismissed', message: messages.get(id) })),
    ...[...files].map((file): Difference => ({ id: `file ${file}`, kind: 'file', file })),
  ];
}

/** What somebody else has changed of an order since it was shown. */
export function differencesBetween(before: Sight, after: Sight): Difference[] {
  const changed = (key: FieldKey): Difference[] => {
    const old = valueOf(before.draft, before.lines, key);
    const now = valueOf(after.draft, after.lines, key);
    if (old?.value === now?.value) return [];
    return [{ id: key, kind: 'value', key, line: lineOf(key), old: old?.value, new: now?.value }];
  };
  const found = new Set(before.flags.map(({ id }) => id));
  const left = new Set(after.flags.map(({ id }) => id));
  return [
    ...headFields.flatMap(changed),
    ...after.draft.lines.flatMap(({ line_id: line }): Difference[] => [
      ...(before.lines.has(line) ? [] : [{ id: line, kind: 'added' as const, line }]),
      ...lineFields.flatMap((field) => changed(keyOf(line, field))),
    ]),
    ...before.draft.lines.flatMap(({ line_id: line }): Difference[] =>
      after.lines.has(line) ? [] : [{ id: `- ${line}`, kind: 'removed', line }],
    ),
    ...after.flags.flatMap(({ id, anomaly: { message } }): Difference[] =>
      found.has(id) ? [] : [{ id, kind: 'found', message }],
    ),
    ...before.flags.flatMap(({ id, anomaly: { message } }): Difference[] =>
      left.has(id) ? [] : [{ id, kind: 'mended', message }],
    ),
  ];
}
