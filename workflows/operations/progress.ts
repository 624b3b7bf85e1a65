import type { Json } from '../../schemas/json';
import type { OperationCounts, OperationInput, OperationPage, OperationView } from '../../schemas/operations/run';
import type { Run } from '../engine/run';

/** Ids that are shown as examples of what was found. */
const EXAMPLES = 20;

/** Progress of an operation, carried across continue-as-new. */
export interface Progress {
  /** turns taken */
  turn: number;
  counts: OperationCounts;
  /** start of the next turn; absent before the first and after the last */
  position?: Json;
  /** entries since the last rest that the rate asks for */
  sinceRest: number;
  limited: boolean;
  examples: string[];
}

const START: Progress = {
  turn: 0,
  counts: { matched: 0, done: 0, skipped: 0, failed: 0 },
  sinceRest: 0,
  limited: false,
  examples: [],
};

export const progressOf = (run: Run): Progress => run.kept<Progress>('progress') ?? START;

/** The progress after a turn. */
export function counted(before: Progress, page: OperationPage, { limit }: OperationInput): Progress {
  const number = (outcome: string) => page.lines.filter((line) => line.outcome === outcome).length;
  const matched = before.counts.matched + page.matched;
  return {
    turn: before.turn + 1,
    counts: {
      matched,
      done: before.counts.done + number('done'),
      skipped: before.counts.skipped + number('skipped'),
      failed: before.counts.failed + number('failed'),
    },
    ...(page.next === undefined ? {} : { position: page.next }),
    sinceRest: before.sinceRest + page.matched,
    limited: matched >= limit && page.next !== undefined,
    examples: [...before.examples, ...page.examples].slice(0, EXAMPLES),
  };
}

export function viewOf(operation: string, input: OperationInput, progress: Progress): Json {
  const { action, by, reason, dry_run, filter, rate_per_second, limit } = input;
  const { counts, limited, examples } = progress;
  const view: OperationView = {
    operation,
    action,
    by,
    ...(reason === undefined ? {} : { reason }),
    dry_run,
    filter,
    rate_per_second,
    limit,
    counts,
    limited,
    examples,
  };
  return view as unknown as Json;
}
