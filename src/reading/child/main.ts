import type { Outcome, Answer, Request } from './exchange';
/** The program of a child: reads one file after another on request, until its parent ends. Started by `reader.ts`. */
import { Console } from 'node:console';
import { readFileSync, writeFileSync } from 'node:fs';
import { SpreadsheetError } from '../../spreadsheets/errors';
import { FrameReader, frameOf, type Frame } from './frames';
import { jobs } from './jobs';

const frames = new FrameReader();
const loaded = Object.keys(require.cache).length;

async function answer({ request, json }: Frame): Promise<void> {
  forgetPeak();
  const outcome = await outcomeOf(JSON.parse(json.toString()) as Request);
  const spent = Object.keys(require.cache).length > loaded;
  const result: Answer = { ...outcome, peakMb: peakMb(), spent };
  for (const part of frameOf(request, result)) process.stdout.write(part);
}

async function outcomeOf({ job, input }: Request): Promise<Outcome> {
  try {
    return { done: await (jobs[job] as (given: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    if (error instanceof SpreadsheetError) {
      return { refused: { code: error.code, text: error.text, where: error.where } };
    }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Resets the peak of memory. If the system cannot, it stays that of the whole process. */
function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // no /proc, or not ours to write
  }
}

/** The peak of `resourceUsage` includes memory of the parent, so /proc comes first. */
function peakMb(): number {
  let kilobytes: string | undefined;
  try {
    kilobytes = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    // no /proc
  }
  return Math.ceil(Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024);
}

/** A file that smuggles in a name such as `constructor` must not leave members in the objects of the next file. */
function sealBuiltins(): void {
  for (const { prototype } of [Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Promise, Error])
    void Object.preventExtensions(prototype);
}

sealBuiltins();
globalThis.console = new Console(process.stderr); // stdout is for answers alone
// an operator's Ctrl-C reaches all processes of a terminal; the parent decides when there is nothing left to read
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.stdout.on('error', () => process.exit());
process.stdin
  .on('data', (piece: Buffer) => {
    frames.push(piece);
    const frame = frames.next(); // one at a time: the parent waits for the answer before it asks again
    if (typeof frame === 'object') void answer(frame);
  })
  // the parent has ended, or asks for no more
  .on('end', () => process.exit());
