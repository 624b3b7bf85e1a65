import { ClarificationAnswer } from '../../schemas/audit/api';
import type { ProjectView } from '../../schemas/audit/run';
import type { ValueStore } from '../../src/documents/values';
import { RunError, type Control, type Runs } from '../../src/runs';
import { idempotencyKey, ifMatch, pageOf } from '../http';
import { addressOf, type WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import { auditContracts } from './contract';
import { createFormReader } from './forms';
import { createRequestHandler, type RequestDependencies } from './request';
import { clarificationsOf, deliverablesOf, itemsOf, projectOf, summaryOf } from './views';

export interface AuditDependencies extends RequestDependencies {
  runs: Pick<Runs, 'startAudit' | 'readRun' | 'listProjects' | 'decide' | 'control'>;
  follower: Follower;
  workflowIdOf: WorkflowIdOf;
  values: Pick<ValueStore, 'putValue'>;
}

export function auditRoutes(deps: AuditDependencies): Handlers<typeof auditContracts> {
  const readForm = createFormReader(deps, ClarificationAnswer, ['choice', 'decision_id', 'comment', 'digest']);
  const idOf = ({ params }: Call) => params.project_id ?? '';
  const workflowIdOf = (call: Call) => deps.workflowIdOf('audit', idOf(call));
  const viewOf = async (call: Call): Promise<ProjectView> => (await runOf(call)).view as unknown as ProjectView;

  async function runOf(call: Call) {
    return await named(call, () => deps.runs.readRun(workflowIdOf(call)));
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

  return {
    initialRequest: createRequestHandler(deps),
    async listProjects({ query }) {
      const page = await deps.runs.listProjects(Number(query.limit ?? 50), query.cursor as string | undefined);
      const projects = page.runs.map((project) => summaryOf(project, deps.uiUrl));
      return { body: { projects, next_cursor: page.next_cursor } };
    },
    async getProject(call) {
      return { body: projectOf(await runOf(call), deps.uiUrl) };
    },
    async getItems(call) {
      const { page, next_cursor } = pageOf(call, itemsOf(await viewOf(call)), 200);
      return { body: { project_id: idOf(call), items: page, next_cursor } };
    },
    async getDeliverables(call) {
      const { page, next_cursor } = pageOf(call, deliverablesOf(await viewOf(call)), 200);
      return { body: { project_id: idOf(call), deliverables: page, next_cursor } };
    },
    async getClarifications(call) {
      const { page, next_cursor } = pageOf(call, clarificationsOf(await viewOf(call)), 200);
      return { body: { project_id: idOf(call), clarifications: page, next_cursor } };
    },

    async answerClarification(call) {
      const answer = (call.body as ClarificationAnswer | undefined) ?? (await readForm(call));
      const { work_context: context, decision_id, comment } = answer;
      const choice = choiceOf(answer);
      const data = context && {
        work_context: { ...(await deps.values.putValue(context)) },
        rows: context.rows?.length ?? 0,
      };
      const taken = await named(call, () =>
        deps.runs.decide(workflowIdOf(call), {
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
      const workflowId = workflowIdOf(call);
      const control = call.params.control as Control;
      const self = addressOf(auditContracts.getProject, { project_id: idOf(call) });
      await named(call, () => deps.runs.control(workflowId, control, call.principal.name));
      return {
        status: 202,
        body: { workflow_id: workflowId, requested: control, links: { self } },
      };
    },
    async projectEvents(call) {
      return await streamEvents(deps.follower, call, workflowIdOf(call));
    },
  };
}

/** Rows alone imply their choice. */
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
