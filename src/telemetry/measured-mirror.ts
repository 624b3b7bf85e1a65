import { redisError } from '../redis/errors';
import type { Mirror } from '../streams/mirror';
import type { MirrorMeter } from './metrics';

/** A mirror that tells a meter what it does. */
export function measuredMirror(mirror: Mirror, meter: MirrorMeter): Mirror {
  return {
    available: () => mirror.available(),
    async publish(batch, signal) {
      try {
        const published = await mirror.publish(batch, signal);
        const { added, repeated, breaches, gap } = published;
        meter.published({ added, repeated, breaches, gap: gap !== undefined });
        const now = Date.now();
        // repeats come first, for a batch goes by seq
        const fresh = added + breaches === 0 ? [] : batch.events.slice(-(added + breaches));
        for (const { occurred_at } of fresh) meter.delay((now - Date.parse(occurred_at)) / 1_000);
        return published;
      } catch (error) {
        if (!signal?.aborted) meter.failed(redisError(error).name === 'RedisRefused' ? 'refused' : 'away');
        throw error;
      }
    },
  };
}
