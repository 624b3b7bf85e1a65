import type { Condition } from '../../reading';
import { textOf } from '../../grammar/slots';
import { Refusal } from '../../refusal';

/** @throws Refusal for values and sizes that no row can have: "over 500 and under 200", "whose status is open and closed" */
export function checkPossible(conditions: readonly Condition[]): void {
  conditions.forEach((one, index) => {
    const other = conditions.slice(index + 1).find((later) => excludes(one, later));
    if (other === undefined) return;
    throw new Refusal([Math.min(one.at[0], other.at[0]), Math.max(one.at[1], other.at[1])], reasonOf(one, other));
  });
}

function reasonOf(one: Condition, other: Condition): string {
  const [low, high] = /^g[te]$/.test(one.op) ? [one, other] : [other, one];
  if (/^g[te]$/.test(low.op))
    return `nothing is over ${textOf(low.value)} and under ${textOf(high.value)} at the same time`;
  if (one.op !== 'eq' || other.op !== 'eq') return 'no row fulfils both of these conditions';
  return `no row has "${textOf(one.value)}" and "${textOf(other.value)}" in ${one.field ?? 'one field'} at the same time`;
}

/** True for two conditions on a field that no row fulfils both of: two values, a value and not that, over and under. */
export function excludes(one: Condition, other: Condition): boolean {
  if (one.field !== other.field) return false;
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
