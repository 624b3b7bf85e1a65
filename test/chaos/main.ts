/**
 * `make chaos SEED=… ROUNDS=… ONLY=… SHORT=1`: puts the faults of RELIABILITY.md on real processes and prints the
 * outcome. The same seed gives the same moments. Exits with 1 if something did not hold.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listRunning, stopProcess } from '../../src/local/process';
import { ensureRedisBinary } from '../../src/local/redis';
import { ensureTemporalBinary } from '../../src/local/temporal';
import { chanceOf, play, type Result } from './scenario';
import { scenarios } from './scenarios';
import { ChaosStack } from './stack';

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      rounds: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      short: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed || Math.floor(Math.random() * 2 ** 31));
  const rounds = Number(values.rounds || 1);
  const only = values.only.split(',').filter((fact) => fact !== '');
  const chosen = scenarios.filter(({ fact }) => only.length === 0 || only.includes(fact));
  if (!Number.isSafeInteger(seed) || !(rounds >= 1) || chosen.length === 0) {
    throw new Error(
      'SEED must be a whole number, ROUNDS one of at least 1, ONLY numbers of RELIABILITY.md separated by commas.',
    );
  }
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const programs = { temporal: await ensureTemporalBinary(report), redis: await ensureRedisBinary(report) };
  const home = mkdtempSync(join(tmpdir(), 'awe-chaos-run-'));
  const runDir = join(home, 'run');
  const dir = join(home, 'stacks');
  const clean = async () => {
    await Promise.all(listRunning(runDir).map((record) => stopProcess(runDir, record, 2_000)));
    rmSync(home, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void clean().then(() => process.exit(1)));

  print(`chaos: seed ${seed}, ${rounds} round${rounds === 1 ? '' : 's'}, ${chosen.length} scenarios`);
  const begin = Date.now();
  const results: Result[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const scenario of chosen) {
      const started = Date.now();
      const name = `chaos-${process.pid.toString(36)}-${results.length}`;
      const start: Parameters<typeof play>[1] = (roles) => ChaosStack.start({ programs, runDir, dir, name, roles });
      // each has chance of its own, so that it runs alone as it does among all
      const chance = chanceOf(seed + 1_000 * round + Number(scenario.fact));
      const say = (line: string) => print(`    ${line}`);
      const result = await play(scenario, start, { chance, short: values.short, say });
      results.push(result);
      const counts = Object.entries(result.counts).map(([what, count]) => `${what} ${count}`);
      print(
        `${result.ok ? 'ok     ' : 'BROKEN '} ${scenario.fact}. ${result.name} (${seconds(started)} s): ${counts.join(', ')}`,
      );
      for (const problem of result.problems) print(`        ${problem}`);
    }
  }
  await clean();
  const broken = results.filter(({ ok }) => !ok).length;
  print(`chaos: ${results.length - broken} of ${results.length} hold, seed ${seed}, ${seconds(begin)} s`);
  process.exit(broken === 0 ? 0 : 1);
}

const seconds = (since: number) => ((Date.now() - since) / 1_000).toFixed(0);

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
