import { Context } from '@temporalio/activity';

/** Often enough for a heartbeat time limit of 4 s, with room for a busy process. */
const EVERY = 1000;

/** Says that work goes on. */
export type Heartbeat = (detail?: unknown) => void;

/**
 * Runs work that says at least once a second that it goes on, with the detail told last. Local activities, and those
 * without a heartbeat time limit, have nobody who listens.
 */
export async function withHeartbeat<T>(work: (heartbeat: Heartbeat) => Promise<T>): Promise<T> {
  const context = Context.current();
  const { heartbeatTimeoutMs } = context.info;
  if (!heartbeatTimeoutMs) return await work(() => undefined);
  let latest: unknown;
  let ended = false;
  const beat = (): void => {
    if (ended) return; // work that was cut off may go on
    try {
      context.heartbeat(latest);
    } catch (error) {
      context.log.debug('heartbeat failed', { error });
    }
  };
  const timer = setInterval(beat, Math.max(1, Math.min(EVERY, heartbeatTimeoutMs / 3)));
  try {
    return await work((detail) => {
      latest = detail;
      beat();
    });
  } finally {
    ended = true;
    clearInterval(timer);
  }
}
