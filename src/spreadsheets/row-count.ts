import { createReadStream } from 'node:fs';
import type { Watch } from './zip-scan';

/**
 * Filled rows of a file, counted in passing before it is accepted. The count may be a little high (an odd encoding, a
 * quotation mark out of place) or too low (a namespace of its own), so it is compared with limits and nothing else.
 */

const [QUOTE, NEWLINE, RETURN] = [0x22, 0x0a, 0x0d];

/** Bytes that fill no row by themselves: white space and separators, and the zeros of UTF-16. */
const EMPTY = new Set([0, 0x09, 0x20, 0x2c, 0x3b, 0x7c, RETURN]);

/** Rows of a CSV that hold more than separators; line breaks within quotation marks do not count. */
export async function countCsvRows(path: string): Promise<number> {
  let [rows, filled, quoted] = [0, false, false];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (byte === QUOTE) quoted = !quoted;
      if (byte === NEWLINE && !quoted) {
        rows += Number(filled);
        filled = false;
      } else filled ||= !EMPTY.has(byte);
    }
  }
  return rows + Number(filled);
}

/** Counts rows of worksheets in which a cell has a value, from their unpacked XML. */
export function createRowCounter(): { watch: Watch; count(): number } {
  let rows = 0;
  const watch: Watch = (name) => {
    if (!/(^|\/)worksheets\/[^/]*\.xml$/.test(name)) return undefined;
    let rest = '';
    return (chunk) => {
      const ended = (rest + chunk.toString('latin1')).split('</row>');
      // a row may be long, but all that matters of it is whether it holds a value
      const last = ended.pop() ?? '';
      rows += ended.filter(isFilled).length;
      rest = isFilled(last) ? `<v>${last.slice(-LONGEST_TAG)}` : last.slice(-LONGEST_TAG);
    };
  };
  return { watch, count: () => rows };
}

const LONGEST_TAG = 8;

const isFilled = (row: string): boolean => row.includes('<v>') || row.includes('<is>') || row.includes('<v ');
