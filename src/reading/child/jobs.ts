import { writeFile } from 'node:fs/promises';
import type { TableStructure } from '../../../schemas/order/order';
import type { ReadDelivery } from '../../../schemas/order/run';
import type { Language } from '../../../schemas/language';
import type { WorkRow } from '../../../schemas/audit/work-context';
import { understand } from '../../order/understanding';
import { shownSheets } from '../../order/shown-sheets';
import { rowsOf } from '../../audit/columns';
import { SpreadsheetError } from '../../spreadsheets/errors';
import { openFilesystemStore } from '../../documents/filesystem';
import { createValueStore } from '../../documents/values';
import { keepReading } from '../keep';
import { keepTiles, type SheetTiles } from '../tiles';
import { refusal } from '../../spreadsheets/refusals';
import { openMail } from '../../mail/read';
import { languageOf } from '../../order/mail/language';
import { readMail } from '../../order/mail/read';
import { sortAttachments } from '../../order/mail/sort';
import { kindOf } from '../../spreadsheets/kind';
import { readWorkbook, type WorkbookLimits } from '../../spreadsheets/read';
import { plainSheets } from '../../spreadsheets/plain';
import type { Workbook } from '../../spreadsheets/workbook';
import { evaluate, type Answer, type Question } from '../../expressions/realm';
import type { Table } from '../../transform/csv';
import { TransformError } from '../../transform/errors';
import { fromWorkbook } from '../../transform/xlsx';
import type { TableOptions } from './table-options';

/** Requests, as they go to the child. */
export interface JobInputs {
  /** the cells as they are, for inspection */
  workbook: { path: string; limits: WorkbookLimits };
  rows: { path: string; limits: WorkbookLimits; rows: number; columns: number };
  /** `folder`: a document store of the child's own, from which its parent takes the reading over */
  order: { path: string; folder: string; limits: WorkbookLimits; options: OrderOptions };
  /** the cells as a person sees them, written into a file */
  sheets: { path: string; cells: string; limits: WorkbookLimits };
  /** a sheet as items */
  table: { path: string; limits: WorkbookLimits; options: TableOptions };
  /** expressions of users */
  expression: Question;
  /** a mail; its spreadsheets are written into the folder, under the numbers of the answer */
  mail: { path: string; folder: string };
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
  order: ReadDelivery;
  sheets: SheetTiles[];
  table: { table: Table } | { fault: string };
  expression: Answer;
  mail: MailHead;
}

/** What the door needs of a mail. */
export interface MailHead {
  from?: string;
  subject?: string;
  language?: Language;
  /** its spreadsheets, by their names, and where they lie */
  files: { name: string; path: string; bytes: number }[];
}

export type JobName = keyof JobInputs;

/** Jobs of a child. Each reads one file, and answers in JSON. */
export const jobs: { [Name in JobName]: (input: JobInputs[Name]) => Promise<JobOutputs[Name]> } = {
  workbook: ({ path, limits }) => readWorkbook(path, limits),
  rows: async ({ path, limits, rows: most, columns }) => {
    try {
      const book = await readWorkbook(path, limits);
      // nobody looks at rows of work again, so a file that had to be mended is refused
      const open = book.sheets.flatMap(({ mended = [] }) => mended).find(({ what }) => what === 'quotation');
      if (open) throw refusal.openQuotation(open.row);
      const found = rowsOf(plainSheets(book, columns));
      if (found.rows.length <= most) return found;
    } catch (error) {
      if (!(error instanceof SpreadsheetError) || error.code !== 'too_many_rows') throw error;
    }
    throw refusal.tooManyRows(most);
  },
  order: async ({ path, folder, limits, options }) => {
    const reading = (await isMail(path))
      ? readMail(await openMail(path), options)
      : understand(await readWorkbook(path, limits), options);
    return await keepReading(createValueStore(await openFilesystemStore({ root: folder })), reading);
  },
  // the words of a mail are no cells
  sheets: async ({ path, cells, limits }) =>
    await keepTiles(cells, (await isMail(path)) ? [] : shownSheets(await readWorkbook(path, limits))),
  table: async ({ path, limits, options }) => {
    try {
      return { table: fromWorkbook(await readWorkbook(path, limits), options) };
    } catch (error) {
      if (error instanceof TransformError) return { fault: error.message };
      throw error;
    }
  },
  expression: async (question) => evaluate(question),
  mail: async ({ path, folder }) => {
    const mail = await openMail(path);
    const files: MailHead['files'] = [];
    for (const [index, { name, bytes }] of sortAttachments(mail).sheets.entries()) {
      const place = `${folder}/${index + 1}`;
      await writeFile(place, bytes, { mode: 0o600, flag: 'wx' });
      files.push({ name, path: place, bytes: bytes.length });
    }
    return { from: mail.from, subject: mail.subject, language: languageOf(mail.text), files };
  },
};

const isMail = async (path: string): Promise<boolean> => ['eml', 'msg'].includes(await kindOf(path));
