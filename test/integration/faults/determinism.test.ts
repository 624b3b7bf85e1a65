/**
 * A replay repeats the original run. A worker that keeps nothing in memory follows wide plans and long ones, is asked
 * for their state all the time, and then all histories are replayed.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { pino } from 'pino';
import type { Plan, Step } from '../../../schemas/plan';
import { messages, type DecisionAnswer, type RunRecord } from '../../../schemas/run';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { servers } from '../../setup/servers';
import { askFor, attend, decided } from '../../support/faults/attend';
import { chainsOf, historiesOf, replayFaults, taskFailures, type Told } from '../../support/faults/histories';
import { say, seeded, type Random } from '../../support/faults/random';
import { expectStreamsToTell } from '../../support/faults/streams';
import { startStack, type Stack } from '../../support/stack';

/** Workflows that continue as new, each several times. */
const CHAINS = 2;

let stack: Stack;
let redis: Redis;
let random: Random;

beforeAll(async () => {
  random = seeded('determinism');
  redis = createRedis({ url: servers().redisUrl, name: 'test', log: pino({ level: 'silent' }) });
  await waitForRedis(redis, 5_000);
});
beforeEach(async () => (stack = await startStack({ cache: 0 })));
afterEach(async () => await stack.stop());
afterAll(async () => await redis.quit());

it('wide plans replay, asked for their state or not', async () => {
  const runs = await Promise.all(Array.from({ length: 3 }, (_, i) => stack.run(wide(40 + i * 20))));
  const answers = new Map(['ask_0', 'ask_1', 'ask_2'].map((id) => [id, 'approve' as const]));
  // Half of them are asked all the time: a question makes a workflow task of its own.
  await Promise.all(runs.map((handle, i) => attend(handle, answers, i % 2 === 0 ? 5 : 250)));
  const records = await Promise.all(runs.map(async (handle) => (await stack.record(handle))!));
  for (const { status, step_views } of records) {
    expect(status).toBe('completed');
    expect(step_views.every((step) => step.status === 'completed')).toBe(true);
  }
  await expectSound(runs, records);
});

it('a run that continues as new loses no answer that comes at that moment', async () => {
  const runs = await Promise.all(Array.from({ length: CHAINS }, () => stack.run(continuing)));
  const taken = await Promise.all(runs.map((handle, i) => answerAllAlong(handle, i % 2 === 0 ? 10 : 250)));
  const records = await Promise.all(runs.map(async (handle) => (await stack.record(handle))!));
  const told = await historiesOf(runs);
  say(
    `${CHAINS} workflows in chains of ${[...chainsOf(told).values()].map(({ length }) => length).join(', ')} runs; ` +
      `${told.map(answersIn).join(', ')} answers came to each run`,
  );
  records.forEach(({ status, events, approvals }, i) => {
    expect(status).toBe('completed');
    const decided = events.filter(({ event_type }) => event_type === 'APPROVAL.DECIDED');
    expect(decided.map(({ payload }) => payload['approval_id']).sort()).toEqual([...questions].sort());
    expect(approvals.map(({ approval_id, decision }) => `${approval_id} ${decision?.decision_id}`).sort()).toEqual(
      questions.map((id) => `${id} by-${id}`).sort(),
    );
    // a signal that the server delivers again to the next run learns that it was taken before
    expect(taken[i]!.filter((outcome) => outcome !== 'accepted' && outcome !== 'repeated')).toEqual([]);
  });
  for (const chain of chainsOf(told).values()) expect(chain.length).toBeGreaterThan(1);
  await expectSound(runs, records);
});

