import type { DeadLetterSummary, Operation } from '../../schemas/operations/api';
import type { OperationAction, OperationView } from '../../schemas/operations/run';
import type { RunView } from '../../schemas/run';
import { processOfLetter, type StoredLetter } from '../../src/dlq/letter';
import { deadTaskOf, type DeadTaskPayload } from '../../src/streams/dead-task';
import { counted } from '../../src/words';
import { jobContracts } from '../job/contract';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { operationContracts } from './contract';

/** Pure mappers from dead letters and operations to answers of the API. */

export function summaryOf({ id, at, letter }: StoredLetter): DeadLetterSummary {
  const { raw, encoding, ...rest } = letter;
  const process = processOfLetter(letter);
  const links: DeadLetterSummary['links'] = { self: addressOf(operationContracts.getDeadLetter, { id }) };
  const dead = deadTaskOf(letter);
  if (dead) links['job'] = addressOf(jobContracts.getJob, { job_id: dead.job_id });
  return { id, at, process, ...rest, raw_bytes: Buffer.byteLength(raw, encoding), task: dead && taskOf(dead), links };
}

function taskOf({ job_id, step, uses, rounds, attempts, recoveries, input }: DeadTaskPayload) {
  return { job_id, step, uses, rounds, attempts, recoveries, input };
}

export function operationOf(run: RunView, uiUrl: UiUrl): Operation {
  const { operation, ...view } = run.view as unknown as OperationView;
  return {
    operation_id: operation,
    status: run.status,
    ...view,
    words: wordsOf(view, run.ended_at !== undefined),
    started_at: run.started_at,
    ended_at: run.ended_at,
    error: run.error,
    links: operationLinks(operation, uiUrl),
  };
}

/** Outcomes of actions on what was found: would be, were. */
const DEEDS: Record<OperationAction, { what: string; would: string; done: string }> = {
  'dlq.redrive': {
    ...{ what: 'dead letter', would: 'events would be put back into the stream, and tasks retried' },
    done: 'put back or retried',
  },
  'dlq.discard': { what: 'dead letter', would: 'they would be thrown away for good', done: 'thrown away' },
  'events.rebuild': { what: 'run', would: 'their events that are lost would be put back', done: 'made complete' },
};

function wordsOf(view: Omit<OperationView, 'operation'>, hasEnded: boolean): string {
  const { action, by, reason, dry_run, counts, limited, limit } = view;
  const { what, would, done } = DEEDS[action];
  const found = `${counted(counts.matched, what)} ${hasEnded ? 'found' : 'found so far'}`;
  return [
    dry_run
      ? `${found}: ${would}. Nothing was changed.`
      : `${found}: ${counts.done} ${done}, ${counts.skipped} gone before, ${counts.failed} refused.`,
    ...(limited ? [`The limit of ${limit} was reached, so there may be more.`] : []),
    `Wanted by ${by}${reason === undefined ? '.' : `: ${reason}`}`,
  ].join(' ');
}

/** Links from an operation onwards. */
export function operationLinks(workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const { run, events } = runLinks(workflowId);
  const self = addressOf(operationContracts.getOperation, { operation_id: workflowId });
  return { self, run, events, ...temporalLink(workflowId, uiUrl) };
}
