import { around } from '../documents/around';
import { DocumentError, type DocumentStore } from '../documents/port';
import type { WorkMeter } from './work';

/** Counts on a meter what a document store could not do. */
export function measureStore(store: DocumentStore, meter: Pick<WorkMeter, 'countDocumentFault'>): DocumentStore {
  return around(store, async (operation, work) => {
    try {
      return await work();
    } catch (error) {
      meter.countDocumentFault(operation, error instanceof DocumentError ? error.code : 'unknown');
      throw error;
    }
  });
}