/** Decides every question while the run works, by update and by signal in turn; returns the updates' answers. */
async function answerAllAlong(handle: WorkflowHandle, every: number): Promise<DecisionAnswer['outcome'][]> {
  const told: ReturnType<typeof decided>[] = [];
  let asked = (): void => undefined;
  const allAsked = new Promise<void>((resolve) => (asked = resolve));
  const asking = askFor(handle, every, ({ approvals }) => approvals.length === questions.length && asked());
  await allAsked;
  for (const [i, approval_id] of questions.entries()) {
    const decision = { approval_id, choice: 'approve', by: 'ann', decision_id: `by-${approval_id}` };
    if (i % 2 === 0) told.push(decided(handle, decision));
    else await handle.signal(messages.decide, decision);
    await new Promise((resolve) => setTimeout(resolve, random.integer(0, 100)));
  }
  await asking;
  return await Promise.all(told);
}

const answersIn = ({ history }: Told): number =>
  (history.events ?? []).filter(
    ({ workflowExecutionUpdateAcceptedEventAttributes: update, workflowExecutionSignaledEventAttributes: signal }) =>
      update ?? signal,
  ).length;

/** No task failed, every history replays, and the stream holds every event once. */
async function expectSound(handles: WorkflowHandle[], records: RunRecord[]): Promise<void> {
  const told = await historiesOf(handles);
  expect(taskFailures(told)).toEqual([]);
  expect(await replayFaults(told)).toEqual([]);
  await expectStreamsToTell(records, redis, stack.config, chainsOf(told));
}

/** Steps of all classes side by side, each followed by another, and all joined at the end. */
function wide(width: number): Plan {
  const kinds: ((id: string, after: string[]) => Step)[] = [
    (id, depends_on) => ({ id, kind: 'tool', uses: 'test.note', with: { n: 1 }, depends_on }),
    (id, depends_on) => ({ id, kind: 'tool', uses: 'test.work', with: { ms: random.integer(0, 60) }, depends_on }),
    (id, depends_on) => ({ id, kind: 'tool', uses: 'test.big', with: { bytes: random.integer(1, 5_000) }, depends_on }),
    (id, depends_on) => ({ id, kind: 'wait', with: { for: `${random.integer(0, 80)}ms` }, depends_on }),
    (id, depends_on) => ({ id, kind: 'tool', uses: 'test.note', with: { n: 2 }, depends_on }),
    (id, depends_on) => ({ id, kind: 'tool', uses: 'test.flaky', with: { failures: 1 }, depends_on }),
  ];
  const pick = (i: number) => kinds[i % kinds.length]!;
  const first = Array.from({ length: width }, (_, i) => pick(random.integer(0, 5))(`a${i}`, []));
  const second = Array.from({ length: width }, (_, i) =>
    pick(i)(`b${i}`, [`a${i}`, `a${random.integer(0, width - 1)}`]),
  );
  for (const step of second) step.depends_on = [...new Set(step.depends_on)];
  const asks = [0, 1, 2].map((i): Step => ({
    id: `ask_${i}`,
    kind: 'approval',
    approval: { question: 'Go on?', expire_after: '1h' },
  }));
  const join: Step = { id: 'join', kind: 'tool', uses: 'test.note', depends_on: second.map(({ id }) => id) };
  return { name: 'wide', steps: [...first, ...second, ...asks, join], max_parallel: 30 };
}

/** Outputs that repeatedly exceed the state of one run of a chain, while many questions are open. */
const questions = Array.from({ length: 40 }, (_, i) => `ask_${i}`);
const outputs = Array.from({ length: 150 }, (_, i): Step => {
  const depends_on = i < 20 ? [] : [`b${i - 20}`];
  return { id: `b${i}`, kind: 'tool', uses: 'test.big_remote', with: { bytes: 1_990 }, depends_on };
});
const continuing: Plan = {
  name: 'continuing',
  steps: [
    ...outputs,
    ...questions.map((id): Step => ({ id, kind: 'approval', approval: { question: 'Go on?', expire_after: '1h' } })),
    {
      id: 'join',
      kind: 'tool',
      uses: 'test.note',
      depends_on: [...questions, ...outputs.slice(-20).map(({ id }) => id)],
    },
  ],
  max_parallel: 20,
};
