import { InitialRequest, type RequestAccepted } from '../../schemas/audit/api';
import type { ValueStore } from '../../src/documents/values';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { newProjectId, type AuditRequest, type Runs } from '../../src/runs';
import { idempotencyKey } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl } from '../links';
import type { Handle } from '../part';
import { createFormReader, type FormDependencies } from './forms';
import { projectLinks } from './views';

export interface RequestDependencies extends FormDependencies {
  runs: Pick<Runs, 'startAudit'>;
  idempotency: IdempotencyStore;
  values: Pick<ValueStore, 'putValue'>;
  uiUrl: UiUrl;
}

const ROUTE = 'POST /initial-request';

/** Takes a request for an audit. Every form of it becomes the body that could have been sent as JSON. */
export function createRequestHandler(deps: RequestDependencies): Handle {
  const readForm = createFormReader(deps, InitialRequest, ['project_id', 'request_text']);

  async function start(request: AuditRequest, projectId: string): Promise<RequestAccepted> {
    const { project_id, correlation_id, workflow_id } = await deps.runs.startAudit({
      ...request,
      project_id: projectId,
    });
    const links = projectLinks(project_id, workflow_id, deps.uiUrl);
    return { project_id, correlation_id, workflow_id, status: 'accepted', links };
  }

  return async function requestAudit(call) {
    const request = (call.body as InitialRequest | undefined) ?? (await readForm(call));
    const key = idempotencyKey(call.req);
    const principal = call.principal.name;
    const name = request.project_id ?? newProjectId();
    // kept once, so that rows by the ten thousand are not written out again to be compared
    const kept = request.work_context && (await deps.values.putValue(request.work_context));
    const begin = (projectId: string) => start({ ...request, kept, requested_by: principal }, projectId);
    if (key === undefined) return acceptedReply(await begin(name));
    const body = { ...request, work_context: kept };
    return await startOnce(deps.idempotency, { key, principal, route: ROUTE, body, name, start: begin });
  };
}
