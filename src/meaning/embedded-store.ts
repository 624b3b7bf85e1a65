import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import { Counts } from './counts';
import { MeaningError } from './errors';
import type { Near, Remembered, VectorStore } from './port';

/** Texts that a process keeps in memory, so that a search reads only what is new. */
const CACHED = 20_000;

/** The folder of all spaces. */
const ROOT = 'meaning/';

/** Files that are read at once. */
const AT_ONCE = 32;

/** A file: the text, its space, and its vector as 32-bit numbers in base64. */
interface StoredText extends Remembered {
  space: string;
  model: string;
  vector: string;
}

interface Loaded {
  space: string;
  text: Remembered;
  model: string;
  vector: Float32Array;
}

/**
 * Vectors in the document store, searched one by one: a file for each text, named by its id and its content, so that
 * what is read once stays true (docs/decisions/044-vectors-in-the-document-store.md).
 */
export function createEmbeddedStore(store: DocumentStore, clock: () => number = Date.now): VectorStore {
  const cache = new Map<string, Loaded>();
  const folderOf = (space: string): string => `${ROOT}${sha256(space).slice(0, 32)}/`;

  async function load(path: string): Promise<Loaded | undefined> {
    const known = cache.get(path);
    if (known) return known;
    const bytes = await store.read(path);
    if (!bytes) return undefined;
    const { space, model, vector, ...text } = parseStored(bytes, path) as StoredText;
    const loaded = { space, text, model, vector: toNumbers(vector) };
    cache.set(path, loaded);
    if (cache.size > CACHED) cache.delete(cache.keys().next().value ?? '');
    return loaded;
  }

  const remove = async (path: string): Promise<void> => {
    cache.delete(path);
    await store.remove(path);
  };

  /** The texts below a folder that have not expired; those that have are removed. */
  async function textsBelow(folder: string): Promise<Loaded[]> {
    const paths = await pathsBelow(store, folder);
    const texts: Loaded[] = [];
    for (let from = 0; from < paths.length; from += AT_ONCE) {
      const some = paths.slice(from, from + AT_ONCE).map(async (path) => ({ path, loaded: await load(path) }));
      for (const { path, loaded } of await Promise.all(some)) {
        if (!loaded) continue;
        if ((loaded.text.expires_at ?? Infinity) > clock()) texts.push(loaded);
        else await remove(path);
      }
    }
    return texts;
  }

  const textsOf = (space: string): Promise<Loaded[]> => textsBelow(folderOf(space));

  return {
    async put(space, text, { vector, model }, most) {
      const stored: StoredText = { ...text, space, model, vector: toBase64(vector) };
      const bytes = Buffer.from(canonicalJson(stored));
      const prefix = `${folderOf(space)}${text.id}-`;
      const path = `${prefix}${sha256(bytes.toString()).slice(0, 16)}.json`;
      const before = (await pathsBelow(store, prefix)).filter((one) => one !== path);
      if (before.length === 0 && !(await store.stat(path)) && (await textsOf(space)).length >= most)
        throw new MeaningError('quota', `the space ${space} holds ${most} texts, and takes no more`);
      await store.create(path, bytes, { media_type: 'application/json' });
      for (const one of before) await remove(one);
    },
    async search(space, { vector, model }, limit) {
      const asked = Float32Array.from(vector);
      const near = (await textsOf(space))
        .filter((one) => one.model === model && one.vector.length === asked.length)
        .map(({ text, vector: own }): Near => ({ ...text, score: cosine(asked, own) }));
      return near.sort((a, b) => b.score - a.score || b.kept_at - a.kept_at).slice(0, limit);
    },
    async forget(space, id) {
      for (const path of await pathsBelow(store, `${folderOf(space)}${id === undefined ? '' : `${id}-`}`))
        await remove(path);
    },
    async spaces() {
      const counts = new Counts();
      for (const { space, text } of await textsBelow(ROOT)) counts.add(space, text);
      return counts.all;
    },
  };
}

const toBase64 = (vector: readonly number[]): string =>
  Buffer.from(Float32Array.from(vector).buffer).toString('base64');

/** In a buffer of its own, which begins where numbers of 32 bits may. */
function toNumbers(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  return new Float32Array(bytes.buffer);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    product += x * y;
    left += x * x;
    right += y * y;
  }
  return product === 0 ? 0 : product / Math.sqrt(left * right);
}
