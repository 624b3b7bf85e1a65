import { createOrderReader, orderReaderLimits } from '../../../src/reading/orders';
import { files, xlsx } from '../spreadsheets/make';

const put = files();
const reader = createOrderReader();

describe('a file that a customer has sent', () => {
  test.each<[string, string | Buffer, string]>([
    ['a PDF', '%PDF-1.7', 'not_a_spreadsheet'],
    ['an empty file', '', 'not_a_spreadsheet'],
    ['a workbook without sheets', xlsx({ sheets: [] }), 'no_sheets'],
    ['a workbook cut short', xlsx().subarray(0, 300), 'damaged'],
  ])('is refused with the reason in both languages: %s', async (_, bytes, code) => {
    const reading = await reader.read(put(bytes), { file: 'order.xlsx' });
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
    const reading = await hurried.read(put(xlsx()), { file: 'order.xlsx' });
    expect(reading.reason?.code).toBe('too_slow');
  });

  test('is read in a child, which returns the reading', async () => {
    const rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>Hello</t></is></c></row>';
    const reading = await reader.read(put(xlsx({ sheets: [{ name: 'Letter', rows }] })), {
      file: 'letter.xlsx',
      language: 'fr',
    });
    expect(reading).toMatchObject({ file: 'letter.xlsx', outcome: 'not_an_order', sheets: [{ name: 'Letter' }] });
  });

  test('is left alone when the signal aborts', async () => {
    const reason = new Error('enough');
    await expect(reader.read(put(xlsx()), { file: 'a' }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
