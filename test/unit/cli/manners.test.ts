/** Manners of the command line that do not depend on a command. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { createCli, type Cli } from '../../../cli/cli';
import { registerCompletion } from '../../../cli/commands/completion';
import { registerDlq } from '../../../cli/commands/dlq';
import { registerLogs } from '../../../cli/commands/logs';
import { registerServe } from '../../../cli/commands/serve';
import { registerStatus } from '../../../cli/commands/status';
import { findProjectRoot, loadConfig } from '../../../src/config';
import { counted } from '../../../src/words';
import { NOBODY } from '../../setup/servers';

/** Runs a command line in this process; answers what it printed and its exit code. */
async function run(env: Record<string, string>, ...words: string[]): Promise<{ out: string; code: number }> {
  const said: string[] = [];
  let code = 0;
  const cli: Cli = createCli({
    config: () => loadConfig({ AWE_ENV: 'test', ...NOBODY, ...env }),
    say: (line) => void said.push(line),
    note: () => undefined,
    exit: (wanted) => void (code = wanted),
  });
  const program = new Command('awe').exitOverride();
  for (const register of [registerDlq, registerLogs, registerServe, registerStatus, registerCompletion])
    register(program, cli);
  await program.parseAsync(['node', 'awe', ...words]);
  return { out: said.join('\n'), code };
}

it('awe --version is that of the package', () => {
  const root = findProjectRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const hook = join(root, 'test/support/ts-hook.cjs');
  const done = spawnSync(process.execPath, ['-r', hook, join(root, 'cli/main.ts'), '--version'], { encoding: 'utf8' });
  expect([done.status, done.stdout]).toEqual([0, `${version}\n`]);
});

it('awe run exits with 2 where its command line cannot be understood', () => {
  const root = findProjectRoot();
  const hook = join(root, 'test/support/ts-hook.cjs');
  const run = (...words: string[]) =>
    spawnSync(process.execPath, ['-r', hook, join(root, 'cli/main.ts'), 'run', ...words], { encoding: 'utf8' });
  const missing = run();
  expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('--goal')]);
  expect(run('--priority', '9').status).toBe(2);
});

it('awe status exits with 3 while something is not ready, as JSON too', async () => {
  expect(await run({}, 'status')).toMatchObject({ code: 3, out: expect.stringContaining('not ready') });
  const { code, out } = await run({}, 'status', '--json');
  expect([code, (JSON.parse(out) as { pieces: { ready: boolean }[] }).pieces[0]?.ready]).toEqual([3, false]);
});

it('JSON is indented, and the key for the API comes from AWE_API_KEY where no option gives one', async () => {
  const keys: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    keys.push(req.headers.authorization);
    res.setHeader('content-type', 'application/json').end('{"depth":0,"entries":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = { AWE_PORT: String((server.address() as AddressInfo).port), AWE_API_KEY: 'from-the-environment' };
  const { out } = await run(env, 'dlq', 'list', '--json');
  await run(env, 'dlq', 'list', '--api-key', 'from-the-option');
  server.close();
  expect(out).toBe('{\n  "depth": 0,\n  "entries": []\n}');
  expect(keys).toEqual(['Bearer from-the-environment', 'Bearer from-the-option']);
});

describe('completion', () => {
  /** What bash offers after these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const { out } = await run({}, 'completion', 'bash');
    const script = `${out}\nCOMP_WORDS=(awe "$@"); COMP_CWORD=$#; _awe; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
    return stdout.split('\n').filter(Boolean);
  }

  it('knows commands, their commands, options and choices', async () => {
    expect(await offered('d')).toEqual(['dlq']);
    expect(await offered('dlq', '')).toEqual(expect.arrayContaining(['list', 'show', 'redrive', 'discard']));
    expect(await offered('dlq', 'redrive', '--dry')).toEqual(['--dry-run']);
    expect(await offered('serve', 'w')).toEqual(['worker']);
  });
});

it('one is not many', () => {
  expect([counted(1, 'file'), counted(2, 'file'), counted(1, 'entry', 'entries')]).toEqual([
    '1 file',
    '2 files',
    '1 entry',
  ]);
});

it('awe logs shows the newest lines about something, as people read them', async () => {
  const state = mkdtempSync(join(tmpdir(), 'awe-logs-'));
  mkdirSync(join(state, 'logs'));
  const line = (subject: string) =>
    JSON.stringify({ level: 'info', time: '2026-01-05T08:00:00Z', pid: 1, name: 'worker', subject, msg: 'run ended' });
  writeFileSync(join(state, 'logs', 'awe.log'), `${['P-1', 'P-2', 'P-1'].map(line).join('\n')}\nlast words\n`);
  const about = async (...words: string[]) => (await run({ AWE_STATE_DIR: state }, 'logs', ...words)).out;
  expect(await about('-n', '2')).toBe('2026-01-05T08:00:00Z  info  worker  run ended  subject="P-1"\nlast words');
  expect(await about('--about', 'P-2', '--json')).toBe(line('P-2'));
  rmSync(state, { recursive: true });
  await expect(about()).rejects.toThrow('awe up');
});
