import type { Attachment, Mail } from './types';

/** Names and types under which text is a table. */
const TABLE = /\.(csv|tsv|tab)$/i;
const TABLE_TYPES: ReadonlySet<string> = new Set(['text/csv', 'application/csv', 'text/tab-separated-values']);

/** Bytes below which a picture in the words is a logo, not worth a warning. */
const LOGO = 20_000;

/** The attachments that are spreadsheets, and the names of all others that somebody should look at. */
export function sortAttachments({ attachments }: Mail): { sheets: Attachment[]; others: string[] } {
  const sheets = attachments.filter(isSpreadsheet);
  const others = attachments
    .filter((one) => !sheets.includes(one) && !(one.inline && one.bytes.length < LOGO))
    .map(({ name }) => name);
  return { sheets, others };
}

/** Told by its first bytes; text only by its name or type, because a signature is text too. */
function isSpreadsheet({ name, type, bytes }: Attachment): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = text.toString('latin1', 0, 8);
  if (start.startsWith('PK'))
    return (
      /\.(xls[xmb]?|ods)$/i.test(name) || text.includes('xl/workbook') || text.includes('opendocument.spreadsheet')
    );
  if (start.startsWith('\xd0\xcf\x11\xe0'))
    return /\.xls[xmb]?$/i.test(name) || ['Workbook', 'Book'].some((part) => text.includes(`${part}\0`, 0, 'utf16le'));
  return TABLE.test(name) || TABLE_TYPES.has(type);
}
