import { readLimits } from '../../../src/spreadsheets/budget';
import { readWorkbook, workbookLimits } from '../../../src/spreadsheets/read';
import { formats, files, xlsx, type Made } from './make';

const put = files();
const read = (made: Made, limits: Partial<typeof readLimits> = {}) =>
  readWorkbook(put(xlsx(made)), { ...workbookLimits, read: { ...readLimits, ...limits } });
/** cells of the first sheet, by row and column */
const cellsOf = async (made: Made) => (await read(made)).sheets[0]?.rows.map(({ number, cells }) => [number, ...cells]);
const valuesOf = async (made: Made) =>
  (await read(made)).sheets.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ value }) => value)));
const refusal = (made: Made, limits?: Partial<typeof readLimits>) =>
  read(made, limits).then(
    ({ reader }) => `read by ${reader}`,
    (error: { code?: string }) => error.code,
  );
const text = (letters: string) => ({ is: 'text', text: letters });
const number = (digits: string, shown?: string) => ({
  is: 'number',
  number: Number(digits),
  digits,
  ...(shown === undefined ? {} : { shown }),
});
const row = (cells: string) => `<row r="1">${cells}</row>`;

describe('cells', () => {
  const strings = '<si><t>one</t></si><si><r><t>ri</t></r><r><rPr><b/></rPr><t>ch</t></r></si>';
  const all =
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>in</t></is></c>' +
    '<c r="D1"><v>5</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c>' +
    '<c r="G1" t="str"><f>"a"</f><v>a</v></c><c r="H1" t="d"><v>2024-03-04T10:30:00</v></c><c r="I1" s="1"/>';
  const values = [
    text('one'),
    text('rich'),
    text('in'),
    number('5'),
    { is: 'boolean', boolean: true },
    { is: 'error', error: '#N/A' },
    text('a'),
    { is: 'date', iso: '2024-03-04T10:30:00', serial: 45355.4375 },
  ];

  test('of every type are read, and empty ones are left out', async () => {
    expect(await valuesOf({ sheets: [row(all)], strings })).toEqual(values);
  });

  test.each<[string, Made]>([
    ['a prefix', { prefix: 'x' }],
    ['strict namespaces', { strict: true }],
    ['UTF-16', { encode: (xml) => Buffer.from(`\uFEFF${xml}`, 'utf16le') }],
    ['UTF-16 without a mark', { encode: (xml) => Buffer.from(xml, 'utf16le') }],
    ['big-endian UTF-16', { encode: (xml) => Buffer.from(`\uFEFF${xml}`, 'utf16le').swap16() }],
    [
      'Latin 1',
      {
        encode: (xml) =>
          Buffer.from(
            xml
              .replace('?>', ' encoding="ISO-8859-1"?>')
              .replace(' standalone="yes" encoding="ISO-8859-1"', ' encoding="ISO-8859-1"'),
            'latin1',
          ),
      },
    ],
    ['the form for large files', { zip64: true }],
  ])('are the same with %s', async (_, made) => {
    expect(await valuesOf({ ...made, sheets: [row(all)], strings })).toEqual(values);
  });

  test('hold letters as typed, however the file writes them', async () => {
    const made = {
      sheets: [
        row(
          '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>' +
            '<c t="inlineStr"><is><t><![CDATA[<b>&]]></t></is></c><c t="inlineStr"><v>plain</v></c><c t="str"><v>_x0041_</v></c>' +
            '<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>',
        ),
      ],
      strings:
        '<si><t>A_x000D_\nB</t></si><si><t>_x005F_x000D_</t></si>' +
        '<si><r><t>課</t></r><rPh sb="0" eb="1"><r><t>カ</t></r></rPh><phoneticPr fontId="1"/></si><si><t xml:space="preserve"> é€ </t></si>',
    };
    expect(await valuesOf(made)).toEqual(
      ['A\r\nB', '_x000D_', '課', ' é€ ', '<b>&', 'plain', 'A', '_x0041_'].map(text),
    );
  });

  test('have the digits of the file, and the text that their format shows', async () => {
    const made = {
      styles: formats('General', '00000', '#,##0.00 "€"', '0%', '@'),
      sheets: [
        row(
          '<c><v>9780306406157</v></c><c><v>9.780306406157E12</v></c><c s="1"><v>123</v></c><c s="2"><v>1234.5</v></c>' +
            '<c s="3"><v>0.2</v></c><c s="4"><v>42</v></c><c t="n"><v>12.299999999999999</v></c><c><v>n/a</v></c><c><v>0x10</v></c><c><v>1E999</v></c><c><v>1E100</v></c>',
        ),
      ],
    };
    expect(await valuesOf(made)).toEqual([
      number('9780306406157'),
      number('9780306406157'),
      number('123', '00123'),
      number('1234.5', '1,234.50 €'),
      number('0.2', '20%'),
      number('42'),
      number('12.299999999999999'),
      text('n/a'),
      text('0x10'),
      text('1E999'),
      { is: 'number', number: 1e100, digits: '1E100' },
    ]);
  });

  test('are dates and times by their format, in the calendar of the file', async () => {
    const styles = formats('yyyy-mm-dd', 'h:mm', '[h]:mm', 'd" days"', '0" d"');
    const sheets = [
      row(
        '<c s="0"><v>45355</v></c><c s="1"><v>0.75</v></c><c s="2"><v>1.5</v></c><c s="4"><v>3</v></c><c s="0"><v>0</v></c>',
      ),
    ];
    expect(await valuesOf({ styles, sheets })).toEqual([
      { is: 'date', iso: '2024-03-04', serial: 45355 },
      { is: 'time', minutes: 1080 },
      { is: 'time', minutes: 2160 },
      number('3', '3 d'),
      number('0'),
    ]);
    const since1904 = await valuesOf({
      styles,
      sheets: [row('<c s="0"><v>43893</v></c>')],
      workbookPr: '<workbookPr date1904="1"/>',
    });
    expect(since1904).toEqual([{ is: 'date', iso: '2024-03-04', serial: 43893 }]);
  });

  test('keep their formulas; the cached result is the value, and without one there is none', async () => {
    const made = {
      sheets: [
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v>4</v></c><c r="C1"><f>A1*3</f></c><c r="D1" t="str"><f>""</f><v></v></c></row>' +
          '<row r="2"><c r="B2"><f t="shared" ref="B2:B4" si="0">A1*$A$1</f><v>4</v></c></row>' +
          '<row r="3"><c r="B3"><f t="shared" si="0"/><v>8</v></c></row><row r="4"><c r="B4"><f t="shared" si="0"/></c></row>',
      ],
    };
    expect(await cellsOf(made)).toEqual([
      [
        1,
        { column: 1, value: number('2') },
        { column: 2, value: number('4'), formula: 'A1*2' },
        { column: 3, value: { is: 'none' }, formula: 'A1*3' },
        { column: 4, value: text(''), formula: '""' },
      ],
      [2, { column: 2, value: number('4'), formula: 'A1*$A$1' }],
      [3, { column: 2, value: number('8'), formula: 'A2*$A$1' }],
      [4, { column: 2, value: { is: 'none' }, formula: 'A3*$A$1' }],
    ]);
  });

  test('are bold if their style is', async () => {
    const styles =
      '<fonts><font/><font><b/></font><font><b val="0"/></font></fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>';
    const made = { styles, sheets: [row('<c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c>')] };
    expect((await cellsOf(made))?.[0]?.slice(1)).toEqual([
      { column: 1, value: number('1') },
      { column: 2, value: number('1'), bold: true },
      { column: 3, value: number('1') },
    ]);
  });

  test('tell what is left of a text of which a part is struck', async () => {
    const rich = '<r><rPr><strike/></rPr><t>5</t></r><r><t xml:space="preserve"> 8</t></r>';
    const cells = `<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>${rich}</is></c>`;
    const value = { is: 'text', text: '5 8', kept: ' 8' };
    expect((await cellsOf({ strings: `<si>${rich}</si>`, sheets: [row(cells)] }))?.[0]?.slice(1)).toEqual([
      { column: 1, value, struck: true },
      { column: 2, value, struck: true },
    ]);
  });

  test('have the colour of their style, if it is not white', async () => {
    const solid = (colour: string) =>
      `<fill><patternFill patternType="solid"><fgColor ${colour}/></patternFill></fill>`;
    const styles =
      `<fills><fill><patternFill patternType="none"/></fill>${solid('rgb="FFC6EFCE"')}${solid('rgb="FFFFFFFF"')}${solid('theme="4" tint="0.6"')}</fills>` +
      '<cellXfs><xf fillId="0"/><xf fillId="1"/><xf fillId="2"/><xf fillId="3"/></cellXfs>';
    const cells = [0, 1, 2, 3].map((style) => `<c s="${style}"><v>1</v></c>`).join('');
    const fills = (await read({ styles, sheets: [row(cells)] })).sheets[0]?.rows[0]?.cells.map(({ fill }) => fill);
    expect(fills).toEqual([undefined, 'rgb C6EFCE', undefined, 'theme 4 0.6']);
  });

  test('that refer to a missing text are refused, not guessed', async () => {
    const cells = row('<c r="A1" t="s"><v>1</v></c>');
    expect(await refusal({ sheets: [cells], strings: '<si><t>x</t></si>' })).toBe('damaged');
    expect(await refusal({ sheets: [cells] })).toBe('damaged');
    expect(await refusal({ sheets: [row('<c r="A1" t="s"><v>0</v></c>')], strings: '<si/>' })).toBe('read by stream');
  });
});

