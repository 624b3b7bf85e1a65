/* eslint-disable @typescript-eslint/no-require-imports -- the function below becomes a program of its own */

/** What the child reads: `kind` was found out from the first bytes, not from the name. */
export interface ChildTask {
  exceljs: string;
  path: string;
  kind: 'xlsx' | 'csv';
  maxRows: number;
  maxColumns: number;
}

/** A sheet as rows of plain cells; rows and columns without any value are left out at the ends. */
export interface ChildSheet {
  name: string;
  /** the number of the row in the sheet, from 1, and its cells from column A on */
  rows: [number, (string | number | null)[]][];
}

export type ChildAnswer = { sheets: ChildSheet[] } | { fault: 'too_many_rows' | 'unreadable'; message: string };

/**
 * The program of the child process that reads a spreadsheet. It is handed to `node -e` as text, so that it runs alike
 * from sources and from the build, and so it uses nothing from outside of itself.
 */
export async function childProgram(): Promise<void> {
  const fs = require('node:fs') as typeof import('node:fs');
  const task = JSON.parse(process.argv[1] ?? '{}') as ChildTask;
  const answer = (value: ChildAnswer) => process.stdout.write(JSON.stringify(value));

  class TooManyRows extends Error {}

  /** Parts of a sheet that are of no use for rows, and on which exceljs spends its time or breaks. */
  const IGNORED = {
    ignoreNodes: [
      ...['mergeCells', 'tableParts', 'autoFilter', 'dataValidations', 'conditionalFormatting', 'drawing', 'picture'],
      ...['legacyDrawing', 'hyperlinks', 'extLst'],
    ],
  };

  /** A cell's value as text, number or nothing; a time span as its minutes. */
  function plain(value: unknown): string | number | null {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'number' || typeof value === 'string') return value;
    if (typeof value === 'boolean') return String(value);
    if (value instanceof Date) {
      const minutes = (value.getTime() - Date.UTC(1899, 11, 30)) / 60_000;
      if (Number.isNaN(minutes)) return null;
      return minutes < 366 * 1_440 ? Math.round(minutes * 1_000) / 1_000 : value.toISOString();
    }
    const cell = value as { richText?: { text?: string }[]; text?: unknown; result?: unknown; error?: unknown };
    if (Array.isArray(cell.richText)) return cell.richText.map(({ text }) => text ?? '').join('');
    if ('result' in cell) return plain(cell.result);
    if ('text' in cell) return plain(cell.text);
    if ('error' in cell) return String(cell.error);
    return null;
  }

  async function workbook(): Promise<ChildSheet[]> {
    const ExcelJS = require(task.exceljs) as typeof import('exceljs');
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(task.path, IGNORED);
    return book.worksheets
      .filter((sheet) => sheet.state === 'visible' || sheet.state === undefined)
      .map((sheet) => {
        const rows: ChildSheet['rows'] = [];
        sheet.eachRow({ includeEmpty: false }, (row, number) => {
          const cells: (string | number | null)[] = [];
          const width = Math.min(row.cellCount, task.maxColumns);
          for (let column = 1; column <= width; column++) cells.push(plain(row.getCell(column).value));
          if (cells.every((cell) => cell === null)) return;
          if (rows.length >= task.maxRows) throw new TooManyRows();
          rows.push([number, cells]);
        });
        return { name: sheet.name, rows };
      });
  }

  function decode(bytes: Buffer): string {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }

  function separator(text: string): string {
    const count = new Map<string, number>([';', ',', '\t', '|'].map((mark) => [mark, 0]));
    let quoted = false;
    let lines = 0;
    for (let i = 0; i < text.length && lines < 3; i++) {
      const mark = text.charAt(i);
      if (mark === '"') quoted = !quoted;
      else if (mark === '\n' && !quoted) lines++;
      else if (!quoted && count.has(mark)) count.set(mark, (count.get(mark) ?? 0) + 1);
    }
    return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
  }

  /** RFC 4180, with whatever separator the first lines use. */
  function csv(): ChildSheet[] {
    let text = decode(fs.readFileSync(task.path));
    const told = /^\uFEFF?sep=(.)\r?\n/i.exec(text);
    if (told) text = text.slice(told[0].length);
    const mark = told?.[1] ?? separator(text);
    const rows: ChildSheet['rows'] = [];
    let cells: (string | null)[] = [];
    let number = 0;
    const endOfRow = () => {
      number += 1;
      if (cells.some((cell) => cell !== null)) {
        if (rows.length >= task.maxRows) throw new TooManyRows();
        rows.push([number, cells]);
      }
      cells = [];
    };
    let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (at < text.length) {
      let cell = '';
      if (text.charAt(at) === '"') {
        for (at += 1; ;) {
          const end = text.indexOf('"', at);
          if (end < 0) throw new Error(`row ${number + 1}: a quotation mark is never closed`);
          cell += text.slice(at, end);
          at = end + 1;
          if (text.charAt(at) !== '"') break;
          cell += '"';
          at += 1;
        }
      }
      let end = at;
      while (end < text.length && text.charAt(end) !== mark && text.charAt(end) !== '\n' && text.charAt(end) !== '\r')
        end++;
      cell = (cell + text.slice(at, end)).trim();
      if (cells.length < task.maxColumns) cells.push(cell === '' ? null : cell);
      at = end;
      if (text.charAt(at) === mark) {
        at += 1;
        continue;
      }
      if (text.charAt(at) === '\r') at += 1;
      if (text.charAt(at) === '\n') at += 1;
      endOfRow();
    }
    if (cells.length > 0) endOfRow();
    return [{ name: 'csv', rows }];
  }

  try {
    answer({ sheets: task.kind === 'csv' ? csv() : await workbook() });
  } catch (error) {
    const fault = error instanceof TooManyRows ? 'too_many_rows' : 'unreadable';
    answer({ fault, message: error instanceof Error ? error.message.slice(0, 200) : 'unknown' });
  }
}
