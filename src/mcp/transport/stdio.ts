import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJSONRPCMessage, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/client';
import { McpError, quoted } from '../errors';
import { killGroup, type ChildGuard } from './guard';
import { LineReader } from './lines';

/** A program that speaks MCP through its pipes. */
export interface StdioProgram {
  /** absolute */
  command: string;
  args: readonly string[];
  /** all that it gets: nothing of the worker's environment is added */
  env: Record<string, string>;
  cwd: string;
  /** bytes of one message */
  maxBytes: number;
}

/** Bytes of standard error that are kept, the last ones. */
const KEPT = 64 * 1024;

/** Milliseconds that a program has to end by itself, and after it was asked to. */
const GRACE = 1_000;

/** A transport, and what its program has said beside the protocol. */
export interface StdioTransport extends Transport {
  /** the last part of standard error */
  complaints(): string;
}

/**
 * Starts a program in a process group of its own and speaks to it through its pipes. At the end the whole group ends,
 * with whatever the program has started; the guard ends it when this process is killed.
 */
export function createStdioTransport(program: StdioProgram, guard: ChildGuard): StdioTransport {
  let child: ChildProcessWithoutNullStreams | undefined;
  let complaints = Buffer.alloc(0);
  let closing: Promise<void> | undefined;

  const transport: StdioTransport = {
    complaints: () => complaints.toString(),

    async start() {
      const started = spawn(program.command, program.args, {
        cwd: program.cwd,
        env: program.env,
        detached: true,
        stdio: 'pipe',
      });
      await new Promise<void>((resolve, reject) => {
        started.once('spawn', resolve);
        started.once('error', (error: NodeJS.ErrnoException) =>
          reject(
            new McpError('unavailable', 'before', `${program.command} cannot be started (${error.code ?? 'unknown'})`),
          ),
        );
      });
      child = started;
      const group = started.pid as number;
      guard.add(group);
      started.on('error', (error) => transport.onerror?.(error));
      started.stdin.on('error', (error) => transport.onerror?.(error));
      started.stderr.on('data', (chunk: Buffer) => {
        complaints = Buffer.concat([complaints, chunk]).subarray(-KEPT);
      });
      const lines = new LineReader(program.maxBytes);
      started.stdout.on('data', (chunk: Buffer) => {
        try {
          for (const line of lines.read(chunk)) receive(line);
        } catch (error) {
          fail(error as Error);
        }
      });
      // `close`: what it has written before its end is read first
      started.once('close', () => {
        guard.end(group);
        transport.onclose?.();
      });
    },

    async send(message) {
      if (!child || child.stdin.destroyed || child.exitCode !== null)
        throw new McpError('broken', 'before', `${program.command} has ended`);
      const { stdin } = child;
      await new Promise<void>((resolve, reject) => {
        stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
      });
    },

    close: () => (closing ??= end()),
  };

  function receive(line: string): void {
    let message: JSONRPCMessage;
    try {
      message = parseJSONRPCMessage(JSON.parse(line));
    } catch {
      // programs print other things, too; but what begins like a message and is none leaves somebody waiting
      if (/^\s*[{[]/.test(line))
        fail(new McpError('bad_answer', 'sent', `${program.command} has sent what is no message: ${quoted(line)}`));
      return;
    }
    transport.onmessage?.(message);
  }

  function fail(error: Error): void {
    transport.onerror?.(error);
    void transport.close();
  }

  async function end(): Promise<void> {
    if (!child?.pid) return;
    const group = child.pid;
    const ended = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child);
    child.stdin.end();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await within(ended, GRACE)) break;
      killGroup(group, signal);
    }
    guard.end(group);
    child.stdout.destroy();
    child.stderr.destroy();
  }

  return transport;
}

const once = (child: ChildProcessWithoutNullStreams): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()));

/** True if work ends within a time. */
async function within(work: Promise<void>, ms: number): Promise<boolean> {
  const watch = new AbortController();
  try {
    return await Promise.race([work.then(() => true), sleep(ms, false, { signal: watch.signal }).catch(() => false)]);
  } finally {
    watch.abort();
  }
}
