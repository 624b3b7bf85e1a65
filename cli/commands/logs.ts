import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { UserError } from '../../src/config';
import { rolesLog } from '../../src/local/stack';
import { parseCount } from '../options';
import type { Cli } from '../cli';

interface LogsOptions {
  about?: string;
  count: number;
  json?: boolean;
}

/** Bytes at the end of the log that are looked through. */
const TAIL = 16 * 1024 * 1024;

/** Members of a line that are shown in their own place, or say nothing to a person. */
const PLACED = new Set(['time', 'level', 'name', 'msg', 'pid']);

export function registerLogs(program: Command, cli: Cli): void {
  program
    .command('logs')
    .description('the newest log lines of the stack that `awe up` has started, for people')
    .option('-n, --count <n>', 'this many', parseCount, 50)
    .option('--about <text>', 'only those that hold this: an order, a workflow id, a request id, `error`')
    .option('--json', 'each line as it is')
    .action(async ({ about = '', count, json }: LogsOptions) => {
      const lines = (await tailOf(rolesLog(cli.config()))).filter((line) => line.includes(about));
      for (const line of lines.slice(-count)) cli.say(json ? line : formatLine(line));
    });
}

async function tailOf(path: string): Promise<string[]> {
  const file = await open(path).catch(() => {
    throw new UserError(`There is no log at ${path}: it is written by a stack that "awe up" has started.`);
  });
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    // the first line of a part is cut
    return buffer
      .toString()
      .split('\n')
      .slice(from > 0 ? 1 : 0)
      .filter((line) => line !== '');
  } finally {
    await file.close();
  }
}

/** A line as a person reads it; one that is no JSON, such as the last words of a process, as it is. */
function formatLine(line: string): string {
  let entry: { [name: string]: unknown };
  try {
    entry = JSON.parse(line) as typeof entry;
  } catch {
    return line;
  }
  const { time, level, name, msg } = entry;
  const more = Object.entries(entry).flatMap(([key, value]) =>
    PLACED.has(key) ? [] : [`${key}=${JSON.stringify(value)}`],
  );
  return [time, level, name, msg, ...more].map((word) => (typeof word === 'string' ? word : '')).join('  ');
}
