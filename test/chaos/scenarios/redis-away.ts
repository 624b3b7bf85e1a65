import type { RunRecord } from '../../../schemas/run';
import { workflowIdOf } from '../../../src/temporal/ids';
import {
  waitForRecords,
  runProject,
  readStream,
  waitForMirror,
  post,
  provideRows,
  runUndisturbed,
  request,
  verify,
  workContext,
} from '../audits';
import { waitUntil, sleep, type Scenario } from '../scenario';
import type { ChaosStack } from '../stack';

/** Redis is away for a minute while 200 requests arrive. */
export const redisAway: Scenario = {
  name: 'Redis down while requests arrive',
  fact: '3',
  async run(stack, { short, say }) {
    const { headlines } = await runUndisturbed(stack);
    const requests = short ? 12 : 200;
    const seconds = short ? 12 : 60;
    const problems: string[] = [];
    await request(stack, 'asks', false);
    await sleep(1_000);
    await stack.down('redis');
    const away = Date.now();

    const answers = await inParallel(requests, 10, async (i) => {
      const body = { project_id: `R${i}`, request_text: 'full audit', work_context: workContext };
      return await post(stack, '/initial-request', body, `key-R${i}`);
    });
    const accepted = answers.filter(({ status }) => status === 202);
    if (accepted.length !== requests) problems.push(`${requests - accepted.length} requests were not accepted`);
    const ids = accepted.map(({ body }) => (body as { workflow_id: string }).workflow_id);
    const arrived = Date.now() - away;
    const done = await waitForRecords(stack, ids, short ? 60_000 : 300_000);
    say(`${requests} requests in ${arrived} ms, ${done.length} runs ended after ${Date.now() - away} ms without Redis`);

    // does anything wait for Redis? The runs before still hand over their events: the quickest of three says
    const alone: { record: RunRecord; ms: number }[] = [];
    for (const name of ['alone', 'alone-2', 'alone-3']) {
      const begin = Date.now();
      const record = await runProject(stack, name);
      alone.push({ record, ms: Date.parse(record.ended_at) - begin });
    }
    const aloneMs = Math.min(...alone.map(({ ms }) => ms));
    const answerMs = await provideRows(stack, 'asks');
    const ready = (await fetch(`${stack.url}/ready`)).status;
    if (ready !== 200) problems.push(`/ready answered ${ready} while Redis was away`);
    if (answerMs > 300) problems.push(`an answer of a person took ${answerMs} ms`);
    if (aloneMs > 1_000) problems.push(`a run took ${aloneMs} ms while Redis was away`);
    const asks = (await waitForRecords(stack, [workflowIdOf(stack.config.namespace, 'audit', 'asks')], 30_000))[0];
    const records = [...done, ...alone.map(({ record }) => record), ...(asks ? [asks] : [])];

    // runs that have just ended still hand over their events; only growth after that counts
    await sleep(short ? 5_000 : 10_000);
    const growth = await historyGrowth(stack, done, short ? 5_000 : 60_000);
    if (growth > 20) problems.push(`a history grows by ${growth} events in 10 minutes`);
    await sleep(Math.max(0, away + seconds * 1_000 - Date.now()));
    const downFor = Date.now() - away;
    await stack.up('redis');
    const back = Date.now();
    const all = await waitForMirror(stack, records, 60_000);
    const outAfter = Date.now() - back;
    if (!all) problems.push('not all events were out 60 s after the return of Redis');
    await waitUntil(async () => (await readStream(stack)).length > 0, 5_000);
    const verified = await verify(
      stack,
      [...ids, ...alone.map(({ record }) => record.workflow_id)],
      records,
      headlines,
    );
    const counts = {
      ...{ accepted: accepted.length, away_ms: downFor, out_after_ms: outAfter, run_meanwhile_ms: aloneMs },
      ...{ answer_ms: answerMs, history_events_in_10_min: growth, ...verified.counts },
    };
    return { counts, problems: [...problems, ...verified.problems] };
  },
};

/** The most events that a history gains in 10 minutes while its run only waits for Redis. */
async function historyGrowth(stack: ChaosStack, records: RunRecord[], ms: number): Promise<number> {
  const sample = records.filter((_, i) => i % Math.ceil(records.length / 20) === 0);
  const lengths = () =>
    Promise.all(
      sample.map(({ workflow_id: id }) =>
        stack.temporal.call(async (client) => (await client.workflow.getHandle(id).describe()).historyLength ?? 0),
      ),
    );
  const before = await lengths();
  await sleep(ms);
  const after = await lengths();
  const most = Math.max(...after.map((length, i) => length - (before[i] ?? 0)));
  return Math.round((most * 600_000) / ms);
}

async function inParallel<T>(count: number, width: number, work: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async () => {
    for (let i = next++; i < count; i = next++) results[i] = await work(i);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
