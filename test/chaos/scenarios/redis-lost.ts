import { waitForRecords, waitForMirror, runUndisturbed, request, verify } from '../audits';
import { waitUntil, sleep, type Scenario } from '../scenario';
import { readGroups } from '../streams';

/** Redis is killed under load and started again, and then loses everything. */
export const redisLost: Scenario = {
  name: 'kill -9 of Redis under load, and FLUSHALL',
  fact: '4',
  async run(stack, { chance, short, say }) {
    const { headlines, milliseconds } = await runUndisturbed(stack);
    const problems: string[] = [];
    const groups = (await readGroups(stack)).length;
    const kills = short ? 2 : 8;
    const ids: string[] = [];
    const load = async (name: string, count: number) => {
      for (let i = 0; i < count; i++) ids.push((await request(stack, `${name}-${i}`)).workflow_id);
    };
    for (let kill = 0; kill < kills; kill++) {
      const loaded = load(`killed-${kill}`, short ? 3 : 8);
      await sleep(chance.integer(0, 2 * milliseconds));
      await stack.kill('redis');
      await stack.up('redis');
      await loaded;
    }
    await waitForRecords(stack, ids, 120_000);
    const loaded = load('flushed', short ? 3 : 10);
    await sleep(chance.integer(0, 2 * milliseconds));
    await waitUntil(async () => stack.redis.status === 'ready', 5_000);
    const lost = await stack.redis.xlen(stack.keys.events);
    await stack.redis.flushall();
    const flushed = Date.now();
    await loaded;
    const records = await waitForRecords(stack, ids, 120_000);
    const back = await waitForMirror(stack, records, 180_000);
    const rebuiltAfter = Date.now() - flushed;
    say(`${lost} entries flushed; ${back ? 'all' : 'not all'} events are in the stream ${rebuiltAfter} ms later`);
    if (!back) problems.push('the stream was not rebuilt within 180 s');
    const again = await waitUntil(async () => (await readGroups(stack)).length >= groups, 15_000);
    if (!again) problems.push(`${(await readGroups(stack)).length} of ${groups} groups came back`);
    const verified = await verify(stack, ids, records, headlines);
    return {
      counts: { kills, flushed_entries: lost, rebuilt_after_ms: rebuiltAfter, groups, ...verified.counts },
      problems: [...problems, ...verified.problems].slice(0, 20),
    };
  },
};
