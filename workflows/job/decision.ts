import type { JobInput } from '../../schemas/job/run';
import type { LedgerHead } from '../../schemas/ledger';
import type { DecisionView } from '../../schemas/run';
import type { Run } from '../engine/run';

/** A decision on what a job has asked: what was shown, and what came of it. */
interface Made {
  approval_id: string;
  decision: DecisionView;
  shown: string;
  outcome: string;
}

/** Writes a decision into the ledger, before anything follows from it. */
export const recordDecision = (run: Run, { job_id, terms }: JobInput, made: Made): Promise<LedgerHead> =>
  run.work.io(
    'recordDecision',
    { process: 'job', workflow_id: run.id, subject: job_id, terms, ...made },
    `record ${made.decision.choice} by ${made.decision.by}`,
  );
