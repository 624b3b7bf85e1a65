import type { Condition } from '../../reading';
import { textOf } from '../../grammar/slots';
import { Refusal } from '../../refusal';

/** @throws Refusal for values and sizes that no row can have: "over 500 and under 200", "whose status is open and closed" */
export function checkPossible(conditions: readonly Condition[]): void {
  const known = conditions.filter(({ op }) => op === 'eq');
  for (const one of known)
    for (const other of known)
      if (excludes(one, other))
        throw new Refusal(
          [Math.min(one.at[0], other.at[0]), Math.max(one.at[1], other.at[1])],
          `no row has "${textOf(one.value)}" and "${textOf(other.value)}" in ${one.field ?? 'one field'} at the same time`,
        );
  for (const low of conditions)
    for (const high of conditions) {
      const isPair = /^g[te]$/.test(low.op) && /^l[te]$/.test(high.op) && low.field === high.field;
      if (isPair && typeof low.value === 'number' && typeof high.value === 'number' && low.value > high.value)
        throw new Refusal(
          [Math.min(low.at[0], high.at[0]), Math.max(low.at[1], high.at[1])],
          `nothing is over ${low.value} and under ${high.value} at the same time`,
        );
    }
}

/** True for two conditions on a field that no row fulfils both of: two values, a value and not that, over and under. */
export function excludes(one: Condition, other: Condition): boolean {
  if (one.field !== other.field || one.field === undefined) return false;
  const [a, b] = [one.value, other.value];
  if (one.op === 'eq' && other.op === 'eq') return isPlain(a) && isPlain(b) && a !== b;
  if ([one.op, other.op].sort().join() === 'eq,ne') return isPlain(a) && a === b;
  if ([one.op, other.op].sort().join() === 'exists,missing') return true;
  const [low, high] = /^g[te]$/.test(one.op) ? [one, other] : [other, one];
  const isPair = /^g[te]$/.test(low.op) && /^l[te]$/.test(high.op);
  if (!isPair || typeof low.value !== 'number' || typeof high.value !== 'number') return false;
  return low.value > high.value || (low.value === high.value && (low.op === 'gt' || high.op === 'lt'));
}

const isPlain = (value: Condition['value']): boolean => /^(string|number|boolean)$/.test(typeof value);
