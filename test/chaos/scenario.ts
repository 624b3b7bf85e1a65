/** Scenarios of the chaos runner: faults put on real processes, and checks that must hold all the same. */
import type { ChaosStack, Role } from './stack';

/** Chance that its seed repeats. */
export interface Chance {
  /** a whole number from `from` to `to` */
  integer(from: number, to: number): number;
  oneOf<T>(list: readonly T[]): T;
}

export interface ScenarioOptions {
  chance: Chance;
  /** the short form, for `make test` */
  short: boolean;
  say: (line: string) => void;
}

export interface Outcome {
  counts: Record<string, number | string>;
  /** sentences; none if everything holds */
  problems: string[];
}

export interface Result extends Outcome {
  name: string;
  ok: boolean;
}

export interface Scenario {
  name: string;
  /** its number in RELIABILITY.md */
  fact: string;
  /** the roles that run from the start; default all */
  roles?: readonly Role[];
  run(stack: ChaosStack, options: ScenarioOptions): Promise<Outcome>;
}

export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { integer, oneOf: (list) => list[integer(0, list.length - 1)] as (typeof list)[number] };
}

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits until something holds; false if it does not within `ms`. */
export async function waitUntil(holds: () => Promise<boolean>, ms: number, every = 100): Promise<boolean> {
  for (const end = Date.now() + ms; ;) {
    if (await holds().catch(() => false)) return true;
    if (Date.now() > end) return false;
    await sleep(every);
  }
}

/** Runs a scenario on a stack of its own; an error that it throws is a problem too. */
export async function play(
  scenario: Scenario,
  start: (roles?: readonly Role[]) => Promise<ChaosStack>,
  options: ScenarioOptions,
): Promise<Result> {
  const { name } = scenario;
  let stack: ChaosStack | undefined;
  try {
    stack = await start(scenario.roles);
    const { counts, problems } = await scenario.run(stack, options);
    return { name, counts, problems, ok: problems.length === 0 };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { name, counts: {}, problems: [words], ok: false };
  } finally {
    await stack?.stop();
  }
}
