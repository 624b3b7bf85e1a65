import { randomBytes } from 'node:crypto';
import { lookThrough } from '../../../src/spreadsheets/read';
import { files, xlsx } from './make';

const put = files();

describe('filled rows of a file are counted before it is accepted', () => {
  test.each<[string, string, number]>([
    ['an empty line, or one of separators, is no row', 'a;b\n\n;;\n , \n1;2\n', 2],
    ['a line break within quotation marks ends no row', 'a;b\r\n"one\ntwo";2\r\n', 2],
    ['the last row needs no line break', 'a;b\n1;2', 2],
  ])('of a CSV: %s', async (_, text, rows) => {
    expect(await lookThrough(put(text))).toEqual({ kind: 'spreadsheet', rows });
  });

  test('of a workbook: on all sheets, and not those that are only formatted', async () => {
    const filled = '<row><c><v>1</v></c></row>';
    const text = '<row><c t="inlineStr"><is><t>a</t></is></c></row>';
    const formatted = '<row><c s="1"/><c s="1"/></row><row/>';
    const sheets = [filled.repeat(300) + formatted.repeat(300), text.repeat(40)];
    expect(await lookThrough(put(xlsx({ sheets })))).toMatchObject({ rows: 340 });
  });

  test('of a workbook: over the borders of the pieces in which it is unpacked', async () => {
    const text = () => randomBytes(15_000).toString('hex'); // it must not pack too well
    const long = Array.from(
      { length: 41 },
      () => `<row><c t="inlineStr"><is><t>${text()}</t></is></c><c s="1"/></row>`,
    );
    expect(await lookThrough(put(xlsx({ sheets: [long.join('')] })))).toMatchObject({ rows: 41 });
  });
});
