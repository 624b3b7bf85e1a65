import type { JsonObject } from '../../../schemas/json';
import type { OutsideEnd } from '../end';

/** An order that was ended from outside. */
export const orderEnd: OutsideEnd = {
  lastEvent: ({ subject }, error) => ({ event_type: 'ORDER.FAILED', payload: { order_id: subject.id, error } }),
  ended: (view) => ({ ...(view as JsonObject), status: 'failed' }),
  subjectId: ({ order_id }) => order_id,
};
