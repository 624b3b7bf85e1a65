/**
 * Generations of the platform's state. Each start of a whole stack begins one, and its number is kept in every store:
 * after a restore, stores of different generations do not fit each other, and nothing starts on them.
 */
import { randomUUID } from 'node:crypto';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';

/** The n-th start of a stack. `id` tells it from the n-th of another history of the same stores. */
export interface Generation {
  n: number;
  id: string;
}

/** A store besides the documents, which keeps the one generation that it was last told: Temporal, a journal. */
export interface GenerationKeeper {
  /** as the subject of a sentence */
  name: string;
  read(): Promise<Generation | undefined>;
  write(generation: Generation): Promise<void>;
}

/** What the documents know: the newest generation that was begun, and the newest that every store has. */
export interface KnownGenerations {
  begun?: Generation;
  whole?: Generation;
}

/** A store that does not fit the documents; `newer` is unknown where their histories differ. */
export interface Mismatch {
  store: string;
  newer?: string;
  documents?: Generation;
  other?: Generation;
}

/** Generations that are kept; older ones say nothing that the newest does not say. */
const KEPT = 20;

const folder = (namespace: string) => `generations/${namespace}/`;
const pathOf = (namespace: string, n: number, state: 'begun' | 'whole') =>
  `${folder(namespace)}${String(n).padStart(9, '0')}.${state}.json`;

/** Reads what the documents know. Files of generations are never replaced, so an older copy laid over them hides none. */
export async function readGenerations(store: DocumentStore, namespace: string): Promise<KnownGenerations> {
  const paths = await listGenerations(store, namespace);
  const newest = async (state: 'begun' | 'whole') => {
    const path = paths.filter((one) => one.endsWith(`.${state}.json`)).at(-1);
    const bytes = path === undefined ? undefined : await store.read(path);
    return bytes && (JSON.parse(bytes.toString()) as Generation);
  };
  return { begun: await newest('begun'), whole: await newest('whole') };
}

/** Finds the first store that does not fit the documents. A beginning that was cut short fits, and is finished. */
export async function findMismatch(
  { begun, whole }: KnownGenerations,
  keepers: readonly GenerationKeeper[],
): Promise<Mismatch | undefined> {
  const unfinished = begun && begun.n > (whole?.n ?? 0) ? begun : undefined;
  for (const { name, read } of keepers) {
    const other = await read();
    if (isSame(other, whole) || (unfinished && isSame(other, unfinished))) continue;
    const [own, its] = [whole?.n ?? 0, other?.n ?? 0];
    return { store: name, newer: own === its ? undefined : own > its ? DOCUMENTS : name, documents: whole, other };
  }
  return undefined;
}

const DOCUMENTS = 'the document store';

const isSame = (a: Generation | undefined, b: Generation | undefined) => a?.n === b?.n && a?.id === b?.id;

/** A sentence about stores that do not fit, with the way out. */
export function describeMismatch({ store, newer, documents, other }: Mismatch): string {
  const shown = (one: Generation | undefined) =>
    one ? `generation ${one.n} (${one.id.slice(0, 8)})` : 'no generation';
  const which = newer === undefined ? 'they have two different histories' : `${newer} is newer`;
  return (
    `The stores do not fit each other: ${DOCUMENTS} has ${shown(documents)}, ${store} has ${shown(other)}; ${which}. ` +
    'Nothing starts on them, since what was decided would be decided again. Restore all of them from one backup ' +
    '(`awe restore`). If the right one is lost for good, `awe accept-stores` goes on with these: docs/operating.md, ' +
    '"Backup and restore", says what that loses.'
  );
}

/** Begins the next generation in all stores, or finishes a beginning that was cut short; call it when they fit. */
export async function beginGeneration(
  store: DocumentStore,
  keepers: readonly GenerationKeeper[],
  namespace: string,
): Promise<Generation> {
  const { begun, whole } = await readGenerations(store, namespace);
  const others = await Promise.all(keepers.map(({ read }) => read()));
  const last = Math.max(whole?.n ?? 0, ...others.map((other) => other?.n ?? 0));
  const isUnfinished = begun !== undefined && begun.n > (whole?.n ?? 0) && begun.n >= last;
  const next = isUnfinished ? begun : { n: last + 1, id: randomUUID() };
  const bytes = Buffer.from(JSON.stringify(next));
  // in this order: a start that dies in between is told from a restore
  await store.create(pathOf(namespace, next.n, 'begun'), bytes);
  for (const keeper of keepers) await keeper.write(next);
  await store.create(pathOf(namespace, next.n, 'whole'), bytes);
  await removeOld(store, namespace, next.n - KEPT);
  return next;
}

async function removeOld(store: DocumentStore, namespace: string, upTo: number): Promise<void> {
  for (const path of await listGenerations(store, namespace)) if (numberOf(path) <= upTo) await store.remove(path);
}

const numberOf = (path: string) => Number(path.slice(path.lastIndexOf('/') + 1).split('.')[0]);

const listGenerations = (store: DocumentStore, namespace: string): Promise<string[]> =>
  pathsBelow(store, folder(namespace));
