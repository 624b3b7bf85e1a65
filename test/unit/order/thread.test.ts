import type * as thread from '../../../activities/order/thread';
import { createThreads } from '../../../activities/threads';
import { toCsv } from '../../../src/order/csv';
import { line, orderOf } from '../../support/orders';

const csv = { separator: ';' as const, decimal: '.' as const, bom: true, newline: '\r\n' as const };
const many = orderOf({
  lines: Array.from({ length: 20_000 }, (_, i) => line(`L${i + 1}`, { reference: `A-${i}`, quantity: '2' })),
});

const threads = createThreads<typeof thread>('order/thread');
afterAll(() => threads.close());

it('an order of 20,000 lines is written while the process goes on with other things', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 20);
  const files = await threads.run('write', { order: many, csv }, new AbortController().signal);
  clearInterval(others);
  expect(Buffer.from(files.csv).equals(toCsv(many, csv))).toBe(true);
  expect(files.xlsx.length).toBeGreaterThan(100_000);
  expect(turns).toBeGreaterThan(10);
}, 60_000);

it('is given up when the activity is cancelled', async () => {
  const cancelled = new AbortController();
  const writing = threads.run('write', { order: many, csv }, cancelled.signal);
  cancelled.abort();
  await expect(writing).rejects.toThrow('abort');
});
