import type { LedgerHead } from '../../schemas/ledger';
import type { DecisionView } from '../../schemas/run';
import type { Ledger } from '../../src/ledger/ledger';
import { withStore } from './values';

/** A decision to be written into the ledger of its process. */
export interface DecisionToRecord {
  process: string;
  workflow_id: string;
  subject: string;
  approval_id: string;
  decision: DecisionView;
  shown: string;
  outcome: string;
}

/** Decisions of people, as they are kept for good. */
export function createDecisionActivities({ ledger }: { ledger: Ledger }) {
  return {
    /** A line in the ledger, once for a decision. */
    async recordDecision(entry: DecisionToRecord): Promise<LedgerHead> {
      const { decision, ...about } = entry;
      return await withStore(() => ledger.append({ ...about, ...decision }));
    },
  };
}

export type DecisionActivities = ReturnType<typeof createDecisionActivities>;
