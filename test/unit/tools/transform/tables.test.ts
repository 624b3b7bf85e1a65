import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Json } from '../../../../schemas/json';
import { readWorkbook } from '../../../../src/spreadsheets/read';
import { temporaryFolder } from '../../documents/support';
import { fromCsv, toCsv } from '../../../../src/transform/csv';
import { failureOf } from '../support';
import { openApart, toolBench, type ToolBench } from './support';

const { apart, close } = openApart();
let bench: ToolBench;
beforeAll(async () => {
  bench = await toolBench({ apart });
});
afterAll(close);

const write = (path: string, bytes: Buffer) => bench.workspace.write(path, bytes);

describe('a CSV', () => {
  it('gives back what was written: line breaks, marks, spaces', async () => {
    const items = [
      { a: 'one\ntwo, "three"', b: ' x ' },
      { a: '1;2\n3;4', b: '00012' },
    ];
    for (const delimiter of [',', ';', '\t']) {
      const { text } = await bench.run('transform.to_csv', { items, delimiter });
      expect(await bench.run('transform.from_csv', { text })).toMatchObject({ items });
    }
  });

  it('gives back any texts, with any delimiter', () => {
    const text = fc.string({ minLength: 1, unit: fc.constantFrom('a', '1', ',', ';', '"', '\n', '\r', ' ', 'é') });
    const items = fc.array(fc.record({ a: text, b: text }), { minLength: 1 });
    fc.assert(
      fc.property(items, fc.constantFrom(',', ';', '|'), fc.boolean(), (given, delimiter, bom) => {
        const csv = toCsv(given, { delimiter, bom });
        expect(fromCsv(csv, { delimiter }).items).toEqual(given);
      }),
    );
  });

  it('has no formulas, and leaves numbers as they are', async () => {
    const items = [
      { a: '=1+1', b: '-12.5', c: -3 },
      { a: '\u200b@x', b: '+33 6', c: true },
    ];
    const { text } = await bench.run('transform.to_csv', { items });
    expect(text).toBe("a,b,c\r\n'=1+1,-12.5,-3\r\n'\u200b@x,'+33 6,true\r\n");
  });

  it('is read in its encoding, with its delimiter, from a file', async () => {
    await write('in.csv', Buffer.from('Référence;Qté\r\nÉcrou;3\r\n', 'latin1'));
    expect(await bench.run('transform.from_csv', { path: 'in.csv' })).toEqual({
      items: [{ Référence: 'Écrou', Qté: '3' }],
      columns: ['Référence', 'Qté'],
      count: 1,
    });
  });

  it('without a header has the columns of a sheet; names that come again get a number', async () => {
    const { items } = await bench.run('transform.from_csv', { text: '1,2\n3,\n', header: false });
    expect(items).toEqual([{ A: '1', B: '2' }, { A: '3' }]);
    expect((await bench.run('transform.from_csv', { text: 'n,n,\n1,2,3\n' })).columns).toEqual(['n', 'n_2', 'C']);
  });

  it('is refused where a quotation is open, and where there are two sources or none', async () => {
    expect(await failureOf(bench.run('transform.from_csv', { text: 'a,b\n"x,1\ny,2\n' }))).toMatchObject({
      type: 'transform.bad_file',
      message: expect.stringContaining('row 2'),
    });
    expect(await failureOf(bench.run('transform.from_csv', {}))).toMatchObject({ type: 'transform.bad_operation' });
    expect(await failureOf(bench.run('transform.from_csv', { path: 'no.csv' }))).toMatchObject({
      type: 'file.not_found',
    });
  });
});

