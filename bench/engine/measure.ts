/** Workloads in two ways, taking turns: AWE's interpreter, and the same by hand. */
import type { Ref } from '../../schemas/refs';
import { median } from '../numbers';
import { definedPlan, listOf, type DefinedStory } from '../definitions/plans';
import { lanesOf, planOf, type PlannedStory } from './plans';
import type { BenchStack, Way } from './stack';

export type Workload = Load & ({ story: PlannedStory; defined?: false } | { story: DefinedStory; defined: true });

interface Load {
  size: number;
  /** runs that start together */
  atOnce: number;
  /** times that a round does it in each way */
  times: number;
  /** steps are activities of their own in both ways; else short ones: segments, and local activities by hand */
  regular?: true;
}

/** Milliseconds until all runs of a way had ended: the median of each round's times. */
export type Rounds = Record<Way, number[]>;

const ways: readonly Way[] = ['awe', 'hand'];

/** Measures a workload. The first round warms up, and checks that AWE and the work by hand speak the same events. */
export async function measureWays(stack: BenchStack, load: Workload, rounds: number): Promise<Rounds> {
  const { story, size, atOnce, times, regular = false } = load;
  const plan = load.defined
    ? definedPlan(load.story, size)
    : planOf(load.story, size, regular ? 'bench.regular' : 'bench.step');
  const steps = plan.steps.length;
  const ref = await stack.keep(plan);
  const input = load.defined ? listOf(story === 'each' ? size : 0) : undefined;
  const startAwe = () => (input ? stack.startDefinition(ref, steps, input) : stack.startPlan(ref, steps));
  const run = async (way: Way): Promise<number> => {
    const start = () => (way === 'awe' ? startAwe() : stack.startStory({ story, size, steps, regular }));
    return await timed(start, atOnce);
  };

  for (const way of ways) {
    const before = await stack.events();
    await run(way);
    const spoken = (await stack.events()) - before;
    const expected = atOnce * (2 * steps + 2);
    if (spoken !== expected) throw new Error(`${way}: ${spoken} events instead of ${expected}`);
  }
  const result: Rounds = { awe: [], hand: [] };
  for (let round = 0; round < rounds; round++) {
    const samples: Rounds = { awe: [], hand: [] };
    for (let time = 0; time < times; time++)
      for (const way of rotated(ways, round + time)) samples[way].push(await run(way));
    for (const way of ways) result[way].push(median(samples[way]));
  }
  return result;
}

/** Measures, for each round, the time of a step in the long plan divided by that of one in the short plan. */
export async function measureGrowth(stack: BenchStack, short: number, long: number, rounds: number): Promise<number[]> {
  const [few, many] = [await stack.keep(lanesOf(short)), await stack.keep(lanesOf(long))];
  const perStep = async (plan: Ref, steps: number): Promise<number> =>
    (await timed(() => stack.startPlan(plan, steps), 1)) / steps;
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const before = [await perStep(few, short), await perStep(few, short)];
    const grown = await perStep(many, long);
    const after = [await perStep(few, short), await perStep(few, short)];
    if (round > 0) ratios.push(grown / median([...before, ...after]));
  }
  return ratios;
}

async function timed(start: () => Promise<{ result(): Promise<unknown> }>, atOnce: number): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, async () => await (await start()).result()));
  return performance.now() - began;
}

/** Rotates the order, so that no way always finds the server tidier. */
const rotated = <T>(list: readonly T[], by: number): T[] => list.map((_, i) => list[(i + by) % list.length] as T);
