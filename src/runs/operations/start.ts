import { randomUUID } from 'node:crypto';
import {
  operationDefaults,
  type DlqFilter,
  type OperationAction,
  type OperationInput,
} from '../../../schemas/operations/run';
import { workflowIdOf } from '../../temporal/ids';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';

/** An operator's order. Omitted fields get the defaults of `operationDefaults`. */
export interface OperationRequest {
  action: OperationAction;
  /** the operator, whom the caller has authenticated */
  by: string;
  filter?: DlqFilter;
  dry_run?: boolean;
  rate_per_second?: number;
  limit?: number;
  reason?: string;
  /** makes the start idempotent: the same name is the same operation */
  name?: string;
}

/** Entries of one turn, and so of one activity. */
const PAGE = 100;

export const newOperationName = (): string => randomUUID();

/** Starts an operation, once per name. Throws `unavailable` while Temporal is away. Needs no Redis. */
export function createOperationStarter(dependencies: Omit<RunDependencies, 'prover' | 'threads'>) {
  const { store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function startOperation(request: OperationRequest): Promise<{ workflow_id: string }> {
    const { action, by, reason, name = newOperationName() } = request;
    const workflowId = workflowIdOf(settings.namespace, 'operations', name);
    if (request.name !== undefined && (await store.readRecord(workflowId))) return { workflow_id: workflowId };
    const input: OperationInput = {
      action,
      by,
      filter: request.filter ?? {},
      dry_run: request.dry_run ?? operationDefaults.dry_run,
      rate_per_second: request.rate_per_second ?? operationDefaults.rate_per_second,
      limit: request.limit ?? operationDefaults.limit,
      reason,
      correlation_id: workflowId,
      options: { approval_signals: settings.approvalSignals, page_size: PAGE },
    };
    await startRun({
      process: 'operations',
      name,
      subject: action,
      input,
      memo: { action, by },
      summary: `${action} by ${by}`,
    });
    return { workflow_id: workflowId };
  };
}
