import { QdrantClient } from '@qdrant/js-client-rest';
import { uuid5 } from '../../core/identity';
import { Counts } from './counts';
import { MeaningError } from './errors';
import type { Near, Remembered, VectorStore } from './port';

export interface QdrantSettings {
  url: string;
  apiKey?: string;
  /** begins the names of its collections */
  prefix: string;
  /** milliseconds for an answer */
  timeoutMs?: number;
  clock?: () => number;
}

/** What a point carries besides its vector. */
type Payload = Omit<Remembered, 'id'> & { space: string; model: string };

/** Points that are counted at a time. */
const PAGE = 1_000;

/** Vectors in Qdrant: a collection for each length of vectors, in which spaces and models are told apart by filters. */
export function createQdrantStore({
  url,
  apiKey,
  prefix,
  timeoutMs = 10_000,
  clock = Date.now,
}: QdrantSettings): VectorStore {
  const client = new QdrantClient({ url, apiKey, timeout: timeoutMs, checkCompatibility: false });
  const ready = new Map<string, Promise<void>>();
  const collectionOf = (size: number): string => `${prefix}-memory-${size}`;

  /** Makes the collection where it is missing, once for a process. */
  function prepare(collection: string, size: number): Promise<void> {
    const made = ready.get(collection) ?? create(collection, size);
    ready.set(collection, made);
    made.catch(() => ready.delete(collection));
    return made;
  }

  async function create(collection: string, size: number): Promise<void> {
    if ((await client.collectionExists(collection)).exists) return;
    try {
      await client.createCollection(collection, { vectors: { size, distance: 'Cosine' } });
    } catch (error) {
      // another worker may have been faster
      if (!(await client.collectionExists(collection)).exists) throw error;
    }
    await client.createPayloadIndex(collection, {
      field_name: 'space',
      field_schema: { type: 'keyword', is_tenant: true },
      wait: true,
    });
  }

  /** The collections of this installation. */
  async function ownCollections(): Promise<string[]> {
    const { collections } = await client.getCollections();
    return collections.flatMap(({ name }) => (name.startsWith(`${prefix}-memory-`) ? [name] : []));
  }

  const match = (key: keyof Payload, value: string) => ({ key, match: { value } });
  /** Points that are over. */
  const over = () => ({ key: 'expires_at', range: { lte: clock() } });

  return {
    put: (space, text, { vector, model }, most) =>
      asMeaningError(async () => {
        const collection = collectionOf(vector.length);
        await prepare(collection, vector.length);
        const { id, ...rest } = text;
        const point = idOf(space, id);
        await client.delete(collection, { wait: true, filter: { must: [match('space', space), over()] } });
        const { count } = await client.count(collection, {
          filter: { must: [match('space', space)], must_not: [{ has_id: [point] }] },
          exact: true,
        });
        if (count >= most) throw new MeaningError('quota', `the space ${space} holds ${most} texts, and takes no more`);
        const payload: Payload = { ...rest, space, model };
        await client.upsert(collection, {
          wait: true,
          points: [{ id: point, vector: [...vector], payload: { ...payload, id } }],
        });
      }),
    search: (space, { vector, model }, limit) =>
      asMeaningError(async () => {
        const collection = collectionOf(vector.length);
        await prepare(collection, vector.length);
        const { points } = await client.query(collection, {
          query: [...vector],
          filter: { must: [match('space', space), match('model', model)], must_not: [over()] },
          limit,
          with_payload: true,
        });
        return points.map(({ score, payload }) => nearOf(score, payload ?? {}));
      }),
    forget: (space, id) =>
      asMeaningError(async () => {
        for (const name of await ownCollections())
          await client.delete(name, {
            wait: true,
            ...(id === undefined ? { filter: { must: [match('space', space)] } } : { points: [idOf(space, id)] }),
          });
      }),
    spaces: () =>
      asMeaningError(async () => {
        const counts = new Counts();
        for (const name of await ownCollections())
          for (let offset = 0; ; offset += PAGE) {
            // without a vector, points come in the order of their ids
            const { points } = await client.query(name, {
              ...{ filter: { must_not: [over()] }, limit: PAGE, offset },
              with_payload: ['space', 'text', 'facts'],
            });
            for (const { payload } of points) {
              const { space, text, facts } = payload as unknown as Payload;
              counts.add(space, { text, facts });
            }
            if (points.length < PAGE) break;
          }
        return counts.all;
      }),
  };
}

/** Qdrant takes UUIDs alone: one of the space and the text. */
const idOf = (space: string, id: string): string => uuid5(JSON.stringify([space, id]));

function nearOf(score: number, payload: Record<string, unknown>): Near {
  const { id, text, facts, kept_at, expires_at } = payload as unknown as Remembered;
  return { id, text, facts: facts, kept_at, expires_at, score };
}

async function asMeaningError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MeaningError) throw error;
    throw new MeaningError('unavailable', 'Qdrant does not answer, or refuses', { cause: error });
  }
}
