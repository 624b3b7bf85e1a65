/**
 * A replay repeats the original run. A worker that keeps nothing in memory follows wide and random plans, is asked
 * for their state all the time, and then all histories are replayed. Random plans end as the model says.
 */
import type { WorkflowHandle } from '@temporalio/client';
import * as fc from 'fast-check';
import { pino } from 'pino';
import type { PlatformEvent } from '../../../schemas/envelope';
import type { Plan, Step } from '../../../schemas/plan';
import { messages, type DecisionAnswer, type RunRecord, type RunView, type StepStatus } from '../../../schemas/run';
import { createRedis, waitForRedis, type Redis } from '../../../src/redis/connection';
import { classifyTemporalError, isPassing } from '../../../src/temporal/errors';
import { servers } from '../../setup/servers';
import { chainsOf, historiesOf, replayFaults, taskFailures, type Told } from '../../support/faults/histories';
import { randomPlan, type RandomPlan } from '../../support/faults/plans';
import { say, seeded, type Random } from '../../support/faults/random';
import { expectStreamsToTell } from '../../support/faults/streams';
import { decide, startStack, statusOf, type Stack } from '../../support/stack';

/** `AWE_TEST_PLANS=500` for a long run. */
const PLANS = Number(process.env['AWE_TEST_PLANS'] ?? 16);

/** Workflows that continue as new, each several times. */
const CHAINS = 2;

/** Plans that run side by side: enough to make each other's tasks late. */
const AT_ONCE = 12;

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
  const runs = await Promise.all(Array.from({ length: 4 }, (_, i) => stack.run(wide(40 + i * 15))));
  const answers = new Map(['ask_0', 'ask_1', 'ask_2'].map((id) => [id, 'approve' as const]));
  // Half of them are asked all the time: a question makes a workflow task complete before its local activities have.
  await Promise.all(runs.map((handle, i) => attend(handle, answers, i % 2 === 0 ? 5 : 250)));
  const records = await Promise.all(runs.map(async (handle) => (await stack.record(handle))!));
  for (const { status, step_views } of records) {
    expect(status).toBe('completed');
    expect(step_views.every((step) => step.status === 'completed')).toBe(true);
  }
  await expectSound(runs, records);
}, 240_000);

it(`${PLANS} random plans end as they have to, and replay`, async () => {
  const plans = fc.sample(randomPlan, { seed: random.seed, numRuns: PLANS });
  const ended: { handle: WorkflowHandle; made: RandomPlan; record: RunRecord }[] = [];
  const queue = plans.values();
  const began = Date.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const made of queue) {
        const handle = await stack.run(made.plan);
        await Promise.all([control(handle, made), attend(handle, made.answers, random.integer(5, 200))]);
        ended.push({ handle, made, record: (await stack.record(handle))! });
      }
    }),
  );
  const count = (wanted: string) => ended.filter(({ record }) => record.status === wanted).length;
  say(
    `${PLANS} random plans of ${plans.reduce((sum, { plan }) => sum + plan.steps.length, 0)} steps in ` +
      `${Date.now() - began} ms: ${count('completed')} completed, ${count('failed')} failed, ${count('cancelled')} cancelled`,
  );
  for (const { made, record } of ended) {
    try {
      expectFollowed(made, record);
    } catch (error) {
      say(`the plan: ${JSON.stringify(made)}; how it ended: ${JSON.stringify(record.step_views)}`);
      throw error;
    }
  }
  await expectSound(
    ended.map(({ handle }) => handle),
    ended.map(({ record }) => record),
  );
}, 400_000);

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
}, 120_000);

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

/** Asks a run for its state until it has ended; one question at a time, since the server does not queue more. */
async function askFor(handle: WorkflowHandle, every: number, see: (view: RunView) => unknown): Promise<void> {
  let over = false;
  const end = handle.result().then(
    () => (over = true),
    () => (over = true),
  );
  while (!over) {
    await see(await retried(() => statusOf(handle)));
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  await end;
}

/** Answers a run's questions until it has ended, and asks for its state meanwhile. */
async function attend(handle: WorkflowHandle, answers: RandomPlan['answers'], every: number): Promise<void> {
  await askFor(handle, every, async ({ approvals }) => {
    for (const { approval_id, status } of approvals) {
      if (status !== 'open') continue;
      const decision = { approval_id, choice: answers.get(approval_id), by: 'ann' };
      // between question and answer a run may have been cancelled, or have failed
      await decided(handle, decision).catch((error: unknown) => {
        if (classifyTemporalError(error).fault !== 'not_found') throw error;
      });
    }
  });
}

const decided = (handle: WorkflowHandle, decision: object): Promise<DecisionAnswer['outcome']> =>
  retried(async () => (await decide(handle, decision)).outcome);

/** Tries again while it may help: the server repeats a workflow task that would end the run as a signal arrives. */
async function retried<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(classifyTemporalError(error).fault)) throw error;
    }
  }
}

