/** Orders on the command line, on a real API: output as lines and as JSON, and exit codes. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { OrderAccepted, OrderDecided, OrderDetail, OrderHistory, PendingOrders } from '../../../schemas/order/api';
import type { LedgerReport } from '../../../src/ledger/verify';
import { createCli } from '../../../cli/cli';
import { registerAudit } from '../../../cli/commands/audit';
import { registerOrders } from '../../../cli/commands/orders';
import { until } from '../../support/until';
import { lines, startOrders, type OrderStack } from './fixture';

let stack: OrderStack;
let dir: string;
beforeAll(async () => {
  stack = await startOrders();
  dir = mkdtempSync(join(tmpdir(), 'awe-cli-'));
});
afterAll(async () => {
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Output, notes and exit code of a command. */
async function awe(...words: string[]) {
  const [said, noted] = [[] as string[], [] as string[]];
  let code = 0;
  const program = new Command('awe').exitOverride();
  const cli = createCli({
    config: () => stack.config,
    say: (line: string) => void said.push(line),
    note: (line: string) => void noted.push(line),
    exit: (wanted: number) => void (code = wanted),
  });
  registerOrders(program, cli);
  registerAudit(program, cli);
  await program.parseAsync(['node', 'awe', ...words]).catch((error: Error) => {
    noted.push(error.message);
    code = 1;
  });
  return { code, out: said.join('\n'), err: noted.join('\n') };
}
const json = async <T>(...words: string[]) => JSON.parse((await awe(...words, '--json')).out) as T;

function put(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}
const submit = async (...more: string[]) => {
  const sent = ['--from', 'user@example.com', '--subject', 'New order', ...more];
  const { out, code } = await awe('orders', 'submit', put('order.csv', lines), ...sent);
  expect(code).toBe(0);
  await stack.reaches(out, 'pending_validation');
  return out;
};
const whole = ['--address', '1 Main St', '--date', '2999-01-02'];

it('an order is handed in, corrected, approved, fetched, and proved', async () => {
  const id = await submit();
  await until(async () => (await awe('orders', 'list', '--pending')).out.includes(id));
  const { out: list } = await awe('orders', 'list', '--pending');
  expect(list).toMatch(/ORDER +STATUS +LINES/);
  expect(list).toMatch(new RegExp(`${id} +waiting.* 2/0`));

  const shown = (await awe('orders', 'show', id)).out;
  expect(shown).toContain(`${id}  pending_validation`);
  expect(shown).toContain('blocking  delivery.address_missing: The delivery address is missing.');
  expect(shown).toMatch(/L1 +A-1/);

  const blocked = await awe('orders', 'approve', id);
  expect(blocked.code).toBe(2);
  expect(blocked.err).toContain('delivery.date_missing');
  expect((await awe('orders', 'export', id)).code).toBe(1);

  const corrections = put('corrections.json', JSON.stringify({ lines: [{ line_id: 'L2', quantity: '30' }] }));
  const corrected = await awe('orders', 'correct', id, '--address', '2 High St', '--corrections', corrections);
  expect([corrected.code, corrected.out]).toEqual([0, `${id} version 2 corrected by local`]);
  const { question } = await stack.reaches(id, 'pending_validation');

  const seen = await awe('orders', 'correct', id, '--comment', 'nothing to correct');
  expect(seen.err).toContain('draft     version 2');
  const stale = await awe('orders', 'approve', id, '--if-match', `sha256:${'0'.repeat(64)}`);
  expect([stale.code, stale.err]).toEqual([1, expect.stringContaining('412')]);
  const approved = await awe('orders', 'approve', id, '--date', '2999-05-06', '--if-match', question!.digest);
  expect(approved).toMatchObject({ code: 0, out: `${id} version 3 approved by local` });
  await stack.reaches(id, 'exported');
  expect(await awe('orders', 'approve', id)).toMatchObject({ code: 1, err: expect.stringContaining('409') });

  const csv = join(dir, 'out.csv');
  expect(await awe('orders', 'export', id, '--output', csv)).toMatchObject({ code: 0, out: csv });
  expect(readFileSync(csv, 'utf8')).toContain(`${id};;user@example.com;2 High St;2999-05-06;L2;A-2;;;;;30;`);
  expect(await awe('orders', 'export', id, '--format', 'xlsx')).toMatchObject({ code: 1 });

  const { out: history } = await awe('orders', 'show', id, '--history');
  const told = ['ORDER.RECEIVED', 'ORDER.CORRECTED', 'ORDER.APPROVED', 'ORDER.EXPORT_READY'];
  expect(told.map((event) => history.indexOf(event))).toEqual(
    [...told.map((event) => history.indexOf(event))].sort((a, b) => a - b),
  );
  expect(told.every((event) => history.includes(event))).toBe(true);
  expect(await awe('audit', 'verify')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^order: 2 entries, all as written; head 2 sha256:/),
  });
});

