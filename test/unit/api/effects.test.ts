/** What a run has changed outside, as the API gives it. */
import { createEffects, type Effects } from '../../../src/effects/effects';
import { noSuchRun } from '../../../src/runs/errors';
import { temporaryStore } from '../documents/support';
import { openDoor } from './door';

let url: string;
let close: () => void;
let effects: Effects;
const statuses: Record<string, string> = { 'audit.run.1': 'running', 'audit.run.2': 'failed' };

beforeAll(async () => {
  const { store } = await temporaryStore();
  let now = 0;
  effects = createEffects(store, () => (now += 1_000));
  const readRun = async (id: string) =>
    statuses[id] ? Promise.resolve({ status: statuses[id] }) : Promise.reject(noSuchRun(id));
  ({ url, close } = await openDoor({
    ...{ isOurs: (id: string) => id.startsWith('audit.'), effects, runs: { readRun } },
  }));
});
afterAll(() => close());

const get = async (path: string) => {
  const answer = await fetch(url + path);
  return { status: answer.status, body: (await answer.json()) as object };
};

it('lists the effects of a run in their order, counted, by pages', async () => {
  for (const run of Object.keys(statuses)) {
    const intend = async (step: string) =>
      (await effects.of(run).intend({ key: `${run}/${step}/1`, step, round: 1, tool: 'http.request', targets: [] }))!;
    await (await intend('a')).settle({ status: 'done' });
    await (await intend('b')).settle({ status: 'failed', error: 'http.status_404' });
    await intend('c');
  }
  const first = await get('/runs/audit.run.1/effects?limit=2');
  expect(first.body).toMatchObject({
    effects: [
      { step: 'a', status: 'done' },
      { step: 'b', status: 'failed', error: 'http.status_404' },
    ],
    counts: { intended: 1, done: 1, failed: 1, unknown: 0, simulated: 0 },
  });
  const { next_cursor: cursor } = first.body as { next_cursor: string };
  const rest = await get(`/runs/audit.run.1/effects?limit=2&cursor=${cursor}`);
  expect(rest.body).toMatchObject({ effects: [{ step: 'c', status: 'intended' }] });
  // once the run is over, nobody will settle it
  const over = await get('/runs/audit.run.2/effects');
  expect(over.body).toMatchObject({ effects: [{}, {}, { status: 'unknown' }], counts: { intended: 0, unknown: 1 } });
});

it('knows no run of others, and none that there is not', async () => {
  expect((await get('/runs/other.run.1/effects')).status).toBe(404);
  expect((await get('/runs/audit.run.9/effects')).status).toBe(404);
});
