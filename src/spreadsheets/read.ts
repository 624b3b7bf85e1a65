import { Budget, readLimits, type ReadLimits } from './budget';
import { readCsv } from './csv';
import { SpreadsheetError, type SpreadsheetFault } from './errors';
import { factsForExceljs, readWithExceljs } from './exceljs';
import { kindOf } from './kind';
import type { Workbook } from './workbook';
import { readXlsx } from './xlsx/read';
import { openPackage, zipLimits, type ZipLimits } from './zip-scan';

export interface WorkbookLimits {
  zip: ZipLimits;
  read: ReadLimits;
}

/**
 * Looks a file through without reading its cells: what it is, and what it would unfold to. Throws `SpreadsheetError`.
 */
export async function lookThrough(path: string): Promise<void> {
  if ((await kindOf(path)) === 'csv') return;
  const parts = await openPackage(path, zipLimits);
  await parts.close();
}

const LIMITS = new Set<SpreadsheetFault>(['too_slow', 'too_large', 'too_many_rows']);

export const workbookLimits: WorkbookLimits = { zip: zipLimits, read: readLimits };

/**
 * Reads .xlsx or .csv, in this process: whoever does not trust the file runs it in a child (`child/`). The zip is
 * looked through first; what our reader cannot make out, exceljs tries within what is left of the time.
 * Throws `SpreadsheetError`. A workbook without sheets is refused (`no_sheets`), never read as nothing.
 */
export async function readWorkbook(path: string, limits: WorkbookLimits = workbookLimits): Promise<Workbook> {
  const budget = new Budget(limits.read);
  if ((await kindOf(path)) === 'csv') return await readCsv(path, budget, limits.read);
  const parts = await openPackage(path, limits.zip);
  try {
    budget.checkTime();
    return await readXlsx(parts, budget);
  } catch (error) {
    if (!(error instanceof SpreadsheetError) || error.code !== 'unreadable') throw error;
    const facts = await factsForExceljs(parts);
    if (facts.cdata) throw error; // it would leave those texts out, and say nothing
    return await readWithExceljs(path, budget.again(), facts.date1904).catch((other: unknown) => {
      // what our reader said is what is wrong with the file, unless the other one has come to a limit
      throw other instanceof SpreadsheetError && LIMITS.has(other.code) ? other : error;
    });
  } finally {
    await parts.close();
  }
}
