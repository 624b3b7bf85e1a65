/** The id of an element's row. Ids of steps have no dot. */
export const elementId = (step: string, index: number): string => `${step}.${index}`;

/** The id of the step whose element has this id; undefined where it is a step's. */
export function repeatedBy(id: string): string | undefined {
  const dot = id.indexOf('.');
  return dot < 0 ? undefined : id.slice(0, dot);
}
