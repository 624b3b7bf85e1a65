/** Two of each role side by side on one Temporal and one Redis, real processes as in production. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { Client, Connection } from '@temporalio/client';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { workflowIdOf } from '../../../src/temporal/ids';
import { servers } from '../../setup/servers';
import { historiesOf, taskFailures } from '../../support/faults/histories';
import { say, seeded } from '../../support/faults/random';
import { until } from '../../support/until';
import { asked, expectDoneOnce, follow, post, projectOf, recordsOf, request, workContext, type Answer } from './client';
import { Fleet, type Role } from './fleet';

let fleet: Fleet;
let redis: Redis;
let client: Client;
const sides = ['1', '2'] as const;
const api = (side: string) => fleet.url(`api-${side}`);

beforeAll(async () => {
  // a killed consumer's entries are taken over after two seconds, so that the test need not wait for thirty
  fleet = await Fleet.start('several', { AWE_CONSUMER_MIN_IDLE: '2s' });
  redis = createRedis({ ...fleet.config.redis, name: 'test', log: pino({ level: 'silent' }) });
  await waitForRedis(redis, 5_000);
  client = new Client({ connection: await Connection.connect({ address: servers().temporalAddress }) });
  for (const side of sides)
    await Promise.all((['worker', 'consumer', 'api'] as Role[]).map((role) => fleet.up(role, `${role}-${side}`)));
});

afterAll(async () => {
  await fleet.stop();
  redis.disconnect();
  await client.connection.close();
});

/** Ids of all audits that Temporal knows of. */
async function audits(): Promise<string[]> {
  const ids: string[] = [];
  const query = `WorkflowType = 'audit' AND WorkflowId STARTS_WITH '${fleet.config.namespace}.'`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}

it('takes a request that comes to both APIs under one Idempotency-Key once', async () => {
  const before = (await audits()).length;
  const keys = Array.from({ length: 6 }, () => randomUUID());
  const answers = await Promise.all(
    keys.flatMap((key) =>
      ['1', '2', '2', '1'].map(async (side) => ({ key, ...(await request(api(side), undefined, true, key)) })),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  const started = keys.map(
    (key) => new Set(answers.filter((one) => one.key === key).map(({ body }) => body.workflow_id)),
  );
  expect(started.map(({ size }) => size)).toEqual(keys.map(() => 1));
  const records = await recordsOf(
    fleet.records,
    started.flatMap((ids) => [...ids]),
  );
  records.forEach(expectDoneOnce);
  await until(async () => (await audits()).length === before + keys.length);
});

it('tells by SSE at one API what a run does that the other has started, and resumes there', async () => {
  await request(api('1'), 'told', true);
  const [here, there] = await Promise.all(sides.map((side) => follow(api(side), 'told', 'PROJECT.COMPLETED')));
  expect(here!.map(({ seq }) => seq)).toEqual(here!.map((_, i) => i + 1));
  expect(there).toEqual(here);
  const rest = await fetch(`${api('2')}/projects/told/events?after=3`, { signal: AbortSignal.timeout(10_000) });
  expect(/^id: (\d+)/m.exec(await rest.text())?.[1]).toBe('4');
});

it('takes the first of two decisions that come to both APIs at once', async () => {
  await request(api('1'), 'decided', false);
  const question = await asked(api('2'), 'decided');
  const path = `/projects/decided/clarifications/${question}`;
  const choices = [{ choice: 'provide', work_context: workContext }, { choice: 'decline' }];
  const answers = await Promise.all(choices.map((choice, i) => post<unknown>(api(sides[i]!) + path, choice)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const won = answers.findIndex(({ status }) => status === 200);
  // sent again, to the other API: the same decision
  const again = await post<{ decision: object }>(api(sides[1 - won]!) + path, choices[won]);
  expect(again.status).toBe(200);
  expect(again.body.decision).toEqual((answers[won] as Answer<{ decision: object }>).body.decision);
  const [record] = await recordsOf(fleet.records, [workflowIdOf(fleet.config.namespace, 'audit', 'decided')]);
  expectDoneOnce(record!);
});

it('starts a project once for each request in the stream, whichever consumer reads it', async () => {
  const projects = Array.from({ length: 20 }, (_, n) => `streamed-${n}`);
  await addRequests(projects);
  const records = await recordsOf(
    fleet.records,
    projects.map((id) => workflowIdOf(fleet.config.namespace, 'audit', id)),
  );
  records.forEach(expectDoneOnce);
  await until(async () => (await pending()) === 0);
  expect(await redis.xlen(fleet.keys.dlq)).toBe(0);
  // each of the two processes has had its share
  const consumers = (await redis.call('XINFO', 'CONSUMERS', fleet.keys.events, 'orchestrators')) as unknown[];
  expect(consumers).toHaveLength(2);
});

it('loses nothing and does nothing twice when one of each is killed in the middle of work', async () => {
  const random = seeded('several, one of each is killed');
  const told: string[] = [];
  const questions: Promise<void>[] = [];
  for (const role of ['worker', 'api', 'consumer'] as Role[]) {
    const named = (n: number) => `killed-${role}-${n}`;
    const accepted = await Promise.all(
      [1, 2].map((n) => patiently(() => request(api('2'), named(n), n === 1, named(n)))),
    );
    expect(accepted.map(({ status }) => status)).toEqual([202, 202]);
    questions.push(answer(named(2)));
    await addRequests([named(3), named(4)]);
    told.push(...[1, 2, 3, 4].map(named));
    await new Promise((resolve) => setTimeout(resolve, random.between(50, 900)));
    await fleet.kill(`${role}-1`);
  }
  await Promise.all(questions);
  const ids = told.map((id) => workflowIdOf(fleet.config.namespace, 'audit', id));
  const records = await recordsOf(fleet.records, ids, 150_000);
  records.forEach(expectDoneOnce);
  const histories = await historiesOf(ids.map((id) => client.workflow.getHandle(id)));
  expect(taskFailures(histories)).toEqual([]);
  await until(async () => (await pending()) === 0, 60_000);
  expect(await redis.xlen(fleet.keys.dlq)).toBe(0);
  say(`several: ${told.length} projects while a worker, an API and a consumer were killed`);
  expect((await projectOf(api('2'), told[0]!)).status).toBe('completed');
});

async function addRequests(projects: string[]): Promise<void> {
  for (const project_id of projects) {
    const payload = { project_id, request_text: 'full audit', work_context: workContext };
    const event = { event_id: randomUUID(), event_type: 'PROJECT.INITIAL_REQUEST_RECEIVED', payload };
    await redis.xadd(fleet.keys.events, '*', 'event', JSON.stringify(event));
  }
}

/** Provides the rows that a project asks for, by the API that is alive. */
async function answer(project: string): Promise<void> {
  const question = await patiently(() => asked(api('2'), project, 60_000));
  const body = { choice: 'provide', work_context: workContext };
  await until(async () => {
    const { status } = await post(`${api('2')}/projects/${project}/clarifications/${question}`, body, project);
    return status === 200;
  }, 60_000);
}

/** As a client does that is told to try again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 3) throw error;
    }
  }
}

/** Entries that some group has in hand. */
async function pending(): Promise<number> {
  const groups = (await redis.call('XINFO', 'GROUPS', fleet.keys.events)) as unknown[][];
  const of = (group: unknown[]) => Number(group[group.indexOf('pending') + 1]);
  return groups.reduce((sum, group) => sum + of(group), 0);
}
