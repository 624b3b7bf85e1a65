import { randomUUID } from 'node:crypto';
import type { AuditInput } from '../../../schemas/audit/run';
import type { Ref } from '../../../schemas/refs';
import type { RunRecord } from '../../../schemas/run';
import type { WorkContext } from '../../../schemas/audit/work-context';
import { workflowIdOf } from '../../temporal/ids';
import { canonicalJson, sha256 } from '../../documents/json';
import { RunError, withFacts } from '../errors';
import { newId } from '../new-id';
import type { RunDependencies } from '../ports';
import { createRunStarter, readMemo } from '../start-run';

/** A request for an audit, by any channel: HTTP, a stream event, the command line. */
export interface AuditRequest {
  project_id?: string;
  request_text: string;
  work_context?: WorkContext;
  /** the work context, where it is kept already */
  kept?: Ref<WorkContext>;
  requested_by: string;
  correlation_id?: string;
  /** the event that asked for it */
  causation_id?: string;
}

export interface AuditStarted {
  project_id: string;
  correlation_id: string;
  workflow_id: string;
  /** the project was there already, with the same request */
  repeated: boolean;
}

/** Facts stored beside a project's input, so that a second start can be told from the first. */
export interface AuditMemo {
  project_id: string;
  request_text: string;
  request_digest: string;
  correlation_id: string;
}

export const newProjectId = (): string => newId('P');

/**
 * Starts an audit project, once. The same project with the same request gets the same answer, however often and
 * however late; another request for it is a `conflict`. Throws `unavailable` while Temporal is away: nothing is lost by
 * trying again with the same project id.
 */
export function createAuditStarter(dependencies: RunDependencies) {
  const { temporal, store, settings } = dependencies;
  const startRun = createRunStarter(dependencies);
  return async function startAudit(request: AuditRequest): Promise<AuditStarted> {
    const projectId = request.project_id ?? newProjectId();
    const workflowId = workflowIdOf(settings.namespace, 'audit', projectId);
    const workContext = request.kept ?? (request.work_context && (await store.putValue(request.work_context)));
    const digest = requestDigest(request.request_text, workContext);
    const correlationId = request.correlation_id ?? randomUUID();

    const past = await store.readRecord(workflowId);
    if (past) return sameOrConflict(projectId, workflowId, digest, recordedRequest(past));

    const input: AuditInput = {
      project_id: projectId,
      correlation_id: correlationId,
      causation_id: request.causation_id,
      request_text: request.request_text,
      work_context: workContext,
      rows: request.work_context?.rows?.length ?? 0,
      language: request.work_context?.language ?? 'en',
      requested_by: request.requested_by,
      options: {
        remind_after: settings.clarification.remindAfterMs,
        escalate_after: settings.clarification.escalateAfterMs,
        expire_after: settings.clarification.expireAfterMs,
        rework_rounds: settings.reworkRounds,
        approval_signals: settings.approvalSignals,
      },
    };
    const memo: AuditMemo = {
      project_id: projectId,
      request_text: beginning(request.request_text),
      request_digest: digest,
      correlation_id: correlationId,
    };

    // a caller without an id can try again with this one, and gets one project even if this try has worked
    return await withFacts({ project_id: projectId }, async () => {
      const answer = await startRun({
        process: 'audit',
        name: projectId,
        subject: projectId,
        input,
        memo: { ...memo },
        summary: `audit ${projectId}`,
      });
      if (answer === 'already there')
        return sameOrConflict(projectId, workflowId, digest, await runningRequest(workflowId));
      return { project_id: projectId, correlation_id: correlationId, workflow_id: workflowId, repeated: false };
    });
  };

  async function runningRequest(workflowId: string): Promise<{ digest: string; correlationId: string }> {
    const { request_digest = '', correlation_id = '' } = await readMemo<AuditMemo>(temporal, workflowId);
    return { digest: request_digest, correlationId: correlation_id };
  }
}

/** Two requests for a project are the same if their words and their work are. */
export const requestDigest = (requestText: string, workContext: Pick<Ref, '$ref'> | undefined): string =>
  sha256(canonicalJson({ request_text: requestText, work_context: workContext?.$ref ?? null }));

/** The request of a finished project, from its first event. */
export function recordedRequest(record: RunRecord): { digest: string; correlationId: string } {
  const first = record.events.find((event) => event.event_type === 'PROJECT.INITIAL_REQUEST_RECEIVED');
  const payload = (first?.payload ?? {}) as { request_text?: string; work_context_ref?: Ref };
  return {
    digest: requestDigest(payload.request_text ?? '', payload.work_context_ref),
    correlationId: record.correlation_id,
  };
}

function sameOrConflict(
  projectId: string,
  workflowId: string,
  digest: string,
  there: { digest: string; correlationId: string },
): AuditStarted {
  if (there.digest !== digest) {
    throw new RunError(
      'conflict',
      `Project ${projectId} exists, with another request. Choose another project_id, or leave it out to get a new one.`,
    );
  }
  return { project_id: projectId, correlation_id: there.correlationId, workflow_id: workflowId, repeated: true };
}

export const beginning = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`);
