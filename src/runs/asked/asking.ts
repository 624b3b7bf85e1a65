import type { Json } from '../../../schemas/json';
import type { ApprovalView } from '../../../schemas/run';

/** What a process says of its runs' questions, for lists in which those of all processes stand together. */
export interface Asking {
  /** the run in a phrase, from its process's own picture */
  titleOf(view: Json): string;
  /** Without it, nothing is odd. */
  weigh?(question: ApprovalView): Weight;
  /** decisions on its runs are in the ledger */
  recorded?: true;
}

export interface Weight {
  /** how much is odd in what is shown */
  flags: number;
  /** something has to be mended before a plain yes */
  blocking: boolean;
  /** the day (YYYY-MM-DD) by which the matter itself wants an answer */
  day?: string;
}
