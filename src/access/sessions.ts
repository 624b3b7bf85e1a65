import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';
import type { HashedKey } from './keys-file';

/** A time in which a browser may ask in the name of an API key. Times are UTC milliseconds. */
export interface Session {
  /** SHA-256 of its secret, which the browser alone has */
  id: string;
  /** of its key */
  name: string;
  /** what changes have to carry besides the secret */
  csrfToken: string;
  expiresAt: number;
  idleExpiresAt: number;
}

export type NamedKey = HashedKey & { name: string };

export interface SessionsOptions {
  store: Pick<DocumentStore, 'create' | 'replace' | 'read' | 'remove' | 'list'>;
  /** milliseconds from the sign-in, and from the last use */
  limits: { limitMs: number; idleMs: number };
  clock?: () => number;
}

/** `key`: a MAC of the key's hash by the session's secret, so that a copy of the store helps nobody to guess keys. */
interface Stored {
  name: string;
  key: string;
  created_at: number;
}

interface Kept extends Stored {
  used_at: number;
  /** the `used_at` in the store */
  written_at: number;
  /** when the store was last asked whether the session is still there */
  read_at: number;
}

/** Milliseconds after which another process's sign-out counts here. */
const LOOK_AGAIN = 5_000;

/** Milliseconds between two writes of a session's last use. */
const WRITE_AGAIN = 60_000;

/** Sessions of a key's name. One more ends the one that was used least lately. */
const MOST = 50;

/** Sessions remembered between requests. */
const REMEMBERED = 10_000;

/** A session that this process has ended. Ids never come again, so whatever is still being read about it is stale. */
const ENDED = 'ended';

/**
 * Sessions in the document store: `sessions/by-id/<id>.json` is created once and removed, and without it there is no
 * session; `sessions/by-name/<hash of the name>/<id>.json` is replaced at its uses. So a use that is written while
 * another process signs out brings nothing back.
 */
export function createSessions({ store, limits, clock = Date.now }: SessionsOptions) {
  const known = new Map<string, Kept | typeof ENDED>();

  function remember(id: string, kept: Kept | typeof ENDED): void {
    known.delete(id);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '');
    known.set(id, kept);
  }

  async function readKept(id: string): Promise<Kept | undefined> {
    const stored = await read<Stored>(pathOf(id));
    const used = stored && (await read<{ used_at: number }>(usePathOf(stored.name, id)));
    const written_at = used?.used_at ?? stored?.created_at ?? 0;
    return stored && { ...stored, used_at: written_at, written_at, read_at: clock() };
  }

  /** The session as the store had it a moment ago, with its last use in this process or another. */
  async function look(id: string): Promise<Kept | undefined> {
    const before = known.get(id);
    if (before === ENDED) return undefined;
    if (before && clock() - before.read_at < LOOK_AGAIN) return before;
    const now = await readKept(id);
    const meanwhile = known.get(id);
    if (meanwhile === ENDED) return undefined;
    if (!now) {
      known.delete(id);
      return undefined;
    }
    const latest = (member: 'used_at' | 'written_at') => Math.max(now[member], meanwhile?.[member] ?? 0);
    const kept = { ...now, used_at: latest('used_at'), written_at: latest('written_at') };
    remember(id, kept);
    return kept;
  }

  async function read<T>(path: string): Promise<T | undefined> {
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as T);
  }

  const expiryOf = ({ created_at, used_at }: Kept) => {
    const expiresAt = created_at + limits.limitMs;
    return { expiresAt, idleExpiresAt: Math.min(expiresAt, used_at + limits.idleMs) };
  };

  const isOver = (kept: Kept): boolean => clock() >= expiryOf(kept).idleExpiresAt;

  const sessionOf = (id: string, secret: string, kept: Kept): Session => ({
    ...{ id, name: kept.name, csrfToken: macOf(secret, 'csrf') },
    ...expiryOf(kept),
  });

  const idsOf = async (name: string): Promise<string[]> =>
    (await pathsBelow(store, usePathOf(name))).map((path) => path.slice(-ID_LENGTH, -'.json'.length));

  async function end({ id, name }: Pick<Session, 'id' | 'name'>): Promise<void> {
    await store.remove(pathOf(id));
    remember(id, ENDED);
    await store.remove(usePathOf(name, id));
  }

  /** Removes sessions of a name that are over, and those beyond the most. */
  async function makeRoom(name: string): Promise<void> {
    const ids = await idsOf(name);
    const all = await Promise.all(ids.map(async (id) => ({ id, name, kept: await readKept(id) })));
    const usedAt = ({ kept }: (typeof all)[number]) => (kept && !isOver(kept) ? kept.used_at : 0);
    all.sort((a, b) => usedAt(b) - usedAt(a));
    for (const one of all.filter((one, index) => usedAt(one) === 0 || index >= MOST - 1)) await end(one);
  }

  return {
    /** Begins a session of a key. `secret`: 256 random bits, for the browser alone. */
    async open({ name, hash }: NamedKey): Promise<{ secret: string; session: Session }> {
      await makeRoom(name);
      const secret = randomBytes(32).toString('base64url');
      const id = sha256(secret);
      const now = clock();
      const stored: Stored = { name, key: macOf(secret, 'key', hash), created_at: now };
      await store.create(pathOf(id), json(stored));
      await store.create(usePathOf(name, id), json({ used_at: now }));
      const kept: Kept = { ...stored, used_at: now, written_at: now, read_at: now };
      remember(id, kept);
      return { secret, session: sessionOf(id, secret, kept) };
    },

    /** The session with this secret, and its key among `keys`; undefined once either has gone. */
    async find<K extends NamedKey>(
      secret: string,
      keys: readonly K[],
    ): Promise<{ session: Session; key: K } | undefined> {
      const id = sha256(secret);
      const kept = await look(id);
      if (!kept || isOver(kept)) return undefined;
      const key = keys.find(({ name, hash }) => name === kept.name && isSame(macOf(secret, 'key', hash), kept.key));
      return key && { session: sessionOf(id, secret, kept), key };
    },

    /** Notes a use of a session that was just found, and gives it with the time that it has now. */
    async use(session: Session): Promise<Session> {
      const kept = known.get(session.id);
      if (!kept || kept === ENDED) return session;
      kept.used_at = clock();
      if (kept.used_at - kept.written_at >= Math.min(WRITE_AGAIN, limits.idleMs / 4)) {
        kept.written_at = kept.used_at;
        // a store that does not write now is no reason to refuse: this process knows of the use
        await store.replace(usePathOf(kept.name, session.id), json({ used_at: kept.used_at })).catch(() => undefined);
      }
      return { ...session, ...expiryOf(kept) };
    },

    /** Ends a session: at once in this process, within {@link LOOK_AGAIN} in others. */
    end,

    /** Ends all sessions of a key's name. @returns how many there were */
    async endAll(name: string): Promise<number> {
      const ids = await idsOf(name);
      for (const id of ids) await end({ id, name });
      return ids.length;
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;

const ID_LENGTH = 64 + '.json'.length;

const pathOf = (id: string): string => `sessions/by-id/${id}.json`;

/** Place of a session's last use; without an id, the folder of all of that name. */
const usePathOf = (name: string, id?: string): string =>
  `sessions/by-name/${sha256(name)}/${id === undefined ? '' : `${id}.json`}`;

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));

/** A text that follows from a session's secret, for one purpose. */
const macOf = (secret: string, purpose: 'csrf' | 'key', of: Buffer | string = ''): string =>
  createHmac('sha256', secret).update(`awe.session.${purpose}.`).update(of).digest('base64url');

/** Compares two texts in a time that tells nothing. */
export function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
