import type { Condition } from '../../reading';
import { Refusal } from '../../refusal';

/** @throws Refusal for sizes that no row can have: "over 500 and under 200" */
export function checkPossible(conditions: readonly Condition[]): void {
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
