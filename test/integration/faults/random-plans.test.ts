/** Random plans against a model: they end as it says, whatever happens meanwhile, and the stream tells it to the letter. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import * as fc from 'fast-check';
import { nameOf } from '../../../core/engine/row-id';
import type { Step } from '../../../schemas/plan';
import type { RunRecord } from '../../../schemas/run';
import type { Redis } from '../../../src/redis/connection';
import { attend, control, hasWorkInHand } from '../../support/faults/attend';
import { expectFollowed } from '../../support/faults/followed';
import {
  chainsOf,
  historiesOf,
  openWorkflows,
  replayFaults,
  taskFailures,
  timeouts,
  type Told,
} from '../../support/faults/histories';
import { callFaults, readJournal, type Call } from '../../support/faults/journal';
import { randomPlan, type RandomPlan } from '../../support/faults/plans';
import { say, seeded, type Random } from '../../support/faults/random';
import { expectStreamsToTell } from '../../support/faults/streams';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { OwnRedis, sleep } from '../own-redis';

/** `AWE_TEST_PLANS=500` for a long run. */
const PLANS = Number(process.env['AWE_TEST_PLANS'] ?? 5);

/** Kills of the worker at most, and absences of Redis, while they run. */
const KILLS = Math.ceil(PLANS / 8);
const ABSENCES = Math.ceil(PLANS / 16);

/** Plans that run side by side: enough to make each other's tasks late. */
const AT_ONCE = 12;

/** With fewer under way, no worker is killed: the same task would be lost each time, and the server waits ever longer. */
const ENOUGH = 4;

/** Milliseconds for all of them. */
const LIMIT = 120_000 + PLANS * 5_000;

interface Ended {
  handle: WorkflowHandle;
  made: RandomPlan;
  record: RunRecord;
}

let server: OwnRedis;
let redis: Redis;

beforeAll(async () => {
  server = await OwnRedis.start();
  // Events that it has acknowledged have to be there when it comes back; their loss is another test's subject.
  server.fsync = 'always';
  await server.kill();
  await server.up();
  redis = await server.ready();
});
afterAll(async () => await server.end());

it(
  `${PLANS} random plans end as they have to, and replay`,
  async () => {
    const stack = await startStack({ cache: 0, env: { REDIS_URL: server.url } });
    try {
      const random = seeded('random plans');
      const ended = await followAll(stack, random);
      await expectSound(stack, ended);
    } finally {
      await stack.stop();
    }
  },
  LIMIT,
);

it(
  `${PLANS} random plans with segments cut anywhere survive ${KILLS} kills and ${ABSENCES} absences of Redis`,
  async () => {
    const stack = await startStack({ env: { REDIS_URL: server.url } });
    await stack.worker.stop(); // its workers are processes of their own
    const random = seeded('random plans under faults');
    const [kills, absences, cuts] = [random.branch(), random.branch(), random.branch()];
    const journal = join(stack.config.store.dir, 'calls.jsonl');
    const worker = new WorkerProcess(envOf(stack.config), () => ({ journal, cuts: cuts.integer(0, 1e9) }));
    try {
      await worker.start();
      const open = new Set<WorkflowHandle>();
      const [ended, hits] = await Promise.all([
        followAll(stack, random, open),
        killAtTimes(worker, kills, open),
        takeRedisAway(absences),
      ]);
      const told = await expectSound(stack, ended);
      const lost = timeouts(told);
      const calls = readJournal(journal);
      say(
        `${hits} kills; ${lost.tasks} workflow tasks and ${lost.activities} activities were lost; ` +
          `${segmentsIn(told)} segments; ${calls.length} calls of tools`,
      );
      // a kill in a moment between two tasks loses none
      if (hits > 5) expect(lost.tasks + lost.activities).toBeGreaterThan(0);
      expect(callFaults(calls)).toEqual([]);
      expect(elementsLost(ended, calls)).toEqual([]);
      // a run that has failed or was cancelled may never have begun what a lost segment of it had called
      const completed = ended.filter(({ record }) => record.status === 'completed');
      const ofCompleted = calls.filter((call) => completed.some(({ handle }) => handle.workflowId === call.workflow));
      expect(ofCompleted.filter(({ workflow, step, round }) => round > roundsOf(ended, workflow, step))).toEqual([]);
    } finally {
      await worker.stop();
      await stack.client.connection.close();
      rmSync(stack.config.store.dir, { recursive: true, force: true });
    }
  },
  LIMIT,
);

