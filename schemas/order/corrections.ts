import { Type, type Static } from 'typebox';
import { Cursor } from '../api';
import { Instant } from '../json';
import { LedgerHead } from '../ledger';
import { SourcedText } from './order';

/** Corrections of an order: what was read, what stands there since, by whom, when and why. */

export const OrderChange = Type.Object({
  kind: Type.Enum(['value', 'line_added', 'line_removed', 'file_taken', 'dismissed']),
  path: Type.String({
    description:
      'JSON Pointer into the draft that was made; of a removed line or a dismissed anomaly, into the one before',
  }),
  line_id: Type.Optional(Type.String()),
  code: Type.Optional(Type.String({ description: 'of the dismissed anomaly' })),
  read: Type.Optional(
    Type.Unsafe<SourcedText>({ ...SourcedText, description: 'with its cell; absent where nothing was read' }),
  ),
  corrected: Type.Optional(Type.String({ description: 'absent where the value was removed' })),
});
export type OrderChange = Static<typeof OrderChange>;

/** `GET /orders/:id/corrections` */
export const OrderCorrectionsMade = Type.Object(
  {
    order_id: Type.String(),
    corrections: Type.Array(
      Type.Object({
        version: Type.Integer({ minimum: 1, description: 'of the draft that it has made' }),
        at: Instant,
        by: Type.String(),
        verified: Type.Boolean({ description: 'false where the name is only what the sender typed' }),
        comment: Type.Optional(Type.String({ description: 'why' })),
        decision_id: Type.String(),
        ledger: LedgerHead,
        changes: Type.Array(OrderChange, { description: 'the first thousand' }),
        count: Type.Integer({ minimum: 0, description: 'of all its changes' }),
      }),
      { description: 'in the order in which they were made' },
    ),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'OrderCorrectionsMade' },
);
export type OrderCorrectionsMade = Static<typeof OrderCorrectionsMade>;
