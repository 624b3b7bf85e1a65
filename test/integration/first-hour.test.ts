/** The tour of the README, as a newcomer pastes it: block after block, twice, on other ports than the usual ones. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBuild, findProjectRoot } from '../../src/config';
import { freePorts, isPortFree } from '../../src/local/ports';
import { servers } from '../setup/servers';

jest.setTimeout(300_000);

/** Exit code of curl when its `--max-time` is over. */
const CURL_TIMED_OUT = 28;

/** The blocks of the tour, from `make up` to `make down`. */
function tourBlocks(): string[] {
  const readme = readFileSync(join(findProjectRoot(), 'README.md'), 'utf8');
  const tour = readme.split('## A tour of five minutes')[1]?.split('\n## ')[0] ?? '';
  return [...tour.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
}

/** A checkout as it is after `make build`, with nothing of what was done in ours. */
function freshCheckout(): string {
  const root = findProjectRoot();
  const dir = mkdtempSync(join(tmpdir(), 'awe-hour-'));
  cpSync(findBuild(), join(dir, 'dist'), { recursive: true });
  for (const part of ['package.json', 'bin', 'src/llm/prompts', 'examples/audit'])
    cpSync(join(root, part), join(dir, part), { recursive: true });
  mkdirSync(join(dir, 'examples', 'orders'));
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  return dir;
}

/** The first of five ports in a row that nobody has. */
async function freeBase(): Promise<number> {
  for (;;) {
    const [base = 0] = await freePorts(1);
    const free = await Promise.all([1, 2, 3, 4].map((more) => isPortFree(base + more)));
    if (free.every(Boolean)) return base;
  }
}

const dir = freshCheckout();
let env: Record<string, string>;

/** Runs a script in the checkout; answers what it prints. Rejects when it takes too long. */
function shell(script: string): Promise<string> {
  const make = 'make() { bin/awe "$1"; }\n'; // what `make` does after building
  const child = spawn('sh', ['-c', `${make}${script}`], { cwd: dir, env, timeout: 240_000 });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (out += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (signal ? reject(new Error(`stuck after: ${out}`)) : resolve(out)));
  });
}

beforeAll(async () => {
  const base = await freeBase();
  env = {
    PATH: `${dirname(servers().temporalBinary)}:${process.env['PATH']}`,
    HOME: process.env['HOME'] ?? '',
    ...{ AWE_PORT_BASE: String(base), AWE_PORT: String(base) },
    ...{ TEMPORAL_PORT: String(base + 2), REDIS_PORT: String(base + 4) },
  };
});
afterAll(async () => {
  await shell('make down');
  rmSync(dir, { recursive: true, force: true });
});

it('every block does what the page says, and does it again', async () => {
  const blocks = tourBlocks();
  expect([blocks.length, blocks[0], blocks.at(-1)]).toEqual([
    expect.any(Number),
    expect.stringContaining('make up'),
    'make down\n',
  ]);
  const told = (block: string, i: number) => `echo '== block ${i}'\n${block}printf '\\n== ended %s\\n' $?\n`;
  const once = blocks.slice(0, -1).map(told).join('');
  for (const time of [1, 2]) {
    const out = await shell(once);
    const codes = [...out.matchAll(/^== ended (\d+)$/gm)].map(([, code]) => Number(code));
    expect([time, codes.length]).toEqual([time, blocks.length - 1]);
    expect(codes.filter((code) => code !== 0 && code !== CURL_TIMED_OUT)).toEqual([]);
    expect(out).not.toMatch(/"type":"[^"]*problem|"status":(4|5)\d\d|not found|Error|error:/);
    for (const sign of ['CLARIFICATION.REQUESTED', 'report.md', '"status":"cancelled"', 'exported', 'all as written'])
      expect(out).toContain(sign);
  }
});