describe('rows', () => {
  test('and cells without names follow one another', async () => {
    const made = {
      sheets: [
        '<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r="C3"><v>3</v></c><c><v>4</v></c></row><row><c r="A9"><v>9</v></c></row>',
      ],
    };
    expect(
      (await cellsOf(made))?.map(([n, ...cells]) => [n, ...cells.map((cell) => (cell as { column: number }).column)]),
    ).toEqual([
      [1, 1, 2],
      [3, 3, 4],
      [9, 1],
    ]);
  });

  test('out of order or twice are sorted; the later one wins', async () => {
    const made = {
      sheets: [
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>' +
          '<row r="3"><c r="B3"><v>4</v></c><c r="A3"><v>5</v></c></row>',
      ],
    };
    expect(await cellsOf(made)).toEqual([
      [1, { column: 1, value: number('1') }, { column: 2, value: number('2') }],
      [3, { column: 1, value: number('5') }, { column: 2, value: number('4') }],
    ]);
  });

  test('and columns are marked if hidden; merged cells have the first value alone', async () => {
    const { sheets } = await read({
      sheets: [
        {
          before: '<cols><col min="2" max="3" hidden="1"/><col min="5" max="16384" width="0"/></cols>',
          rows: '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="0"><c r="A2"><v>3</v></c><c r="F2"><v>4</v></c></row>',
          after: '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
        },
      ],
    });
    expect(sheets[0]).toEqual({
      name: 'Sheet1',
      state: 'visible',
      hiddenColumns: [2, 3, 5, 6],
      merges: [{ top: 1, left: 1, bottom: 2, right: 2 }],
      rows: [
        { number: 1, hidden: true, cells: [{ column: 1, value: number('1') }] },
        { number: 2, hidden: true, cells: [{ column: 6, value: number('4') }] },
      ],
    });
  });

  test('may be at the end of a sheet without a cost for the empty rest', async () => {
    const made = {
      sheets: ['<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'],
    };
    expect(await cellsOf(made)).toEqual([
      [1, { column: 1, value: number('1') }],
      [1_048_576, { column: 16_384, value: number('2') }],
    ]);
    for (const rows of [
      '<row r="1048577"/>',
      '<row r="1"><c r="XFE1"><v>1</v></c></row>',
      '<row r="-1"/>',
      '<row r="1"><c r="?"/></row>',
    ]) {
      expect(await refusal({ sheets: [rows] })).toMatch(/unreadable|read by exceljs/);
    }
  });
});

