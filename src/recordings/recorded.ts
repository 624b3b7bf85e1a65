import type { RunRecord } from '../../schemas/run';
import { DocumentError } from '../documents/errors';
import type { RecordStore } from '../documents/records';
import type { Recordings } from './recordings';

export interface RecordedParts {
  records: Pick<RecordStore, 'readRecord'>;
  recordings: Recordings;
}

/** The name of the record of a run in a recording that came from elsewhere. */
export const RECORD = 'record';

/** The record of a run, if it has ended: this platform's, or the one that came with its recording. */
export const findRecorded = async (
  { records, recordings }: RecordedParts,
  run: string,
): Promise<RunRecord | undefined> =>
  (await records.readRecord(run)) ?? (await recordings.of(run).read<RunRecord>('run', RECORD));

/** The same, which has to be there. @throws DocumentError `not_found` */
export async function readRecorded(parts: RecordedParts, run: string): Promise<RunRecord> {
  const record = await findRecorded(parts, run);
  if (record) return record;
  throw new DocumentError(
    'not_found',
    `there is no record of ${run}: it has not ended, or its recording was not imported`,
  );
}
