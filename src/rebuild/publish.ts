import type { PlatformEvent } from '../../schemas/envelope';
import { RedisUnavailable } from '../redis/errors';
import type { Mirror } from '../streams/mirror';

/** Events of one call of the script: Redis does nothing else meanwhile. */
const BATCH = 200;

/** How often a stream may lose what it had while a run is published, before the caller is told to begin again. */
const LOSSES = 5;

/**
 * Publishes the events of a run, in order: what is below its watermark is not published again, and a stream that has
 * lost events meanwhile gets them again. It begins after `after`, up to where they are known to be in the stream. Answers how many are new in the stream (or, where one
 * breaks its contract, in the dead letters). Throws what `Mirror.publish` throws.
 */
export async function publishRun(
  mirror: Pick<Mirror, 'publish'>,
  run: { workflowId: string; events: PlatformEvent[]; ended: boolean; after?: number },
  signal?: AbortSignal,
): Promise<number> {
  const { workflowId, events, ended, after: known = 0 } = run;
  let added = 0;
  let losses = 0;
  const begin = Math.max(
    0,
    events.findIndex(({ seq }) => seq > known),
  );
  for (let i = begin; i < events.length || i === 0;) {
    const batch = events.slice(i, i + BATCH);
    const last = i + BATCH >= events.length;
    // where the run itself has a hole (see ends.ts) there is nothing to begin again with
    const refuseGap = (batch[0]?.seq ?? 1) === (events[i - 1]?.seq ?? 0) + 1;
    const sent = await mirror.publish({ run: workflowId, events: batch, ended: ended && last, refuseGap }, signal);
    added += sent.added + sent.breaches;
    if (!sent.refused) {
      i += BATCH;
      continue;
    }
    losses += 1;
    if (losses > LOSSES)
      throw new RedisUnavailable(`the stream loses the events of ${workflowId} again and again`, false);
    const after = sent.gap?.after ?? 0;
    const from = events.findIndex(({ seq }) => seq > after);
    i = from === -1 || from >= i ? 0 : from;
  }
  return added;
}
