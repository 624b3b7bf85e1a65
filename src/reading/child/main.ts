/** The program of the child: one job from its input, one answer to its output, and an end. Started by `runner.ts`. */
import { existsSync, readFileSync } from 'node:fs';
import type { Bilingual } from '../../../schemas/language';
import { SpreadsheetError, type SpreadsheetFault } from '../../spreadsheets/errors';
import { jobs, type JobInputs, type JobName } from './jobs';

export interface Request<Name extends JobName = JobName> {
  job: Name;
  input: JobInputs[Name];
}

/** `refused`: the file is not taken. `failed`: a fault of ours, not of the file. */
export type Answer = { peakMb: number } & (
  { done: unknown } | { refused: { code: SpreadsheetFault; text: Bilingual; where?: string } } | { failed: string }
);

async function answer({ job, input }: Request) {
  try {
    return { done: await (jobs[job] as (given: unknown) => Promise<unknown>)(input) };
  } catch (error) {
    if (error instanceof SpreadsheetError) {
      return { refused: { code: error.code, text: error.text, where: error.where } };
    }
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function main(): Promise<void> {
  let request = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) request += chunk as string;
  const result = await answer(JSON.parse(request) as Request);
  process.stdout.write(JSON.stringify({ ...result, peakMb: peakMb() }));
}

/** The most memory that was resident. What `resourceUsage` says begins with that of the parent, so /proc comes first. */
function peakMb(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Math.ceil(Number(kilobytes) / 1024);
}

void main();
