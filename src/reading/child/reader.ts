import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setPriority } from 'node:os';
import { refusal } from '../../spreadsheets/refusals';
import { FrameReader, frameOf } from './frames';
import type { Answer, Request } from './exchange';
import type { ChildLimits } from './limits';

/** A child ended because of its memory: over the bound that we watch, or V8 aborted when its heap was full. */
export class OutOfMemory extends Error {}

/** Milliseconds between two checks of a child's memory. */
const WATCH = 50;

/** Below processes that answer people (`nice`), but not so low that a file times out on a busy machine. */
const PRIORITY = 5;

/** A process that reads files, one at a time. It never keeps us running, and ends when we do. */
export class Reader {
  private readonly process: ChildProcess;
  private readonly input: Socket;
  /** files that it was given */
  private served = 0;
  private running = true;
  /** reason why it was killed */
  private fault: Error | undefined;
  private rest: NodeJS.Timeout | undefined;
  /** the file that it reads */
  private task: { hear: (piece: Buffer) => void; fail: (error: Error) => void } | undefined;

  constructor(
    program: string,
    private readonly limits: ChildLimits,
    gone: () => void,
  ) {
    this.process = spawn(
      process.execPath,
      // a small new space: most of what is read is kept, and would only be copied about
      [`--max-old-space-size=${limits.heapMb}`, '--max-semi-space-size=8', '--disable-proto=throw', program],
      { stdio: ['pipe', 'pipe', 'ignore'], env: {}, windowsHide: true },
    );
    const end = (error: Error) => {
      this.running = false;
      clearTimeout(this.rest);
      gone();
      this.task?.fail(this.fault ?? error);
    };
    this.process.on('error', end).on('close', (code) => end(deathBy(code)));
    this.input = this.process.stdin as Socket;
    const output = this.process.stdout as Socket;
    for (const each of [this.process, this.input, output]) each.unref();
    lower(this.process.pid);
    this.input.on('error', () => undefined); // a child that dies before it has read its request is noticed by its exit
    // a child that sends without being asked is broken
    output.on('data', (piece: Buffer) => (this.task ? this.task.hear(piece) : this.end()));
  }

  /** True if it can be given a file. */
  get free(): boolean {
    return this.running && !this.task;
  }

  /** Kills it: nothing in it is worth an orderly end. */
  end(why?: Error): void {
    this.running = false;
    this.fault ??= why;
    this.process.kill('SIGKILL');
  }

  /**
   * Has a file read. Throws `SpreadsheetError` `too_slow`, and `too_large` where the answer is longer than allowed;
   * `OutOfMemory`; the signal's reason. After anything but a good answer the child ends, and the rest of its output
   * is ignored.
   */
  async ask(job: Request, signal?: AbortSignal): Promise<Answer> {
    clearTimeout(this.rest);
    const request = ++this.served;
    // both keep us running while there is an answer to wait for
    const timer = setTimeout(() => this.end(refusal.tooSlow(this.limits.time)), this.limits.time);
    const watch = setInterval(() => this.residentMb() > this.limits.memoryMb && this.end(new OutOfMemory()), WATCH);
    const abort = () => this.end(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const json = await new Promise<Buffer>((resolve, reject) => {
        const frames = new FrameReader(this.limits.answer);
        const hear = (piece: Buffer) => {
          if (this.fault) return;
          frames.push(piece);
          const frame = frames.next();
          if (frame === undefined) return;
          if (frame === 'too_long') this.end(refusal.tooMuchMemory());
          else if (frame.request !== request || frames.rest > 0)
            this.end(new Error('A child that reads spreadsheets gave a garbled answer.'));
          else resolve(frame.json);
        };
        this.task = { hear, fail: reject };
        this.input.write(Buffer.concat(frameOf(request, job)));
      });
      const answer = JSON.parse(json.toString()) as Answer;
      if (this.isFit(answer)) this.rest = setTimeout(() => this.end(), this.limits.idle).unref();
      else this.end();
      return answer;
    } catch (error) {
      this.end();
      throw error;
    } finally {
      this.task = undefined;
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** True if it may read another file. */
  private isFit(answer: Answer): boolean {
    const { filesPerChild, restMb } = this.limits;
    return 'done' in answer && !answer.spent && this.served < filesPerChild && this.residentMb() <= restMb;
  }

  /** Its memory in MB; 0 if unknown. Read synchronously: a later value might be charged to the next file. */
  private residentMb(): number {
    if (this.process.pid === undefined || process.platform !== 'linux') return 0;
    try {
      const [, pages] = readFileSync(`/proc/${this.process.pid}/statm`, 'utf8').split(' ');
      return (Number(pages) * 4_096) / 1024 / 1024;
    } catch {
      return 0; // it has gone
    }
  }
}

/** V8 aborts when its heap is full, and the system kills a process that takes too much: neither exits with our code. */
function deathBy(code: number | null): Error {
  const byItself = code !== null && code < 100;
  return byItself ? new Error(`A child that reads spreadsheets ended by itself (${code}).`) : new OutOfMemory();
}

/** Called at once: threads that it starts later inherit the priority. */
function lower(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, PRIORITY);
  } catch {
    // it has gone already, or the system does not let us
  }
}
