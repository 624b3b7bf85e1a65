import { ClarificationAnswer } from '../../schemas/api';
import type { ProjectView } from '../../schemas/audit/run';
import type { Json } from '../../schemas/json';
import type { Ref } from '../../schemas/refs';
import { validatorFor } from '../../src/contracts/validators';
import { RunError, type Control, type Runs } from '../../src/runs';
import type { RowReader } from '../../src/reading/rows';
import { bodyOfForm, pointerInForm } from '../forms';
import { checked, idempotencyKey, ifMatch, type Call, type Handlers } from '../http';
import { links } from '../links';
import { HttpProblem } from '../problem';
import { rowsFile, type Uploads } from '../uploads';
import { clarificationsOf, deliverablesOf, itemsOf, projectOf, summaryOf } from '../views';

export interface ProjectDependencies {
  runs: Pick<Runs, 'readRun' | 'listProjects' | 'decide' | 'control'>;
  workflowIdOf: (projectId: string) => string;
  putValue: (value: Json) => Promise<Ref>;
  uploads: Uploads;
  rows: RowReader;
  uiUrl: (workflowId: string) => string | undefined;
}

type ProjectHandlers = Pick<
  Handlers,
  | 'listProjects'
  | 'getProject'
  | 'getItems'
  | 'getDeliverables'
  | 'getClarifications'
  | 'answerClarification'
  | 'controlProject'
>;

export function projectRoutes(deps: ProjectDependencies): ProjectHandlers {
  const check = validatorFor(ClarificationAnswer);
  const idOf = ({ params }: Call) => params.project_id ?? '';
  const viewOf = async (call: Call): Promise<ProjectView> => (await runOf(call)).view as unknown as ProjectView;

  async function runOf(call: Call) {
    return await named(call, () => deps.runs.readRun(deps.workflowIdOf(idOf(call))));
  }

  /** People know the project's name, not its workflow's. */
  async function named<T>(call: Call, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RunError && error.fault === 'not_found' && error.more.facts?.workflow_id !== undefined) {
        throw new HttpProblem('not-found', `There is no project ${idOf(call)}.`, { cause: error });
      }
      throw error;
    }
  }

  async function readForm({ req, res }: Call): Promise<ClarificationAnswer> {
    return await deps.uploads.use(req, res, rowsFile, async ({ fields, files: [file] }) => {
      const rows = file && (await deps.rows.read(file.path)).rows;
      const body = bodyOfForm(fields, ['choice', 'decision_id', 'comment', 'digest'], rows);
      return checked<ClarificationAnswer>(body, check, (pointer) => pointerInForm(pointer, fields));
    });
  }

  return {
    async listProjects({ query }) {
      const page = await deps.runs.listProjects(Number(query.limit ?? 50), query.cursor as string | undefined);
      const { next_cursor } = page;
      return {
        body: {
          projects: page.runs.map((project) => summaryOf(project, deps.uiUrl)),
          ...(next_cursor === undefined ? {} : { next_cursor }),
        },
      };
    },
    async getProject(call) {
      return { body: projectOf(await runOf(call), deps.uiUrl) };
    },
    async getItems(call) {
      return { body: { project_id: idOf(call), items: itemsOf(await viewOf(call)) } };
    },
    async getDeliverables(call) {
      return { body: { project_id: idOf(call), deliverables: deliverablesOf(await viewOf(call)) } };
    },
    async getClarifications(call) {
      return { body: { project_id: idOf(call), clarifications: clarificationsOf(await viewOf(call)) } };
    },

    async answerClarification(call) {
      const answer = (call.body as ClarificationAnswer | undefined) ?? (await readForm(call));
      const { work_context: context, decision_id, comment } = answer;
      const choice = choiceOf(answer);
      const data = context && {
        work_context: { ...(await deps.putValue(context)) },
        rows: context.rows?.length ?? 0,
      };
      const taken = await named(call, () =>
        deps.runs.decide(deps.workflowIdOf(idOf(call)), {
          approval_id: call.params.clarification_id ?? '',
          choice,
          by: call.principal.name,
          decision_id,
          comment,
          digest: ifMatch(call.req) ?? answer.digest,
          data,
          idempotency_key: idempotencyKey(call.req),
        }),
      );
      return { body: taken };
    },

    async controlProject(call) {
      const workflowId = deps.workflowIdOf(idOf(call));
      const control = call.params.control as Control;
      await named(call, () => deps.runs.control(workflowId, control, call.principal.name));
      return {
        status: 202,
        body: { workflow_id: workflowId, requested: control, links: { self: links.project(idOf(call)) } },
      };
    },
  };
}

/** Rows alone say what they are for. */
function choiceOf({ choice, work_context: context }: ClarificationAnswer): string {
  const rows = context?.rows?.length ?? 0;
  if (choice === undefined && rows > 0) return 'provide';
  const wrong = (pointer: string, detail: string) =>
    new HttpProblem('invalid', `The answer is not complete: ${detail}`, { errors: [{ pointer, detail }] });
  if (choice === undefined) throw wrong('/choice', 'is missing: name a choice, or send rows of work');
  if (choice === 'provide' && rows === 0)
    throw wrong('/work_context/rows', 'is missing: to provide means to send rows');
  return choice;
}
