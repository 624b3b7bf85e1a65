import { readFile } from 'node:fs/promises';
import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { Budget } from '../budget';
import { SpreadsheetError } from '../errors';
import { asIs, refusal } from '../refusals';
import type { Cell, CellValue, Note, Row, Sheet, Workbook } from '../workbook';
import type { Package } from '../zip-scan';
import { parseFormat } from '../xlsx/format';
import { removeCovered } from '../xlsx/merges';
import { plainStyle } from '../xlsx/styles';
import { numberValue, textValue } from '../xlsx/values';
import { ownText } from '../xlsx/xml';
import type { Marks } from './marks';
import { readXlsMarks } from './xls-marks';
import { readXlsbMarks } from './xlsb-marks';

const ERRORS: Record<number, string> = {
  ...{ 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A' },
};

/** Letters of a note that are kept. */
const LONGEST_NOTE = 1_000;

const STATES = ['visible', 'hidden', 'veryHidden'] as const;

/**
 * Reads the binary formats of Excel by a library (SheetJS): .xls of 1995 and later, and .xlsb. It tells neither struck
 * nor bold cells, so fonts are read here besides. It has no limits of its own: those of the process apply. A number has
 * the digits of the double that the file holds.
 */
export async function readBinary(path: string, budget: Budget, parts?: Package): Promise<Workbook> {
  try {
    return await read(path, budget, parts);
  } catch (error) {
    if (error instanceof SpreadsheetError) throw error;
    throw refusal.unreadable(asIs(error instanceof Error ? error.message.slice(0, 200) : 'unknown'));
  }
}

async function read(path: string, budget: Budget, parts?: Package): Promise<Workbook> {
  const library = await import('@e965/xlsx');
  const bytes = await readFile(path);
  const marks = parts ? await readXlsbMarks(parts) : readXlsMarks(streamOf(library.CFB as Containers, bytes));
  const options = { type: 'buffer', dense: true, cellStyles: true, cellText: false, cellHTML: false } as const;
  const book = library.read(bytes, options);
  budget.checkTime();
  budget.countSheets(book.SheetNames.length);
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets = book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name];
    const type = sheet?.['!type'] as string | undefined;
    // what it cannot read it leaves out in silence
    if (!sheet) throw refusal.unreadable(asIs(`${name}?`), name);
    if (type === 'macro') throw refusal.macros(name);
    if (type === 'chart' || type === 'dialog') return [];
    const state = STATES[book.Workbook?.Sheets?.[index]?.Hidden ?? 0] ?? 'hidden';
    return [sheetOf(name, state, sheet, { budget, date1904, marks: marks[index] })];
  });
  if (sheets.length === 0) throw refusal.noSheets();
  return { sheets, reader: 'sheetjs' };
}

/** The library's reader of containers, which it gives without types. */
interface Containers {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, path: string): { content: Uint8Array } | null;
}

/** The stream of an .xls that holds its cells. */
function streamOf(containers: Containers, bytes: Buffer): Buffer {
  try {
    const container = containers.read(bytes, { type: 'buffer' });
    const found = containers.find(container, '/Workbook') ?? containers.find(container, '/Book');
    if (found) return Buffer.from(found.content);
  } catch {
    // said below
  }
  throw refusal.damaged({ en: 'its list of parts is broken', fr: 'sa liste de parties est abîmée' });
}

interface Around {
  budget: Budget;
  date1904: boolean;
  marks: Marks | undefined;
}

function sheetOf(name: string, state: Sheet['state'], sheet: WorkSheet, around: Around): Sheet {
  const { budget } = around;
  const all: Row[] = [];
  const notes: Note[] = [];
  let used = 0;
  const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  for (const [index, held] of data.entries()) {
    budget.tick();
    if (!held) continue;
    const cells: Cell[] = [];
    held.forEach((cell, column) => {
      if (!cell) return;
      const note = cell.c
        ?.map(({ t }) => t)
        .join('\n')
        .trim()
        .slice(0, LONGEST_NOTE);
      if (note) notes.push({ row: index + 1, column: column + 1, text: ownText(note) });
      const read = cellOf(cell, index, column, around);
      if (!read) return;
      budget.countCell(name);
      if ('text' in read.value) budget.countText(read.value.text.length);
      cells.push(read);
    });
    if (cells.length === 0) continue;
    used = Math.max(used, cells.at(-1)?.column ?? 0);
    all.push({ number: index + 1, hidden: sheet['!rows']?.[index]?.hidden === true, cells });
    budget.countRows(all.length, name);
  }
  const merges = (sheet['!merges'] ?? []).map(({ s, e }) => {
    budget.countMerge(name);
    return { top: s.r + 1, left: s.c + 1, bottom: e.r + 1, right: e.c + 1 };
  });
  const hiddenColumns = Array.from({ length: used }, (_, i) => i + 1).filter(
    (column) => sheet['!cols']?.[column - 1]?.hidden === true,
  );
  const rows = removeCovered(all, merges, name);
  return { name, state, rows, hiddenColumns, merges, ...(notes.length > 0 ? { notes } : {}) };
}

function cellOf(cell: CellObject, row: number, column: number, { date1904, marks }: Around): Cell | undefined {
  const value = valueOf(cell, date1904);
  if (value.is === 'none' && cell.f === undefined) return undefined;
  const read: Cell = { column: column + 1, value };
  if (cell.f !== undefined) read.formula = ownText(cell.f);
  const place = row * 16_384 + column;
  if (marks?.bold.has(place)) read.bold = true;
  if (marks?.struck.has(place)) read.struck = true;
  return read;
}

function valueOf({ t, v, z, f }: CellObject, date1904: boolean): CellValue {
  if (v === undefined || v === null) return { is: 'none' };
  switch (t) {
    case 's': {
      const text = String(v).replaceAll('\r\n', '\n');
      // an empty text is a value if a formula gave it, and nothing if it was typed
      return text === '' && f !== undefined ? { is: 'text', text } : textValue(text);
    }
    case 'b':
      return { is: 'boolean', boolean: v === true };
    case 'e':
      return { is: 'error', error: ERRORS[Number(v)] ?? '#ERROR!' };
    case 'n':
      return numberValue(String(v), { ...plainStyle, format: parseFormat(String(z ?? 'General')) }, date1904);
    default:
      return { is: 'none' };
  }
}
