import type { DocumentStore } from './port';

/** The same store, with something around each operation. */
export function around(
  store: DocumentStore,
  act: <T>(operation: keyof DocumentStore, work: () => Promise<T>) => Promise<T>,
): DocumentStore {
  return {
    create: (...given) => act('create', () => store.create(...given)),
    createByHash: (...given) => act('createByHash', () => store.createByHash(...given)),
    replace: (...given) => act('replace', () => store.replace(...given)),
    read: (...given) => act('read', () => store.read(...given)),
    stream: (...given) => act('stream', () => store.stream(...given)),
    stat: (...given) => act('stat', () => store.stat(...given)),
    list: (...given) => act('list', () => store.list(...given)),
    remove: (...given) => act('remove', () => store.remove(...given)),
    copy: (...given) => act('copy', () => store.copy(...given)),
    place: (...given) => act('place', () => store.place(...given)),
    free: () => act('free', () => store.free()),
  };
}
