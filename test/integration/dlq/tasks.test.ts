/** Tasks that have failed for good: they can be listed, judged, and retried from there, each once. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApi } from '../../../api/server';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import { registerDlq } from '../../../cli/commands/dlq';
import type { Job, JobDetails } from '../../../schemas/job/api';
import type { DeadLetterDetail, DeadLetters, Operation } from '../../../schemas/operations/api';
import type { Step } from '../../../schemas/plan';
import type { Value } from '../../../schemas/refs';
import { recordPath } from '../../../schemas/run';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { workflowIdOf } from '../../../src/temporal/ids';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import { startStack, type Stack } from '../../support/stack';
import { calls } from '../../support/tools';
import { until } from '../../support/until';
import { openRedis } from './fixture';

/** the calls of `test.mended` that still fail, by its argument */
const broken = new Map<string, number>();
const mended: Tool = {
  spec: {
    ...{ name: 'test.mended', version: '1', description: 'is mended', input: {}, output: {} },
    ...{ effect: 'none', risk: 'low', approval: false, retry: { attempts: 3, initialMs: 10, backoff: 1, maxMs: 10 } },
  },
  run: async (input) => {
    const { of } = input as { of: string };
    const left = broken.get(of) ?? 0;
    broken.set(of, left - 1);
    if (left > 0) throw new ToolError({ class: 'permanent', type: 'test.broken', message: 'broken' });
    return 'whole';
  },
};

let stack: Stack;
let api: RunningApi;
let redis: Redis;
let keys: Keys;
beforeAll(async () => {
  ({ stack, api } = await startServed({ tools: [mended] }));
  ({ redis } = await openRedis());
  keys = createKeys(stack.config.streams);
});
afterAll(async () => {
  redis?.disconnect();
  await api?.stop();
  await stack?.stop();
});

const steps = (of: string): Step[] => [
  { id: 'a', kind: 'tool', uses: 'test.work', with: { from: 'a' } },
  { id: 'b', kind: 'tool', uses: 'test.mended', with: { of, from: '${{ steps.a.output.from }}' } },
];
async function call<T>(path: string, body?: object): Promise<T> {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await fetch(api.url + path, init)).json()) as T;
}
const jobIs = (id: string, ...statuses: string[]) =>
  until(async () => statuses.includes((await call<Job>(`/jobs/${id}`)).status));
const letters = async (query = '?stage=task') => (await call<DeadLetters>(`/dlq${query}`)).entries;
const letterOf = async (id: string) => (await letters()).find(({ task }) => task?.job_id === id);
const timesOfA = (id: string) => {
  const run = workflowIdOf(stack.config.namespace, 'job', id);
  return [...calls].filter(([key]) => key.startsWith(`${run}/a/`)).reduce((sum, [, n]) => sum + n, 0);
};

/** Starts a job whose second step fails `times` times; answers its letter. */
async function die(id: string, times = 1) {
  broken.set(id, times);
  await call('/jobs', { job_id: id, goal: `do ${id}`, context: { n: 1 }, plan: { name: 'a job', steps: steps(id) } });
  await jobIs(id, 'failed');
  await until(async () => (await letterOf(id)) !== undefined);
  return (await letterOf(id))!;
}

async function operate(what: 'redrive' | 'discard', ids: string[]): Promise<Operation> {
  const { links } = await call<{ links: { self: string } }>(`/dlq/${what}`, { filter: { ids } });
  let operation: Operation | undefined;
  await until(async () => {
    operation = await call<Operation>(links.self);
    return ['completed', 'failed'].includes(operation.status);
  });
  return operation!;
}

/** Lines that a command prints. */
async function awe(...words: string[]): Promise<string> {
  const { said } = await runCli(stack.config, [registerDlq], ['dlq', ...words]);
  return said;
}

it('a dead task has all that somebody needs to judge it', async () => {
  const letter = await die('judged');
  expect(letter).toMatchObject({
    ...{ stage: 'task', event_type: 'TASK.DEAD_LETTERED', deliveries: 1, redrives: 0 },
    error: { class: 'test.broken', message: 'broken' },
    task: { job_id: 'judged', step: 'b', uses: 'test.mended', rounds: 1, attempts: 3, recoveries: 0 },
    links: { job: '/jobs/judged' },
  });
  expect(Date.parse(letter.first_at)).toBeLessThanOrEqual(Date.now());
  const input = (await stack.documents.getValue(letter.task!.input)) as unknown as {
    step: Step;
    context: Value;
    outputs: Record<string, Value>;
  };
  expect(input).toMatchObject({
    step: { id: 'b', uses: 'test.mended', with: { from: '${{ steps.a.output.from }}' } },
    context: { inline: { n: 1 } },
  });
  expect(await stack.documents.fromValue(input.outputs['a']!)).toEqual({ from: 'a' });
  const shown = await call<DeadLetterDetail>(letter.links.self!);
  expect(shown.input).toEqual(input);
  expect(JSON.parse(shown.raw)).toMatchObject({ event_type: 'TASK.DEAD_LETTERED', payload: { step: 'b' } });
  const { timeline } = await call<JobDetails>('/jobs/judged/details');
  expect(timeline.slice(-2).map(({ event }) => event)).toEqual(['TASK.DEAD_LETTERED', 'JOB.FAILED']);
  expect(await letters('')).toContainEqual(letter);
  expect(await letters('?stage=handler')).toEqual([]);
  expect(await awe('list', '--stage', 'task')).toMatch(/judged\/b .*test\.broken: broken/);
  expect(await awe('show', letter.id)).toMatch(/step +b\n/);
});

