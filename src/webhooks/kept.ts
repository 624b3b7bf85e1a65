import type { Version, VersionStore } from '../documents/versions';
import { notFound, RunError } from '../runs/errors';

/** A thing that people make, change and delete; each change is a version. */
export interface KeptThing extends Version {
  state: string;
  changed_at: string;
  changed_by: string;
}

/** Tries of a change while others change the thing too. */
const TRIES = 5;

/** Things of a kind, an id being one for good once it is deleted. */
export function createKept<T extends KeptThing>(versions: VersionStore<T>, word: string, most: number) {
  async function read(id: string): Promise<T> {
    const latest = await versions.readLatest(id);
    if (!latest || latest.state === 'deleted') throw notFound(`There is no ${word} ${id}.`);
    return latest;
  }

  async function list(): Promise<T[]> {
    const all: T[] = [];
    for (let after: string | undefined; ;) {
      const { ids, next } = await versions.listIds({ after, limit: 1_000 });
      for (const latest of await Promise.all(ids.map((id) => versions.readLatest(id))))
        if (latest && latest.state !== 'deleted') all.push(latest);
      if (next === undefined) return all;
      after = next;
    }
  }

  return {
    read,
    /** All that are not deleted, by their ids. */
    list,

    /** Keeps a new thing. Throws `conflict` where the id is taken, or there are too many. */
    async create(thing: T): Promise<void> {
      if ((await list()).length >= most)
        throw new RunError('conflict', `There are ${most} of them, which is the most: delete one first.`);
      const before = await versions.readLatest(thing.id);
      const outcome = before ? 'exists' : await versions.writeVersion(thing);
      if (outcome === 'exists') throw new RunError('conflict', `The id ${thing.id} is taken: choose another.`);
    },

    /** Writes the next version; nothing where `next` gives nothing. */
    async change(id: string, by: string, next: (now: T) => Partial<T> | undefined): Promise<T> {
      for (let tries = 1; ; tries++) {
        const latest = await read(id);
        const more = next(latest);
        if (!more) return latest;
        const changed = { changed_at: new Date().toISOString(), changed_by: by };
        const version = { ...latest, ...more, ...changed, version: latest.version + 1 };
        if ((await versions.writeVersion(version)) === 'created') return version;
        if (tries >= TRIES) throw new RunError('conflict', `Others are changing ${id} at the moment: try again.`);
      }
    },
  };
}
