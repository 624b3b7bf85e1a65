/** Repeatable chance: the seed is printed, and `AWE_TEST_SEED` sets it. */

export interface Random {
  seed: number;
  /** from `from` up to, but not including, `to` */
  between(from: number, to: number): number;
  integer(from: number, to: number): number;
  /** Chance of its own, so that what happens at the same time takes nothing from each other. */
  branch(): Random;
}

/** Makes chance; `what` is printed with the seed. */
export function seeded(what: string): Random {
  const seed = Number(process.env['AWE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  say(`${what}: AWE_TEST_SEED=${seed}`);
  return chance(seed);
}

/** The same seed makes the same chance. */
export function chance(seed: number): Random {
  const next = mulberry32(seed);
  const between = (from: number, to: number) => from + next() * (to - from);
  const integer = (from: number, to: number) => Math.floor(between(from, to + 1));
  return { seed, between, integer, branch: () => chance(integer(0, 2 ** 31 - 1)) };
}

/** Prints a line of a test's findings: numbers that a reader wants to see even if all is well. */
export function say(line: string): void {
  process.stderr.write(`    ${line}\n`);
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
