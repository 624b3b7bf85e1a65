/** A checkout of its own with a stack of its own, driven by the command line as a user does. */
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBuild, findProjectRoot } from '../../src/config';
import { freePorts, isPortFree } from '../../src/local/ports';
import { servers } from '../setup/servers';

export interface Checkout {
  dir: string;
  /** the first of its six ports */
  base: number;
  /** Runs a script in the checkout, where `make` is `bin/awe`; answers what it prints. Rejects when it takes too long. */
  shell(script: string): Promise<string>;
  /** Stops its stack and removes it. */
  remove(): Promise<void>;
}

/** Lays out a checkout as it is after `make build`, with nothing of what was done in ours. */
export async function createCheckout(): Promise<Checkout> {
  const root = findProjectRoot();
  const dir = mkdtempSync(join(tmpdir(), 'awe-checkout-'));
  chmodSync(dir, 0o711); // PostgreSQL runs as another user where this one is root
  cpSync(findBuild(), join(dir, 'dist'), { recursive: true });
  for (const part of ['package.json', 'bin', 'policies', 'src/llm/prompts', 'examples/audit'])
    cpSync(join(root, part), join(dir, part), { recursive: true });
  mkdirSync(join(dir, 'examples', 'orders'));
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'));
  const base = await findFreeBase();
  const env = {
    PATH: `${dirname(servers().temporalBinary)}:${process.env['PATH']}`,
    HOME: process.env['HOME'] ?? '',
    ...{ AWE_PORT_BASE: String(base), AWE_PORT: String(base) },
    ...{ TEMPORAL_PORT: String(base + 2), REDIS_PORT: String(base + 4) },
  };
  const shell = (script: string) => runScript(script, dir, env);
  return {
    dir,
    base,
    shell,
    async remove() {
      await shell('make down');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function runScript(script: string, cwd: string, env: Record<string, string>): Promise<string> {
  const make = 'make() { bin/awe "$1"; }\n'; // what `make` does after building
  const child = spawn('sh', ['-c', `${make}${script}`], { cwd, env, timeout: 240_000 });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (out += part.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => (signal ? reject(new Error(`stuck after: ${out}`)) : resolve(out)));
  });
}

/** The first of six ports in a row that nobody has. */
async function findFreeBase(): Promise<number> {
  for (;;) {
    const [base = 0] = await freePorts(1);
    const free = await Promise.all([1, 2, 3, 4, 5].map((more) => isPortFree(base + more)));
    if (free.every(Boolean)) return base;
  }
}
