import { Context } from '@temporalio/activity';

/** Often enough for a heartbeat time limit of 4 s, with room for a busy process. */
const EVERY = 1000;

/** Reports that work goes on. */
export type Heartbeat = (detail?: unknown) => void;

/**
 * Runs work and heartbeats at least once a second, with the latest detail. Without a heartbeat
 * time limit it runs the work alone.
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
      context.log.debug('heartbeat not sent; the next follows within a second', { error });
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
