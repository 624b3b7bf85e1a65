/** Running other programs, with progress for a person who waits. */
import { spawn, spawnSync } from 'node:child_process';

/** Takes one line of progress for a person. */
export type Report = (line: string) => void;

/** The absolute path of a program on PATH. */
export function which(program: string): string | undefined {
  const found = spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' });
  const path = found.stdout.trim();
  return found.status === 0 && path.startsWith('/') ? path : undefined;
}

/** The output of a quick command (both streams), or undefined if it fails or takes longer than `timeoutMs`. */
export function capture(program: string, args: string[], timeoutMs = 10_000): string | undefined {
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: timeoutMs });
  return done.status === 0 ? `${done.stdout}${done.stderr}` : undefined;
}

export interface LongCommand {
  program: string;
  args: string[];
  /** Variables besides the environment of this process. */
  env?: Record<string, string>;
  cwd?: string;
  /** The work that a person is waiting for: "Temporal: building with go". */
  label: string;
  report: Report;
  timeoutMs: number;
  heartbeatMs?: number;
}

/**
 * Runs a command to its end, with a line every 15 s that tells the time it has taken. Throws an error with the last
 * lines that the command printed.
 */
export async function runLong(command: LongCommand): Promise<void> {
  const started = Date.now();
  const settings = Object.entries(command.env ?? {}).map(([name, value]) => `${name}=${value}`);
  const child = spawn('env', [...settings, command.program, ...command.args], {
    cwd: command.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: command.timeoutMs,
  });
  let tail = '';
  const collect = (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-4_000));
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const heartbeat = setInterval(() => {
    command.report(`${command.label}, for ${Math.round((Date.now() - started) / 1_000)} s now…`);
  }, command.heartbeatMs ?? 15_000);
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (...result) => resolve(result));
    });
    if (code !== 0) {
      const why = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      throw new Error(`${command.program} ${command.args[0] ?? ''} ${why}: ${lastLines(tail, 5)}`);
    }
  } finally {
    clearInterval(heartbeat);
  }
}

/** The last lines of a program's output, on one line and without stack frames; of a JSON log line its message. */
export function lastLines(text: string, count: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return lines.slice(-count).map(toReadable).join(' | ') || '(it printed nothing)';
}

function toReadable(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return msg === undefined ? line : [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return line.trim();
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
