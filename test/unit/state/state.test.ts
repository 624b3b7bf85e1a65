/** The state of an agent: versions, times to live, and several workers. */
import { Type } from 'typebox';
import { defineAgent } from '../../../activities/agents/base';
import { createDocuments } from '../../../src/documents/content';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createStates, StateError } from '../../../src/state/state';
import { temporaryStore } from '../documents/support';
import { benchOf, callOf, controlOf, failureOf } from '../tools/support';

let now = 1_000_000;
const open = async () => createStates((await temporaryStore()).store, () => now);

it('keeps a value with its version, for one agent alone', async () => {
  const states = await open();
  const state = states.of('sales');
  expect(await state.get('seen')).toBeUndefined();
  expect(await state.set('seen', { leads: 1 })).toBe(1);
  expect(await state.set(' seen ', { leads: 2 })).toBe(2);
  expect(await state.get('seen')).toEqual({ value: { leads: 2 }, version: 2 });
  expect(await states.of('research').get('seen')).toBeUndefined();
});

it('refuses to set what somebody else has set since', async () => {
  const state = (await open()).of('sales');
  await state.set('n', 1, { version: 0 });
  await expect(state.set('n', 2, { version: 0 })).rejects.toMatchObject({ code: 'conflict' });
  expect(await state.set('n', 2, { version: 1 })).toBe(2);
});

it('forgets a value when its time is over, and goes on counting its versions', async () => {
  const state = (await open()).of('sales');
  await state.set('n', 1, { ttlMs: 1_000 });
  now += 999;
  expect(await state.get('n')).toMatchObject({ value: 1 });
  now += 1;
  expect(await state.get('n')).toBeUndefined();
  expect(await state.set('n', 2, { version: 0 })).toBe(2);
});

it('removes the files of values that expired long ago, whoever has set them', async () => {
  const { store } = await temporaryStore();
  const state = createStates(store, () => now).of('sales');
  await state.set('old', 1, { ttlMs: 1_000 });
  now += 2 * 86_400_000;
  await state.set('new', 1);
  expect((await store.list('state/')).paths).toHaveLength(1);
});

it('keeps the last versions alone', async () => {
  const { store } = await temporaryStore();
  const state = createStates(store).of('sales');
  for (let n = 1; n <= 70; n++) await state.set('n', n);
  expect((await store.list('state/')).paths).toHaveLength(64);
  expect(await state.get('n')).toEqual({ value: 70, version: 70 });
});

it('takes names and values within limits', async () => {
  const state = (await open()).of('sales');
  await expect(state.set(' ', 1)).rejects.toBeInstanceOf(StateError);
  await expect(state.set('n', 'x'.repeat(300_000))).rejects.toMatchObject({ code: 'too_large' });
});

it('an agent on two workers counts each of its calls once', async () => {
  const { root, store } = await temporaryStore();
  const counter = () =>
    defineAgent({
      name: 'counter',
      version: '1',
      description: 'counts its calls',
      input: Type.Null(),
      output: Type.Integer(),
      effect: 'idempotent',
      resilience: { retry: { retries: 100, initialMs: 1, maxMs: 20 }, breaker: { failures: 1_000 } },
      async deliver(_, { state }) {
        const { value, version } = (await state.get('calls')) ?? { value: 0, version: 0 };
        await state.set('calls', Number(value) + 1, { version });
        return Number(value) + 1;
      },
    });
  // each worker has opened the store by itself
  const stores = [store, await openFilesystemStore({ root })];
  const workers = await Promise.all(
    stores.map((own) => benchOf([counter()], { documents: createDocuments(own), states: createStates(own) })),
  );
  const call = () => callOf(null, { uses: 'counter' });
  const calls = workers.flatMap(({ runtime }) =>
    Array.from({ length: 10 }, () => runtime.execute(call(), 'agent', controlOf())),
  );
  const numbers = (await Promise.all(calls)).map(({ output }) => (output as { inline: number }).inline);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(await createStates(store).of('counter').get('calls')).toEqual({ value: 20, version: 20 });
});

it('a simulation reads the state, and does not change it', async () => {
  const set = defineAgent({
    ...{ name: 'setter', version: '1', description: 'd', input: Type.Null(), output: Type.Null() },
    deliver: async () => null,
    async simulate(_, { state }) {
      await state.set('n', 1);
      return null;
    },
  });
  const { runtime } = await benchOf([set]);
  const simulated = runtime.execute(callOf(null, { uses: 'setter', mode: 'simulate' }), 'agent', controlOf());
  expect(await failureOf(simulated)).toMatchObject({ type: 'simulate.effect' });
});
