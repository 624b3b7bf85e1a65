import type { FileReading } from '../../../schemas/order/order';
import { draftOf } from '../../../src/order/draft';
import type { Letter } from '../../../src/order/letter';
import { line, read } from '../../support/orders';

const letter: Letter = {
  ...{ order_id: 'O-1', from_email: 'a@b.example', subject: 'Order', language: 'en' },
  received_at: '2027-01-05T08:00:00.000Z',
  delivery: { address: '1 Main St, Leeds', date: '2029-02-01' },
};
const reading = (file: string, more: Partial<FileReading>): FileReading => ({
  ...{
    file,
    outcome: 'order',
    sheets: [],
    structures: [],
    lines: [],
    facts: {},
    totals: [],
    anomalies: [],
    sketch: [],
  },
  ...more,
});
const one = line('L1', { reference: 'A-1', quantity: '2' });
const codes = (readings: FileReading[]) =>
  draftOf(letter, readings).anomalies.map(({ code, severity }) => [code, severity]);

describe('a file that says another thing than the form', () => {
  it('is reported with both dates and both addresses; the form counts', () => {
    const day = { value: '2029-02-15', source: 'file' as const, confidence: 0.9 };
    const draft = draftOf(letter, [
      reading('a.xlsx', {
        lines: [one],
        facts: { delivery_date: day, delivery_address: read('3 rue Neuve, Grenoble') },
      }),
    ]);
    expect(draft.delivery.date?.value).toBe('2029-02-01');
    expect(draft.anomalies.map(({ code, message }) => [code, message.en])).toEqual([
      ['delivery.date_differs', 'The form says 2029-02-01, the file says 2029-02-15.'],
      ['delivery.address_differs', 'The form says 1 Main St, Leeds, the file says 3 rue Neuve, Grenoble.'],
    ]);
  });

  it('is not reported if it only says more', () => {
    expect(
      codes([reading('a.xlsx', { lines: [one], facts: { delivery_address: read('ACME, 1 Main St, Leeds LS1') } })]),
    ).toEqual([]);
  });
});

describe('a file of several orders', () => {
  it('gives each line the address of its own', () => {
    const order = (name: string, id: string, place: string) => ({
      ...{ order: name, lines: [id], facts: { delivery_address: read(place) } },
    });
    const lines = [
      { ...line('L1', { reference: 'A-1', quantity: '2' }), order: 'O1' },
      { ...line('L2', { reference: 'A-1', quantity: '3' }), order: 'O2' },
    ];
    const orders = [order('O1', 'L1', '12 rue A, Lyon'), order('O2', 'L2', '3 rue B, Grenoble')];
    const draft = draftOf(letter, [reading('a.xlsx', { lines, orders })]);
    expect(draft.lines.map(({ destination }) => destination?.value)).toEqual(['12 rue A, Lyon', '3 rue B, Grenoble']);
  });
});

describe('files with numbers of their own', () => {
  const files = ['P-1', 'P-2'].map((number) =>
    reading(`${number}.xlsx`, { lines: [one], facts: { order_number: read(number) } }),
  );

  it('are several orders, and each line names its own', () => {
    const draft = draftOf(letter, files);
    expect(draft.lines.map(({ line_id, order, order_number }) => [line_id, order, order_number?.value])).toEqual([
      ['L1', 'O1', 'P-1'],
      ['L2', 'O2', 'P-2'],
    ]);
    expect(draft.orders?.map(({ order, lines }) => [order, lines])).toEqual([
      ['O1', ['L1']],
      ['O2', ['L2']],
    ]);
    expect(draft.facts.order_number).toBeUndefined();
    expect(codes(files)).toContainEqual(['orders.several', 'blocking']);
  });

  it('are numbered without a gap for a mail that came with them', () => {
    const mail = reading('order.eml', { outcome: 'mail' });
    expect(draftOf(letter, [mail, ...files]).orders?.map(({ order }) => order)).toEqual(['O1', 'O2']);
  });

  it('with one number are one order', () => {
    const draft = draftOf(letter, [files[0] as FileReading, { ...(files[0] as FileReading), file: 'more.xlsx' }]);
    expect([draft.orders, draft.facts.order_number?.value]).toEqual([undefined, 'P-1']);
  });
});
