import type { DocumentStore } from '../../../src/documents/port';
import {
  beginGeneration,
  describeMismatch,
  findMismatch,
  readGenerations,
  type Generation,
  type GenerationKeeper,
} from '../../../src/generations/generations';
import { temporaryStore } from '../documents/support';

/** A store that keeps a generation, and can be set back as by a restore. */
function keeper(name: string): GenerationKeeper & { kept?: Generation } {
  const it: GenerationKeeper & { kept?: Generation } = {
    name,
    read: () => Promise.resolve(it.kept),
    write: (generation) => {
      it.kept = generation;
      return Promise.resolve();
    },
  };
  return it;
}

let store: DocumentStore;
const temporal = keeper('Temporal');
const journal = keeper('the journal');
const all = [temporal, journal];
const begin = () => beginGeneration(store, all, 'ns');
const mismatch = async () => findMismatch(await readGenerations(store, 'ns'), all);

beforeEach(async () => {
  ({ store } = await temporaryStore());
  for (const one of all) one.kept = undefined;
});

it('stores that were never used fit, and so do all stores after each start', async () => {
  expect(await mismatch()).toBeUndefined();
  for (const n of [1, 2, 3]) {
    expect(await begin()).toMatchObject({ n });
    expect(await mismatch()).toBeUndefined();
  }
});

it('a store of an older start is found, and the sentence names what is newer', async () => {
  const first = await begin();
  await begin();
  temporal.kept = first;
  const found = await mismatch();
  expect(found).toMatchObject({ store: 'Temporal', newer: 'the document store', other: first });
  expect(describeMismatch(found!)).toMatch(
    /document store has generation 2 .*Temporal has generation 1 .*the document store is newer.*awe restore/,
  );
});

it('older documents are found, also when they were laid over newer ones', async () => {
  await begin();
  const older = (await temporaryStore()).store;
  const first = (await readGenerations(store, 'ns')).whole!;
  await beginGeneration(older, [keeper('elsewhere')], 'ns');
  await begin();
  const newest = temporal.kept;
  expect(await findMismatch({ whole: first }, all)).toMatchObject({ newer: 'Temporal', other: newest });
  await store.create('generations/ns/000000001.whole.json', Buffer.from(JSON.stringify(first)));
  expect((await readGenerations(store, 'ns')).whole).toEqual(newest);
});

it('the same number of another history does not fit', async () => {
  await begin();
  journal.kept = { n: 1, id: 'another' };
  const found = await mismatch();
  expect(found).toMatchObject({ store: 'the journal', newer: undefined });
  expect(describeMismatch(found!)).toContain('they have two different histories');
});

it('a start that died in between fits, and the next one finishes it', async () => {
  await begin();
  const dying = { ...journal, write: () => Promise.reject(new Error('killed')) };
  await expect(beginGeneration(store, [temporal, dying], 'ns')).rejects.toThrow('killed');
  expect([temporal.kept?.n, journal.kept?.n]).toEqual([2, 1]);
  expect(await mismatch()).toBeUndefined();
  const { begun } = await readGenerations(store, 'ns');
  expect(await begin()).toEqual(begun);
  expect([temporal.kept, journal.kept]).toEqual([begun, begun]);
});

it('an accepted mismatch begins a generation above both, and namespaces do not see each other', async () => {
  await begin();
  temporal.kept = { n: 7, id: 'from elsewhere' };
  expect(await begin()).toMatchObject({ n: 8 });
  expect(await mismatch()).toBeUndefined();
  expect(await readGenerations(store, 'other')).toEqual({});
});

it('keeps few of many', async () => {
  for (let n = 0; n < 30; n++) await begin();
  expect((await store.list('generations/ns/')).paths).toHaveLength(40);
  expect((await readGenerations(store, 'ns')).whole?.n).toBe(30);
});
