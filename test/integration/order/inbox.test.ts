/** Limits of the inbox: a refusal states the fault and its remedy, and leaves nothing behind. */
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { Workbook } from 'exceljs';
import { deflateRawSync } from 'node:zlib';
import { say } from '../../support/faults/random';
import { sample } from '../../support/samples';
import { until } from '../../support/until';
import { counted, formOf, good, lines, startOrders, times, type Answer, type OrderStack } from './fixture';

/** Uploads that are broken off; RELIABILITY asks for a thousand. */
const ABORTED = Number(process.env['AWE_TEST_ABORTED'] ?? 200);

let stack: OrderStack;
beforeAll(async () => (stack = await startOrders({ worker: false })));
afterAll(async () => await stack.stop());

interface Problem {
  title: string;
  detail: string;
  reason?: string;
  errors?: { pointer: string; detail: string }[];
}

/** A zip of stored or deflated parts. */
function zip(parts: [string, Buffer][]): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, bytes] of parts) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc(bytes), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, Buffer.from(name));
    bodies.push(head, Buffer.from(name), packed);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

function crc(bytes: Buffer): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

const book = (more: [string, Buffer]): Buffer =>
  zip([['[Content_Types].xml', Buffer.from('<Types/>')], ['xl/workbook.xml', Buffer.from('<workbook/>')], more]);
const files = (count: number): [string, string][] => Array.from({ length: count }, (_, i) => [`f${i}.csv`, lines]);
const file = (name: string, bytes: Uint8Array | string) =>
  formOf(good, [
    ['fine.csv', lines],
    [name, bytes],
  ]);

/** First bytes of old Office files, and of encrypted workbooks. */
const oldOffice = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]);
const encrypted = sample('xlsx-hostile/poi-protected_passtika.xlsx');

