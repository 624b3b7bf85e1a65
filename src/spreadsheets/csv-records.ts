import type { Budget } from './budget';

export interface Field {
  text: string;
  quoted: boolean;
  /** offset of its first letter */
  start: number;
}

export interface Row {
  fields: Field[];
  /** offsets of its first letter and of the one after its last */
  start: number;
  end: number;
  /** fields whose quotation mark was no quotation */
  mended: { column: number; quoted: 'quotation' }[];
}

const MARKS = [';', ',', '\t', '|'];
/** Letters that decide the separator. */
const SAMPLE = 400_000;
/** Fields of a row from which on one less than there are headings is no other table. */
const WIDE = 4;

/**
 * The separator that gives the most rows of equal width, wide ones with or without the last of their headings, and of two
 * such the one that gives wider rows.
 */
export function separatorOf(text: string): string {
  const sample = text.slice(0, SAMPLE);
  const scores = MARKS.map((mark) => {
    const counts = new Map<number, number>();
    const records = parseRecords(sample, mark);
    for (const { fields } of records) {
      const filled = fields.findLastIndex((field) => field.text.trim() !== '') + 1;
      if (filled > 1) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
    }
    const [width = 0, usual = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
    // programs leave out an empty field at the end of a row, and none of the headings
    const headed = width >= WIDE ? (records[0]?.fields.length ?? 0) : 0;
    const beside = headed === width + 1 ? width + 1 : headed === width ? width - 1 : 0;
    return { mark, rows: usual + (counts.get(beside) ?? 0), width };
  });
  const [best] = scores.sort((a, b) => b.rows - a.rows || b.width - a.width);
  return best && best.rows > 0 ? best.mark : ',';
}

/**
 * Rows of a text. A quotation mark opens a field at its beginning and closes it before a separator or the end of a
 * line; elsewhere it is a letter. A field over several lines, one of which has as many separators as the first row, is
 * no quotation: its mark was a stray one, and the rows stand for themselves.
 */
export function parseRecords(text: string, separator: string, budget?: Budget): Row[] {
  const rows: Row[] = [];
  let width = 0;
  let row: Row = { fields: [], start: 0, end: 0, mended: [] };
  let at = 0;
  while (at < text.length) {
    const start = at;
    let field: Field | undefined;
    if (text.charAt(at) === '"') {
      const closed = closingMark(text, at, separator);
      if (closed !== undefined && !joinsRows(text.slice(at, closed), separator, width || row.fields.length + 1)) {
        field = { text: text.slice(at + 1, closed).replaceAll('""', '"'), quoted: true, start };
        at = closed + 1;
        while (text.charAt(at) === ' ') at += 1;
      } else row.mended.push({ column: row.fields.length + 1, quoted: 'quotation' });
    }
    if (!field) {
      while (at < text.length && !isEnd(text, at, separator)) at += 1;
      const raw = text.slice(start, at);
      field = { text: raw.startsWith('"') ? raw.slice(1) : raw, quoted: false, start };
    }
    row.fields.push(field);
    if (text.charAt(at) === separator) {
      at += 1;
      if (at < text.length) continue;
      row.fields.push({ text: '', quoted: false, start: at });
    }
    if (text.charAt(at) === '\r') at += 1;
    if (text.charAt(at) === '\n') at += 1;
    row.end = at;
    if (width === 0 && row.fields.length > 1) width = row.fields.length;
    rows.push(row);
    budget?.tick();
    row = { fields: [], start: at, end: at, mended: [] };
  }
  return rows;
}

/**
 * Rows of a text that is written as RFC 4180 says, with every quotation mark in its place and all rows of one width;
 * undefined for any other text.
 */
export function parseStrictly(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length || row.length > 0;) {
    let field: string;
    if (text.charAt(at) === '"') {
      const close = quotationEnd(text, at);
      if (close === undefined || (close + 1 < text.length && !isEnd(text, close + 1, separator))) return undefined;
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    } else {
      const start = at;
      while (at < text.length && !isEnd(text, at, separator)) at += 1;
      field = text.slice(start, at);
      if (field.includes('"')) return undefined;
    }
    row.push(field);
    if (text.charAt(at) === separator) {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    if (text.charAt(at) === '\r') at += 1;
    if (text.charAt(at) === '\n') at += 1;
    if (row.length !== (rows[0] ?? row).length && !isBlank(row)) return undefined;
    if (!isBlank(row)) rows.push(row);
    row = [];
  }
  return rows;
}

const isBlank = (row: readonly string[]): boolean => row.length === 1 && row[0] === '';

/** Place of the mark that closes a quotation: the first that is not one of a pair. */
function quotationEnd(text: string, open: number): number | undefined {
  let at = text.indexOf('"', open + 1);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? undefined : at;
}

const isEnd = (text: string, at: number, separator: string): boolean => {
  const letter = text.charAt(at);
  return letter === separator || letter === '\n' || letter === '\r';
};

/** Lines that one field may have. */
const LONGEST = 20_000;

/** Place of the mark that closes a field: before a separator or the end of a line. */
function closingMark(text: string, open: number, separator: string): number | undefined {
  for (let at = text.indexOf('"', open + 1); at >= 0 && at - open < LONGEST; at = text.indexOf('"', at + 1)) {
    if (text.charAt(at + 1) === '"') {
      // `""` is a mark inside, unless it is all there is: an empty field
      if (at === open + 1 && (at + 2 >= text.length || isEnd(text, at + 2, separator)) && at + 1 > open + 1) return at;
      at += 1;
      continue;
    }
    let after = at + 1;
    while (text.charAt(after) === ' ') after += 1;
    if (after >= text.length || isEnd(text, after, separator)) return at;
  }
  return undefined;
}

/** Whether a quoted text holds a line with as many separators as a row: two rows that a stray mark has joined. */
function joinsRows(quoted: string, separator: string, width: number): boolean {
  const lines = quoted.split(/\r\n|\r|\n/);
  return lines.length > 2
    ? lines.slice(1, -1).some((line) => line.split(separator).length >= width && width > 1)
    : lines.length === 2 && width > 1 && lines.every((line) => line.split(separator).length > 1);
}