describe('sheets', () => {
  test('are listed in order, hidden ones as hidden', async () => {
    const { sheets } = await read({
      sheets: [{ name: 'A', state: 'hidden' }, { name: 'B &amp; C' }, { name: 'D', state: 'veryHidden' }],
    });
    expect(sheets.map(({ name, state }) => [name, state])).toEqual([
      ['A', 'hidden'],
      ['B & C', 'visible'],
      ['D', 'veryHidden'],
    ]);
  });

  test('of charts and dialogs do not count, and without any other there is nothing to read', async () => {
    const chart = (made: Made): Made => ({
      ...made,
      parts: (parts) =>
        parts.map((part) =>
          part.name === 'xl/_rels/workbook.xml.rels'
            ? { ...part, bytes: String(part.bytes).replace('/worksheet"', '/chartsheet"') }
            : part,
        ),
    });
    expect((await read(chart({ sheets: ['', ''] }))).sheets.map(({ name }) => name)).toEqual(['Sheet2']);
    expect(await refusal(chart({ sheets: [''] }))).toBe('no_sheets');
    expect(await refusal({ sheets: [] })).toBe('no_sheets');
  });

  test('that the file lists but does not hold are not ignored', async () => {
    const made: Made = {
      sheets: ['', ''],
      parts: (parts) => parts.filter(({ name }) => name !== 'xl/worksheets/sheet2.xml'),
    };
    expect(await refusal(made)).not.toBe('read by stream');
  });

  test('are found wherever the package says', async () => {
    const moved: Made = {
      sheets: [row('<c><v>1</v></c>')],
      parts: (parts) =>
        parts.map(({ name, bytes, ...rest }) => ({
          ...rest,
          name: name.replace('xl/worksheets/sheet1.xml', 'data/Deep/S.xml').replace(/^xl\//, 'Book/'),
          bytes: String(bytes)
            .replace('xl/workbook.xml', '/Book/workbook.xml')
            .replace('worksheets/sheet1.xml', '../data/./deep/s.XML'),
        })),
    };
    expect(await valuesOf(moved)).toEqual([number('1')]);
  });
});

describe('malformed XML', () => {
  test('is refused with its place, if exceljs cannot read it either', async () => {
    const broken = { sheets: ['<row r="1"><c r="A1"><v>1</v></row>'] };
    await expect(read(broken)).rejects.toMatchObject({ code: 'unreadable', where: 'xl/worksheets/sheet1.xml' });
    expect(await refusal({ sheets: [`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`] })).toMatch(
      /unreadable|read by exceljs/,
    );
  });

  test('is read by exceljs if possible: an element with an undeclared prefix', async () => {
    const made = {
      sheets: [`${row('<c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c>')}<mx:PLV Mode="0"/>`],
    };
    const book = await read(made);
    expect(book.reader).toBe('exceljs');
    expect(book.sheets[0]?.rows).toEqual([
      {
        number: 1,
        hidden: false,
        cells: [
          { column: 1, value: number('1') },
          { column: 2, value: text('b') },
        ],
      },
    ]);
  });

  test('is never guessed if the encoding is unknown', async () => {
    const made = {
      sheets: [row('<c t="inlineStr"><is><t>é</t></is></c>')],
      encode: (xml: string) => Buffer.from(xml, 'latin1'),
    };
    expect(await refusal(made)).toBe('damaged');
  });
});

describe('limits', () => {
  const many = (count: number, cell: string) => Array.from({ length: count }, () => `<row>${cell}</row>`).join('');

  test('hold for rows, cells, letters, merges, sheets and time', async () => {
    const rows = many(20, '<c t="str"><v>some text</v></c>');
    expect(await refusal({ sheets: [rows] }, { rows: 19 })).toBe('too_many_rows');
    expect(await refusal({ sheets: [rows] }, { cells: 19 })).toBe('too_large');
    expect(await refusal({ sheets: [rows] }, { letters: 100 })).toBe('too_large');
    expect(await refusal({ sheets: ['', '', ''] }, { sheets: 2 })).toBe('too_large');
    const after = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>';
    expect(await refusal({ sheets: [{ rows, after }] }, { merges: 1 })).toBe('too_large');
    expect(await refusal({ sheets: [rows] }, { time: -1 })).toBe('too_slow');
    expect(await refusal({ sheets: [rows] })).toBe('read by stream');
  });

  test('do not count empty rows', async () => {
    expect(await refusal({ sheets: [many(1_000, '<c s="1"/>')] }, { rows: 10 })).toBe('read by stream');
  });

  test('hold for overlapping merged cells', async () => {
    const rows = many(3_000, '<c><v>1</v></c>');
    const after = `<mergeCells>${'<mergeCell ref="A1:A3000"/>'.repeat(3_000)}</mergeCells>`;
    expect(await refusal({ sheets: [{ rows, after }] })).toBe('damaged');
  });
});

describe('text with separators', () => {
  const csv = async (bytes: string | Buffer) => await readWorkbook(put(bytes));

  test('is one sheet of texts', async () => {
    expect(await csv('Ref;Qté\n00123; 5 \n\n;"a;""b"""\n')).toEqual({
      reader: 'csv',
      sheets: [
        {
          name: 'csv',
          state: 'visible',
          hiddenColumns: [],
          merges: [],
          rows: [
            {
              number: 1,
              hidden: false,
              cells: [
                { column: 1, value: text('Ref') },
                { column: 2, value: text('Qté') },
              ],
            },
            {
              number: 2,
              hidden: false,
              cells: [
                { column: 1, value: text('00123') },
                { column: 2, value: text('5') },
              ],
            },
            { number: 4, hidden: false, cells: [{ column: 2, value: text('a;"b"') }] },
          ],
        },
      ],
    });
  });

  test('takes a quotation mark that is never closed for a letter, and says where', async () => {
    const { sheets } = await csv('a,b\n1,"x\n2,y');
    expect(sheets[0]?.rows.map(({ cells }) => cells.length)).toEqual([2, 2, 2]);
    expect(sheets[0]?.mended).toEqual([{ row: 2, column: 2, what: 'quotation' }]);
  });
});
