/** What a worker costs that is killed in the middle of a segment. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Step } from '../../schemas/plan';
import type { BenchStack } from './stack';

/** Steps of 50 ms, one after the other: two segments and a half. */
const STEPS = 50;

/** Steps that are done when the worker is killed: in the middle of a segment. */
const KILL_AFTER = 8;

/** For each round, the milliseconds from the moment at which another worker works to the end of its first step. */
export async function measureRecovery(stack: BenchStack, dir: string, rounds: number): Promise<number[]> {
  const result: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const file = join(dir, `recovery-${round}.txt`);
    const steps = Array.from({ length: STEPS }, (_, i): Step => ({
      id: `s${i}`,
      kind: 'tool',
      uses: 'bench.traced',
      with: { file },
      depends_on: i === 0 ? [] : [`s${i - 1}`],
    }));
    const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);
    const run = await stack.startPlan(await stack.keep({ name: 'recovery', steps }), STEPS);
    while (lines().length < KILL_AFTER) await setTimeout(5);
    const back = await stack.replaceWorker();
    await run.result();
    const next = lines()
      .map((line) => Number(line.split(' ')[0]))
      .find((at) => at > back);
    const missing = steps.filter(({ id }) => !lines().some((line) => line.includes(`/${id}/`)));
    if (missing.length > 0) throw new Error(`steps that were never done: ${missing.map(({ id }) => id).join(', ')}`);
    result.push((next ?? NaN) - back);
  }
  return result;
}
