import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProjectRoot, UserError } from '../../config';
import { Slots } from '../../documents/slots';
import { SpreadsheetError } from '../../spreadsheets/errors';
import { refusal } from '../../spreadsheets/refusals';
import type { JobInputs, JobName, JobOutputs } from './jobs';
import type { Answer, Request } from './main';

export interface ChildLimits {
  /** milliseconds from the child's start to its answer */
  time: number;
  /** megabytes of V8's old space, and of resident memory in all (looked at where /proc is) */
  heapMb: number;
  memoryMb: number;
  /** bytes of the answer */
  answer: number;
  /** children at once; the rest wait in order */
  parallel: number;
}

/** Reads files in children, so that whatever a file does to its reader, it is not done to us. */
export interface Children {
  /**
   * Throws `SpreadsheetError` where the file is not taken, the signal's reason when it aborts, and a plain `Error`
   * where the fault is ours.
   */
  run<Name extends JobName>(job: Name, input: JobInputs[Name], signal?: AbortSignal): Promise<JobOutputs[Name]>;
  /** the same, with the most memory that the child took, in MB */
  measure<Name extends JobName>(
    job: Name,
    input: JobInputs[Name],
    signal?: AbortSignal,
  ): Promise<{ output: JobOutputs[Name]; peakMb: number }>;
}

/** Milliseconds between two looks at the child's memory. */
const WATCH = 50;

/** @param root the project's folder: a child runs the compiled code, also when we run from TypeScript */
export function createChildren(limits: ChildLimits, root = findProjectRoot()): Children {
  const program = join(root, 'dist', 'src', 'reading', 'child', 'main.js');
  const slots = new Slots(limits.parallel);
  const measure: Children['measure'] = (job, input, signal) =>
    slots.run(async () => {
      signal?.throwIfAborted();
      if (!existsSync(program)) throw new UserError('The compiled code is missing: run "make build".');
      const answer = await ask(program, { job, input }, limits, signal);
      if ('refused' in answer) {
        throw new SpreadsheetError(answer.refused.code, answer.refused.text, answer.refused.where);
      }
      if ('failed' in answer) throw new Error(`Reading a spreadsheet failed: ${answer.failed}`);
      return { output: answer.done as JobOutputs[typeof job], peakMb: answer.peakMb };
    });
  return { measure, run: async (job, input, signal) => (await measure(job, input, signal)).output };
}

async function ask(program: string, request: Request, limits: ChildLimits, signal?: AbortSignal): Promise<Answer> {
  const child = spawn(
    process.execPath,
    // a small new space: most of what is read is kept, and would only be copied about
    [`--max-old-space-size=${limits.heapMb}`, '--max-semi-space-size=8', program],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {}, windowsHide: true },
  );
  let fault: Error | undefined;
  const kill = (why: Error) => {
    fault ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => kill(refusal.tooSlow(limits.time)), limits.time);
  const watch = setInterval(() => {
    void residentMb(child).then((mb) => mb > limits.memoryMb && kill(refusal.tooMuchMemory()));
  }, WATCH);
  const abort = () => kill(signal?.reason as Error);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    // one that dies before it has read what is asked of it is told by its exit
    child.stdin.on('error', () => undefined).end(JSON.stringify(request));
    const { code, output } = await outputOf(child, limits.answer, () => kill(refusal.tooMuchMemory()));
    if (fault !== undefined) throw fault;
    if (code !== 0) throw refusal.tooMuchMemory(); // V8 ends itself when its heap is full
    return JSON.parse(output) as Answer;
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    signal?.removeEventListener('abort', abort);
  }
}

function outputOf(
  child: ChildProcess,
  most: number,
  tooMuch: () => void,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) tooMuch();
      else parts.push(chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(parts).toString('utf8') }));
  });
}

/** Memory of a process in MB; 0 where it cannot be told. */
async function residentMb({ pid }: ChildProcess): Promise<number> {
  if (pid === undefined || process.platform !== 'linux') return 0;
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return (Number(statm.split(' ')[1] ?? 0) * 4_096) / 1024 / 1024;
}
