import { open } from 'node:fs/promises';
import { refusal } from './refusals';

/** Kind of a file by its first bytes, not by its name. Throws `SpreadsheetError` for any other kind. */
export async function kindOf(path: string): Promise<'xlsx' | 'csv'> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(4_096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const start = head.subarray(0, bytesRead);
    if (bytesRead === 0) throw refusal.empty();
    if (start.subarray(0, 4).toString('hex') === 'd0cf11e0') throw await oldContainerRefusal(path);
    if (/^09(00|02|04|08)(04|06|08|10)00/.test(start.subarray(0, 4).toString('hex'))) throw refusal.oldFormat();
    if (start.subarray(0, 2).toString('latin1') === 'PK' && start[2] !== undefined && start[2] < 9) return 'xlsx';
    refuseOthers(start);
    return 'csv';
  } finally {
    await file.close();
  }
}

function refuseOthers(start: Buffer): void {
  const utf16 = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
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

/** Office keeps a protected workbook in the container of its old formats, which hold other documents as well. */
async function oldContainerRefusal(path: string) {
  const names = { encrypted: 'EncryptedPackage', book: 'Workbook', older: 'Book' };
  const found = new Set<string>();
  const file = await open(path, 'r');
  try {
    let rest = Buffer.alloc(0);
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      for (const name of Object.values(names)) if (bytes.includes(Buffer.from(`${name}\0`, 'utf16le'))) found.add(name);
      rest = bytes.subarray(-64);
    }
  } finally {
    await file.close();
  }
  if (found.has(names.encrypted)) return refusal.encrypted();
  if (found.has(names.book) || found.has(names.older)) return refusal.oldFormat();
  return refusal.notASpreadsheet({ en: 'a document of another program', fr: "un document d'un autre programme" });
}
