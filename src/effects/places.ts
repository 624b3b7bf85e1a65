import { sha256 } from '../documents/json';
import type { DocumentStore } from '../documents/port';

/** Folders without a free place that are remembered. */
const REMEMBERED = 100;

/** Takes a place of a folder for a holder, for good. False where others hold all of them. Throws DocumentError. */
export type TakePlace = (folder: string, holder: string, count: number) => Promise<boolean>;

/**
 * Places that are numbered, a document for each, which names its holder. A place is taken by exclusive creation, so no
 * two workers take the same one. A holder looks from a place of its own onwards, and none is ever given back: the place
 * that it took before it died is found before a free one. The count of a folder must not change.
 */
export function createPlaces(store: Pick<DocumentStore, 'create' | 'read'>): TakePlace {
  const full = new Map<string, ReadonlySet<string>>();

  async function holderOf(path: string): Promise<string | undefined> {
    return (await store.read(path))?.toString();
  }

  return async (folder, holder, count) => {
    const known = full.get(folder);
    if (known) return known.has(holder);
    const others = new Set<string>();
    const first = Number.parseInt(sha256(holder).slice(0, 12), 16);
    for (let i = 0; i < count; i++) {
      const path = `${folder}${(first + i) % count}`;
      const found = await holderOf(path);
      if (found === undefined && (await store.create(path, Buffer.from(holder))) === 'created') return true;
      const holds = found ?? (await holderOf(path)) ?? '';
      if (holds === holder) return true;
      others.add(holds);
    }
    full.set(folder, others);
    for (const oldest of full.keys()) if (full.size > REMEMBERED) full.delete(oldest);
    return false;
  };
}
