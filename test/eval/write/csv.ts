import type { Workbook } from '../corpus/book';

/** Writes the first sheet as text. Numbers are written as they are, so traits pass texts. */
export function writeByCsv(book: Workbook): Buffer {
  const { separator, encoding, newline } = book.dialect.csv!;
  const sheet = book.sheets[0]!;
  const last = Math.max(0, ...sheet.rows.keys());
  const width = Math.max(...[...sheet.rows.values()].map((cells) => Math.max(...cells.keys())));
  const quoted = (text: string) =>
    text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = Array.from({ length: last }, (_, index) =>
    Array.from({ length: width }, (_unused, column) => {
      const cell = sheet.cell(index + 1, column + 1);
      return quoted(cell?.text ?? (cell?.number === undefined ? '' : String(cell.number)));
    }).join(separator),
  );
  const text = lines.join(newline) + newline;
  if (encoding === 'utf8-bom') return Buffer.from(`\uFEFF${text}`, 'utf8');
  if (encoding === 'utf16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  return encoding === 'utf8' ? Buffer.from(text, 'utf8') : windows1252(text);
}

const beyondLatin1: Record<string, number> = {
  '€': 0x80,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
  œ: 0x9c,
  '™': 0x99,
};

function windows1252(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => beyondLatin1[letter] ?? (letter.charCodeAt(0) < 256 ? letter.charCodeAt(0) : 63)),
  );
}
