import { createProxy } from '../../support/proxy';
import { sleep, type Scenario } from '../scenario';
import { waitForGroups, goodEvent, readGroups, write } from '../streams';

/** Connections of the consumers are reset, or swallow everything, while they wait for entries. */
export const connectionResets: Scenario = {
  name: 'connection resets and black holes during blocking reads',
  fact: '5',
  roles: [],
  async run(stack, { chance, short, say }) {
    const { port } = stack.redis.options;
    const proxy = await createProxy(port ?? 0);
    try {
      stack.moreEnv['REDIS_URL'] = `redis://127.0.0.1:${proxy.port}`;
      await stack.up('consumer');
      const groups = (await readGroups(stack)).length;
      const faults = short ? 12 : 100;
      const problems: string[] = [];
      const took = { reset: [] as number[], hole: [] as number[] };
      for (let i = 0; i < faults; i++) {
        const kind = i % 6 === 5 ? ('hole' as const) : ('reset' as const);
        await sleep(chance.integer(0, 400));
        if (kind === 'reset') proxy.reset();
        else {
          proxy.swallow(true);
          await sleep(chance.integer(500, short ? 2_000 : 6_000));
          proxy.swallow(false);
        }
        await write(stack, stack.keys.events, [goodEvent(`after-${i}`)]);
        const ms = await waitForGroups(stack, groups, 30_000);
        if (ms === undefined || ms > 10_000)
          problems.push(`${kind} ${i}: reading again after ${ms ?? 'more than 30000'} ms`);
        if (ms === undefined) break;
        took[kind].push(ms);
      }
      const handled = await stack.metric(
        'consumer',
        'awe_consumer_entries_total',
        'group="validators",outcome="handled"',
      );
      if (handled < faults) problems.push(`${handled} of ${faults} entries were handled`);
      say(`slowest: ${Math.max(...took.reset)} ms after a reset, ${Math.max(...took.hole)} ms after a black hole`);
      const counts = {
        ...{ resets: took.reset.length, black_holes: took.hole.length, groups },
        ...{ slowest_reset_ms: Math.max(...took.reset), slowest_hole_ms: Math.max(...took.hole), handled },
      };
      return { counts, problems };
    } finally {
      proxy.close();
    }
  },
};
