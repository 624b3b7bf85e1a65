/** Ways to jobs besides HTTP: the command line with its exit codes, events, and schedules. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { RunningApi } from '../../../api/server';
import { createCli } from '../../../cli/cli';
import { registerJobs } from '../../../cli/commands/jobs';
import { registerRun } from '../../../cli/commands/run';
import { registerSchedule } from '../../../cli/commands/schedule';
import { registerTools } from '../../../cli/commands/tools';
import type { Job } from '../../../schemas/job/api';
import type { WrittenStep } from '../../../schemas/plan';
import type { Schedule } from '../../../schemas/schedules/api';
import { createLogger } from '../../../src/logging';
import { createRedis, type Redis } from '../../../src/redis/connection';
import { createKeys } from '../../../src/redis/keys';
import { startConsumers, type RunningConsumers } from '../../../workers/consumers';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
let consumers: RunningConsumers;
let redis: Redis;
beforeAll(async () => {
  ({ stack, api } = await startServed());
  const log = createLogger(stack.config, 'test');
  consumers = await startConsumers(stack.config, log);
  redis = createRedis({ ...stack.config.redis, name: 'test', log });
});
afterAll(async () => {
  redis.disconnect();
  await consumers.stop();
  await api.stop();
  await stack.stop();
});

/** Runs a command line in this process; answers what it printed, its notes, its last picture, and its exit code. */
async function awe(...words: string[]) {
  const said: string[] = [];
  const noted: string[] = [];
  let drawn: string[] = [];
  let code = 0;
  const cli = createCli({
    config: () => stack.config,
    say: (line) => void said.push(line),
    note: (line) => void noted.push(line),
    exit: (wanted) => void (code = wanted),
    live: words.includes('--json') ? undefined : (lines) => void (drawn = lines),
  });
  const program = new Command('awe').exitOverride();
  for (const register of [registerRun, registerJobs, registerSchedule, registerTools]) register(program, cli);
  await program.parseAsync(words, { from: 'user' });
  return { out: said.join('\n'), notes: noted.join('\n'), drawn, code };
}
const jsonOf = async <T>(...words: string[]) => JSON.parse((await awe(...words, '--json')).out) as T;

/** The file of a plan. */
function planFile(name: string, ...steps: WrittenStep[]): string {
  const file = join(stack.config.store.dir, `${name}.json`);
  writeFileSync(file, JSON.stringify({ name, steps }));
  return file;
}
const note = (id: string, uses = 'test.note'): WrittenStep => ({ id, kind: 'tool', uses, with: { from: id } });

it('awe run carries a goal out, exits with what has come of it, and with 7 while it waits for a person', async () => {
  const good = planFile('good', note('a'));
  const done = await awe('run', good, '--goal', 'note it', '--id', 'done', '--priority', '2');
  expect([done.code, done.out, done.drawn.at(-1)]).toEqual([0, 'done completed', expect.stringContaining('└─ ✓ a')]);

  const failed = await awe(
    'run',
    planFile('bad', note('a', 'test.fail')),
    '--goal',
    'fail',
    '--id',
    'failed',
    '--json',
  );
  expect([failed.code, JSON.parse(failed.out), failed.notes]).toEqual([
    1,
    expect.objectContaining({ outcome: 'failed' }),
    expect.stringMatching(/TASK.FAILED {2}a {2}broken/),
  ]);

  const waits = await awe('run', good, '--goal', 'show it', '--id', 'waits', '--plan-only');
  expect([waits.code, waits.out]).toEqual([7, expect.stringMatching(/version 1 of the plan.*awe jobs approve waits/s)]);
  expect((await awe('jobs', 'follow', 'waits')).code).toBe(7);
  const { digest } = await jsonOf<{ digest: string }>('jobs', 'plan', 'waits');
  expect((await awe('jobs', 'approve', 'waits', '--digest', digest)).out).toMatch('approve by local');
  expect(await awe('jobs', 'follow', 'waits')).toMatchObject({ code: 0, out: 'waits completed' });
  expect((await awe('run', good, '--goal', 'show it', '--id', 'yes', '--plan-only', '--yes')).code).toBe(0);

  await expect(awe('run')).rejects.toThrow('Say what to run');
  await expect(awe('run', good, '--goal', 'x', '--priority', '9')).rejects.toThrow('It must be 1');
  expect((await awe('jobs', 'show', 'failed')).out).toMatch(/why {7}a: broken.*test.fail {2}failed/s);
  expect((await jsonOf<{ jobs: Job[] }>('jobs', 'list', '--limit', '2')).jobs).toHaveLength(2);
});

