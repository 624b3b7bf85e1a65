import { DocumentError, type DocumentStore } from '../documents/port';
import type { WorkMeter } from './work';

/** Counts on a meter what a document store could not do. */
export function measureStore(store: DocumentStore, meter: Pick<WorkMeter, 'countDocumentFault'>): DocumentStore {
  const countFaults = async <T>(operation: keyof DocumentStore, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      meter.countDocumentFault(operation, error instanceof DocumentError ? error.code : 'unknown');
      throw error;
    }
  };
  return {
    create: (...given) => countFaults('create', store.create(...given)),
    replace: (...given) => countFaults('replace', store.replace(...given)),
    read: (...given) => countFaults('read', store.read(...given)),
    stream: (...given) => countFaults('stream', store.stream(...given)),
    stat: (...given) => countFaults('stat', store.stat(...given)),
    list: (...given) => countFaults('list', store.list(...given)),
    remove: (...given) => countFaults('remove', store.remove(...given)),
    copy: (...given) => countFaults('copy', store.copy(...given)),
  };
}
