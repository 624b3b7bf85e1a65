import type { PlatformEvent } from '../../schemas/envelope';
import type { Json } from '../../schemas/json';
import type { Ref, Value } from '../../schemas/refs';
import type { Scope } from '../../schemas/step-call';
import type { Documents } from '../../src/documents/content';
import { withHeartbeat } from './heartbeat';
import { renderTemplate } from '../tools/arguments';
import { platformFault, toFailure } from '../tools/errors';

/** Values that a run keeps in the document store and reads there. All may be repeated at will. */
export function createValueActivities({ documents }: { documents: Documents }) {
  return {
    async storeValue(value: Json): Promise<Ref> {
      return await withStore(() => documents.putValue(value));
    },

    async loadValue(ref: Ref): Promise<Json> {
      return await withStore(() => documents.getValue(ref));
    },

    /** Renders a template that reads files. */
    async evaluate({ template, scope }: { template: Value; scope: Scope }): Promise<Value> {
      return await withStore(async () => await documents.toValue(await renderTemplate(documents, template, scope)));
    },

    async storeEvents(events: PlatformEvent[]): Promise<Ref> {
      return await withStore(() => documents.putValue(events));
    },
  };
}

export type ValueActivities = ReturnType<typeof createValueActivities>;

/** Runs work on the document store; its faults tell Temporal to try again, or not to. */
export async function withStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withHeartbeat(work);
  } catch (error) {
    throw toFailure(platformFault(error));
  }
}