it('awe tools lists the tools, shows one, and tries it as a job of one step', async () => {
  expect((await awe('tools', 'list')).out).toMatch(/^data\.echo +none +low +Gives back/m);
  const { out } = await awe('tools', 'show', 'api_call');
  expect(out).toMatch(/^http\.request, version 1, also called api_call$/m);
  expect(out).toMatch(/^url +string +yes +http or https$/m);
  expect(out).toMatch(/^effect none with method left out, GET, HEAD$/m);
  await expect(awe('tools', 'show', 'filter')).rejects.toThrow('did you mean transform.filter?');
  const tried = await awe('tools', 'try', 'data.echo', '--with', '{"said":"x"}');
  expect([tried.code, tried.out]).toEqual([0, expect.stringContaining('"said": "x"')]);
  await expect(awe('tools', 'try', 'data.echo', '--with', '{said')).rejects.toThrow('--with is no JSON');
  expect((await awe('tools', 'try', 'file.write', '--with', '{"path":"a.txt"}')).code).toBe(1);
});

it('an event starts a job, once', async () => {
  const payload = { goal: 'polish the silver', job_id: 'by-event', priority: 4 };
  const event = JSON.stringify({ event_id: 'e-1', event_type: 'JOB.REQUESTED', source: 'shop', payload });
  for (let i = 0; i < 2; i++) await redis.xadd(createKeys(stack.config.streams).events, '*', 'event', event);
  const job = async () => await jsonOf<Job>('jobs', 'show', 'by-event').catch(() => undefined);
  await until(async () => (await job())?.outcome !== undefined);
  expect(await job()).toMatchObject({ requested_by: 'stream:shop', priority: 4, goal: payload.goal });
});

it('a schedule starts jobs of its own, tells its next times, and can be paused and removed', async () => {
  const create = (every: string) =>
    jsonOf<Schedule>(
      ...['schedule', 'create', 'nightly', '--goal', 'note it', '--plan', planFile('nightly', note('a'))],
      ...[every.includes(' ') ? '--cron' : '--every', every, '--time-zone', 'Europe/Paris', '--paused'],
    );
  await expect(create('61 2 * * *')).rejects.toThrow('422');
  await expect(create('0s')).rejects.toThrow('at least 1s');
  const created = await create('30 2 * * *');
  expect(created).toMatchObject({ starts: 'job', cron: '30 2 * * *', paused: true, next: [], overlap: 'skip' });
  expect(await create('30 2 * * *')).toMatchObject({ schedule_id: 'nightly' });
  await expect(create('30 3 * * *')).rejects.toThrow('409');
  await awe('schedule', 'resume', 'nightly');
  // Temporal takes it up in its own time
  await until(async () => /T0[01]:30:00/.test((await jsonOf<Schedule>('schedule', 'show', 'nightly')).next[0] ?? ''));
  await awe('schedule', 'run', 'nightly');
  let id: string | undefined;
  await until(async () => {
    // while Temporal is at work on a schedule, it may not tell of it
    const schedule = await jsonOf<Schedule>('schedule', 'show', 'nightly').catch(() => undefined);
    id = schedule?.recent[0]?.id;
    return id !== undefined;
  });
  expect(id).toMatch(/^nightly-\d{8}T\d{6}Z$/);
  await until(async () => (await awe('jobs', 'show', id!).catch(() => ({ out: '' }))).out.includes('completed'));
  await until(async () => (await awe('schedule', 'list')).out.includes('nightly'));
  await awe('schedule', 'delete', 'nightly');
  const show = () => awe('schedule', 'show', 'nightly').then(() => '', String);
  await until(async () => (await show()).includes('There is no schedule nightly'));
});
