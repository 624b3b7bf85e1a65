import type { SpreadsheetFault } from '../../spreadsheets/errors';
import type { Bilingual } from '../../../schemas/language';
import type { JobName, JobInputs } from './jobs';

export interface Request<Name extends JobName = JobName> {
  job: Name;
  input: JobInputs[Name];
}

export type Answer = Outcome & {
  /** peak of resident memory while the file was read, including leftovers of earlier files */
  peakMb: number;
  /** code was loaded that may keep something of a file (exceljs): no other file may follow */
  spent: boolean;
};

/** `refused`: the file is not accepted. `failed`: a fault of ours, not of the file. */
export type Outcome =
  { done: unknown } | { refused: { code: SpreadsheetFault; text: Bilingual; where?: string } } | { failed: string };