describe('a workbook', () => {
  const items = [
    {
      day: '2026-03-01',
      at: '2026-03-01T10:30:00Z',
      text: '=1+1',
      zip: '01000',
      n: 1.5,
      ok: true,
      big: 123456789012345680000,
    },
    { day: '2026-03-02', at: null, text: 'x', zip: '69000', n: -2, ok: false, big: 1 },
  ];

  it('holds dates as dates, texts as texts and numbers as numbers', async () => {
    const { file } = await bench.run('transform.to_xlsx', { items, sheet: 'In/Out', save_as: 'out.xlsx' });
    const copy = join(temporaryFolder(), 'out.xlsx');
    await writeFile(copy, await bench.workspace.read('out.xlsx'));
    const book = await readWorkbook(copy);
    expect(book.sheets[0]!.name).toBe('In Out');
    expect(book.sheets[0]!.rows[1]!.cells.map(({ value }) => value.is)).toEqual([
      ...['date', 'date', 'text', 'text', 'number', 'boolean', 'text'],
    ]);
    const read = await bench.run('transform.from_xlsx', { artifact: file as Json });
    expect(read.items[0]).toEqual({ ...items[0], at: '2026-03-01T10:30:00', big: '123456789012345680000' });
    expect(read.count).toBe(2);
  });

  it('is refused if it is none, or has no such sheet', async () => {
    await write('bad.xlsx', Buffer.from('PK\u0003\u0004 nothing'));
    expect(await failureOf(bench.run('transform.from_xlsx', { path: 'bad.xlsx' }))).toMatchObject({
      type: 'transform.bad_file',
      nonRetryable: true,
    });
    await bench.run('transform.to_xlsx', { items: [{ a: 1 }], save_as: 'one.xlsx' });
    expect(await failureOf(bench.run('transform.from_xlsx', { path: 'one.xlsx', sheet: 'Two' }))).toMatchObject({
      type: 'transform.bad_file',
      message: expect.stringContaining('there is no sheet "Two": "Data"'),
    });
  });

  it('tells a text that no cell can hold', async () => {
    const long = { items: [{ a: 'x'.repeat(40_000) }] };
    expect(await failureOf(bench.run('transform.to_xlsx', long))).toMatchObject({ type: 'transform.too_large' });
  });
});

describe('transform.apply', () => {
  const apply = (input: object) => bench.run('data_transformation', input);

  it('goes from a CSV to a figure', async () => {
    const transformations = [
      { operation: 'from_csv', text: 'team,n\na,1\nb,2\na,3\n' },
      { operation: 'transform.group', by: ['team'], aggregates: { n: { op: 'sum', field: 'n' } } },
      { type: 'jsonata', expression: '$max(n)' },
    ];
    expect(await apply({ transformations })).toEqual({ value: 4 });
  });

  it('reads a file first, and saves one last', async () => {
    await write('people.csv', Buffer.from('name,age\nAnn,31\nBob,29\n'));
    const transformations = [
      { operation: 'from_csv', path: 'people.csv' },
      { operation: 'filter', where: [{ field: 'age', op: 'gt', value: 30 }] },
      { operation: 'to_csv', save_as: 'old.csv' },
    ];
    expect(await apply({ transformations })).toMatchObject({ path: 'old.csv', count: 1, bytes: 18 });
    expect(await bench.run('file.read', { path: 'old.csv', as: 'text' })).toMatchObject({
      content: 'name,age\r\nAnn,31\r\n',
    });
  });

  it('tells which operation is wrong', async () => {
    const fault = (input: object) => failureOf(apply(input));
    expect(await fault({ operation: 'pivot', data: [] })).toMatchObject({
      message: expect.stringMatching(/^operation is one of filter, select, .*not "pivot"$/),
    });
    expect(await fault({ data: [], transformations: [{ type: 'sort', by: 'n' }] })).toMatchObject({
      type: 'transform.bad_operation',
      message: '/transformations/0: sort: /by must be array',
    });
    expect(await fault({ data: [{ a: 1 }], operation: 'map', expression: 'a' })).toMatchObject({
      type: 'transform.bad_expression',
      message: 'the expression makes 1 of item 1, and no object',
    });
  });
});
