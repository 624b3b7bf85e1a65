import type { AuditInput, Backlog, ProjectView } from '../../../schemas/audit/run';
import type { StepView } from '../../../schemas/run';
import { workflowIdOf } from '../../temporal/ids';
import { RunError } from '../errors';
import type { RunDependencies } from '../ports';
import { createRetrier, rowOf } from '../retry';
import { beginning, recordedRequest, type AuditMemo } from './start';

/**
 * Lets a failed project go on from what it has. Throws `not_found`, `closed` unless the project has failed,
 * `unavailable`.
 */
export function createAuditRetrier(dependencies: Pick<RunDependencies, 'temporal' | 'store' | 'settings'>) {
  const goOn = createRetrier(dependencies, { process: 'audit', ends: ['failed'], refuse: notFailed });
  return async function retryAudit(projectId: string, by: string): Promise<{ workflow_id: string }> {
    const goesOn = await goOn(projectId, by, (record, { input, once }) => {
      const { request_text } = input as unknown as AuditInput;
      const memo: AuditMemo = {
        project_id: projectId,
        request_text: beginning(request_text),
        request_digest: recordedRequest(record).digest,
        correlation_id: record.correlation_id,
      };
      const { plan } = (once['backlog'] ?? {}) as unknown as Partial<Backlog>;
      const { items } = record.view as unknown as ProjectView;
      return {
        input: input as object,
        memo: { ...memo },
        summary: `audit ${projectId}, retried by ${by}`,
        once,
        following: plan && { plan, rows: rowsOf(record.step_views, items) },
      };
    });
    if (!goesOn) throw notFailed('under way');
    return { workflow_id: workflowIdOf(dependencies.settings.namespace, 'audit', projectId) };
  };
}

/**
 * Rows of the table of steps: what is done stays, and an item that was worked on gets another round. Steps that are
 * left out have not begun; the same holds for what was skipped because an item was missing.
 */
export function rowsOf(steps: readonly StepView[], items: ProjectView['items']): [string, object][] {
  const isItem = new Set(items.map(({ backlog_item_id }) => backlog_item_id));
  return steps.flatMap((step): [string, object][] => {
    const { id, status, rounds, started_at: started } = step;
    if (status === 'completed' || (status === 'failed' && !isItem.has(id))) return [rowOf(step)];
    return isItem.has(id) && rounds > 0 ? [[id, { status: 'ready', rounds, started }]] : [];
  });
}

const notFailed = (status: string): RunError =>
  new RunError('closed', `Only a failed project can be retried; this one is ${status}.`);
