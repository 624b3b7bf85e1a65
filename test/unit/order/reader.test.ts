import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDocuments } from '../../../src/documents/content';
import { getPaged } from '../../../src/documents/paged';
import { createOrderReader, largeOrderLimits, orderReaderLimits, type OrderReader } from '../../../src/reading/orders';
import { temporaryStore } from '../documents/support';
import { files, xlsx } from '../spreadsheets/make';

const put = files();
const reader = createOrderReader();
afterAll(() => reader.close());

async function readWith(
  { read }: Pick<OrderReader, 'read'>,
  bytes: string | Buffer,
  options: { file: string; language?: 'fr' },
  signal?: AbortSignal,
) {
  const documents = createDocuments((await temporaryStore()).store);
  const { reading, ...delivery } = await read(put(bytes), options, documents, signal);
  return { delivery, reading: await getPaged(documents, reading) };
}

describe('a file that a customer has sent', () => {
  test.each<[string, string | Buffer, string]>([
    ['a PDF', '%PDF-1.7', 'not_a_spreadsheet'],
    ['an empty file', '', 'not_a_spreadsheet'],
    ['a workbook without sheets', xlsx({ sheets: [] }), 'no_sheets'],
    ['a workbook cut short', xlsx().subarray(0, 300), 'damaged'],
  ])('is refused with the reason in both languages: %s', async (_, bytes, code) => {
    const { delivery, reading } = await readWith(reader, bytes, { file: 'order.xlsx' });
    expect(delivery).toMatchObject({ outcome: 'refused', reason: code, lines: 0 });
    expect(reading).toMatchObject({
      file: 'order.xlsx',
      outcome: 'refused',
      reason: { code, message: { en: expect.stringMatching(/\.$/), fr: expect.stringMatching(/\.$/) } },
      lines: [],
      anomalies: [],
    });
    expect(reading.reason?.message.en).not.toBe(reading.reason?.message.fr);
  });

  test('is refused when it takes too long', async () => {
    const hurried = createOrderReader({ ...orderReaderLimits, time: 1 });
    const { delivery } = await readWith(hurried, xlsx(), { file: 'order.xlsx' });
    expect(delivery.reason).toBe('too_slow');
  });

  test('is read in a child, which returns the reading', async () => {
    const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Hello</t></is></c></row>';
    const letter = xlsx({ sheets: [{ name: 'Letter', rows }] });
    const { reading } = await readWith(reader, letter, { file: 'letter.xlsx', language: 'fr' });
    expect(reading).toMatchObject({ file: 'letter.xlsx', outcome: 'not_an_order', sheets: [{ name: 'Letter' }] });
  });

  test.each(['order.xls', 'order.ods'])('is read in any format, by a child that then ends: %s', async (name) => {
    const bytes = readFileSync(join(__dirname, '..', 'spreadsheets', 'office', name));
    const { reading } = await readWith(reader, bytes, { file: name, language: 'fr' });
    expect(reading).toMatchObject({
      outcome: 'order',
      facts: {
        delivery_address: { value: '12 rue des Lilas, 69002 Lyon' },
        delivery_date: { value: '2027-03-12', from: { file: name, sheet: 'Bon de commande', cell: 'B3' } },
      },
    });
    expect(reading.lines.map(({ reference }) => reference?.value)).toEqual(expect.arrayContaining(['00123', '00125']));
    expect(reading.lines.find(({ reference }) => reference?.value === '00123')).toMatchObject({
      quantity: { value: '10' },
      unit_price: { value: '2.5' },
      amount: { value: '25' },
    });
  });

  test('has more time and memory when it is large, and the child hands it on in pages', async () => {
    const many = Array.from(
      { length: 15_000 },
      (_, i) => `REF-${i};An article with a name of some length ${i};${1 + (i % 9)}\n`,
    );
    const strict = createOrderReader({ ...orderReaderLimits, time: 1 }, largeOrderLimits);
    const { delivery, reading } = await readWith(strict, `Reference;Description;Quantity\n${many.join('')}`, {
      file: 'a.csv',
    });
    expect(delivery).toMatchObject({ outcome: 'order', reason: null, lines: 15_000, uncertain: false });
    expect(reading.lines).toHaveLength(15_000);
    expect(reading.lines.at(-1)).toMatchObject({ line_id: 'L15000', reference: { value: 'REF-14999' } });
  });

  test('is left alone when the signal aborts', async () => {
    const reason = new Error('enough');
    await expect(readWith(reader, xlsx(), { file: 'a' }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