it('every command speaks JSON', async () => {
  const sent = [
    '--from',
    'user@example.com',
    '--subject',
    'JSON',
    ...whole,
    '--language',
    'fr',
    '--idempotency-key',
    'cli',
  ];
  const file = put('json.csv', lines);
  const accepted = await json<OrderAccepted>('orders', 'submit', file, ...sent);
  expect(await json<OrderAccepted>('orders', 'submit', file, ...sent)).toEqual(accepted);
  const { order_id: id } = accepted;
  await stack.reaches(id, 'pending_validation');
  await until(async () =>
    (await json<PendingOrders>('orders', 'list', '--pending')).orders.some(({ order_id }) => order_id === id),
  );
  expect(await json<OrderDetail>('orders', 'show', id)).toMatchObject({ order_id: id, status: 'pending_validation' });
  expect(await json<OrderDecided>('orders', 'correct', id, '--date', '2999-09-09')).toMatchObject({
    outcome: 'corrected',
  });
  await stack.reaches(id, 'pending_validation');
  expect(await json<OrderDecided>('orders', 'reject', id, '--reason', 'ordered twice')).toMatchObject({
    outcome: 'rejected',
  });
  await stack.reaches(id, 'rejected');
  const { history } = await json<OrderHistory>('orders', 'show', id, '--history');
  expect(history.at(-1)).toMatchObject({ event: 'ORDER.REJECTED', by: 'local', ledger: { n: expect.any(Number) } });
  const [report] = await json<LedgerReport[]>('audit', 'verify');
  expect(report).toMatchObject({ process: 'order', faults: [] });
});

it('what cannot be done says why and ends with 1', async () => {
  const missing = await awe('orders', 'submit', join(dir, 'nowhere.xlsx'), '--from', 'a@b.fr', '--subject', 'x');
  expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('nowhere.xlsx cannot be read') });
  const refused = await awe(
    'orders',
    'submit',
    put('a.csv', lines),
    '--from',
    'nobody',
    '--subject',
    'x',
    '--date',
    '2024-02-30',
  );
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringMatching(/\/from_email[^]*\/delivery_date|\/delivery_date[^]*\/from_email/),
  });
  expect(await awe('orders', 'show', 'O-nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no order O-nobody.'),
  });
  const id = await submit(...whole);
  const broken = await awe('orders', 'correct', id, '--corrections', put('broken.json', '{'));
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('is not a file of corrections') });
  expect(await awe('orders', 'reject', id)).toMatchObject({ code: 1 });
  await awe('orders', 'reject', id, '--reason', 'test');
});

it('a ledger in which a byte has changed is told of, with 2', async () => {
  const entry = join(stack.config.store.dir, 'ledger/order/000000002.json');
  const bytes = readFileSync(entry, 'utf8');
  writeFileSync(entry, bytes.replace('"by": "local"', '"by": "Local"'));
  expect(await awe('audit', 'verify')).toMatchObject({ code: 2, out: expect.stringContaining('2 changed') });
  expect((await json<LedgerReport[]>('audit', 'verify'))[0]!.faults).toMatchObject([{ n: 2, code: 'changed' }]);
  writeFileSync(entry, bytes);
  expect((await awe('audit', 'verify')).code).toBe(0);
});
