import type { DecisionView } from '../../schemas/run';
import type { Run } from '../engine/run';

/** A reading of the files: the first one, or one that somebody has asked for while the order waited for a decision. */
export interface Reading {
  n: number;
  asked?: { approval_id: string; decision: DecisionView };
}

/** The reading that counts. */
export const readingOf = (run: Run): Reading => run.kept<Reading>('reading') ?? { n: 1 };

/** The name of a part of a reading, of which each is done once. */
export const partOf = (name: string, { n }: Reading): string => (n === 1 ? name : `${name}-${n}`);

/** True once the reading that counts has become a draft. */
export const isRead = (run: Run): boolean => run.kept(partOf('parsed', readingOf(run))) !== undefined;
