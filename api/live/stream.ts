import type { Request } from 'express';
import type { Call, Reply } from '../part';
import { HttpProblem } from '../problem';
import type { Follower } from './follow';
import { lastEventId, WORDS } from './last-event-id';
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
  const resumed = lastSeq(req);
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

/** The number of the event that a reader had last. */
function lastSeq(req: Request): number | undefined {
  const given = lastEventId(req);
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given)) throw new HttpProblem('bad-request', WORDS);
  return Number(given);
}
