/** The files of an order as they were sent: their sheets as windows of cells, with those that the draft names. */
import { Workbook } from 'exceljs';
import type { OrderCorrectionsMade } from '../../../schemas/order/corrections';
import type { OrderFiles, SheetWindow } from '../../../schemas/order/sheets';
import { eml } from '../../support/mails';
import { until } from '../../support/until';
import { formOf, good, startOrders, type OrderStack } from './fixture';

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders({ tools: [] })));
afterAll(async () => await stack.stop());

async function workbook(): Promise<Uint8Array> {
  const book = new Workbook();
  const sheet = book.addWorksheet('Bon de commande');
  sheet.addRow(['Commande BC-17']);
  sheet.mergeCells('A1:D1');
  sheet.addRow([]);
  sheet.addRow(['Référence', 'Désignation', 'Quantité', 'PU HT']).font = { bold: true };
  sheet.addRow(['00417', 'Cahier <script>alert(1)</script>', 12, 2.5]);
  sheet.addRow(['00418', 'Stylo', -3, 1]);
  sheet.getCell('B5').note = 'bleu, pas noir';
  sheet.getCell('D4').numFmt = '0.00 "€"';
  sheet.getCell('A5').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFC6EFCE' } };
  sheet.getRow(2).hidden = true;
  book.addWorksheet('Conditions', { state: 'hidden' }).addRow(['Franco de port']);
  return Buffer.from(await book.xlsx.writeBuffer());
}

async function received(files: [string, Uint8Array | string][]): Promise<string> {
  for (;;) {
    const { status, body } = await stack.http.inbox(formOf({ ...good, language: 'fr' }, files));
    expect([status, body['errors']]).toEqual([202, undefined]);
    const { draft } = await stack.reaches(String(body['order_id']), 'pending_validation');
    // a busy machine has not read a file in time: it is handed in once more
    const isRefused = draft?.anomalies.some(
      ({ code, message }) => code === 'file.refused' && / within /.test(message.en),
    );
    if (!isRefused) return String(body['order_id']);
  }
}

const windowOf = async (id: string, place: string) => await stack.http.get<SheetWindow>(`/orders/${id}/files/${place}`);

