import type { ProcessName } from '../../schemas/catalogue';
import type { DecisionRequest, NewRun, RunAccepted } from '../../schemas/api';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import type { Control, Runs } from '../../src/runs';
import { encodeCursor } from '../../src/runs/cursor';
import { noSuchRun } from '../../src/runs/errors';
import { withCalls } from '../../src/transcripts/calls';
import type { Transcripts } from '../../src/transcripts/transcripts';
import type { Contract } from '../contract';
import { acceptedReply } from '../idempotent';
import { idempotencyKey, ifMatch, listRequestOf, positionOf } from '../http';
import type { UiUrl } from '../links';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { runContracts } from './contract';
import { planOf, runLinks, runOf, summaryOf } from './views';

export interface RunRouteDependencies {
  runs: Pick<
    Runs,
    | 'startPlan'
    | 'listRuns'
    | 'readRun'
    | 'readPlanOf'
    | 'readAttempts'
    | 'readSteps'
    | 'readOutput'
    | 'decide'
    | 'control'
  >;
  catalogue: Pick<PublishedCatalogue, 'read'>;
  follower: Follower;
  transcripts: Transcripts;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
  /** all addresses of the API: runs link to those that show their subject */
  contracts: readonly Contract[];
  uiUrl: UiUrl;
}

export function runRoutes({
  runs,
  catalogue,
  follower,
  transcripts,
  isOurs,
  contracts,
  uiUrl,
}: RunRouteDependencies): Handlers<typeof runContracts> {
  /** Two namespaces in one Temporal do not see each other. */
  const idOf = ({ params }: Call): string => {
    const id = params.workflow_id ?? '';
    if (!isOurs(id)) throw noSuchRun(id);
    return id;
  };

  return {
    async startRun({ body, principal }) {
      const started = await runs.startPlan({ ...(body as NewRun), by: principal.name });
      const { run, events } = runLinks(started.workflow_id);
      const accepted: RunAccepted = { ...started, status: 'accepted', links: { self: run, events } };
      return acceptedReply(accepted);
    },
    async listRuns(call) {
      const process = call.query.process as ProcessName | undefined;
      const { runs: page, counts, next_cursor } = await runs.listRuns(process, listRequestOf(call));
      return { body: { runs: page.map((run) => summaryOf(run, uiUrl)), counts, next_cursor } };
    },
    async getRun(call) {
      const run = await runs.readRun(idOf(call));
      return { body: { ...runOf(run, contracts, uiUrl), retrying: await runs.readAttempts(run) } };
    },
    async getSteps(call) {
      const limit = Number(call.query.limit ?? 200);
      const { total, steps, next } = await runs.readSteps(idOf(call), positionOf(call), limit);
      const shown = await withCalls(steps, transcripts.of(idOf(call)));
      return { body: { total, steps: shown, next_cursor: next === undefined ? undefined : encodeCursor(next) } };
    },
    async getStepOutput(call) {
      const { step_id = '' } = call.params;
      const given = await runs.readOutput(idOf(call), step_id);
      if (!given) throw new HttpProblem('not-found', `The run has no output of a step "${step_id}", or has none yet.`);
      return { body: given.output };
    },
    async getRunPlan(call) {
      const { version, since } = call.query;
      const wanted = { version: numberOf(version), since: numberOf(since) };
      const read = await runs.readPlanOf(idOf(call), wanted);
      return { body: planOf(idOf(call), read, await catalogue.read()) };
    },
    async runEvents(call) {
      return await streamEvents(follower, call, idOf(call));
    },
    async decide(call) {
      const request = call.body as DecisionRequest;
      const taken = await runs.decide(idOf(call), {
        ...request,
        by: call.principal.name,
        digest: ifMatch(call.req) ?? request.digest,
        idempotency_key: idempotencyKey(call.req),
      });
      return { body: taken };
    },
    async controlRun(call) {
      const workflowId = idOf(call);
      const control = call.params.control as Control;
      await runs.control(workflowId, control, call.principal.name);
      return {
        status: 202,
        body: { workflow_id: workflowId, requested: control, links: { self: runLinks(workflowId).run } },
      };
    },
  };
}

const numberOf = (value: string | number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);
