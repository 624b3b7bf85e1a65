import { open } from 'node:fs/promises';
import { wideEncoding } from './encoding';
import { refusal } from './refusals';

/** Kind of a file: a zip, Excel's old container, text with columns, or a mail as it travels or as Outlook saves it. */
export type FileKind = 'zip' | 'xls' | 'csv' | 'eml' | 'msg';

/** Kind of a file by its first bytes, not by its name. Throws `SpreadsheetError` for any other kind. */
export async function kindOf(path: string): Promise<FileKind> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(4_096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const start = head.subarray(0, bytesRead);
    if (bytesRead === 0) throw refusal.empty();
    if (start.subarray(0, 4).toString('hex') === 'd0cf11e0') return await kindOfContainer(path);
    if (/^09(00|02|04|08)(04|06|08|10)00/.test(start.subarray(0, 4).toString('hex'))) throw refusal.oldFormat();
    if (start.subarray(0, 2).toString('latin1') === 'PK' && start[2] !== undefined && start[2] < 9) return 'zip';
    if (isMail(start)) return 'eml';
    refuseOthers(start);
    return 'csv';
  } finally {
    await file.close();
  }
}

/** Fields with which a mail begins; a table of such words has no colon after each. */
const FIELDS =
  /^(from|to|cc|subject|date|message-id|mime-version|received|return-path|delivered-to|content-type|x-[\w-]+):/i;

/** A mail begins with fields, each on a line of its own or continued by spaces; its sender is among them. */
function isMail(start: Buffer): boolean {
  const [head = ''] = start
    .toString('latin1')
    .replace(/^\xef\xbb\xbf|^From [^\n]*\n/, '')
    .split(/\r?\n\r?\n/);
  // the last line may be cut
  const lines = head.split(/\r?\n/).slice(0, head.length >= 4_000 ? -1 : undefined);
  if (!lines.every((line) => /^([\x21-\x39\x3b-\x7e]+:|[ \t])/.test(line))) return false;
  const known = lines.filter((line) => FIELDS.test(line)).length;
  return known >= 3 && lines.some((line) => /^(from|received|return-path):/i.test(line));
}

function refuseOthers(start: Buffer): void {
  const marked = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  const utf16 = marked || wideEncoding(start) !== undefined;
  const text = start
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^[^\x20-\x7e]*/, '')
    .trimStart();
  if (/^%PDF-/.test(text)) throw refusal.notASpreadsheet({ en: 'a PDF', fr: 'un PDF' });
  if (/^\{\\rtf/.test(text)) throw refusal.notASpreadsheet({ en: 'a text document', fr: 'un document texte' });
  if (/^<(!doctype html|html|head|body|table|meta)\b/i.test(text)) {
    throw refusal.notASpreadsheet({ en: 'a web page', fr: 'une page web' });
  }
  if (/^<\?xml/i.test(text)) throw refusal.notASpreadsheet({ en: 'an XML document', fr: 'un document XML' });
  if (!utf16 && start.includes(0)) {
    throw refusal.notASpreadsheet({ en: 'neither a workbook nor text', fr: 'ni un classeur ni du texte' });
  }
}

/**
 * The container of Office's old formats holds workbooks, other documents, and workbooks of today under a password.
 * Parts are found by their names, without a look at the container's own lists.
 */
async function kindOfContainer(path: string): Promise<FileKind> {
  const names = { encrypted: 'EncryptedPackage', book: 'Workbook', older: 'Book', macros: '_VBA_PROJECT' };
  const message = '__properties_version1.0';
  const found = new Set<string>();
  const file = await open(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      for (const name of [...Object.values(names), message])
        if (bytes.includes(Buffer.from(`${name}\0`, 'utf16le'))) found.add(name);
      rest = bytes.subarray(-64);
    }
  } finally {
    await file.close();
  }
  if (found.has(message)) return 'msg';
  if (found.has(names.encrypted)) throw refusal.encrypted();
  if (found.has(names.macros)) throw refusal.macros();
  if (found.has(names.book) || found.has(names.older)) return 'xls';
  throw refusal.notASpreadsheet({ en: 'a document of another program', fr: "un document d'un autre programme" });
}