async function control(handle: WorkflowHandle, { controls }: RandomPlan): Promise<void> {
  let passed = 0;
  for (const { signal, after } of controls) {
    await new Promise((resolve) => setTimeout(resolve, after - passed));
    passed = after;
    await handle.signal(messages[signal], { by: 'ann' }).catch(() => undefined); // it has ended
  }
}

/** No task failed, every history replays, and the stream holds every event once. */
async function expectSound(handles: WorkflowHandle[], records: RunRecord[]): Promise<void> {
  const told = await historiesOf(handles);
  expect(taskFailures(told)).toEqual([]);
  expect(await replayFaults(told)).toEqual([]);
  await expectStreamsToTell(records, redis, stack.config, chainsOf(told));
}

/** The run ended as the model predicts; or, if cut short, every step that has ended did. */
function expectFollowed({ plan, ends, fails, controls }: RandomPlan, record: RunRecord): void {
  const cancelled = controls.some(({ signal }) => signal === 'cancel');
  if (!cancelled) expect(record.status).toBe(fails ? 'failed' : 'completed');
  else expect(['cancelled', fails ? 'failed' : 'completed']).toContain(record.status);
  const hasFallback = (id: string) => typeof plan.steps.find((step) => step.id === id)?.on_error === 'object';
  for (const { id, status } of record.step_views) {
    const allowed: (StepStatus | undefined)[] = [ends.get(id)];
    if (record.status !== 'completed')
      allowed.push('pending', 'cancelled', ...(hasFallback(id) ? ['failed' as const] : []));
    expect({ id, status: allowed.includes(status) ? 'allowed' : status }).toEqual({ id, status: 'allowed' });
  }
  const places = placesOf(record.events);
  for (const step of plan.steps) {
    const own = places.get(step.id);
    if (!own) continue;
    expect(`${step.id} ${own.story}`).toMatch(record.status === 'completed' ? WHOLE : CUT_SHORT);
    for (const need of needsOf(step)) {
      const before = places.get(need);
      expect({ step: step.id, need, inOrder: before !== undefined && before.last < own.first }).toEqual({
        ...{ step: step.id, need, inOrder: true },
      });
    }
  }
}

/** The letters of a step's story; a question counts as its start. */
const letters: { [type: string]: string } = {
  'TASK.STARTED': 'S',
  'TASK.RETRIED': 'R',
  'TASK.COMPLETED': 'C',
  'TASK.FAILED': 'F',
  'TASK.RECOVERED': 'V',
  'TASK.SKIPPED': 'K',
  'APPROVAL.REQUESTED': 'Q',
  'APPROVAL.DECIDED': 'D',
};
const WHOLE = /^[sf]\d+ (K|(S(RS)*|QD)(C|FV?))$/;
const CUT_SHORT = /^[sf]\d+ (K|(S(RS)*|QD?)(C|FV?)?)$/;

function placesOf(events: PlatformEvent[]): Map<string, { first: number; last: number; story: string }> {
  const places = new Map<string, { first: number; last: number; story: string }>();
  for (const { seq, event_type, payload } of events) {
    const id = payload['step'] ?? payload['approval_id'];
    const letter = letters[event_type];
    if (typeof id !== 'string' || !letter) continue;
    const { first, story } = places.get(id) ?? { first: seq, story: '' };
    places.set(id, { first, last: seq, story: story + letter });
  }
  return places;
}

function needsOf({ depends_on = [], when }: Step): string[] {
  const asked = /^steps\.(\w+)\./.exec(when ?? '')?.[1];
  return asked ? [...depends_on, asked] : depends_on;
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
