import { InitialRequest, type RequestAccepted } from '../../schemas/api';
import { validatorFor } from '../../src/contracts/validators';
import type { IdempotencyStore, IdempotentAnswer } from '../../src/documents/idempotency';
import { canonicalJson, sha256 } from '../../src/documents/json';
import { newProjectId, type Runs } from '../../src/runs';
import type { RowReader } from '../../src/spreadsheets/rows';
import { bodyOfForm, pointerInForm } from '../forms';
import { checked, idempotencyKey, type Call, type Handlers, type Reply } from '../http';
import { HttpProblem } from '../problem';
import type { Uploads } from '../uploads';
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
    return await deps.uploads.use(req, res, async ({ fields, file }) => {
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

  /** The same key gives the same answer; a try that was interrupted is finished by the next, under the same id. */
  async function once(key: string, request: InitialRequest, by: string): Promise<Reply> {
    const claim = await deps.idempotency.claim({
      principal: by,
      route: ROUTE,
      key,
      bodyDigest: sha256(canonicalJson(request)),
      runId: request.project_id ?? newProjectId(),
    });
    switch (claim.state) {
      case 'conflict':
        throw new HttpProblem(
          'idempotency-key-reused',
          'This Idempotency-Key was used for another request. Take a new one.',
        );
      case 'done':
        return replay(claim.answer);
      case 'new':
      case 'unfinished': {
        const accepted = await start(request, claim.record.run_id, by);
        const kept = await deps.idempotency.finish(claim.record, { status: 202, body: { ...accepted } });
        return claim.state === 'new' ? answer(kept) : replay(kept);
      }
    }
  }

  return {
    async initialRequest(call) {
      const request = (call.body as InitialRequest | undefined) ?? (await readForm(call));
      const key = idempotencyKey(call.req);
      if (key !== undefined) return await once(key, request, call.principal.name);
      const accepted = await start(request, request.project_id ?? newProjectId(), call.principal.name);
      return { status: 202, body: accepted, headers: place(accepted) };
    },
  };
}

const place = (accepted: RequestAccepted) => ({ Location: accepted.links.self ?? '/' });

/** The answer as it is kept, byte for byte the same however often it is given. */
function answer({ status, body }: IdempotentAnswer): Reply {
  return { status, body: JSON.parse(canonicalJson(body)), headers: place(body as unknown as RequestAccepted) };
}

function replay(kept: IdempotentAnswer): Reply {
  const { headers, ...reply } = answer(kept);
  return { ...reply, headers: { ...headers, 'Idempotent-Replayed': 'true' } };
}
