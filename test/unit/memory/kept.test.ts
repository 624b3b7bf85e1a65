/** What runs have remembered, as somebody sees it who deletes it. */
import { createEmbeddedStore } from '../../../src/meaning/embedded-store';
import type { VectorStore } from '../../../src/meaning/port';
import { createQdrantStore } from '../../../src/meaning/qdrant-store';
import { createKeptMemory } from '../../../src/memory/kept';
import { createMemories } from '../../../src/memory/memory';
import type { DocumentStore } from '../../../src/documents/port';
import { startQdrant, type QdrantStandIn } from '../../support/qdrant/server';
import { temporaryStore } from '../documents/support';

let qdrant: QdrantStandIn;
beforeAll(async () => void (qdrant = await startQdrant()));
afterAll(() => qdrant.stop());
afterEach(() => expect(qdrant.faults).toEqual([]));

const now = Date.now();
const text = (words: string) => ({ id: words, text: words, facts: { n: 1 }, kept_at: now });
const embedded = { vector: [1, 0], model: 'm' };

/** The memories of two executions of `leads`, one of `bills`, and three spaces with names. */
async function filled(vectorsIn: (store: DocumentStore) => VectorStore) {
  const { store } = await temporaryStore();
  const [vectors, memories] = [vectorsIn(store), createMemories(store)];
  for (const space of ['awe.definition.X-1', 'awe.definition.X-3', 'shared', 'leads', 'notes'])
    await vectors.put(space, text(`a text of ${space}`), embedded, 10);
  await vectors.put('leads', { ...text('gone'), expires_at: now - 1 }, embedded, 10);
  for (const run of ['awe.definition.X-1', 'awe.definition.X-2', 'awe.job.J-1']) await memories.of(run).set('n', 1);
  const definitions: { [run: string]: string } = { 'X-1': 'leads', 'X-2': 'leads', 'X-3': 'bills' };
  return createKeptMemory({
    ...{ vectors, memories, namespace: 'awe' },
    definitionOf: async (run) => definitions[run.split('.').at(-1) ?? ''],
    isDefinition: async (id) => id === 'leads',
  });
}

describe.each<[string, (store: DocumentStore) => VectorStore]>([
  ['the document store', (store) => createEmbeddedStore(store)],
  ['Qdrant', () => createQdrantStore({ url: qdrant.url, prefix: `kept-${Math.random().toString(36).slice(2)}` })],
])('in %s', (_, vectorsIn) => {
  it('is listed by namespaces, with the workflow that each belongs to', async () => {
    const kept = await filled(vectorsIn);
    const all = await kept.list();
    expect(all.map((one) => [one.namespace, one.kind, one.workflow, one.texts, one.values])).toEqual([
      ['awe.definition.X-1', 'run', 'leads', 1, 1],
      ['awe.definition.X-2', 'run', 'leads', 0, 1],
      ['awe.definition.X-3', 'run', 'bills', 1, 0],
      ['awe.job.J-1', 'run', undefined, 0, 1],
      ['leads', 'named', 'leads', 1, 0],
      ['notes', 'named', undefined, 1, 0],
      ['shared', 'shared', undefined, 1, 0],
    ]);
    expect(all.find(({ namespace }) => namespace === 'shared')?.bytes).toBe('a text of shared{"n":1}'.length);
  });

  it('is deleted by a namespace, or all of a workflow, and by nothing else', async () => {
    const kept = await filled(vectorsIn);
    expect(await kept.remove({ namespace: 'notes' })).toMatchObject({ namespaces: 1, texts: 1, values: 0 });
    expect(await kept.remove({ workflow: 'leads' })).toMatchObject({ namespaces: 3, texts: 2, values: 2 });
    expect((await kept.list()).map(({ namespace }) => namespace)).toEqual([
      'awe.definition.X-3',
      'awe.job.J-1',
      'shared',
    ]);
    expect(await kept.remove({ namespace: 'nothing' })).toEqual({ namespaces: 0, texts: 0, values: 0, bytes: 0 });
  });
});
