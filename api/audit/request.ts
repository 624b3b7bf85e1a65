import { InitialRequest, type RequestAccepted } from '../../schemas/api';
import { validatorFor } from '../../src/contracts/validators';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import { newProjectId, type Runs } from '../../src/runs';
import type { RowReader } from '../../src/reading/rows';
import { bodyOfForm, pointerInForm } from '../forms';
import { checked, idempotencyKey, type Call, type Handlers } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import { rowsFile, type Uploads } from '../uploads';
import { projectLinks } from '../views';

export interface RequestDependencies {
  runs: Pick<Runs, 'startAudit'>;
  idempotency: IdempotencyStore;
  uploads: Uploads;
  rows: RowReader;
  uiUrl: (workflowId: string) => string | undefined;
}

const ROUTE = 'POST /initial-request';

/** Everything that comes in becomes the body that could have been sent as JSON. */
export function initialRequestRoutes(deps: RequestDependencies): Pick<Handlers, 'initialRequest'> {
  const check = validatorFor(InitialRequest);

  async function readForm({ req, res }: Call): Promise<InitialRequest> {
    return await deps.uploads.use(req, res, rowsFile, async ({ fields, files: [file] }) => {
      const rows = file && (await deps.rows.read(file.path)).rows;
      const body = bodyOfForm(fields, ['project_id', 'request_text'], rows);
      return checked<InitialRequest>(body, check, (pointer) => pointerInForm(pointer, fields));
    });
  }

  async function start(request: InitialRequest, projectId: string, by: string): Promise<RequestAccepted> {
    const { project_id, correlation_id, workflow_id } = await deps.runs.startAudit({
      ...request,
      project_id: projectId,
      requested_by: by,
    });
    const links = projectLinks(project_id, workflow_id, deps.uiUrl);
    return { project_id, correlation_id, workflow_id, status: 'accepted', links };
  }

  return {
    async initialRequest(call) {
      const request = (call.body as InitialRequest | undefined) ?? (await readForm(call));
      const key = idempotencyKey(call.req);
      const principal = call.principal.name;
      const name = request.project_id ?? newProjectId();
      const begin = (projectId: string) => start(request, projectId, principal);
      if (key === undefined) return acceptedReply(await begin(name));
      return await startOnce(deps.idempotency, { key, principal, route: ROUTE, body: request, name, start: begin });
    },
  };
}
