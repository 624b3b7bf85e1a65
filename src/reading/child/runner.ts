import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBuild, UserError } from '../../config';
import { Slots } from '../../documents/slots';
import { SpreadsheetError } from '../../spreadsheets/errors';
import { refusal } from '../../spreadsheets/refusals';
import type { ChildLimits } from './limits';
import type { JobInputs, JobName, JobOutputs } from './jobs';
import type { Answer, Request } from './exchange';
import { OutOfMemory, Reader } from './reader';

const CLOSED = 'Spreadsheets are not read any more: the process ends.';

/** Reads files in children, so that a file that harms its reader harms neither us nor another file. */
export interface Children {
  /**
   * Throws `SpreadsheetError` if the file is refused, the signal's reason when it aborts, and a plain `Error`
   * if the fault is ours.
   */
  run<Name extends JobName>(job: Name, input: JobInputs[Name], signal?: AbortSignal): Promise<JobOutputs[Name]>;
  /** the same, with the most memory that the child had while it read the file, in MB */
  measure<Name extends JobName>(
    job: Name,
    input: JobInputs[Name],
    signal?: AbortSignal,
  ): Promise<{ output: JobOutputs[Name]; peakMb: number }>;
  /** Ends all children. A file being read fails, and no other is read. */
  close(): void;
}

/**
 * Children are kept for later files: starting one costs a hundred times as much as a small file. One stays only
 * if it has read its file well and is still small; others are killed, and the next file gets a new one.
 *
 * @param build the folder of compiled code, which children run also when we run from TypeScript
 */
export function createChildren(limits: ChildLimits, build = findBuild()): Children {
  const program = join(build, 'src', 'reading', 'child', 'main.js');
  const slots = new Slots(limits.parallel);
  const readers = new Set<Reader>();
  let closed = false;

  function start(): Reader {
    if (closed) throw new Error(CLOSED);
    if (!existsSync(program)) throw new UserError('The compiled code is missing: run "make build".');
    const reader: Reader = new Reader(program, limits, () => readers.delete(reader));
    readers.add(reader);
    return reader;
  }

  async function ask(request: Request, signal?: AbortSignal): Promise<Answer> {
    signal?.throwIfAborted();
    const warm = [...readers].find(({ free }) => free);
    try {
      if (warm) return await warm.ask(request, signal);
    } catch (error) {
      // leftovers of earlier files may have been too much, so a fresh child decides
      if (!(error instanceof OutOfMemory)) throw error;
    }
    try {
      return await start().ask(request, signal);
    } catch (error) {
      throw error instanceof OutOfMemory ? refusal.tooMuchMemory() : error;
    }
  }

  const measure: Children['measure'] = (job, input, signal) =>
    slots.run(async () => {
      const answer = await ask({ job, input }, signal);
      if ('refused' in answer) {
        throw new SpreadsheetError(answer.refused.code, answer.refused.text, answer.refused.where);
      }
      if ('failed' in answer) throw new Error(`Reading a spreadsheet failed: ${answer.failed}`);
      return { output: answer.done as JobOutputs[typeof job], peakMb: answer.peakMb };
    });

  return {
    measure,
    run: async (job, input, signal) => (await measure(job, input, signal)).output,
    close() {
      closed = true;
      for (const reader of readers) reader.end(new Error(CLOSED));
    },
  };
}