it('retrying it from there is the retry of its job, and removes the letter', async () => {
  const { id } = await die('retried', 2);
  expect(await awe('redrive', id)).toContain('1 found, 1 done');
  await until(async () => (await letterOf('retried'))?.redrives === 1);
  const again = (await letterOf('retried'))!;
  expect(again).toMatchObject({ redriven_by: 'local', task: { rounds: 1 } });
  expect(again.id).not.toBe(id);
  expect(await operate('redrive', [again.id])).toMatchObject({ counts: { matched: 1, done: 1 } });
  await jobIs('retried', 'completed');
  expect(timesOfA('retried')).toBe(1);
  expect(await letterOf('retried')).toBeUndefined();
  expect(await operate('redrive', [again.id])).toMatchObject({ counts: { done: 0, skipped: 1 } });
});

it('retried by two operations at once, it is retried once', async () => {
  const { id } = await die('twice');
  const ends = await Promise.all([operate('redrive', [id]), operate('redrive', [id])]);
  expect(ends.map(({ counts }) => counts.done).sort()).toEqual([0, 1]);
  await jobIs('twice', 'completed');
  const { timeline } = await call<JobDetails>('/jobs/twice/details');
  expect(timeline.filter(({ event }) => event === 'JOB.CHANGE_REQUESTED')).toHaveLength(1);
});

it('leaves no letter that lies: not of a job that was retried otherwise, nor of one that is gone', async () => {
  await die('otherwise');
  await call('/jobs/otherwise/tasks/b/retry', {});
  await jobIs('otherwise', 'completed');
  await until(async () => (await letterOf('otherwise')) === undefined);

  const { id } = await die('gone');
  const run = workflowIdOf(stack.config.namespace, 'job', 'gone');
  rmSync(join(stack.config.store.dir, recordPath(run)));
  expect(await operate('redrive', [id])).toMatchObject({ counts: { done: 0, skipped: 1, failed: 0 } });
  expect(await letterOf('gone')).toBeUndefined();

  const { id: unwanted } = await die('unwanted');
  expect(await operate('discard', [unwanted])).toMatchObject({ counts: { done: 1 } });
  expect(await letterOf('unwanted')).toBeUndefined();
  expect(await redis.hexists(keys.deadTaskOf, workflowIdOf(stack.config.namespace, 'job', 'unwanted'))).toBe(0);
});

it('workers do with failed tasks as they are configured', async () => {
  const any = await startStack({
    env: { WORKER_RETRY_POLICY: 'any', WORKER_RECOVER_IDLE_MS: '9000' },
    tools: [mended],
  });
  try {
    broken.set('any', 2);
    const handle = await any.job('any', { plan: { name: 'any', steps: steps('any') } });
    await handle.result();
    const { events } = await handle.fetchHistory();
    const tools = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: one }) =>
      one?.activityType?.name === 'runTool' ? [one] : [],
    );
    expect(tools.length).toBeGreaterThan(0);
    for (const { heartbeatTimeout } of tools) expect(Number(heartbeatTimeout?.seconds)).toBe(9);
  } finally {
    await any.stop();
  }
  const none = await startStack({ env: { WORKER_RETRY_POLICY: 'none', WORKER_DLQ_ENABLED: 'false' } });
  try {
    const flaky: Step[] = [{ id: 'f', kind: 'tool', uses: 'test.flaky', with: { failures: 1 } }];
    const handle = await none.job('none', { plan: { name: 'none', steps: flaky } });
    await handle.result().catch(() => undefined);
    const record = await none.record(handle);
    expect(record).toMatchObject({ status: 'failed', step_views: [{ status: 'failed', rounds: 1 }] });
    const said = record?.events.map(({ event_type }) => event_type) ?? [];
    expect(said.slice(-2)).toEqual(['JOB.RECOVERY_CHOSEN', 'JOB.FAILED']);
  } finally {
    await none.stop();
  }
});
