/** The parts of `make bench` that measure the interpreter. */
import { lineOf, type Line } from '../lines';
import { median, ratioOf } from '../numbers';
import { measureGrowth, measureWays, type Workload } from './measure';
import { measureRecovery } from './recovery';
import type { BenchStack } from './stack';

/** Rounds for runs alone, and for many runs at once. */
const ROUNDS = { alone: 7, crowd: 5 };

type Named = Workload & {
  what: string;
  bar: { least: number } | { most: number };
};

const loads: Record<'w1' | 'w2' | 'w3' | 'w4' | 'regular', Named[]> = {
  w1: [
    { what: 'W1 chain of 10', story: 'chain', size: 10, atOnce: 1, times: 7, bar: { most: 0.6 } },
    { what: 'chain of 100', story: 'chain', size: 100, atOnce: 1, times: 3, bar: { most: 0.6 } },
  ],
  w2: [{ what: 'W2 100 parallel steps and a join', story: 'fan', size: 100, atOnce: 1, times: 3, bar: { most: 0.45 } }],
  w3: [{ what: 'W3 200 runs at once of 5 steps', story: 'chain', size: 5, atOnce: 200, times: 1, bar: { least: 1.3 } }],
  w4: [
    { what: 'W4 plan, 8 tasks, review, report', story: 'report', size: 8, atOnce: 1, times: 7, bar: { most: 0.65 } },
    { what: 'W4 50 at once', story: 'report', size: 8, atOnce: 50, times: 1, bar: { least: 1.3 } },
  ],
  regular: [
    {
      what: 'chain of 10 activities',
      story: 'chain',
      size: 10,
      atOnce: 1,
      times: 7,
      bar: { most: 1.1 },
      regular: true,
    },
  ],
};

const GROWTH = 'a step of a 1,000-step plan against one of a 100-step plan';
const RECOVERY = 'kill -9 in the middle of a segment, from the return of a worker to the next step';
const EACH = 'chain of 100, the whole run by its steps';

/** The names of the lines of each part. */
export const engineParts: Record<keyof typeof loads | 'plan' | 'recovery', string[]> = {
  w1: [...loads.w1.map(nameOf), EACH],
  w2: loads.w2.map(nameOf),
  w3: loads.w3.map(nameOf),
  w4: loads.w4.map(nameOf),
  regular: loads.regular.map(nameOf),
  plan: [GROWTH],
  recovery: [RECOVERY],
};

export async function measureEnginePart(
  stack: BenchStack,
  part: keyof typeof engineParts,
  dir: string,
  report: (line: string) => void,
): Promise<Line[]> {
  if (part === 'recovery')
    return [lineOf(RECOVERY, { most: 3_000 }, ratioOf(await measureRecovery(stack, dir, 5)), 'ms')];
  if (part === 'plan') return [lineOf(GROWTH, { most: 1 }, ratioOf(await measureGrowth(stack, 100, 1_000, 5)))];
  const lines: Line[] = [];
  for (const load of loads[part]) {
    const { awe, hand } = await measureWays(stack, load, load.atOnce > 1 ? ROUNDS.crowd : ROUNDS.alone);
    const ms = (times: number[]) => `${median(times).toFixed(0)} ms`;
    report(`${load.what}: AWE ${ms(awe)}, by hand ${ms(hand)}`);
    const ratios = awe.map((time, i) => time / (hand[i] ?? NaN));
    lines.push(lineOf(nameOf(load), load.bar, ratioOf(load.atOnce > 1 ? ratios.map((ratio) => 1 / ratio) : ratios)));
    if (load.size === 100 && load.story === 'chain') {
      const each = awe.map((time) => time / load.size);
      lines.push(lineOf(EACH, { most: 1 }, ratioOf(each), 'ms'));
    }
  }
  return lines;
}

function nameOf({ what, atOnce }: Named): string {
  return `${what}, ${atOnce > 1 ? 'runs per second' : 'time'} against by hand`;
}