/** Runs random plans, some at a time, with people who ask, answer, pause and cancel. `open`: those under way. */
async function followAll(stack: Stack, random: Random, open = new Set<WorkflowHandle>()): Promise<Ended[]> {
  const plans = fc.sample(randomPlan, { seed: random.seed, numRuns: PLANS });
  const ended: Ended[] = [];
  const queue = plans.values();
  const began = Date.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const made of queue) {
        const handle = await stack.run(made.plan);
        open.add(handle);
        await Promise.all([control(handle, made), attend(handle, made.answers, random.integer(5, 200))]);
        open.delete(handle);
        ended.push({ handle, made, record: (await stack.record(handle))! });
      }
    }),
  );
  const count = (wanted: string) => ended.filter(({ record }) => record.status === wanted).length;
  say(
    `${PLANS} random plans of ${plans.reduce((sum, { plan }) => sum + plan.steps.length, 0)} steps in ` +
      `${Date.now() - began} ms: ${count('completed')} completed, ${count('failed')} failed, ${count('cancelled')} cancelled`,
  );
  return ended;
}

/** Kills the worker while it has work, at random moments, and starts the next at once; returns how often. */
async function killAtTimes(worker: WorkerProcess, random: Random, open: Set<WorkflowHandle>): Promise<number> {
  await until(() => open.size >= ENOUGH);
  for (let kills = 0; ; kills++) {
    await sleep(random.between(0, 4_000));
    const isBusy = async () => (await Promise.all([...open].map(hasWorkInHand))).includes(true);
    while (open.size >= ENOUGH && !(await isBusy())) await sleep(5);
    await sleep(random.between(0, 50));
    if (kills === KILLS || open.size < ENOUGH) return kills;
    await worker.kill();
    await worker.start();
  }
}

/** Ends Redis at random moments, or silences it; it comes back with what it had. */
async function takeRedisAway(random: Random): Promise<void> {
  for (let i = 0; i < ABSENCES; i++) {
    const silent = random.integer(0, 1) === 1;
    await sleep(random.between(0, 5_000));
    if (silent) server.pause();
    else await server.kill();
    await sleep(random.between(100, 3_000));
    if (silent) server.resume();
    else await server.up();
  }
}

/** All ended as they had to; no task failed, every history replays, and the stream holds every event, to the letter. */
async function expectSound(stack: Stack, ended: Ended[]): Promise<Told[]> {
  for (const { handle, made, record } of ended) {
    try {
      expectFollowed(made, record);
    } catch (error) {
      say(
        `${handle.workflowId}: the plan: ${JSON.stringify(made)}; how it ended: ${JSON.stringify(record.step_views)}`,
      );
      throw error;
    }
  }
  const told = await historiesOf(ended.map(({ handle }) => handle));
  expect(taskFailures(told)).toEqual([]);
  expect(await replayFaults(told)).toEqual([]);
  const records = ended.map(({ record }) => record);
  await expectStreamsToTell(records, redis, stack.config, chainsOf(told));
  await until(async () => (await openWorkflows(stack.client, stack.config.namespace)).length === 0, 60_000);
  return told;
}

/** Rounds that a step has had; for an element, or a step within a group, those that it may have. */
function roundsOf(ended: Ended[], workflow: string, called: string): number {
  const { made, record } = ended.find(({ handle }) => handle.workflowId === workflow) ?? {};
  if (!called.includes('.')) return record?.step_views.find(({ id }) => id === called)?.rounds ?? 0;
  return within(made?.plan.steps ?? []).find(({ id }) => id === nameOf(called))?.until?.rounds ?? 1;
}

const within = (steps: readonly Step[]): Step[] => steps.flatMap((step) => [step, ...within(step.steps ?? [])]);

/** Elements of completed steps that no tool was called for, by run and step. */
const elementsLost = (ended: Ended[], calls: Call[]): string[] =>
  ended.flatMap(({ handle, made, record }) =>
    [...made.elements].flatMap(([id, { count }]) => {
      if (made.groups.has(id)) return [];
      const isDone = record.step_views.some((step) => step.id === id && step.status === 'completed' && !step.error);
      const called = new Set(calls.filter(({ workflow }) => workflow === handle.workflowId).map(({ step }) => step));
      const indices = isDone ? Array.from({ length: count }, (_, index) => index) : [];
      return indices
        .filter((index) => !called.has(`${id}.${index}`))
        .map((index) => `${handle.workflowId}/${id}.${index}`);
    }),
  );

const segmentsIn = (told: Told[]): number =>
  told
    .flatMap(({ history }) => history.events ?? [])
    .filter(({ activityTaskScheduledEventAttributes: task }) => task?.activityType?.name === 'runSegment').length;
