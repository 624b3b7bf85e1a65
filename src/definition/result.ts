import { condition, references } from '../../core/plan/expressions';
import type { JsonObject } from '../../schemas/json';
import type { Step } from '../../schemas/plan';

/** The outputs of the steps at the top that no other step waits for. */
export function defaultResult(steps: readonly Step[], top: readonly string[]): JsonObject {
  const awaited = new Set(steps.flatMap((step) => needsOf(step).filter((need) => need !== step.id)));
  const ids = new Set(steps.map(({ id }) => id));
  const leaves = top.filter((id) => ids.has(id) && !awaited.has(id));
  return Object.fromEntries(leaves.map((id) => [id, `\${{ steps.${id}.output }}`]));
}

function needsOf({
  depends_on = [],
  with: given,
  until,
  approval,
  when,
  for_each,
  on_error,
  steps = [],
}: Step): string[] {
  const conditions = [when, for_each].flatMap((text) => (text === undefined ? [] : [condition(text)]));
  const read = references([given ?? {}, until?.with ?? {}, approval ?? {}, ...conditions]);
  const fallback = typeof on_error === 'object' ? [on_error.fallback] : [];
  const within = steps.flatMap(needsOf);
  return [
    ...depends_on,
    ...fallback,
    ...within,
    ...read.flatMap(({ root, path }) => (root === 'steps' ? [String(path[0])] : [])),
  ];
}
