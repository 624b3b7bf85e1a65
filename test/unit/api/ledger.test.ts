/** The decisions of people, as the API lists and verifies them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntryDetail, LedgerPage, LedgerVerification } from '../../../schemas/ledger/api';
import { createLedger, entryPath, type Decided } from '../../../src/ledger/ledger';
import { temporaryStore } from '../documents/support';
import { openDoor } from './door';

let url: string;
let close: () => void;
let root: string;
const decided = (process: string, n: number, more: Partial<Decided> = {}): Decided => ({
  ...{ process, workflow_id: `ns.${process}.${n}`, subject: `${process}-${n}`, approval_id: 'plan-1' },
  ...{ decision_id: `d-${n}`, choice: 'approve', by: 'ann', channel: 'api', verified: true },
  ...{ shown: 'sha256:1', outcome: 'sha256:2', decided_at: `2026-03-0${n}T08:00:00.000Z`, ...more },
});

beforeAll(async () => {
  const opened = await temporaryStore();
  ({ root } = opened);
  let day = 0;
  const ledger = createLedger(opened.store, () => new Date(Date.UTC(2026, 2, ++day, 9)));
  await ledger.append(decided('order', 1));
  await ledger.append(decided('job', 2, { by: 'bob', choice: 'reject' }));
  await ledger.append(decided('order', 3));
  await ledger.append(decided('job', 4));
  ({ url, close } = await openDoor({ ledger, store: opened.store, isOurs: (id: string) => id.startsWith('ns.') }));
});
afterAll(() => close());

async function get<T>(path: string): Promise<{ status: number; body: T }> {
  const answer = await fetch(url + path);
  return { status: answer.status, body: (await answer.json()) as T };
}
const list = async (query: string) => {
  const { entries, next_cursor } = (await get<LedgerPage>(`/ledger?${query}`)).body;
  return { subjects: entries.map(({ subject }) => subject), cursor: next_cursor };
};

it('lists decisions of all processes, the newest first, by pages and filters', async () => {
  const first = await list('limit=3');
  expect(first.subjects).toEqual(['job-4', 'order-3', 'job-2']);
  expect(await list(`limit=3&cursor=${first.cursor}`)).toEqual({ subjects: ['order-1'], cursor: undefined });
  expect((await list('by=bob')).subjects).toEqual(['job-2']);
  expect((await list('process=order&choice=approve')).subjects).toEqual(['order-3', 'order-1']);
  expect((await list('workflow_id=ns.job.4')).subjects).toEqual(['job-4']);
  const between = 'since=2026-03-02T08:00:00Z&until=2026-03-04T08:00:00Z';
  expect((await list(between)).subjects).toEqual(['order-3', 'job-2']);
  expect((await list('process=nothing')).subjects).toEqual([]);
  expect((await get('/ledger?cursor=e30x')).status).toBe(422);
});

it('shows one with its place in its chain', async () => {
  const { body } = await get<LedgerEntryDetail>('/ledger/order/2');
  expect(body).toMatchObject({ subject: 'order-3', place: { unchanged: true, follows: true } });
  expect(body.links).toEqual({ self: '/ledger/order/2', run: '/runs/ns.order.3' });
  expect((await get('/ledger/order/3')).status).toBe(404);
});

it('verifies the chains from their files, by stretches too, and says what has changed', async () => {
  const whole = (await get<LedgerVerification>('/ledger/verify')).body;
  expect(whole).toMatchObject({
    whole: true,
    chains: [
      { process: 'job', entries: 2, through: 2, head: { n: 2 } },
      { process: 'order', entries: 2, through: 2 },
    ],
    words: 'job: 2 entries, all as written. order: 2 entries, all as written.',
  });
  const first = (await get<LedgerVerification>('/ledger/verify?limit=3')).body;
  expect(first.chains.map(({ process, from, through }) => [process, from, through])).toEqual([
    ['job', 1, 2],
    ['order', 1, 1],
  ]);
  const file = join(root, entryPath('order', 1));
  writeFileSync(file, readFileSync(file, 'utf8').replace('"ann"', '"eve"'));
  const rest = (await get<LedgerVerification>(`/ledger/verify?limit=3&cursor=${first.next_cursor}`)).body;
  expect(rest).toMatchObject({
    whole: false,
    chains: [{ from: 2, through: 2, faults: [{ n: 2, code: 'broken_chain' }] }],
  });
  expect(rest.next_cursor).toBeUndefined();
  expect((await get<LedgerVerification>('/ledger/verify?process=order')).body).toMatchObject({
    whole: false,
    chains: [{ faults: [{ n: 1, code: 'changed' }] }],
  });
});
