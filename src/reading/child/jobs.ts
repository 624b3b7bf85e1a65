import type { FileReading, TableStructure } from '../../../schemas/order/order';
import type { Language } from '../../../schemas/language';
import type { WorkRow } from '../../../schemas/audit/work-context';
import { understand } from '../../order/understanding';
import { rowsOf } from '../../audit/columns';
import { SpreadsheetError } from '../../spreadsheets/errors';
import { refusal } from '../../spreadsheets/refusals';
import { readWorkbook, type WorkbookLimits } from '../../spreadsheets/read';
import { plainSheets } from '../../spreadsheets/plain';
import type { Workbook } from '../../spreadsheets/workbook';

/** Requests, as they go to the child. */
export interface JobInputs {
  /** the cells as they are, for inspection */
  workbook: { path: string; limits: WorkbookLimits };
  rows: { path: string; limits: WorkbookLimits; rows: number; columns: number };
  order: { path: string; limits: WorkbookLimits; options: OrderOptions };
}

export interface OrderOptions {
  /** the sender's name for the file */
  file: string;
  language?: Language;
  /** layouts of tables, if somebody has stated them */
  structures?: TableStructure[];
}

export interface JobOutputs {
  workbook: Workbook;
  rows: { sheet: string; rows: WorkRow[] };
  order: FileReading;
}

export type JobName = keyof JobInputs;

/** Jobs of a child. Each reads one file, and answers in JSON. */
export const jobs: { [Name in JobName]: (input: JobInputs[Name]) => Promise<JobOutputs[Name]> } = {
  workbook: ({ path, limits }) => readWorkbook(path, limits),
  rows: async ({ path, limits, rows: most, columns }) => {
    try {
      const found = rowsOf(plainSheets(await readWorkbook(path, limits), columns));
      if (found.rows.length <= most) return found;
    } catch (error) {
      if (!(error instanceof SpreadsheetError) || error.code !== 'too_many_rows') throw error;
    }
    throw refusal.tooManyRows(most);
  },
  order: async ({ path, limits, options }) => understand(await readWorkbook(path, limits), options),
};
