/** Mails on real servers: one file is a whole order, with its sender, its words and its spreadsheets. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../../../schemas/order/order';
import { eml, msg } from '../../support/mails';
import { formOf, startOrders, type OrderStack } from './fixture';

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders({ tools: [] })));
afterAll(async () => await stack.stop());

const lines = Buffer.from('Reference;Designation;Quantity;Unit price\nA-1;Screw;2;1,50\nA-2;Nut;3;0,20\n');
const text =
  'Bonjour,\n\nVoici notre commande.\nMerci de livrer avant le 12 mars 2099.\n\nAdresse de livraison :\n12 rue des Lilas\n69002 Lyon\n\nCordialement';
const whole = {
  text,
  attachments: [
    { name: 'lignes.csv', bytes: lines, type: 'text/csv' },
    { name: 'conditions.pdf', bytes: Buffer.from('%PDF-1.7'), type: 'application/pdf' },
  ],
};

async function received(form: FormData): Promise<string> {
  const { status, body } = await stack.http.inbox(form);
  expect([status, body['errors']]).toEqual([202, undefined]);
  const id = String(body['order_id']);
  await stack.reaches(id, 'pending_validation');
  return id;
}
const codes = ({ anomalies }: Order) => anomalies.map(({ code }) => code).sort();

it.each([
  ['mail.eml', eml],
  ['mail.msg', msg],
])('%s alone is an order: sender, subject, lines, and a delivery that is a proposal', async (name, make) => {
  const id = await received(formOf({}, [[name, make(whole)]]));
  const { draft, from_email, subject } = await stack.reaches(id, 'pending_validation');
  expect([from_email, subject, draft!.language]).toEqual(['achats@librairie.example', 'Commande', 'fr']);
  expect(draft!.files.map(({ file, outcome }) => [file, outcome])).toEqual([
    [name, 'mail'],
    ['lignes.csv', 'order'],
  ]);
  expect(draft!.lines.map(({ reference, quantity }) => [reference?.value, quantity?.value])).toEqual([
    ['A-1', '2'],
    ['A-2', '3'],
  ]);
  expect(draft!.delivery).toMatchObject({
    date: {
      value: '2099-03-12',
      source: 'proposal',
      from: { file: name, text: 'Merci de livrer avant le 12 mars 2099.' },
    },
    address: { value: '12 rue des Lilas, 69002 Lyon', source: 'proposal', from: { file: name } },
  });
  expect(codes(draft!)).toEqual(
    expect.arrayContaining(['delivery.address_proposed', 'delivery.date_proposed', 'mail.attachments_unread']),
  );
  // the attachment is bound by its digest
  const digest = createHash('sha256').update(lines).digest('hex');
  expect(stack.documents()).toEqual(
    expect.arrayContaining([`artifacts/${digest.slice(0, 2)}/${digest}`, `orders/${id}/received/2`]),
  );
  expect(stack.uploads()).toEqual([]);
});

it('what the form says is stronger than the mail, and a difference is said', async () => {
  const form = {
    from_email: 'user@example.com',
    subject: 'Ours',
    delivery_date: '2999-04-01',
    delivery_address: '1 quai Sud',
  };
  const id = await received(formOf(form, [['mail.eml', eml(whole)]]));
  const { draft } = await stack.reaches(id, 'pending_validation');
  expect(draft).toMatchObject({ from_email: 'user@example.com', subject: 'Ours' });
  expect(draft!.delivery).toMatchObject({ date: { source: 'form' }, address: { source: 'form' } });
  expect(codes(draft!)).toEqual(
    expect.arrayContaining(['delivery.date_differs', 'mail.attachments_unread', 'mail.sender_differs']),
  );
});

it('a mail beside other files is one of them; its proposals are approved only as such', async () => {
  const sheet = readFileSync(join(__dirname, '../../unit/spreadsheets/office/order.xls'));
  const id = await received(
    formOf({}, [
      ['mail.eml', eml({ html: '<p>Voici la commande</p>', attachments: [] })],
      ['order.xls', sheet],
    ]),
  );
  const { draft } = await stack.reaches(id, 'pending_validation');
  expect(draft!.files.map(({ outcome }) => outcome)).toEqual(['mail', 'order']);
  expect(draft!.delivery.date).toMatchObject({ value: '2027-03-12', source: 'file' });
});

it('a mail without a spreadsheet waits for its lines', async () => {
  const id = await received(formOf({}, [['mail.eml', eml({ text })]]));
  expect(codes((await stack.reaches(id, 'pending_validation')).draft!)).toContain('lines.none');
  const added = { lines: [{ reference: 'A-9', quantity: '4' }] };
  expect((await stack.http.post(`/orders/${id}/validate`, added)).status).toBe(200);
  const { exports } = await stack.reaches(id, 'exported');
  expect((await stack.http.call<string>('GET', exports[0]!.href)).body).toContain('2099-03-12;L1;A-9');
});

describe('refused as a whole', () => {
  const refused = async (form: FormData) => {
    const { status, body } = await stack.http.inbox(form);
    expect(stack.uploads()).toEqual([]);
    return { status, body };
  };

  it('a mail with a spreadsheet that nobody may open, which is named', async () => {
    const locked = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage\0', 'utf16le'),
    ]);
    const mail = eml({ text, attachments: [{ name: 'locked.xlsx', bytes: locked }] });
    expect(await refused(formOf({}, [['mail.eml', mail]]))).toMatchObject({
      status: 422,
      body: { reason: 'encrypted', file: 'mail.eml › locked.xlsx' },
    });
  });

  it('a mail that cannot be read, more files than an order may have, and a mail without a sender', async () => {
    const cut = msg(whole).subarray(0, 1_600);
    expect(await refused(formOf({}, [['mail.msg', cut]]))).toMatchObject({ status: 422 });
    const attachments = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.csv`, bytes: lines, type: 'text/csv' }));
    expect(await refused(formOf({}, [['mail.eml', eml({ text, attachments })]]))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/files' }] },
    });
    expect(await refused(formOf({}, [['mail.eml', eml({ ...whole, from: 'undisclosed' })]]))).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/from_email' }] },
    });
  });
});
