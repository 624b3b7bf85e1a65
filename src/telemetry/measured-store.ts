import { DocumentError, type DocumentStore } from '../documents/port';
import type { WorkMeter } from './work';

/** A document store that tells a meter what it could not do. */
export function measuredStore(store: DocumentStore, meter: Pick<WorkMeter, 'documentFault'>): DocumentStore {
  const told = async <T>(operation: keyof DocumentStore, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      meter.documentFault(operation, error instanceof DocumentError ? error.code : 'unknown');
      throw error;
    }
  };
  return {
    create: (...given) => told('create', store.create(...given)),
    replace: (...given) => told('replace', store.replace(...given)),
    read: (...given) => told('read', store.read(...given)),
    stream: (...given) => told('stream', store.stream(...given)),
    stat: (...given) => told('stat', store.stat(...given)),
    list: (...given) => told('list', store.list(...given)),
    remove: (...given) => told('remove', store.remove(...given)),
    copy: (...given) => told('copy', store.copy(...given)),
  };
}
