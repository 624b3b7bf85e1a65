import type { FileReading, TableStructure } from '../../../schemas/order/order';
import type { Language } from '../../../schemas/language';
import type { WorkRow } from '../../../schemas/audit/work-context';
import { understand } from '../../order/understanding';
import { rowsOf } from '../../audit/columns';
import { readWorkbook, type WorkbookLimits } from '../../spreadsheets/read';
import { plainSheets } from '../../spreadsheets/plain';
import type { Workbook } from '../../spreadsheets/workbook';

/** What is asked for, as it goes to the child. */
export interface JobInputs {
  /** the cells as they are, for who wants to look at them */
  workbook: { path: string; limits: WorkbookLimits };
  rows: { path: string; limits: WorkbookLimits; columns: number };
  order: { path: string; limits: WorkbookLimits; options: OrderOptions };
}

export interface OrderOptions {
  /** what the sender calls the file */
  file: string;
  language?: Language;
  /** how tables are built, where somebody has said so */
  structures?: TableStructure[];
}

export interface JobOutputs {
  workbook: Workbook;
  rows: { sheet: string; rows: WorkRow[] };
  order: FileReading;
}

export type JobName = keyof JobInputs;

/** What a child can be asked to do. Each job reads one file, and answers in JSON. */
export const jobs: { [Name in JobName]: (input: JobInputs[Name]) => Promise<JobOutputs[Name]> } = {
  workbook: ({ path, limits }) => readWorkbook(path, limits),
  rows: async ({ path, limits, columns }) => rowsOf(plainSheets(await readWorkbook(path, limits), columns)),
  order: async ({ path, limits, options }) => understand(await readWorkbook(path, limits), options),
};
