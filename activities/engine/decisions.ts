import type { LedgerHead } from '../../schemas/ledger';
import type { DecisionView } from '../../schemas/run';
import type { Terms } from '../../schemas/terms';
import type { Ledger } from '../../src/ledger/ledger';
import { keptAnswer } from '../recording/answers';
import type { Recordings } from '../../src/recordings/recordings';
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
  /** of the run: a replay writes nothing, and has the line that was recorded */
  terms?: Terms;
}

/** Decisions of people, as they are kept for good. */
export function createDecisionActivities({ ledger, recordings }: { ledger: Ledger; recordings: Recordings }) {
  return {
    /** A line in the ledger, once for a decision. */
    async recordDecision(entry: DecisionToRecord): Promise<LedgerHead> {
      const { decision, terms, ...about } = entry;
      const line = () => ledger.append({ ...about, ...decision });
      const { decision_id: id } = decision;
      return await withStore(() => keptAnswer(recordings, { ...about, terms }, { part: 'decisions', name: id }, line));
    },
  };
}

export type DecisionActivities = ReturnType<typeof createDecisionActivities>;
