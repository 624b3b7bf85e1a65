import { Type, type Static } from 'typebox';
import { Instant } from './json';

/** A hint of `GET /changes`: something has been said of a run. A reason to ask again, and no more. */
export const Change = Type.Object(
  {
    workflow_id: Type.String(),
    subject: Type.String({ description: 'the id of what the run is about' }),
    process: Type.String(),
    event_type: Type.String(),
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
  },
  { $id: 'Change' },
);
export type Change = Static<typeof Change>;
