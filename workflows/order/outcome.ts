import type { LedgerHead } from '../../schemas/ledger';
import type { OrderSummary } from '../../schemas/order/run';
import type { DecisionView } from '../../schemas/run';

/** Outcome of the wait for a person. */
export type Outcome =
  | { outcome: 'approved'; decision: DecisionView; shown: string; draft: OrderSummary; ledger: LedgerHead }
  | { outcome: 'rejected'; decision: DecisionView; ledger: LedgerHead }
  | { outcome: 'split'; decision: DecisionView; draft: OrderSummary; ledger: LedgerHead }
  | { outcome: 'expired'; approval_id: string }
  | { outcome: 'cancelled' };
