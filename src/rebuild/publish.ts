import type { PlatformEvent } from '../../schemas/envelope';
import { RedisUnavailable } from '../redis/errors';
import type { Mirror } from '../streams/mirror';

/** Events of one call of the script: Redis does nothing else meanwhile. */
const BATCH = 200;

/** Losses of the stream that publishing a run survives; after more, the caller must begin again. */
const LOSSES = 5;

/**
 * Publishes the events of a run after `after`, in order, up to those known to be in the stream. Events below
 * the run's watermark are not published again; a stream that lost events meanwhile gets them again. Returns how many
 * are new in the stream or, where one breaks its contract, in the dead letters. Throws what `Mirror.publish` throws.
 */
export async function publishRun(
  mirror: Pick<Mirror, 'publish'>,
  run: { workflowId: string; events: PlatformEvent[]; ended: boolean; after?: number },
  signal?: AbortSignal,
): Promise<number> {
  const { workflowId, events, ended, after = 0 } = run;
  let position = Math.max(0, indexAfter(events, after));
  let added = 0;
  let losses = 0;
  for (;;) {
    const batch = events.slice(position, position + BATCH);
    const last = position + BATCH >= events.length;
    // a gap in the run itself (see ends.ts) cannot be filled by beginning again
    const refuseGap = (batch[0]?.seq ?? 1) === (events[position - 1]?.seq ?? 0) + 1;
    const sent = await mirror.publish({ run: workflowId, events: batch, ended: ended && last, refuseGap }, signal);
    added += sent.added + sent.breaches;
    if (!sent.refused) {
      if (last) return added;
      position += BATCH;
      continue;
    }
    losses += 1;
    if (losses > LOSSES)
      throw new RedisUnavailable(`the stream loses the events of ${workflowId} again and again`, false);
    // a refused batch left a gap before it; it is sent again with all the events that the stream lacks
    const lacked = indexAfter(events, sent.gap?.after ?? 0);
    position = lacked >= 0 && lacked < position ? lacked : 0;
  }
}

/** The position of the first event after a `seq`; -1 where there is none. */
const indexAfter = (events: PlatformEvent[], after: number): number => events.findIndex(({ seq }) => seq > after);
