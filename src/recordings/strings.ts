import type { Json } from '../../schemas/json';

/** The same JSON with every string changed, names of members left as they are. */
export function withStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => withStrings(one, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withStrings(member, change)]));
}

/** Stands for the workflow id of a run where two runs are compared. */
export const RUN = '{run}';

/** A text in which the ids of a run are one word. */
export const withoutIds =
  (ids: readonly string[]) =>
  (text: string): string =>
    ids.reduce((rest, id) => (id === '' ? rest : rest.replaceAll(id, RUN)), text);
