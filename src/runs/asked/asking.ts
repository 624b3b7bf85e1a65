import type { Json } from '../../../schemas/json';
import type { ApprovalView } from '../../../schemas/run';

/** What a process says of its runs' questions, for lists in which those of all processes stand together. */
export interface Asking {
  /** the run in a phrase, from its process's own picture */
  titleOf(view: Json): string;
  /** a question of such a run in French; without it, it is read as the run has asked it, in English */
  inFrench?(view: Json, question: ApprovalView): Phrased;
  /** Without it, nothing is odd. */
  weigh?(question: ApprovalView): Weight;
  /** decisions on its runs are in the ledger */
  recorded?: true;
}

/** A question, with the run that asks it in a phrase. */
export interface Phrased {
  title: string;
  question: string;
}

export interface Weight {
  /** how much is odd in what is shown */
  flags: number;
  /** something has to be mended before a plain yes */
  blocking: boolean;
  /** the day (YYYY-MM-DD) by which the matter itself wants an answer */
  day?: string;
}
