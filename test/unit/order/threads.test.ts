import { createThreads } from '../../../src/threads/pool';
import { toCsv } from '../../../src/order/csv';
import { createDocuments } from '../../../src/documents/content';
import { getPaged } from '../../../src/documents/paged';
import { keepOrder } from '../../../src/reading/keep';
import { faulty, temporaryStore } from '../documents/support';
import { line, orderOf } from '../../support/orders';

const csv = { separator: ';' as const, decimal: '.' as const, bom: true, newline: '\r\n' as const };
const orderOfLines = (length: number) =>
  orderOf({ lines: Array.from({ length }, (_, i) => line(`L${i + 1}`, { reference: `A-${i}`, quantity: '2' })) });

const pool = createThreads();
const threads = pool.of('order');
afterAll(() => pool.close());

async function kept(order = orderOfLines(3_000)) {
  const { store } = await temporaryStore();
  const documents = createDocuments(store);
  return { store, documents, order: (await keepOrder(documents, order)).order };
}

/** Turns of this process's own loop while the work went on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 20);
  await work.finally(() => clearInterval(others));
  return turns;
}

it('an order of 20,000 lines is written while the process goes on with other things', async () => {
  const many = orderOfLines(20_000);
  const { documents, order } = await kept(many);
  const writing = threads.run('write', { order, csv }, { documents });
  expect(await turnsDuring(writing)).toBeGreaterThan(10);
  const files = await writing;
  expect(Buffer.from(files.csv).equals(toCsv(many, csv))).toBe(true);
  expect(files.xlsx.length).toBeGreaterThan(100_000);
});

it('a correction of one line comes back as figures, and writes the page of that line and no other', async () => {
  const { store, documents, order } = await kept();
  const sent = { lines: [{ line_id: 'L1500', quantity: '3' }] };
  let written = 0;
  const files = faulty(store, {
    async create(...given) {
      const outcome = await store.create(...given);
      written += Number(outcome === 'created');
      return outcome;
    },
  });
  const { summary } = (await threads.run('review', { order, sent, by: 'ann' }, { documents: { files } })) as {
    summary: { order: typeof order; lines: number; quantity: string };
  };
  expect(summary).toMatchObject({ version: 2, lines: 3_000, quantity: '6001' });
  expect(written).toBe(2); // the page, and the order that names it
  expect((await getPaged(documents, summary.order)).lines[1_499]?.quantity?.value).toBe('3');
});

it('weighs corrections without keeping anything', async () => {
  const { store, order } = await kept();
  const refuse = () => Promise.reject(new Error('nothing is to be written'));
  const files = faulty(store, { create: refuse, replace: refuse });
  const weighed = (corrections: object) =>
    threads.run('weigh', { order, corrections, by: 'ann' }, { documents: { files } });
  expect(await weighed({ lines: [{ line_id: 'L1', quantity: '3' }] })).toEqual({
    changed: true,
    version: 2,
    blocking: [],
    count: 0,
  });
  expect(await weighed({})).toMatchObject({ changed: false, version: 1 });
  expect(await weighed({ lines: [{ line_id: 'L0', quantity: '3' }] })).toMatchObject({
    faults: [{ pointer: '/lines/0/line_id' }],
  });
});

it('a fault of the document store is the same error as without a thread', async () => {
  const { documents, order } = await kept();
  const lost = { ...order, $ref: `sha256:${'0'.repeat(64)}` } as typeof order;
  await expect(threads.run('write', { order: lost, csv }, { documents })).rejects.toMatchObject({
    name: 'DocumentError',
    code: 'not_found',
  });
});

it('is given up when the activity is cancelled', async () => {
  const { documents, order } = await kept();
  const cancelled = new AbortController();
  const writing = threads.run('write', { order, csv }, { documents, signal: cancelled.signal });
  cancelled.abort();
  await expect(writing).rejects.toThrow('abort');
});