const refusals: [string, () => FormData, number, string][] = [
  ['no file', () => formOf(good, []), 422, '/files'],
  ['21 files', () => formOf(good, files(21)), 422, '/files'],
  ['200 files', () => formOf(good, files(200)), 422, '/files'],
  ['a file of 30 MB', () => file('big.xlsx', Buffer.alloc(30 * 1024 * 1024, 'PK')), 413, '/files'],
  [
    'a PDF named .xlsx',
    () => file('order.xlsx', Buffer.concat([Buffer.from('%PDF-1.7\n%\u00e2\n'), Buffer.alloc(99)])),
    422,
    '/files/1',
  ],
  ['an empty file', () => file('order.xlsx', ''), 422, '/files/1'],
  ['an old workbook', () => file('order.xls', oldOffice), 422, '/files/1'],
  ...(encrypted
    ? [
        ['an encrypted workbook', () => file('order.xlsx', encrypted), 422, '/files/1'] as [
          string,
          () => FormData,
          number,
          string,
        ],
      ]
    : []),
  ['macros', () => file('order.xlsm', book(['xl/vbaProject.bin', Buffer.from('x')])), 422, '/files/1'],
  [
    'a zip bomb',
    () => file('order.xlsx', book(['xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024)])),
    422,
    '/files/1',
  ],
  ['a zip that is no workbook', () => file('order.xlsx', zip([['a.txt', Buffer.from('x')]])), 422, '/files/1'],
  [
    'a file in another field',
    () => {
      const form = formOf();
      form.append('attachment', new Blob(['x']), 'x.csv');
      return form;
    },
    422,
    '/attachment',
  ],
  ['an unknown field', () => formOf({ ...good, priority: 'high' }), 422, '/priority'],
  ['a field that would be a prototype', () => formOf({ ...good, constructor: 'x' }), 422, '/constructor'],
  ['a field with brackets', () => formOf({ ...good, 'delivery[address]': 'x' }), 422, '/delivery'],
  [
    'a field twice',
    () => {
      const form = formOf();
      form.append('subject', 'again');
      return form;
    },
    422,
    '/subject',
  ],
  ['no sender', () => formOf({ ...good, from_email: undefined }), 422, '/from_email'],
  ['a broken e-mail address', () => formOf({ ...good, from_email: 'user@' }), 422, '/from_email'],
  ['no subject', () => formOf({ ...good, subject: '  ' }), 422, '/subject'],
  ['a date that is not ISO', () => formOf({ ...good, delivery_date: '02/01/2024' }), 422, '/delivery_date'],
  ['a day that no calendar has', () => formOf({ ...good, delivery_date: '2024-02-30' }), 422, '/delivery_date'],
  ['another language', () => formOf({ ...good, language: 'de' }), 422, '/language'],
  [
    'an address that is too long',
    () => formOf({ ...good, delivery_address: 'x'.repeat(2_001) }),
    422,
    '/delivery_address',
  ],
];

describe('a refusal', () => {
  it.each(refusals)(
    'of %s is a problem that names the field, and nothing is left of it',
    async (_, form, status, pointer) => {
      const before = stack.documents();
      const answer = (await stack.http.inbox(form())) as unknown as Answer<Problem>;
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        status,
        expect.stringMatching(/^application\/problem\+json/),
      ]);
      expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
      expect(answer.body.errors?.every(({ detail }) => detail.length > 5)).toBe(true);
      await until(() => stack.uploads().length === 0);
      expect(stack.documents()).toEqual(before);
    },
  );

  const broken: [string, string, string][] = [
    ['a body that is no form', 'application/json', '{}'],
    ['a form without boundary', 'multipart/form-data', 'x'],
    ['a form of another boundary', 'multipart/form-data; boundary=a', '--b\r\n\r\nx\r\n--b--\r\n'],
    [
      'a form that ends in the middle',
      'multipart/form-data; boundary=a',
      '--a\r\nContent-Disposition: form-data; name="files"; filename="x.csv"\r\n\r\nRef',
    ],
    [
      'a part without a name',
      'multipart/form-data; boundary=a',
      '--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--\r\n',
    ],
    ['nothing', 'multipart/form-data; boundary=a', ''],
  ];
  it.each(broken)('of %s is a 4xx problem, and nothing is left of it', async (_, type, body) => {
    const before = stack.documents();
    const answer = await stack.http.call<Problem>('POST', '/orders/inbox', { body, headers: { 'content-type': type } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    await until(() => stack.uploads().length === 0);
    expect(stack.documents()).toEqual(before);
  });

  it(`of ${ABORTED} uploads that were broken off leaves no file and no descriptor`, async () => {
    const before = stack.documents();
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const open = descriptors();
    const { hostname, port } = new URL(stack.http.url);
    const abort = (i: number) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(
            `POST /orders/inbox HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 100000\r\n` +
              'Content-Type: multipart/form-data; boundary=a\r\n\r\n' +
              '--a\r\nContent-Disposition: form-data; name="files"; filename="x.csv"\r\n\r\n'.slice(0, 20 + (i % 60)) +
              'x'.repeat((i * 977) % 40_000),
          );
          setTimeout(() => socket.destroy(), i % 40);
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    for (let from = 0; from < ABORTED; from += 50) await times(Math.min(50, ABORTED - from), (i) => abort(from + i));
    await until(() => stack.uploads().length === 0);
    await until(() => descriptors() <= open + 5);
    say(`${ABORTED} aborted uploads: ${stack.uploads().length} files left, ${descriptors() - open} descriptors more`);
    expect(stack.documents()).toEqual(before);
    expect((await stack.http.inbox(formOf())).status).toBe(202);
  });
});

describe('an Idempotency-Key', () => {
  const key = (name: string) => ({ 'idempotency-key': name });

  it('fifty times at once is one order, and every answer names it', async () => {
    const answers = await times(50, () => stack.http.inbox(formOf(), key('fifty')));
    expect(counted(answers)).toEqual({ 202: 50 });
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    const id = String(answers[0]!.body['order_id']);
    expect(
      stack.documents().filter((path) => /^orders\/[^/]+\/received\/1$/.test(path) && path.includes(id)),
    ).toHaveLength(1);
  });

  it.each<[string, () => FormData]>([
    ['another field', () => formOf({ ...good, subject: 'Another order' })],
    ['one byte of a file', () => formOf(good, [['order.csv', lines.replace('2', '3')]])],
    ['another name of a file', () => formOf(good, [['other.csv', lines]])],
    ['one file more', () => formOf(good, files(2))],
  ])('with %s is 422, and keeps nothing', async (_, other) => {
    const name = `other-${_}`;
    const first = await stack.http.inbox(formOf(), key(name));
    const before = stack.documents();
    expect((await stack.http.inbox(other(), key(name))).status).toBe(422);
    expect(stack.documents()).toEqual(before);
    const again = await stack.http.inbox(formOf(), key(name));
    expect([again.status, again.body]).toEqual([202, first.body]);
  });
});

it('a workbook and twenty files are taken', async () => {
  const workbook = new Workbook();
  workbook.addWorksheet('Order').addRow(['Reference', 'Quantity']);
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  expect((await stack.http.inbox(formOf(good, [['../../order.xlsx', bytes], ...files(19)]))).status).toBe(202);
  expect(stack.uploads()).toEqual([]);
});
