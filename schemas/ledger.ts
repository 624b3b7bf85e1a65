import { Type, type Static } from 'typebox';

/** A place in a ledger: entry `n`, and its hash. */
export const LedgerHead = Type.Object(
  { n: Type.Integer({ minimum: 1 }), hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }) },
  { additionalProperties: false },
);
export type LedgerHead = Static<typeof LedgerHead>;

/** A decision in a ledger: entry `n` of its process's chain. `hash` covers everything else in it. */
export interface LedgerEntry {
  n: number;
  /** hash of entry n-1; of the first, 64 zeros */
  previous: string;
  process: string;
  workflow_id: string;
  subject: string;
  approval_id: string;
  decision_id: string;
  choice: string;
  by: string;
  channel: string;
  verified: boolean;
  comment?: string;
  /** digests: of the matter as shown, and of its result */
  shown: string;
  outcome: string;
  decided_at: string;
  recorded_at: string;
  hash: string;
}
