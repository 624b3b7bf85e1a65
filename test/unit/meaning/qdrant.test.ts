/** The memory by meaning in Qdrant, by its official client, against its own OpenAPI document. */
import { embed } from '../../../src/gateway/mock/embedding';
import { createMeanings } from '../../../src/meaning/meaning';
import { createQdrantStore } from '../../../src/meaning/qdrant-store';
import { startQdrant, type QdrantStandIn } from '../../support/qdrant/server';

let qdrant: QdrantStandIn;
beforeAll(async () => void (qdrant = await startQdrant()));
afterAll(async () => await qdrant.stop());
afterEach(() => expect(qdrant.faults).toEqual([]));

let now = Date.now();
const clock = () => now;
const options = { signal: new AbortController().signal, timeout: 1_000 };
const memoryOf = (prefix: string) =>
  createMeanings({
    vectors: createQdrantStore({ url: qdrant.url, prefix, timeoutMs: 2_000, clock }),
    embedder: { embed: async (text) => ({ vector: embed(text), model: 'local' }) },
    clock,
  }).of('awe.run.1');

it('keeps texts in spaces, finds them, and forgets what has expired', async () => {
  const memory = memoryOf('one');
  await memory.remember('a', { text: 'Refunds take 14 days', facts: { source: 'terms' } }, options);
  await memory.remember('a', { text: 'Refunds take 14 days', facts: { source: 'mail' } }, options);
  await memory.remember('a', { text: 'Refund of the day', ttlMs: 1_000 }, options);
  await memory.remember('b', { text: 'Refunds of others' }, options);
  expect(qdrant.calls.filter((call) => call === 'PUT /collections/{collection_name}')).toHaveLength(1);
  expect(await memory.search('a', 'how long does a refund take', 5, options)).toMatchObject([
    { text: 'Refunds take 14 days', facts: { source: 'mail' }, score: expect.any(Number) },
    { text: 'Refund of the day' },
  ]);
  now += 1_000;
  expect(await memory.search('a', 'refund', 5, options)).toHaveLength(1);
  await memory.remember('a', { text: 'Another' }, options);
  expect(qdrant.points('one-memory-512')).toHaveLength(3);
});

it('forgets one text, and all of a space', async () => {
  const memory = memoryOf('two');
  const { id } = await memory.remember('a', { text: 'one' }, options);
  await memory.remember('a', { text: 'two' }, options);
  await memory.remember('b', { text: 'three' }, options);
  await memory.forget('a', id);
  expect(qdrant.points('two-memory-512')).toHaveLength(2);
  await memory.forget('a');
  expect(qdrant.points('two-memory-512')).toMatchObject([{ payload: { space: 'b' } }]);
});

it('takes no more texts than a space may hold, the same text excepted', async () => {
  const vectors = createQdrantStore({ url: qdrant.url, prefix: 'three', clock });
  const text = (id: string) => ({ id, text: id, facts: {}, kept_at: 0 });
  const embedded = { vector: [1, 0], model: 'm' };
  await vectors.put('s', text('a'), embedded, 1);
  await vectors.put('s', text('a'), embedded, 1);
  await expect(vectors.put('s', text('b'), embedded, 1)).rejects.toMatchObject({ code: 'quota' });
});

it('says so where Qdrant does not answer', async () => {
  qdrant.fail(503);
  await expect(memoryOf('four').search('a', 'x', 5, options)).rejects.toMatchObject({ code: 'unavailable' });
  qdrant.fail(undefined);
  const nobody = createQdrantStore({ url: 'http://127.0.0.1:9', prefix: 'x' });
  await expect(nobody.forget('a')).rejects.toMatchObject({ code: 'unavailable' });
});
