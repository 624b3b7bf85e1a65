import type { Request } from 'express';
import { noSuchRun } from '../../src/runs/errors';
import type { Follower } from '../live/follow';
import { openStream } from '../live/sse';
import type { Call, Handlers, Reply } from '../http';
import { HttpProblem } from '../problem';

export interface EventDependencies {
  follower: Follower;
  workflowIdOf: (projectId: string) => string;
  orderWorkflowIdOf: (orderId: string) => string;
  isOurs: (workflowId: string) => boolean;
}

/** Streams open at once in a process; more than that is somebody's mistake. */
const MOST = 10_000;

export function eventRoutes(deps: EventDependencies): Pick<Handlers, 'projectEvents' | 'runEvents' | 'getOrderEvents'> {
  async function stream({ req, res, query }: Call, workflowId: string): Promise<Reply | undefined> {
    if (deps.follower.count() >= MOST) {
      throw new HttpProblem('overloaded', 'Too many streams are open.', { headers: { 'Retry-After': '30' } });
    }
    const resumed = lastEventId(req);
    const following = await deps.follower.follow(workflowId, resumed ?? Number(query.after ?? 0), () =>
      openStream(res),
    );
    if (res.destroyed || req.method === 'HEAD' || (resumed !== undefined && following.complete)) {
      following.abandon();
      if (!res.destroyed)
        res
          .status(req.method === 'HEAD' ? 200 : 204)
          .type('text/event-stream')
          .end();
      return undefined;
    }
    res.once('close', following.go());
    return undefined;
  }

  return {
    projectEvents: (call) => stream(call, deps.workflowIdOf(call.params.project_id ?? '')),
    getOrderEvents: (call) => stream(call, deps.orderWorkflowIdOf(call.params.order_id ?? '')),
    async runEvents(call) {
      const id = call.params.workflow_id ?? '';
      if (!deps.isOurs(id)) throw noSuchRun(id);
      return await stream(call, id);
    },
  };
}

function lastEventId(req: Request): number | undefined {
  const given = req.get('last-event-id');
  if (given === undefined || given === '') return undefined;
  if (!/^\d{1,15}$/.test(given))
    throw new HttpProblem('bad-request', 'Last-Event-ID is the `id` of an event: a number.');
  return Number(given);
}
