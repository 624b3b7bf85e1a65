/** `kill -9` of the worker, again and again: the results are those of an undisturbed run, once. */
import { readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import type { ProjectView } from '../../../schemas/audit/run';
import type { Plan, Step } from '../../../schemas/plan';
import type { RunRecord } from '../../../schemas/run';
import type { WorkContext } from '../../../schemas/audit/work-context';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { servers } from '../../setup/servers';
import { hasWorkInHand } from '../../support/faults/attend';
import { historiesOf, openWorkflows, replayFaults, taskFailures, timeouts } from '../../support/faults/histories';
import { say, seeded } from '../../support/faults/random';
import { countOf, expectStreamsToTell } from '../../support/faults/streams';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';

const KILLS = Number(process.env['AWE_TEST_KILLS'] ?? 2);

/** Runs under way at a time: while one waits for the time limits of its lost work, another has work to lose. */
const AT_ONCE = 2;

const rows = JSON.parse(
  readFileSync(join(__dirname, '../../../examples/audit/sales-back-office.json'), 'utf8'),
) as WorkContext;

let undisturbed: Stack;
let stack: Stack;
let worker: WorkerProcess;
let redis: Redis;

beforeAll(async () => {
  undisturbed = await startStack();
  redis = createRedis({ url: servers().redisUrl, name: 'test', log: pino({ level: 'silent' }) });
  await waitForRedis(redis, 5_000);
});

beforeEach(async () => {
  stack = await startStack();
  await stack.worker.stop(); // its workers are processes of their own
  worker = new WorkerProcess(envOf(stack.config));
});

afterEach(async () => {
  await worker.stop();
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

afterAll(async () => {
  await undisturbed.stop();
  await redis.quit();
});

it(`an audit project survives ${KILLS} kills`, async () => {
  const start = (on: Stack) => (n: number) => on.audit({ project_id: `P-${n}`, context: rows });
  const handles = await killedAllTheTime('audit', start(stack));
  const records = await recordsOf(stack, handles);
  for (const record of records) {
    expect(record.status).toBe('completed');
    expect(countOf(record.events, 'DELIVERABLE.PUBLISHED')).toBe(5);
    const published = record.events.filter(({ event_type }) => event_type === 'DELIVERABLE.PUBLISHED');
    expect(new Set(published.map(({ payload }) => payload['backlog_item_id'])).size).toBe(5);
  }
  const like = await recordsOf(undisturbed, await startAll(start(undisturbed), handles.length));
  const outcome = ({ result, view }: RunRecord) => ({
    result,
    ...(view as unknown as ProjectView),
    requested_by: null,
  });
  expect(records.map(outcome)).toEqual(like.map(outcome));
  expect(typesOf(records)).toEqual(typesOf(like));
  for (const { artifact_id } of records.flatMap(artifactsOf)) {
    const bytes = await stack.documents.readArtifact(artifact_id);
    expect(bytes).toBeDefined();
    expect(bytes).toEqual(await undisturbed.documents.readArtifact(artifact_id));
  }
}, 400_000);

it(`a run of a plan survives ${KILLS} kills`, async () => {
  const start = (on: Stack) => () => on.run(mixed);
  const handles = await killedAllTheTime('plan', start(stack));
  const records = await recordsOf(stack, handles);
  const [like] = await recordsOf(undisturbed, await startAll(start(undisturbed), 1));
  const outcome = ({ status, result, step_views }: RunRecord) => ({
    status,
    result,
    // the output of a wait is the moment that it waited for
    steps: step_views.map(({ id, kind, status, rounds, output }) => ({
      ...{ id, status, rounds },
      output: kind === 'wait' ? null : output,
    })),
  });
  const sorted = ({ events }: RunRecord) => events.map(({ event_type }) => event_type).sort();
  for (const record of records) {
    expect(outcome(record)).toEqual(outcome(like!));
    expect(sorted(record)).toEqual(sorted(like!));
  }
}, 400_000);

/** Kills the worker at random moments, with runs under way at each; returns all runs once they have ended. */
async function killedAllTheTime(what: string, start: (n: number) => Promise<WorkflowHandle>) {
  const random = seeded(`${what}, ${KILLS} kills`);
  const began = Date.now();
  const handles: WorkflowHandle[] = [];
  const open = new Set<WorkflowHandle>();
  let hits = 0;
  const pids: (number | undefined)[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    await worker.start();
    while (open.size < AT_ONCE) {
      const handle = await start(handles.length + 1);
      handles.push(handle);
      open.add(handle);
      void handle.result().then(
        () => open.delete(handle),
        () => open.delete(handle),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 1_600)));
    const busy = (await Promise.all([...open].map(hasWorkInHand))).some((has) => has);
    pids.push(worker.pid);
    await worker.kill();
    if (busy) hits += 1;
  }
  const killed = Date.now() - began;
  await worker.start();
  await Promise.allSettled(handles.map((handle) => handle.result()));
  await expectNoTrace(handles);
  const lost = timeouts(await historiesOf(handles));
  say(
    `${what}: ${handles.length} runs, ${KILLS} kills in ${killed} ms, ${hits} of them in the middle of work; ` +
      `${lost.tasks} workflow tasks and ${lost.activities} activities were lost; over after ${Date.now() - began} ms`,
  );
  return handles;
}

/** The kills leave no trace: no failed task, no event too many or too few, nothing still running. */
async function expectNoTrace(handles: WorkflowHandle[]): Promise<void> {
  await expectStreamsToTell(await recordsOf(stack, handles), redis, stack.config);
  const told = await historiesOf(handles);
  expect(taskFailures(told)).toEqual([]);
  expect(await replayFaults(told)).toEqual([]);
  await until(async () => (await openWorkflows(stack.client, stack.config.namespace)).length === 0);
  const folder = stack.config.store.dir;
  await openFilesystemStore({ root: folder, leftoverAge: 0 }); // sweeps, as any start does after an hour
  expect(await readdir(join(folder, '.tmp'))).toEqual([]);
}

async function recordsOf(on: Stack, handles: WorkflowHandle[]): Promise<RunRecord[]> {
  const records = [];
  for (const handle of handles) {
    await handle.result().catch(() => undefined);
    records.push((await on.record(handle))!);
  }
  return records;
}

async function startAll(start: (n: number) => Promise<WorkflowHandle>, count: number): Promise<WorkflowHandle[]> {
  return await Promise.all(Array.from({ length: count }, (_, i) => start(i + 1)));
}

/** The types of each record's events; those of parallel work come in the order in which it ended. */
const typesOf = (records: RunRecord[]) =>
  records.map(({ events }) => events.map(({ event_type }) => event_type).sort());

const artifactsOf = ({ view }: RunRecord) =>
  (view as unknown as ProjectView).deliverables.flatMap(({ artifacts }) => artifacts);

/** Four waves of steps of every kind that may be repeated, each wave on the outputs of the one before. */
const mixed: Plan = {
  name: 'mixed',
  steps: Array.from({ length: 4 }, (_, wave): Step[] => {
    const before = wave === 0 ? [] : [`join_${wave - 1}`];
    const seen = wave === 0 ? 0 : `\${{ steps.join_${wave - 1}.output.n }}`;
    return [
      { id: `note_${wave}`, kind: 'tool', uses: 'test.note', with: { n: seen } },
      { id: `work_${wave}`, kind: 'tool', uses: 'test.work', with: { ms: 300, n: seen } },
      { id: `more_${wave}`, kind: 'tool', uses: 'test.work', with: { ms: 700, n: 2 }, depends_on: before },
      { id: `wait_${wave}`, kind: 'wait', with: { for: '400ms' }, depends_on: before },
      { id: `big_${wave}`, kind: 'tool', uses: 'test.big', with: { bytes: 3000 }, depends_on: before },
      {
        id: `better_${wave}`,
        kind: 'tool',
        uses: 'test.improve',
        with: { n: seen },
        until: {
          check: 'test.check',
          with: { output: `\${{ steps.better_${wave}.output }}`, good_from: 2 },
          rounds: 3,
          otherwise: 'fail',
        },
      },
      {
        id: `each_${wave}`,
        ...{ kind: 'tool', uses: 'test.work', for_each: '[1, 2, 3, 4]', parallel: 2 },
        with: { ms: '${{ item * 100 }}', n: '${{ index }}' },
        depends_on: before,
      },
      { id: `broken_${wave}`, kind: 'tool', uses: 'test.fail', on_error: 'continue', depends_on: before },
      {
        id: `join_${wave}`,
        kind: 'tool',
        uses: 'test.note',
        depends_on: [`wait_${wave}`, `broken_${wave}`],
        with: {
          n:
            `\${{ steps.note_${wave}.output.n + steps.work_${wave}.output.n + steps.more_${wave}.output.n + ` +
            `size(steps.big_${wave}.output.text) + steps.better_${wave}.output.round + ` +
            `sum(steps.each_${wave}.output.items.map(x, x.n)) }}`,
        },
      },
    ];
  }).flat(),
  result: { n: '${{ steps.join_3.output.n }}' },
};
