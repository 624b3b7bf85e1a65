import type { PlatformEvent } from '../../../schemas/envelope';
import { createEventValidator } from '../../../src/contracts/validators';
import { createMirror, type MirrorParts } from '../../../src/streams/mirror';
import { readStream } from '../audits';
import type { Scenario } from '../scenario';

/** A tenth of all publishes succeeds and then reports a failure, so that it is repeated. */
export const publishThenFail: Scenario = {
  name: 'publish that succeeds and then reports failure',
  fact: '6',
  roles: [],
  async run({ redis, keys, log }, { chance }) {
    const [events, runs] = [10_000, 50];
    let [calls, failures] = [0, 0];
    const evalsha = async (...args: Parameters<typeof redis.evalsha>) => {
      const result = await redis.evalsha(...args);
      calls += 1;
      if (chance.integer(1, 10) > 1) return result;
      failures += 1;
      throw new Error('read ECONNRESET');
    };
    const port: MirrorParts['redis'] = {
      evalsha: evalsha as typeof redis.evalsha,
      eval: redis.eval.bind(redis),
      ping: () => redis.ping(),
      status: 'ready',
    };
    const gate = { run: <T>(call: () => Promise<T>) => call(), available: () => true, state: () => 'closed' as const };
    const mirror = createMirror({ redis: port, keys, validate: createEventValidator().validateOwn, log, gate });
    const publish = async (batch: Parameters<typeof mirror.publish>[0]) => {
      for (;;) {
        try {
          return await mirror.publish(batch);
        } catch {
          // repeated, as by Temporal
        }
      }
    };
    await Promise.all(
      Array.from({ length: runs }, async (_, i) => {
        const all = eventsOf(`run-${i}`, events / runs);
        for (let at = 0; at < all.length;) {
          const size = chance.integer(1, 4);
          await publish({ run: `run-${i}`, events: all.slice(at, at + size), ended: at + size >= all.length });
          at += size;
        }
      }),
    );
    const stream = await readStream({ redis, keys } as Parameters<typeof readStream>[0]);
    const ids = new Set(stream.map(({ event_id }) => event_id)).size;
    const problems: string[] = [];
    if (stream.length !== events || ids !== events)
      problems.push(`${stream.length} entries with ${ids} ids, not ${events}`);
    const last = new Map<string, number>();
    for (const { correlation_id: run, seq } of stream) {
      if (seq !== (last.get(run) ?? 0) + 1) problems.push(`${run}: ${seq} after ${last.get(run)}`);
      last.set(run, seq);
    }
    return { counts: { events, ids, calls, failures }, problems: problems.slice(0, 10) };
  },
};

export function eventsOf(run: string, count: number): PlatformEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    event_id: `${run}-${i + 1}`,
    event_type: 'TASK.COMPLETED',
    schema_version: 1,
    source: 'awe',
    occurred_at: '2026-01-05T08:00:00.000Z',
    correlation_id: run,
    causation_id: null,
    subject: { kind: 'run', id: run },
    seq: i + 1,
    payload: { run, step: 'fetch', round: 1, milliseconds: i },
  }));
}