describe('an order of a workbook, a text file and a mail', () => {
  let id: string;
  beforeAll(async () => {
    const attachments = [{ name: 'suite.csv', bytes: Buffer.from('Reference;Quantity\nM-1;7\n'), type: 'text/csv' }];
    id = await received([
      ['bon.xlsx', await workbook()],
      ['lignes.csv', 'Reference;Quantity\nA-1;2\n"A\n2";3\n'],
      ['mail.eml', eml({ text: 'Bonjour, voici la suite.', attachments })],
    ]);
  });

  it('lists its files with their sheets, and what the address of each is', async () => {
    const { body } = await stack.http.get<OrderFiles>(`/orders/${id}/files`);
    expect(body.files.map(({ file, name, media_type, sheets }) => [file, name, media_type.slice(-5), sheets])).toEqual([
      [
        ...[1, 'bon.xlsx', 'sheet'],
        [
          { sheet: 1, name: 'Bon de commande', rows: 5, columns: 4, hidden: false },
          { sheet: 2, name: 'Conditions', rows: 1, columns: 1, hidden: true },
        ],
      ],
      [2, 'lignes.csv', 't/csv', [{ sheet: 1, name: 'csv', rows: 3, columns: 2, hidden: false }]],
      [3, 'mail.eml', 'fc822', []],
      [4, 'suite.csv', 't/csv', [{ sheet: 1, name: 'csv', rows: 2, columns: 2, hidden: false }]],
    ]);
    const file = await stack.http.get<string>(body.files[1]!.artifact.href);
    expect(file.body).toContain('A-1;2');
  });

  it('shows a sheet with its notes, merged cells and styles, and the cells that the draft names', async () => {
    const { body } = await windowOf(id, '1/sheets/1');
    const cell = (ref: string) => body.cells.find((one) => one.ref === ref);
    expect(cell('A1')).toEqual({ row: 1, column: 1, ref: 'A1', text: 'Commande BC-17', kind: 'text' });
    expect(body.merges).toEqual([{ ref: 'A1:D1', row: 1, column: 1, rows: 1, columns: 4 }]);
    expect(cell('B3')).toMatchObject({ text: 'Désignation', bold: true });
    expect(cell('B4')?.text).toBe('Cahier <script>alert(1)</script>');
    expect(cell('D4')).toMatchObject({ text: '2.50 €', kind: 'number' });
    expect(cell('A5')).toMatchObject({ text: '00418', fill: 'rgb C6EFCE' });
    expect(cell('B5')).toMatchObject({ text: 'Stylo', note: expect.stringContaining('bleu, pas noir') });

    const { draft } = await stack.reaches(id, 'pending_validation');
    const quantity = draft!.lines[1]!.quantity?.from;
    const negative = draft!.anomalies.findIndex(({ code }) => code === 'line.quantity_negative');
    expect(quantity).toMatchObject({ file: 'bon.xlsx', sheet: 'Bon de commande', cell: 'C5' });
    expect(body.version).toBe(draft!.version);
    expect(body.marks).toContainEqual({ ref: 'C5', path: '/lines/1/quantity', line_id: 'L2' });
    expect(body.marks).toContainEqual({
      ref: 'C5',
      path: `/anomalies/${negative}`,
      line_id: 'L2',
      code: 'line.quantity_negative',
    });
    expect(body.marks.filter(({ path }) => path.startsWith('/lines/2'))).toEqual([]); // of another file
  });

  it('cuts out a window, which may reach beyond what is filled', async () => {
    const { body } = await windowOf(id, '1/sheets/1?from_row=4&rows=2&from_column=3&columns=60');
    expect(body.cells.map(({ ref }) => ref)).toEqual(['C4', 'D4', 'C5', 'D5']);
    expect(body).toMatchObject({ rows: 5, columns: 4, from_row: 4, from_column: 3, merges: [], more_marks: false });
    expect(body.marks.every(({ ref }) => /^[CD][45]$/.test(ref))).toBe(true);
    expect((await windowOf(id, '1/sheets/1?from_row=900')).body).toMatchObject({ rows: 5, cells: [], marks: [] });
  });

  it('counts the rows of a text file as its evidence does', async () => {
    const { body } = await windowOf(id, '2/sheets/1');
    expect(body.cells.slice(-2)).toMatchObject([
      { ref: 'A3', text: 'A\n2' },
      { ref: 'B3', text: '3' },
    ]);
    expect(body.marks).toContainEqual(expect.objectContaining({ ref: 'B3', path: '/lines/3/quantity' }));
  });

  it.each([
    ['1/sheets/3', 404, 'bon.xlsx has no sheet number 3.'],
    ['3/sheets/1', 404, 'mail.eml has no sheet number 1.'],
    ['9/sheets/1', 404, 'The order has 4 files; none is number 9.'],
    ['1/sheets/0', 404, 'There is no such address.'],
    ['1/sheets/1?rows=201', 400, 'A parameter of the address is wrong.'],
    ['1/sheets/1?from_column=16385', 400, 'A parameter of the address is wrong.'],
  ])('a window that there is not says why: %s', async (place, status, detail) => {
    const answer = await stack.http.get<{ detail: string }>(`/orders/${id}/files/${place}`);
    expect([answer.status, answer.body.detail]).toEqual([status, detail]);
  });

  it('keeps what was read beside what it was corrected to, by whom and why; a fix is sent as it is', async () => {
    const before = await stack.reaches(id, 'pending_validation');
    const noted = before.draft!.anomalies.findIndex(({ code }) => code === 'line.noted');
    const fix = before.fixes!.find(({ path }) => path === `/anomalies/${noted}`);
    const corrections = { ...fix!.corrections, lines: [{ line_id: 'L2', quantity: '3' }], comment: 'by telephone' };
    expect(await stack.http.post(`/orders/${id}/correct`, corrections)).toMatchObject({ status: 200 });
    const made = async () => (await stack.http.get<OrderCorrectionsMade>(`/orders/${id}/corrections`)).body.corrections;
    await until(async () => (await made()).length > 0, 30_000);
    expect(await made()).toMatchObject([
      {
        version: 2,
        by: 'local',
        comment: 'by telephone',
        changes: [
          {
            path: '/lines/1/quantity',
            line_id: 'L2',
            read: { value: '-3', from: { sheet: 'Bon de commande', cell: 'C5' } },
            corrected: '3',
          },
          { kind: 'dismissed', path: `/anomalies/${noted}`, code: 'line.noted' },
        ],
      },
    ]);
    await stack.reaches(id, 'pending_validation');
    expect((await windowOf(id, '1/sheets/1')).body.version).toBe(2);
  });
});

it('an order that there is not has no files', async () => {
  expect(await stack.http.get(`/orders/O-none/files`)).toMatchObject({ status: 404 });
});
