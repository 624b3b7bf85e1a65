import type { DispatchInput } from '../../../schemas/audit/run';
import type { Ref } from '../../../schemas/refs';
import type { WorkContext } from '../../../schemas/audit/work-context';
import type { IdempotencyStore } from '../../documents/idempotency';
import { canonicalJson, sha256 } from '../../documents/json';
import { workflowIdOf } from '../../temporal/ids';
import { RunError } from '../errors';
import type { RunDependencies } from '../ports';
import { createRunStarter } from '../start-run';

/** Work for one agent, without a project: the request in somebody else's `WORK.ITEM_DISPATCHED`. */
export interface DispatchRequest {
  /** the event: the same one never makes an agent work twice */
  event_id: string;
  project_id: string;
  backlog_item_id: string;
  agent_target: string;
  work_context?: { ref: Ref<WorkContext>; content: WorkContext };
  requested_by: string;
  correlation_id: string;
}

export interface DispatchStarted {
  workflow_id: string;
  /** this event has started it before */
  repeated: boolean;
}

/** Scope of dispatches in the store of idempotency. */
const ROUTE = 'WORK.ITEM_DISPATCHED';

/** Dispatches are remembered for good: an old event may return whenever streams or groups are recreated. */
export const DISPATCH_TTL_MS = 1_000 * 365 * 86_400_000;

/**
 * Starts the run of a dispatch, once per event: a record is created exclusively before and completed after the
 * start, so an interrupted start is finished by the next try, and a finished one is known after Temporal's retention.
 * Another dispatch under the same event id is a `conflict`; `unavailable` while Temporal is away.
 */
export function createDispatchStarter(
  dependencies: Pick<RunDependencies, 'temporal' | 'settings'>,
  started: IdempotencyStore,
) {
  const { settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function startDispatch(request: DispatchRequest): Promise<DispatchStarted> {
    const { event_id, project_id, backlog_item_id, agent_target, work_context, requested_by } = request;
    const workflowId = workflowIdOf(settings.namespace, 'dispatch', event_id);
    const asked = { project_id, backlog_item_id, agent_target, work_context: work_context?.ref.$ref ?? null };
    const claim = await started.claim({
      principal: settings.namespace,
      route: ROUTE,
      key: event_id,
      bodyDigest: sha256(canonicalJson(asked)),
      runId: workflowId,
    });
    if (claim.state === 'conflict')
      throw new RunError(
        'conflict',
        `Event ${event_id} has dispatched other work before. Publish it under an id of its own.`,
      );
    if (claim.state === 'done') return { workflow_id: workflowId, repeated: true };

    const input: DispatchInput = {
      project_id,
      backlog_item_id,
      agent_target,
      event_id,
      correlation_id: request.correlation_id,
      work_context: work_context?.ref,
      rows: work_context?.content.rows?.length ?? 0,
      language: work_context?.content.language ?? 'en',
      requested_by,
      folder: `projects/${project_id}/dispatch-${sha256(event_id).slice(0, 12)}`,
      options: {
        remind_after: settings.clarification.remindAfterMs,
        escalate_after: settings.clarification.escalateAfterMs,
        expire_after: settings.clarification.expireAfterMs,
        rework_rounds: settings.reworkRounds,
        approval_signals: settings.approvalSignals,
      },
    };
    const answer = await startRun({
      process: 'dispatch',
      name: event_id,
      subject: project_id,
      input,
      memo: { project_id, event_id },
      summary: `${agent_target} for ${project_id}`,
    });
    await started.finish(claim.record, { status: 202, body: { workflow_id: workflowId } });
    return { workflow_id: workflowId, repeated: answer === 'already there' };
  };
}
