/** The part of `make bench` that measures executions of workflow definitions. */
import { readFileSync } from 'node:fs';
import type { BenchStack } from '../engine/stack';
import { measureWays, type Workload } from '../engine/measure';
import { lineOf, type Line } from '../lines';
import { median, ratioOf } from '../numbers';
import { definedPlan, listOf } from './plans';
import { measureRefusals } from './refusals';

const loads: (Workload & { what: string })[] = [
  { what: 'a definition of 2 steps', story: 'chain', size: 2, atOnce: 1, times: 5, defined: true },
  { what: 'a definition of 50 steps', story: 'chain', size: 50, atOnce: 1, times: 3, defined: true },
  { what: 'a for-each of 1,000', story: 'each', size: 1_000, atOnce: 1, times: 1, defined: true },
];

const ROUNDS = 3;

const nameOf = ({ what }: { what: string }): string => `${what}, time against by hand`;
const GROWTH = 'an element of a for-each of 10,000 against one of a for-each of 1,000';
const MEMORY = 'memory of a fresh worker at its most, in a for-each of 10,000';
const REFUSAL = 'the slowest refusal of a malformed definition';

export const definitionLines = [...loads.map(nameOf), GROWTH, MEMORY, REFUSAL];

export async function measureDefinitions(stack: BenchStack, report: (line: string) => void): Promise<Line[]> {
  const lines: Line[] = [];
  for (const load of loads) {
    const { awe, hand } = await measureWays(stack, load, ROUNDS);
    const ms = (times: number[]) => `${median(times).toFixed(0)} ms`;
    report(`${load.what}: AWE ${ms(awe)}, by hand ${ms(hand)}`);
    lines.push(lineOf(nameOf(load), undefined, ratioOf(awe.map((time, i) => time / (hand[i] ?? NaN)))));
  }
  await stack.replaceWorker();
  await perElement(stack, 10_000, 1);
  const peak = peakOf(stack.workerPid());
  const [short, long] = [await perElement(stack, 1_000), await perElement(stack, 10_000)];
  report(`for-each: ${short.toFixed(2)} ms an element of 1,000, ${long.toFixed(2)} of 10,000`);
  const { what, ms } = measureRefusals();
  report(`slowest refusal: ${what}, ${ms.toFixed(0)} ms`);
  return [
    ...lines,
    lineOf(GROWTH, { most: 1.2 }, { value: long / short }),
    ...(peak === undefined ? [] : [lineOf(MEMORY, { most: 600 }, { value: peak }, 'MB')]),
    lineOf(REFUSAL, { most: 200 }, { value: ms }, 'ms'),
  ];
}

/** Milliseconds of an element of a list, the best of some lists. */
async function perElement(stack: BenchStack, size: number, rounds = 3): Promise<number> {
  const plan = await stack.keep(definedPlan('each', size));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await (await stack.startDefinition(plan, 1, listOf(size))).result();
    times.push(performance.now() - began);
  }
  return Math.min(...times) / size;
}

/** The most memory that a process has had, in MB; undefined where the system does not say. */
function peakOf(pid: number): number | undefined {
  try {
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kib === undefined ? undefined : (Number(kib) * 1_024) / 1e6;
  } catch {
    return undefined;
  }
}
