/** The parts of `make bench` that measure the interpreter. */
import { lineOf, type Line } from '../lines';
import { median, ratioOf } from '../numbers';
import { measureGrowth, measureWays, type Workload } from './measure';
import type { BenchStack } from './stack';

/** Bars: how much slower than by hand the interpreter may be, and how much faster than the samples it must be. */
const BARS = { hand: 1.15, regular: 0.8, handRate: 0.85, regularRate: 1.25 };

/** Rounds for runs alone, and for many runs at once. */
const ROUNDS = { alone: 7, crowd: 5 };

interface Named extends Workload {
  what: string;
}

const loads: Record<'w1' | 'w2' | 'w3' | 'w4', Named[]> = {
  w1: [{ what: 'W1 chain of 10', story: 'chain', size: 10, atOnce: 1, times: 7 }],
  w2: [{ what: 'W2 100 parallel steps and a join', story: 'fan', size: 100, atOnce: 1, times: 3 }],
  w3: [{ what: 'W3 200 runs at once of 5 steps', story: 'chain', size: 5, atOnce: 200, times: 1 }],
  w4: [
    { what: 'W4 plan, 8 tasks, review, report', story: 'report', size: 8, atOnce: 1, times: 7 },
    { what: 'W4 50 at once', story: 'report', size: 8, atOnce: 50, times: 1 },
  ],
};

const GROWTH = 'a step of a 1,000-step plan against one of a 100-step plan';

/** The names of the lines of each part. */
export const engineParts: Record<keyof typeof loads | 'plan', string[]> = {
  w1: loads.w1.flatMap(bothNames),
  w2: loads.w2.flatMap(bothNames),
  w3: loads.w3.flatMap(bothNames),
  w4: loads.w4.flatMap(bothNames),
  plan: [GROWTH],
};

export async function measureEnginePart(
  stack: BenchStack,
  part: keyof typeof engineParts,
  report: (line: string) => void,
): Promise<Line[]> {
  if (part === 'plan') return [lineOf(GROWTH, { most: 1.2 }, ratioOf(await measureGrowth(stack, 100, 1_000, 5)))];
  const lines: Line[] = [];
  for (const load of loads[part]) {
    const { awe, hand, regular } = await measureWays(stack, load, load.atOnce > 1 ? ROUNDS.crowd : ROUNDS.alone);
    const ms = (times: number[]) => `${median(times).toFixed(0)} ms`;
    report(`${load.what}: AWE ${ms(awe)}, by hand ${ms(hand)}, regular ${ms(regular)}`);
    const names = namesOf(load);
    const against = (times: number[]) => awe.map((time, i) => time / (times[i] ?? NaN));
    const rates = (times: number[]) => ratioOf(against(times).map((ratio) => 1 / ratio));
    if (load.atOnce > 1)
      lines.push(
        lineOf(names.hand, { least: BARS.handRate }, rates(hand)),
        lineOf(names.regular, { least: BARS.regularRate }, rates(regular)),
      );
    else
      lines.push(
        lineOf(names.hand, { most: BARS.hand }, ratioOf(against(hand))),
        lineOf(names.regular, { most: BARS.regular }, ratioOf(against(regular))),
      );
  }
  return lines;
}

function namesOf({ what, atOnce }: Named) {
  const unit = atOnce > 1 ? 'runs per second' : 'time';
  return { hand: `${what}, ${unit} against by hand`, regular: `${what}, ${unit} against regular activities` };
}

function bothNames(load: Named): string[] {
  const { hand, regular } = namesOf(load);
  return [hand, regular];
}
