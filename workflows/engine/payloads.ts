import { defaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { inWorkflowContext } from '@temporalio/workflow';

/** A value that a workflow could not read, in place of it. */
export interface Unreadable {
  unreadable: string;
}

export const isUnreadable = (value: object): value is Unreadable =>
  'unreadable' in value && typeof value.unreadable === 'string';

/**
 * The default, but what cannot be decoded does not throw in a workflow: whoever reaches Temporal's port can send bytes of
 * any kind, and an error there would stop the run for good. The reader of the message answers it in words.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload<T>(payload: Payload): T {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch (error) {
      if (!inWorkflowContext()) throw error;
      const why = error instanceof Error ? error.message : String(error);
      return { unreadable: `it cannot be read: ${why.slice(0, 200)}` } as T;
    }
  },
};
