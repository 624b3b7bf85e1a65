import { InitialRequest, type RequestAccepted } from '../../schemas/audit/api';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { newProjectId, type Runs } from '../../src/runs';
import { idempotencyKey } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl } from '../links';
import type { Handle } from '../part';
import { createFormReader, type FormDependencies } from './forms';
import { projectLinks } from './views';

export interface RequestDependencies extends FormDependencies {
  runs: Pick<Runs, 'startAudit'>;
  idempotency: IdempotencyStore;
  uiUrl: UiUrl;
}

const ROUTE = 'POST /initial-request';

/** Takes a request for an audit. Every form of it becomes the body that could have been sent as JSON. */
export function createRequestHandler(deps: RequestDependencies): Handle {
  const readForm = createFormReader(deps, InitialRequest, ['project_id', 'request_text']);

  async function start(request: InitialRequest, projectId: string, by: string): Promise<RequestAccepted> {
    const { project_id, correlation_id, workflow_id } = await deps.runs.startAudit({
      ...request,
      project_id: projectId,
      requested_by: by,
    });
    const links = projectLinks(project_id, workflow_id, deps.uiUrl);
    return { project_id, correlation_id, workflow_id, status: 'accepted', links };
  }

  return async function requestAudit(call) {
    const request = (call.body as InitialRequest | undefined) ?? (await readForm(call));
    const key = idempotencyKey(call.req);
    const principal = call.principal.name;
    const name = request.project_id ?? newProjectId();
    const begin = (projectId: string) => start(request, projectId, principal);
    if (key === undefined) return acceptedReply(await begin(name));
    return await startOnce(deps.idempotency, { key, principal, route: ROUTE, body: request, name, start: begin });
  };
}
