/**
 * `make bench [ONLY=w1,w4] [PROFILE=folder]`: measures AWE against the bare servers and SDK below it, side by side on
 * this machine, prints the results with their bars, and writes bench/results.json. Exits with 1 if a bar is missed.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findProjectRoot, UserError } from '../src/config';
import { capture } from '../src/local/commands';
import { freePorts } from '../src/local/ports';
import { listRunning, stopProcess } from '../src/local/process';
import { ensureRedisBinary, startRedis, type RedisProgram } from '../src/local/redis';
import { measureConsumer } from './consumer';
import { definitionLines, measureDefinitions } from './definitions';
import { engineParts, measureEnginePart } from './engine';
import { startBenchStack, type BenchStack } from './engine/stack';
import { measureJobs, measurePlanning } from './jobs';
import { keep, lineOf, table, type Line } from './lines';
import { measureMirror } from './mirror';
import { median, spread } from './numbers';
import { measureOrders, orderLines } from './orders';
import { measureReading } from './spreadsheet';
import { measureStartup } from './startup';

const names = {
  mirror: [
    'mirror against bare pipelined XADD, batches of 50',
    'mirror against bare pipelined XADD, batches of 10',
  ] as const,
  consumer: ['consumer against bare XREADGROUP + XACK'] as const,
  ...engineParts,
  reading: ['50,000 rows of a workbook, time against bare exceljs streaming', 'memory of reading 50,000 rows'] as const,
  jobs: [
    'planning of a goal by rules, p95',
    'a job, from its start to its first step',
    'a simulation, from its start to its report',
  ] as const,
  definitions: definitionLines,
  orders: orderLines,
  start: ['second start of the local stack to ready', 'memory of the local stack at rest'] as const,
};
type Part = keyof typeof names;

const report = (line: string) => process.stderr.write(`${line}\n`);

interface Bench {
  dir: string;
  runDir: string;
  redis: RedisProgram;
  redisUrl: string;
  /** the stack for the interpreter's parts, started when the first of them needs it */
  stack(): Promise<BenchStack>;
}

async function measure(part: Part, bench: Bench): Promise<Line[]> {
  switch (part) {
    case 'mirror': {
      const [large, small] = names.mirror;
      const measured = [await measureMirror(bench.redisUrl), await measureMirror(bench.redisUrl, { batch: 10 })];
      return measured.map(({ ratio: value, spread }, i) =>
        lineOf(i === 0 ? large : small, { least: 0.5 }, { value, spread }),
      );
    }
    case 'consumer': {
      const { ratio: value } = await measureConsumer(bench.redisUrl);
      return [lineOf(names.consumer[0], { least: 0.4 }, { value })];
    }
    case 'reading': {
      const { ratio: value, spread, bare, ours, peakMb } = await measureReading();
      report(`50,000 rows: ${ours.toFixed(0)} ms, bare exceljs ${bare.toFixed(0)} ms`);
      return [
        lineOf(names.reading[0], { most: 1.5 }, { value, spread }),
        lineOf(names.reading[1], { most: 300 }, { value: peakMb }, 'MB'),
      ];
    }
    case 'jobs': {
      const planning = lineOf(names.jobs[0], { most: 50 }, { value: measurePlanning() }, 'ms');
      const { first, simulated } = await measureJobs(await bench.stack());
      const measured = (took: number[], what: string) =>
        lineOf(what, undefined, { value: median(took), spread: spread(took) }, 'ms');
      return [planning, measured(first, names.jobs[1]), measured(simulated, names.jobs[2])];
    }
    case 'definitions':
      return await measureDefinitions(await bench.stack(), report);
    case 'orders':
      return await measureOrders({ ...bench, report });
    case 'start': {
      const dir = join(bench.dir, 'local');
      mkdirSync(dir);
      const { seconds, memory } = await measureStartup(dir);
      return [
        lineOf(names.start[0], { most: 10 }, { value: median(seconds), spread: spread(seconds) }, 's'),
        lineOf(names.start[1], { most: 900 }, { value: memory }, 'MB'),
      ];
    }
    default:
      return await measureEnginePart(await bench.stack(), part, bench.dir, report);
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, profile: { type: 'string', default: '' } },
  });
  const all = Object.keys(names) as Part[];
  const only = values.only.split(',').filter((part) => part !== '');
  const unknown = only.filter((part) => !(all as string[]).includes(part));
  if (unknown.length > 0) throw new UserError(`ONLY: there is no ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  const program = await ensureRedisBinary(report);
  const dir = mkdtempSync(join(tmpdir(), 'awe-bench-'));
  const runDir = join(dir, 'run');
  const [port = 0] = await freePorts(1);
  await startRedis({ program, port, dir: join(dir, 'redis'), aof: true, runDir, log: join(dir, 'redis.log') });
  const redisUrl = `redis://127.0.0.1:${port}`;
  let stack: Promise<BenchStack> | undefined;
  const profile = values.profile === '' ? {} : { profile: resolve(values.profile) };
  const bench: Bench = {
    ...{ dir, runDir, redisUrl },
    redis: program,
    stack: () => (stack ??= startBenchStack({ dir, runDir, redisUrl, ...profile, report })),
  };
  const lines: Line[] = [];
  try {
    for (const part of all.filter((name) => only.length === 0 || only.includes(name))) {
      report(`${part}…`);
      lines.push(...(await measure(part, bench)));
    }
  } finally {
    await (await stack?.catch(() => undefined))?.stop();
    await Promise.all(listRunning(runDir).map((record) => stopProcess(runDir, record, 5_000)));
    rmSync(dir, { recursive: true, force: true });
  }
  // a profile costs time, so results under one are not kept
  if (values.profile === '')
    keep(join(findProjectRoot(), 'bench', 'results.json'), machine(program), lines, Object.values(names).flat());
  process.stdout.write(table(lines));
  process.exit(lines.every(({ pass }) => pass) ? 0 : 1);
}

/** An outline of the machine: its abilities, not its identity. */
const machine = (redis: RedisProgram): object => ({
  cores: cpus().length,
  memory_gib: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  redis: /v=([\d.]+)/.exec(capture(redis.path, ['--version']) ?? '')?.[1] ?? redis.kind,
});

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
