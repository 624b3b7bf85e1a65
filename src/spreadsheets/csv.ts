import { readFile, stat } from 'node:fs/promises';
import type { Budget } from './budget';
import { refusal } from './refusals';
import type { Cell, Row, Workbook } from './workbook';
import { ownText } from './xlsx/xml';

/** Reads RFC 4180 with the separator of the first lines that have one, in the encodings that Excel writes. Cells are text. */
export async function readCsv(path: string, budget: Budget, limits: { letters: number }): Promise<Workbook> {
  const { size } = await stat(path);
  if (size > limits.letters) {
    throw refusal.tooLarge({ en: `more than ${limits.letters} letters`, fr: `plus de ${limits.letters} lettres` });
  }
  const text = decode(await readFile(path));
  return {
    sheets: [{ name: 'csv', state: 'visible', rows: parseRows(text, budget), hiddenColumns: [], merges: [] }],
    reader: 'csv',
  };
}

function parseRows(whole: string, budget: Budget): Row[] {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(whole);
  const text = declared ? whole.slice(declared[0].length) : whole;
  const mark = declared?.[1] ?? guessSeparator(text);
  const rows: Row[] = [];
  let cells: Cell[] = [];
  let column = 0;
  let number = 0;
  const endOfRow = () => {
    number += 1;
    column = 0;
    budget.tick();
    if (cells.length === 0) return;
    rows.push({ number, hidden: false, cells });
    budget.countRows(rows.length, 'csv');
    cells = [];
  };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    let cell = '';
    if (text.charAt(at) === '"') {
      for (at += 1; ;) {
        const end = text.indexOf('"', at);
        if (end < 0) {
          throw refusal.unreadable({
            en: `row ${number + 1}: a quotation mark is never closed`,
            fr: `ligne ${number + 1} : un guillemet n'est jamais fermé`,
          });
        }
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
    column += 1;
    if (cell !== '') {
      budget.countCell('csv');
      budget.countText(cell.length);
      cells.push({ column, value: { is: 'text', text: ownText(cell) } });
    }
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
  return rows;
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

/** The mark that is most frequent in the first three lines that hold any: a title above them holds none. */
function guessSeparator(text: string): string {
  const count = new Map<string, number>([';', ',', '\t', '|'].map((mark) => [mark, 0]));
  let quoted = false;
  let held = false;
  let lines = 0;
  for (let i = 0; i < text.length && lines < 3; i++) {
    const mark = text.charAt(i);
    if (mark === '"') quoted = !quoted;
    else if (mark === '\n' && !quoted) {
      if (held) lines++;
      held = false;
    } else if (!quoted && count.has(mark)) {
      held = true;
      count.set(mark, (count.get(mark) ?? 0) + 1);
    }
  }
  return [...count].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}
