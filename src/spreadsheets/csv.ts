import { readFile, stat } from 'node:fs/promises';
import type { Budget } from './budget';
import { parseRecords, separatorOf, type Field, type Row as Parsed } from './csv-records';
import { decode } from './encoding';
import { refusal } from './refusals';
import type { Mended, Row, Workbook } from './workbook';
import { ownText } from './xlsx/xml';

/** Reads RFC 4180 with the separator that gives the most equal rows, and mends open quotation marks. Cells are text. */
export async function readCsv(path: string, budget: Budget, limits: { letters: number }): Promise<Workbook> {
  const { size } = await stat(path);
  if (size > limits.letters) {
    throw refusal.tooLarge({ en: `more than ${limits.letters} letters`, fr: `plus de ${limits.letters} lettres` });
  }
  const { text, told, odd } = decode(await readFile(path));
  const { rows, mended } = rowsOf(text, odd, budget);
  return {
    sheets: [
      {
        name: 'csv',
        state: 'visible',
        rows,
        hiddenColumns: [],
        merges: [],
        ...(mended.length > 0 ? { mended } : {}),
      },
    ],
    reader: 'csv',
    ...(told === undefined ? {} : { encoding: told }),
  };
}

function rowsOf(whole: string, odd: readonly number[], budget: Budget): { rows: Row[]; mended: Mended[] } {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(whole);
  const begin = declared ? declared[0].length : whole.startsWith('\uFEFF') ? 1 : 0;
  const text = whole.slice(begin);
  const separator = declared?.[1] ?? separatorOf(text);
  const records = parseRecords(text, separator, budget);
  const mended: Mended[] = [];
  const width = usualWidth(records);
  const spaced = records.some(({ fields }) => fields.length <= width && fields.slice(1).some(isSpaced));
  const rows: Row[] = [];
  for (const [index, record] of records.entries()) {
    const number = index + 1;
    const fields = spaced ? record.fields : rejoin(record.fields, width, separator, number, mended);
    for (const { quoted, column } of record.mended) mended.push({ row: number, column, what: quoted });
    const cells = fields.flatMap((field, at) => {
      const value = asShown(field.text.trim());
      if (value === '') return [];
      budget.countCell('csv');
      budget.countText(value.length);
      return [{ column: at + 1, value: { is: 'text' as const, text: ownText(value) } }];
    });
    for (const offset of odd) {
      const at = offset - begin;
      if (at < record.start || at >= record.end) continue;
      const column = fields.findLastIndex(({ start }) => start <= at) + 1;
      mended.push({ row: number, column: Math.max(1, column), what: 'letters' });
    }
    if (cells.length === 0) continue;
    rows.push({ number, hidden: false, cells });
    budget.countRows(rows.length, 'csv');
  }
  return { rows, mended };
}

/** `="00412"` is how programs keep the zeros of a text: the text is what a reader sees. */
const asShown = (field: string): string => /^="([^"]*)"$/.exec(field)?.[1] ?? field;

/** The number of fields that most rows have. */
function usualWidth(records: readonly Parsed[]): number {
  const counts = new Map<number, number>();
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

/** Whether a field begins with a space, as words after a comma do and values do not. */
const isSpaced = ({ text, quoted }: Field): boolean => !quoted && /^ \S/.test(text);

/** Joins the words of a text that its writer forgot to quote, in a row with just so many fields too many. */
function rejoin(fields: Field[], width: number, separator: string, row: number, mended: Mended[]): Field[] {
  const extra = fields.length - width;
  const spaced = fields.filter((field, at) => at > 0 && isSpaced(field));
  if (width < 2 || extra < 1 || spaced.length !== extra) return fields;
  const joined: Field[] = [];
  for (const field of fields) {
    const before = joined.at(-1);
    if (before && isSpaced(field)) {
      joined[joined.length - 1] = { ...before, text: `${before.text}${separator}${field.text}` };
      mended.push({ row, column: joined.length, what: 'separator' });
    } else joined.push(field);
  }
  return joined;
}
