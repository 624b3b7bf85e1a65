import { recordPath, type RunRecord } from '../../schemas/run';
import { parseStored } from './json';
import type { DocumentStore } from './port';

/** Bytes of a record, which may hold the outputs and events of thousands of steps. */
const LARGEST = 256 * 1024 * 1024;

/** Records of finished runs, kept for good: one file per workflow id, written once; a project that is retried gets a new one. */
export interface RecordStore {
  /** The first record of a workflow id stays; writing again, the same or another, changes nothing: `exists`. */
  writeRecord(record: RunRecord): Promise<{ path: string; bytes: number; outcome: 'created' | 'exists' }>;
  readRecord(workflowId: string): Promise<RunRecord | undefined>;
  /** Removes the record of an execution, if it still is the workflow's: a run that goes on from it writes another. */
  removeRecord(run: Pick<RunRecord, 'workflow_id' | 'run_id'>): Promise<void>;
  /** Workflow ids that begin with `prefix`, in order; `next` is the `after` of the next page. */
  listRecords(
    prefix: string,
    options?: { after?: string; limit?: number },
  ): Promise<{ workflow_ids: string[]; next?: string }>;
}

export function createRecordStore(store: DocumentStore): RecordStore {
  const records: RecordStore = {
    async writeRecord(record) {
      const path = recordPath(record.workflow_id);
      const bytes = Buffer.from(JSON.stringify(record));
      const outcome = await store.create(path, bytes, { media_type: 'application/json' });
      const kept = outcome === 'created' ? bytes.length : ((await store.stat(path))?.bytes ?? bytes.length);
      return { path, bytes: kept, outcome };
    },

    async readRecord(workflowId) {
      const path = recordPath(workflowId);
      const bytes = await store.read(path, { maxBytes: LARGEST });
      return bytes && (parseStored(bytes, path) as RunRecord);
    },

    async removeRecord({ workflow_id, run_id }) {
      const record = await records.readRecord(workflow_id);
      if (record?.run_id === run_id) await store.remove(recordPath(workflow_id));
    },

    async listRecords(prefix, { after, limit } = {}) {
      const page = await store.list(`records/${prefix}`, {
        ...(after === undefined ? {} : { after: recordPath(after) }),
        ...(limit === undefined ? {} : { limit }),
      });
      return {
        workflow_ids: page.paths.map(workflowIdOf),
        ...(page.next === undefined ? {} : { next: workflowIdOf(page.next) }),
      };
    },
  };
  return records;
}

function workflowIdOf(path: string): string {
  return path.slice('records/'.length, -'.json'.length);
}
