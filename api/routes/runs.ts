import type { DecisionRequest } from '../../schemas/api';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import { noSuchRun } from '../../src/runs/errors';
import type { Control, Runs } from '../../src/runs';
import { idempotencyKey, ifMatch, type Call, type Handlers } from '../http';
import { links } from '../links';
import { runOf } from '../views';

export interface RunRouteDependencies {
  runs: Pick<Runs, 'readRun' | 'readSteps' | 'decide' | 'control'>;
  /** whether a workflow id is one of this namespace */
  isOurs: (workflowId: string) => boolean;
  uiUrl: (workflowId: string) => string | undefined;
}

export function runRoutes({
  runs,
  isOurs,
  uiUrl,
}: RunRouteDependencies): Pick<Handlers, 'getRun' | 'getSteps' | 'decide' | 'controlRun'> {
  /** Two namespaces in one Temporal do not see each other. */
  const idOf = ({ params }: Call): string => {
    const id = params.workflow_id ?? '';
    if (!isOurs(id)) throw noSuchRun(id);
    return id;
  };

  return {
    async getRun(call) {
      return { body: runOf(await runs.readRun(idOf(call)), uiUrl) };
    },
    async getSteps(call) {
      const { cursor, limit } = call.query;
      const from = cursor === undefined ? 0 : decodeCursor(String(cursor), isPosition);
      const { total, steps, next } = await runs.readSteps(idOf(call), from, Number(limit ?? 200));
      return { body: { total, steps, ...(next === undefined ? {} : { next_cursor: encodeCursor(next) }) } };
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
        body: { workflow_id: workflowId, requested: control, links: { self: links.run(workflowId) } },
      };
    },
  };
}

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
