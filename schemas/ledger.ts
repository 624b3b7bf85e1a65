import { Type, type Static } from 'typebox';
import { Instant } from './json';

/** A place in a ledger: entry `n`, and its hash. */
export const LedgerHead = Type.Object(
  { n: Type.Integer({ minimum: 1 }), hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }) },
  { additionalProperties: false },
);
export type LedgerHead = Static<typeof LedgerHead>;

/** A decision in a ledger: entry `n` of its process's chain. `hash` covers everything else in it. */
export const LedgerEntry = Type.Object(
  {
    n: Type.Integer({ minimum: 1 }),
    previous: Type.String({ description: 'hash of entry n-1; of the first, 64 zeros' }),
    process: Type.String(),
    workflow_id: Type.String(),
    subject: Type.String(),
    approval_id: Type.String(),
    decision_id: Type.String(),
    choice: Type.String(),
    by: Type.String(),
    channel: Type.String(),
    verified: Type.Boolean({ description: 'false where the name is only what the sender typed' }),
    comment: Type.Optional(Type.String()),
    shown: Type.String({ description: 'digest of the matter as it was shown' }),
    outcome: Type.String({ description: 'digest of its result' }),
    decided_at: Instant,
    recorded_at: Instant,
    hash: Type.String(),
  },
  { $id: 'LedgerEntry' },
);
export type LedgerEntry = Static<typeof LedgerEntry>;
