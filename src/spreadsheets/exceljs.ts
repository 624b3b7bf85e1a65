import type { CellValue as ExcelValue, Workbook as ExcelBook, Worksheet } from 'exceljs';
import type { Budget } from './budget';
import { SpreadsheetError } from './errors';
import { asIs, refusal } from './refusals';
import type { Cell, CellValue, Row, Sheet, Workbook } from './workbook';
import type { Package } from './zip-scan';
import { isoOf } from './xlsx/calendar';
import { parseFormat } from './xlsx/format';
import { plainStyle } from './xlsx/styles';
import { numberValue, textValue } from './xlsx/values';

/** Parts of a sheet that hold no cells, and on which exceljs spends time or fails. */
const IGNORED = [
  ...['mergeCells', 'tableParts', 'autoFilter', 'dataValidations', 'conditionalFormatting', 'drawing', 'picture'],
  ...['legacyDrawing', 'hyperlinks', 'extLst'],
];

/**
 * The second reader: exceljs, which accepts some files that ours does not (undeclared namespaces). It has no limits of
 * its own, so those of its process apply. It does not report merged cells, and its numbers have the digits of
 * JavaScript.
 */
export async function readWithExceljs(path: string, budget: Budget, date1904?: boolean): Promise<Workbook> {
  const ExcelJS = (await import('exceljs')).default;
  const book = new ExcelJS.Workbook();
  try {
    await book.xlsx.readFile(path, { ignoreNodes: IGNORED });
  } catch (error) {
    throw refusal.unreadable(asIs(error instanceof Error ? error.message.slice(0, 200) : 'unknown'));
  }
  try {
    if (book.worksheets.length === 0) throw refusal.noSheets();
    return { sheets: book.worksheets.map((sheet) => sheetOf(book, sheet, budget, date1904)), reader: 'exceljs' };
  } catch (error) {
    if (error instanceof SpreadsheetError) throw error;
    throw refusal.unreadable(asIs(error instanceof Error ? error.message.slice(0, 200) : 'unknown'));
  }
}

/** Facts that exceljs misses: texts in CDATA, and `date1904="true"` (it only knows `1`). */
export async function factsForExceljs(parts: Package): Promise<{ cdata: boolean; date1904: boolean }> {
  const facts = { cdata: false, date1904: false };
  for (const name of parts.names().filter((each) => each.endsWith('.xml'))) {
    let rest = '';
    for await (const chunk of parts.read(name)) {
      const text = rest + chunk.toString('latin1').replaceAll('\0', '');
      facts.cdata ||= text.includes('<![CDATA[');
      facts.date1904 ||= /\bdate1904\s*=\s*["'](1|true|on)["']/.test(text);
      rest = text.slice(-30);
    }
  }
  return facts;
}

function sheetOf(book: ExcelBook, sheet: Worksheet, budget: Budget, date1904?: boolean): Sheet {
  const assumed = book.properties?.date1904 ?? false;
  const calendar = { assumed, date1904: date1904 ?? assumed };
  const rows: Row[] = [];
  let used = 0;
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    budget.tick();
    const cells: Cell[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      const { value, formula } = readCell(cell.value, cell.numFmt, calendar);
      if (value.is === 'none' && formula === undefined) return;
      budget.countCell(sheet.name);
      if ('text' in value) budget.countText(value.text.length);
      cells.push({
        column,
        value,
        ...(formula === undefined ? {} : { formula }),
        ...(cell.font?.bold ? { bold: true } : {}),
        ...(cell.font?.strike ? { struck: true } : {}),
      });
    });
    if (cells.length === 0) return;
    used = Math.max(used, cells.at(-1)?.column ?? 0);
    rows.push({ number, hidden: row.hidden === true, cells });
    budget.countRows(rows.length, sheet.name);
  });
  const hiddenColumns = Array.from({ length: used }, (_, index) => index + 1).filter(
    (column) => sheet.getColumn(column).hidden,
  );
  return { name: sheet.name, state: sheet.state ?? 'visible', rows, hiddenColumns, merges: [] };
}

/** Calendar that exceljs assumed, and the file's real one. */
interface Calendar {
  assumed: boolean;
  date1904: boolean;
}

interface Held {
  richText?: { text?: string }[];
  text?: unknown;
  hyperlink?: unknown;
  formula?: string;
  sharedFormula?: string;
  result?: unknown;
  error?: unknown;
}

function readCell(
  value: ExcelValue | undefined,
  format: string | undefined,
  calendar: Calendar,
): { value: CellValue; formula?: string } {
  if (typeof value !== 'object' || value === null || value instanceof Date)
    return { value: toCellValue(value, format, calendar) };
  const held = value as Held;
  if ('formula' in held || 'sharedFormula' in held) {
    return { value: toCellValue(held.result, format, calendar), formula: held.formula ?? held.sharedFormula };
  }
  return { value: toCellValue(held, format, calendar) };
}

function toCellValue(value: unknown, format: string | undefined, calendar: Calendar): CellValue {
  if (value === null || value === undefined) return { is: 'none' };
  if (typeof value === 'string') return textValue(value);
  if (typeof value === 'boolean') return { is: 'boolean', boolean: value };
  const style = { ...plainStyle, format: parseFormat(format ?? 'General') };
  if (typeof value === 'number') return numberValue(String(value), style, calendar.date1904);
  if (value instanceof Date) return fromDate(value, style.format.meaning, calendar);
  const held = value as Held;
  if (Array.isArray(held.richText)) return textValue(held.richText.map((part) => part.text ?? '').join(''));
  if ('error' in held) return { is: 'error', error: String(held.error) };
  if ('text' in held) return toCellValue(held.text, format, calendar);
  return { is: 'none' };
}

/** Undoes the conversion of exceljs, which makes every number in a format of time a moment. */
function fromDate(date: Date, meaning: string, { assumed, date1904 }: Calendar): CellValue {
  if (Number.isNaN(date.getTime())) return { is: 'none' };
  const serial = date.getTime() / 86_400_000 + 25_569 - (assumed ? 1_462 : 0);
  if (meaning === 'time') return { is: 'time', minutes: Math.round(serial * 86_400_000) / 60_000 };
  const iso = isoOf(serial, date1904);
  return iso === undefined ? { is: 'number', number: serial, digits: String(serial) } : { is: 'date', iso, serial };
}
