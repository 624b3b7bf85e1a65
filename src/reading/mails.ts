import type { MailHead } from './child/jobs';
import { warmth, type ChildLimits } from './child/limits';
import { createChildren } from './child/runner';

export type { MailHead } from './child/jobs';

/** Opens mails at the door. Throws `SpreadsheetError`. */
export interface MailReader {
  /** Its spreadsheets are written into the folder, which is the caller's. */
  open(path: string, folder: string): Promise<MailHead>;
  /** Ends the children that read. */
  close(): void;
}

export const mailReaderLimits: ChildLimits = {
  ...{ time: 5_000, heapMb: 200, memoryMb: 300, answer: 1024 * 1024, parallel: 2 },
  ...warmth,
};

/** Opens mails in a child process. */
export function createMailReader(limits: ChildLimits = mailReaderLimits): MailReader {
  const children = createChildren(limits);
  return {
    open: (path, folder) => children.run('mail', { path, folder }),
    close: children.close,
  };
}
