import type { PlatformEvent } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { Ref, Value } from '../../schemas/refs';
import type { Scope } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import { DocumentError } from '../../src/documents/errors';
import type { RecordStore } from '../../src/documents/records';
import { withHeartbeat } from './heartbeat';
import { renderTemplate } from '../tools/arguments';
import { platformFault, toFailure } from '../tools/errors';

export interface ValueActivityParts {
  documents: Documents;
  records: RecordStore;
}

/** What a run keeps in the document store and reads there. All may be repeated at will, also as local activities. */
export function createValueActivities({ documents, records }: ValueActivityParts) {
  return {
    async storeValue(value: Json): Promise<Ref> {
      return await withStore(() => documents.putValue(value));
    },

    async loadValue(ref: Ref): Promise<Json> {
      return await withStore(() => documents.getValue(ref));
    },

    /** Renders a template beside the files that it reads. */
    async evaluate({ template, scope }: { template: Value; scope: Scope }): Promise<Value> {
      return await withStore(async () => await documents.toValue(await renderTemplate(documents, template, scope)));
    },

    async storeEvents(events: PlatformEvent[]): Promise<Ref> {
      return await withStore(() => documents.putValue(events));
    },

    /** A page of the events in a run's record, by `seq`. */
    async readRecordEvents({
      workflow_id,
      after,
      limit,
    }: {
      workflow_id: string;
      after: number;
      limit: number;
    }): Promise<PlatformEvent[]> {
      return await withStore(async () => {
        const record = await records.readRecord(workflow_id);
        if (!record) throw new DocumentError('not_found', `there is no record of ${workflow_id}`);
        return record.events.filter(({ seq }) => seq > after).slice(0, limit);
      });
    },
  };
}

export type ValueActivities = ReturnType<typeof createValueActivities>;

/** Work on the document store: its faults are those that Temporal knows to try again, or not. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withHeartbeat(work);
  } catch (error) {
    throw toFailure(platformFault(error));
  }
}
