import { readBinary } from './binary/read';
import { Budget, readLimits, type ReadLimits } from './budget';
import { readCsv } from './csv';
import { SpreadsheetError, type SpreadsheetFault } from './errors';
import { factsForExceljs, readWithExceljs } from './exceljs';
import { kindOf, type FileKind } from './kind';
import { checkOds, readOds } from './ods/read';
import { refusal } from './refusals';
import { countCsvRows, createRowCounter } from './row-count';
import type { Workbook } from './workbook';
import { readXlsx } from './xlsx/read';
import { readDirectory } from './zip/directory';
import { openSource } from './zip/source';
import { openPackage, zipLimits, type ZipLimits } from './zip-scan';

export interface WorkbookLimits {
  zip: ZipLimits;
  read: ReadLimits;
}

/** What a look at a file tells. `rows`: filled ones; 0 where they are not counted. */
export interface Looked {
  kind: 'spreadsheet' | 'mail';
  rows: number;
}

/**
 * Checks the kind and the unpacked size of a file without reading its cells, and counts its filled rows where that
 * needs no reader: in .csv and .xlsx. A mail is told apart, not looked into. Throws `SpreadsheetError`.
 */
export async function lookThrough(path: string): Promise<Looked> {
  const kind = await kindOf(path);
  if (kind === 'eml' || kind === 'msg') return { kind: 'mail', rows: 0 };
  if (kind !== 'zip') return { kind: 'spreadsheet', rows: kind === 'csv' ? await countCsvRows(path) : 0 };
  const rows = createRowCounter();
  const parts = await openPackage(path, zipLimits, rows.watch);
  try {
    if (parts.kind === 'ods') await checkOds(parts);
    return { kind: 'spreadsheet', rows: rows.count() };
  } finally {
    await parts.close();
  }
}

/** Bytes of a file without its packing, as its own directory says. Throws `SpreadsheetError`. */
export async function unpackedBytes(path: string): Promise<{ kind: FileKind; bytes: number }> {
  const kind = await kindOf(path);
  const file = await openSource(path);
  try {
    if (kind !== 'zip') return { kind, bytes: file.size };
    const entries = await readDirectory(file, zipLimits);
    return { kind, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
  } finally {
    await file.close();
  }
}

const LIMITS = new Set<SpreadsheetFault>(['too_slow', 'too_large', 'too_many_rows']);

export const workbookLimits: WorkbookLimits = { zip: zipLimits, read: readLimits };

/**
 * Reads .xlsx, .xls, .xlsb, .ods or .csv in this process; untrusted files are read in a child (`src/reading/child`). The zip is checked
 * first; if our reader of .xlsx fails, exceljs tries in the rest of the time. Throws `SpreadsheetError`. A workbook without
 * sheets is refused (`no_sheets`), never read as empty.
 */
export async function readWorkbook(path: string, limits: WorkbookLimits = workbookLimits): Promise<Workbook> {
  const budget = new Budget(limits.read);
  const kind = await kindOf(path);
  if (kind === 'csv') return await readCsv(path, budget, limits.read);
  if (kind === 'eml' || kind === 'msg') throw refusal.notASpreadsheet({ en: 'a mail', fr: 'un courriel' });
  if (kind === 'xls') return await readBinary(path, budget);
  const parts = await openPackage(path, limits.zip);
  try {
    budget.checkTime();
    if (parts.kind === 'ods') return await readOds(parts, budget);
    if (parts.kind === 'xlsb') return await readBinary(path, budget, parts);
    return await readXlsx(parts, budget);
  } catch (error) {
    if (!(error instanceof SpreadsheetError) || error.code !== 'unreadable' || parts.kind !== 'xlsx') throw error;
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
