import { ClarificationAnswer } from '../../schemas/audit/api';
import type { ProjectView } from '../../schemas/audit/run';
import type { ValueStore } from '../../src/documents/values';
import type { Control, Runs } from '../../src/runs';
import { idempotencyKey, ifMatch, listRequestOf, pageOf } from '../http';
import { addressOf, type WorkflowIdOf } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers } from '../part';
import { HttpProblem, withRun } from '../problem';
import { auditContracts } from './contract';
import { createFormReader } from './forms';
import { createRequestHandler, type RequestDependencies } from './request';
import { clarificationsOf, deliverablesOf, itemsOf, projectOf, summaryOf } from './views';

export interface AuditDependencies extends RequestDependencies {
  runs: Pick<Runs, 'startAudit' | 'retryAudit' | 'readRun' | 'readAttempts' | 'listProjects' | 'decide' | 'control'>;
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

  /** People know its name, not its workflow's. */
  function named<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return withRun(`There is no project ${idOf(call)}.`, work);
  }

  return {
    initialRequest: createRequestHandler(deps),
    async listProjects(call) {
      const { runs, counts, next_cursor } = await deps.runs.listProjects(listRequestOf(call));
      return { body: { projects: runs.map((project) => summaryOf(project, deps.uiUrl)), counts, next_cursor } };
    },
    async getProject(call) {
      const run = await runOf(call);
      return { body: { ...projectOf(run, deps.uiUrl), retrying: await deps.runs.readAttempts(run) } };
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
    async retryProject(call) {
      const { workflow_id } = await named(call, () => deps.runs.retryAudit(idOf(call), call.principal.name));
      const self = addressOf(auditContracts.getProject, { project_id: idOf(call) });
      return { status: 202, body: { workflow_id, requested: 'retry', links: { self } } };
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
