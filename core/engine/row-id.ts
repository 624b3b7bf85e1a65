/**
 * Ids of rows. A step's is its own, which has no dot. An element's is that of its step, and its index: `each.3`. That of
 * a step within a group goes on from the element whose group it is, or from the group and its round, from 0, with its
 * own: `each.3.fetch`, `loop.0.fetch`.
 */
export const elementId = (step: string, index: number): string => `${step}.${index}`;

/** The id of a step within a group, of which this is one round or element. */
export const innerId = (instance: string, step: string): string => `${instance}.${step}`;

/** The id of the step whose element has this id; undefined where it is a step's. */
export function repeatedBy(id: string): string | undefined {
  const dot = id.lastIndexOf('.');
  return dot >= 0 && isIndex(id.slice(dot + 1)) ? id.slice(0, dot) : undefined;
}

/** The index of an element in its list, by the id of its row; undefined where that is a step's. */
export function indexOf(id: string): number | undefined {
  const last = id.slice(id.lastIndexOf('.') + 1);
  return last !== id && isIndex(last) ? Number(last) : undefined;
}

/** The id of the row that holds this one: of its step, or of its group. `has` is true for the rows that there are. */
export function holderOf(id: string, has: (id: string) => boolean): string | undefined {
  const dot = id.lastIndexOf('.');
  if (dot < 0) return undefined;
  const before = id.slice(0, dot);
  if (isIndex(id.slice(dot + 1)) || has(before)) return before;
  return before.slice(0, before.lastIndexOf('.'));
}

/** The id of the step of the plan to which a row belongs, or which holds it. */
export const outermostOf = (id: string): string => id.split('.', 1)[0] ?? id;

/** The name by which expressions know the step of a row: the last part that is no index. */
export function nameOf(id: string): string {
  const step = repeatedBy(id) ?? id;
  return step.slice(step.lastIndexOf('.') + 1);
}

/** Ids of steps begin with no digit. */
export const isIndex = (part: string): boolean => part !== '' && part.charCodeAt(0) <= 57;
