import { redisError } from '../redis/errors';
import type { Mirror } from '../streams/mirror';
import type { MirrorMeter } from './metrics';

/** Counts on a meter what a mirror publishes. */
export function measureMirror(mirror: Mirror, meter: MirrorMeter): Mirror {
  return {
    available: () => mirror.available(),
    async publish(batch, signal) {
      try {
        const published = await mirror.publish(batch, signal);
        const { added, repeated, breaches, gap } = published;
        meter.countPublished({ added, repeated, breaches, gap: gap !== undefined });
        const now = Date.now();
        // a batch is ordered by seq, so repeats come first
        const fresh = added + breaches === 0 ? [] : batch.events.slice(-(added + breaches));
        for (const { occurred_at } of fresh) meter.observeDelay((now - Date.parse(occurred_at)) / 1_000);
        return published;
      } catch (error) {
        if (!signal?.aborted) meter.countFailure(redisError(error).name === 'RedisRefused' ? 'refused' : 'away');
        throw error;
      }
    },
  };
}
