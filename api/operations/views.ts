import type { DeadLetterSummary, Operation } from '../../schemas/operations/api';
import type { OperationView } from '../../schemas/operations/run';
import type { RunView } from '../../schemas/run';
import type { StoredLetter } from '../../src/dlq/letter';
import { deadTaskOf, type DeadTaskPayload } from '../../src/streams/dead-task';
import { jobContracts } from '../job/contract';
import { addressOf, temporalLink, type UiUrl } from '../links';
import { runLinks } from '../runs/views';
import { operationContracts } from './contract';

/** Pure mappers from dead letters and operations to answers of the API. */

export function summaryOf({ id, at, letter }: StoredLetter): DeadLetterSummary {
  const { raw, encoding, ...rest } = letter;
  const links: DeadLetterSummary['links'] = { self: addressOf(operationContracts.getDeadLetter, { id }) };
  const dead = deadTaskOf(letter);
  if (dead) links['job'] = addressOf(jobContracts.getJob, { job_id: dead.job_id });
  return { id, at, ...rest, raw_bytes: Buffer.byteLength(raw, encoding), task: dead && taskOf(dead), links };
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
    started_at: run.started_at,
    ended_at: run.ended_at,
    error: run.error,
    links: operationLinks(operation, uiUrl),
  };
}

/** Links from an operation onwards. */
export function operationLinks(workflowId: string, uiUrl: UiUrl): Record<string, string> {
  const { run, events } = runLinks(workflowId);
  const self = addressOf(operationContracts.getOperation, { operation_id: workflowId });
  return { self, run, events, ...temporalLink(workflowId, uiUrl) };
}
