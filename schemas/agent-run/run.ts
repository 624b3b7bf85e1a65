import type { JsonObject } from '../json';
import type { Proof } from '../run';

/** Facts of an agent run besides those of its job. */
export interface AgentRunFacts {
  /** what the run is about, such as an image of a media library */
  asset_id: string;
  metadata: JsonObject;
  /** approves what the first plan asks about; without it nothing is changed before somebody has seen the plan */
  approval?: ApprovalBeforehand;
}

/** A person's word that a goal is approved, given with it. It counts for its proof. */
export interface ApprovalBeforehand {
  by: string;
  at: string;
  proof?: Proof;
}
