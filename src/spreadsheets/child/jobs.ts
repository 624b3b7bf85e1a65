import type { FileReading, TableStructure } from '../../../schemas/order';
import type { WorkRow } from '../../../schemas/work-context';
import { understand } from '../../orders/understanding';
import { rowsOf } from '../columns';
import { readWorkbook, type WorkbookLimits } from '../read';
import { plainSheets } from '../plain';

/** What is asked for, as it goes to the child. */
export interface JobInputs {
  rows: { path: string; limits: WorkbookLimits; columns: number };
  order: { path: string; limits: WorkbookLimits; options: OrderOptions };
}

export interface OrderOptions {
  /** what the sender calls the file */
  file: string;
  language?: 'en' | 'fr';
  /** how tables are built, where somebody has said so */
  structures?: TableStructure[];
}

export interface JobOutputs {
  rows: { sheet: string; rows: WorkRow[] };
  order: FileReading;
}

export type JobName = keyof JobInputs;

/** What a child can be asked to do. Each job reads one file, and answers in JSON. */
export const jobs: { [Name in JobName]: (input: JobInputs[Name]) => Promise<JobOutputs[Name]> } = {
  rows: async ({ path, limits, columns }) => rowsOf(plainSheets(await readWorkbook(path, limits), columns)),
  order: async ({ path, limits, options }) => understand(await readWorkbook(path, limits), options),
};
