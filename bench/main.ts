/**
 * `make bench`: measures AWE against the bare thing it stands on, side by side on this machine, prints the ratios with
 * their bars, and writes bench/results.json. Ends with 1 where a bar is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from '../src/config';
import { capture } from '../src/local/commands';
import { freePorts } from '../src/local/ports';
import { stopProcess } from '../src/local/process';
import { ensureRedisBinary, startRedis } from '../src/local/redis';
import { measureConsumer } from './consumer';
import { measureMirror } from './mirror';

/** A measured ratio and what it must be at least. */
interface Line {
  what: string;
  ratio: number;
  spread?: [number, number];
  bar: number;
  pass: boolean;
}

async function main(): Promise<void> {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  const program = await ensureRedisBinary(report);
  const dir = mkdtempSync(join(tmpdir(), 'awe-bench-'));
  const [port = 0] = await freePorts(1);
  const runDir = join(dir, 'run');
  const redis = await startRedis({
    program,
    port,
    dir: join(dir, 'redis'),
    aof: true,
    runDir,
    log: join(dir, 'redis.log'),
  });
  const url = `redis://127.0.0.1:${port}`;
  const lines: Line[] = [];
  const add = (what: string, bar: number, measured: { ratio: number; spread?: [number, number] }) => {
    lines.push({
      what,
      ratio: round(measured.ratio),
      ...(measured.spread ? { spread: both(measured.spread) } : {}),
      bar,
      pass: measured.ratio >= bar,
    });
  };
  try {
    report('mirror, about half a minute…');
    add('mirror against bare pipelined XADD, batches of 50', 0.5, await measureMirror(url));
    add('mirror against bare pipelined XADD, batches of 10', 0.5, await measureMirror(url, { batch: 10 }));
    report('consumer, about a minute…');
    add('consumer against bare XREADGROUP + XACK', 0.4, await measureConsumer(url));
  } finally {
    await stopProcess(runDir, redis, 5_000);
    rmSync(dir, { recursive: true, force: true });
  }
  const machine = {
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    redis: /v=([\d.]+)/.exec(capture(program.path, ['--version']) ?? '')?.[1] ?? program.kind,
  };
  const file = join(findProjectRoot(), 'bench', 'results.json');
  writeFileSync(file, `${JSON.stringify({ machine, results: lines }, null, 2)}\n`);
  print(lines);
  process.exit(lines.every(({ pass }) => pass) ? 0 : 1);
}

const round = (value: number) => Math.round(value * 100) / 100;
const both = ([least, most]: [number, number]): [number, number] => [round(least), round(most)];

function print(lines: Line[]): void {
  const widest = Math.max(...lines.map(({ what }) => what.length));
  process.stdout.write(`${'what'.padEnd(widest)}  ratio  spread       bar\n`);
  for (const { what, ratio, spread, bar, pass } of lines) {
    const range = spread ? `${spread[0].toFixed(2)}–${spread[1].toFixed(2)}` : '';
    process.stdout.write(
      `${what.padEnd(widest)}  ${ratio.toFixed(2).padStart(5)}  ${range.padEnd(11)}  ≥ ${bar}  ${pass ? 'pass' : 'MISS'}\n`,
    );
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
