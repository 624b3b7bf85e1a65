import { parseRecords, parseStrictly, separatorOf } from './csv-records';
import { refusal } from './refusals';

/** Rows of a CSV, as texts. */
export interface Records {
  rows: string[][];
  separator: string;
}

/**
 * Rows of a CSV that is data: fields as they are written, also with spaces and line breaks. A text that is not written
 * as RFC 4180 says is read as far as that is certain. Throws `SpreadsheetError` where a quotation is open.
 */
export function readRecords(whole: string, separator?: string): Records {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(whole);
  const text = whole.slice(declared ? declared[0].length : whole.startsWith('\uFEFF') ? 1 : 0);
  const mark = separator ?? declared?.[1] ?? separatorOf(text);
  return { rows: parseStrictly(text, mark) ?? parseLoosely(text, mark), separator: mark };
}

function parseLoosely(text: string, separator: string): string[][] {
  const records = parseRecords(text, separator);
  const mended = records.findIndex((record) => record.mended.length > 0);
  if (mended >= 0) throw refusal.openQuotation(mended + 1);
  return records
    .map(({ fields }) => fields.map((field) => field.text))
    .filter((row) => row.some((field) => field.trim() !== ''));
}
