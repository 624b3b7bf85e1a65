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

/** Checks the kind and the unpacked size of a file without reading its cells. Throws `SpreadsheetError`. */
export async function lookThrough(path: string): Promise<void> {
  if ((await kindOf(path)) === 'csv') return;
  const parts = await openPackage(path, zipLimits);
  await parts.close();
}

const LIMITS = new Set<SpreadsheetFault>(['too_slow', 'too_large', 'too_many_rows']);

export const workbookLimits: WorkbookLimits = { zip: zipLimits, read: readLimits };

/**
 * Reads .xlsx or .csv in this process; untrusted files are read in a child (`src/reading/child`). The zip is checked
 * first; if our reader fails, exceljs tries in the rest of the time. Throws `SpreadsheetError`. A workbook without
 * sheets is refused (`no_sheets`), never read as empty.
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
    if (facts.cdata) throw error; // exceljs would silently drop those texts
    return await readWithExceljs(path, budget.renew(), facts.date1904).catch((other: unknown) => {
      // our reader's error names the fault of the file, unless exceljs has reached a limit
      throw other instanceof SpreadsheetError && LIMITS.has(other.code) ? other : error;
    });
  } finally {
    await parts.close();
  }
}
