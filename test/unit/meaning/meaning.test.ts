/** The memory by meaning, on real files and with the vectors of the local embedding. */
import { builtinTools } from '../../../activities/tools/builtin';
import type { Json, JsonObject } from '../../../schemas/json';
import { embed } from '../../../src/gateway/mock/embedding';
import { createEmbeddedStore } from '../../../src/meaning/embedded-store';
import { createMeanings, MEANING_LIMITS, type Meanings } from '../../../src/meaning/meaning';
import type { Embedder } from '../../../src/llm/embedder';
import pairs from '../../eval/memory/pairs.json';
import { temporaryStore } from '../documents/support';
import { benchOf, callOf, controlOf, failureOf } from '../tools/support';

const options = { signal: new AbortController().signal, timeout: 1_000 };
const local: Embedder = { embed: async (text) => ({ vector: embed(text), model: 'local' }) };
let now = Date.now();
const clock = () => now;

async function open() {
  const { store } = await temporaryStore();
  const fresh = (): Meanings => createMeanings({ vectors: createEmbeddedStore(store, clock), embedder: local, clock });
  return { store, meanings: fresh(), fresh };
}

it('finds what people search for among sixty texts, in another process too', async () => {
  const { meanings, fresh } = await open();
  for (const { kept } of pairs) await meanings.of('awe.run.1').remember('shared', { text: kept }, options);
  const other = fresh().of('awe.run.2');
  const found = await Promise.all(
    pairs.map(async ({ kept, searched }) => {
      const near = await other.search('shared', searched, 5, options);
      expect(near).toHaveLength(5);
      return near.some(({ text }) => text === kept);
    }),
  );
  expect(found.filter(Boolean).length / found.length).toBeGreaterThanOrEqual(0.8);
});

it('keeps the spaces of runs apart, and the same text once with its newest facts', async () => {
  const { meanings, store } = await open();
  const [one, two] = [meanings.of('awe.run.1'), meanings.of('awe.run.2')];
  const first = await one.remember(undefined, { text: 'Ann likes tea', facts: { n: 1 } }, options);
  expect(await one.remember(undefined, { text: ' Ann likes tea ', facts: { n: 2 } }, options)).toEqual(first);
  expect(await one.search(undefined, 'tea', 5, options)).toMatchObject([{ text: 'Ann likes tea', facts: { n: 2 } }]);
  expect((await store.list('meaning/')).paths).toHaveLength(1);
  expect(await two.search(undefined, 'tea', 5, options)).toEqual([]);
  expect(await two.search('awe.run.1', 'tea', 5, options)).toHaveLength(1);
});

it('forgets what has expired, one text, and all of a space', async () => {
  const { meanings, store } = await open();
  const memory = meanings.of('awe.run.1');
  await memory.remember('a', { text: 'short lived', ttlMs: 1_000 }, options);
  const { id } = await memory.remember('a', { text: 'one' }, options);
  await memory.remember('a', { text: 'two' }, options);
  await memory.remember('b', { text: 'other' }, options);
  now += 1_001;
  expect(await memory.search('a', 'short lived', 5, options)).toHaveLength(2);
  expect((await store.list('meaning/')).paths).toHaveLength(3);
  await memory.forget('a', id);
  expect(await memory.search('a', 'one', 5, options)).toMatchObject([{ text: 'two' }]);
  await memory.forget('a');
  expect(await memory.search('a', 'one', 5, options)).toEqual([]);
  expect(await memory.search('b', 'other', 5, options)).toHaveLength(1);
});

it('holds vectors of different models apart, and takes no more than its limits', async () => {
  const { store } = await temporaryStore();
  const vectors = createEmbeddedStore(store);
  const text = (id: string) => ({ id, text: id, facts: {}, kept_at: 0 });
  await vectors.put('s', text('a'), { vector: [1, 0], model: 'm1' }, 2);
  await vectors.put('s', text('b'), { vector: [0, 1], model: 'm2' }, 2);
  expect(await vectors.search('s', { vector: [1, 1], model: 'm2' }, 5)).toMatchObject([{ id: 'b' }]);
  await expect(vectors.put('s', text('c'), { vector: [1, 1], model: 'm1' }, 2)).rejects.toMatchObject({
    code: 'quota',
  });
  await vectors.put('s', { ...text('a'), kept_at: 1 }, { vector: [1, 0], model: 'm1' }, 2);
  const { meanings } = await open();
  const long = { text: 'x'.repeat(MEANING_LIMITS.characters + 1) };
  await expect(meanings.of('r').remember('s', long, options)).rejects.toMatchObject({ code: 'too_large' });
  await expect(meanings.of('r').remember(' ', { text: 'x' }, options)).rejects.toMatchObject({ code: 'bad_space' });
});

describe('the tools', () => {
  const bench = async (embedder = local) => {
    const { store } = await temporaryStore();
    const meanings = createMeanings({ vectors: createEmbeddedStore(store), embedder });
    return await benchOf([...builtinTools], { meanings });
  };

  it('remember, search and forget', async () => {
    const { runtime, documents } = await bench();
    const call = async (uses: string, given: JsonObject): Promise<Json> =>
      await documents.fromValue((await runtime.execute(callOf(given, { uses }), 'tool', controlOf())).output);
    const { id, expires_at } = (await call('memory.remember', {
      text: 'Refunds take 14 days',
      ttl: '1h',
    })) as JsonObject;
    expect(expires_at).toEqual(expect.any(String));
    expect(await call('memory.search', { query: 'how long does a refund take' })).toMatchObject({
      found: [{ id, text: 'Refunds take 14 days', facts: {} }],
    });
    expect(await call('memory.search', { query: 'zebra', min_score: 0.9 })).toEqual({ found: [] });
    await call('memory.forget', {});
    expect(await call('memory.search', { query: 'refund' })).toEqual({ found: [] });
  });

  it('pass on the faults of the gateway, and change nothing in a simulation', async () => {
    const broken: Embedder = { embed: () => Promise.reject(new TypeError('not JSON')) };
    const { runtime } = await bench(broken);
    const remember = (mode: 'live' | 'simulate') =>
      runtime.execute(callOf({ text: 'x' }, { uses: 'memory.remember', mode }), 'tool', controlOf());
    expect(await failureOf(remember('live'))).toMatchObject({ type: 'llm.unavailable', nonRetryable: false });
    expect(await remember('simulate')).toMatchObject({ output: { inline: { id: 'simulated' } } });
  });
});
