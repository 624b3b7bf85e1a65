import type { Request } from 'express';
import { header } from '../http';
import type { Call, Reply } from '../part';
import { HttpProblem } from '../problem';
import type { Follower } from './follow';
import { openStream, plainFrames, type Frames } from './sse';

/** Streams open at once in a process; more than that is a client's mistake. */
const MOST = 10_000;

/** Answers with the events of a run, as `eventStream` describes it, or told in other `frames`. */
export async function streamEvents(
  follower: Follower,
  call: Call,
  workflowId: string,
  frames: Frames = plainFrames,
): Promise<Reply | undefined> {
  const { req, res, query } = call;
  assertRoom(follower);
  const resumed = lastEventId(req);
  const following = await follower.follow(workflowId, resumed ?? Number(query.after ?? 0), () =>
    openStream(res, call.mayGoOn, frames),
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

/** Refuses one more reader of events where there are too many. */
export function assertRoom(follower: Pick<Follower, 'count'>): void {
  if (follower.count() < MOST) return;
  throw new HttpProblem('overloaded', 'Too many streams are open.', { headers: { 'Retry-After': '30' } });
}

function lastEventId(req: Request): number | undefined {
  // browsers send an empty one where they have none
  if (req.get('last-event-id') === '') return undefined;
  const given = header(req, 'Last-Event-ID', 'Last-Event-ID is the `id` of an event: a number.');
  return given === undefined ? undefined : Number(given);
}
