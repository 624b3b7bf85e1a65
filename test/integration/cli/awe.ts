import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { NOBODY } from '../../setup/servers';

const root = join(__dirname, '../../..');

export interface Ended {
  code: number | null;
  /** standard output, by line */
  out: string[];
  /** standard error */
  err: string;
}

/** Runs `awe ARGS` in a process of its own, as a user does; `input` is its standard input. */
export function awe(env: Record<string, string>, args: string[], input = ''): Promise<Ended> {
  return startAwe(env, args, input).ended;
}

/** The same, for a command that is ended by its user. */
export function startAwe(env: Record<string, string>, args: string[], input = '') {
  const program = ['-r', join(root, 'test/support/ts-hook.cjs'), join(root, 'cli/main.ts')];
  const child = spawn(process.execPath, [...program, ...args], {
    env: { PATH: process.env['PATH'], ...NOBODY, AWE_ENV: 'test', AWE_LOG_LEVEL: 'silent', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part) => (out += String(part)));
  child.stderr.on('data', (part) => (err += String(part)));
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out: out.split('\n').filter(Boolean), err }));
  });
  return { out: () => out, interrupt: () => child.kill('SIGINT'), ended };
}
