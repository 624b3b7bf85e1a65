/**
 * Scenarios with a committed history: every branch of audits, every construct of the interpreter, every way that the
 * world answers. A scenario drives its workflow to its end and names it; its histories are those of that workflow id.
 */
import { renameSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { ToolError } from '../../activities/tools/errors';
import type { Tool } from '../../activities/tools/tool';
import type { Plan, Step } from '../../schemas/plan';
import { messages, type PlanRunInput } from '../../schemas/run';
import { createDocuments } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { createAuditRetrier } from '../../src/runs/audit/retry';
import { runSettings } from '../../src/runs/settings';
import { createTemporal } from '../../src/temporal/client';
import type { OwnRedis } from '../integration/own-redis';
import { carelessAgent, carelessRounds } from '../support/careless-agent';
import { modelSaying, type Saying } from '../support/model';
import { plainReader } from '../support/order-reader';
import {
  decide,
  proved,
  startStack,
  statusOf,
  stepsOf,
  type AuditToStart,
  type OrderToStart,
  type Stack,
} from '../support/stack';
import { until } from '../support/until';
import { againScenarios, mended } from './again-scenarios';
import { constructScenarios } from './construct-scenarios';
import { definitionScenarios } from './definition-scenarios';
import { jobScenarios } from './job-scenarios';
import { mcpScenarios } from './mcp-scenarios';
import { upkeepScenarios } from './upkeep-scenarios';
import { changeScenarios } from './change-scenarios';
import { webhookScenarios } from './webhook-scenarios';

/** Stage of the scenarios: a stack whose Redis can be stopped, on a real Temporal. */
export interface Stage {
  stack: Stack;
  redis: Switch;
}

/** A Redis that can be taken away and brought back. */
interface Switch {
  off(): Promise<void>;
  on(): Promise<void>;
}

/** Bringing back a Redis that is there already changes nothing. */
export function switchOf(redis: OwnRedis): Switch {
  let there = true;
  return {
    async off() {
      there = false;
      await redis.kill();
    },
    async on() {
      if (!there) await redis.up();
      there = true;
    },
  };
}

type Ending = WorkflowHandle | { workflowId: string };
export type Scenario = (stage: Stage) => Promise<Ending>;

const base = { version: '1.0.0', description: 'for histories', input: { type: 'object' }, output: {} } as const;

let blocked = false;

/** Tools that only histories need. */
export const scenarioTools: Tool[] = [
  ...plainReader,
  mended,
  carelessAgent('cost_worker'),
  {
    spec: {
      ...base,
      ...{ name: 'test.flaky_local', effect: 'none', local: true, timeout: 1_000 },
      retry: { attempts: 3, initialMs: 10, backoff: 1, maxMs: 10 },
    },
    run(_, { attempt }) {
      if (attempt === 1) throw new ToolError({ class: 'transient', type: 'test.flaky', message: 'not this time' });
      return Promise.resolve({});
    },
  },
  {
    spec: {
      ...base,
      ...{ name: 'test.lost', effect: 'none', timeout: 20_000 },
      retry: { attempts: 1, initialMs: 10, backoff: 1, maxMs: 10 },
    },
    // Once, the process answers nothing for longer than a heartbeat may take, as if its worker were gone.
    run() {
      if (!blocked) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6_000);
      blocked = true;
      return Promise.resolve({});
    },
  },
];

const step = (id: string, uses: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses,
  with: {},
  ...more,
});
const note = (id: string, more: Partial<Step> = {}): Step => step(id, 'test.note', more);
const wait = (id: string, time: string, more: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'wait', with: { for: time } },
  ...more,
});
const ask = (id: string, more: Partial<NonNullable<Step['approval']>> = {}, other: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'approval', approval: { question: 'Go?', expire_after: '7d', ...more } },
  ...other,
});
const improve = (rounds: number, good_from: number, otherwise: 'ask' | 'fail'): Step =>
  step('text', 'test.improve', {
    until: { check: 'test.check', with: { output: '${{ steps.text.output }}', good_from }, rounds, otherwise },
  });
/** Improved once for each element, which is the round from which it is good. */
const improveEach = (list: number[], more: Partial<Step> = {}): Step => {
  const { until: check } = improve(2, 0, 'fail');
  const found = { output: '${{ steps.text.output }}', good_from: '${{ item }}' };
  return step('text', 'test.improve', { for_each: JSON.stringify(list), until: { ...check!, with: found }, ...more });
};
const polling = (every: string): Step => {
  const { until: check, ...rest } = improve(2, 2, 'fail');
  return { ...rest, until: { ...check!, every } };
};
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const waiting = (handle: WorkflowHandle, approvals = 1, ms?: number) =>
  until(
    async () => (await statusOf(handle)).approvals.filter(({ status }) => status === 'open').length >= approvals,
    ms,
  );
const saying = (handle: WorkflowHandle, seq: number) => until(async () => (await statusOf(handle)).seq >= seq);
const inState = (handle: WorkflowHandle, id: string, status: string) =>
  until(async () => (await stepsOf(handle)).steps.some((other) => other.id === id && other.status === status));

/** A run of a plan; `meanwhile` acts on it from outside. */
function run(
  steps: Step[],
  more: { plan?: Partial<Plan>; input?: Partial<PlanRunInput> } = {},
  meanwhile: (handle: WorkflowHandle, stage: Stage) => Promise<unknown> = async () => undefined,
): Scenario {
  return async (stage) => {
    const handle = await stage.stack.run({ name: 'replay', steps, ...more.plan }, more.input);
    await meanwhile(handle, stage);
    await handle.result().catch(() => undefined);
    return handle;
  };
}

/** Decisions that come by signal, with proofs, and are refused before anybody looks at these. */
const refusedProofs = run([ask('ok')], {}, async (handle) => {
  await waiting(handle);
  const proof = { at: '2026-11-30T00:00:00.000Z', mac: 'AAAA' };
  await handle.signal(messages.decide, { approval_id: 'no-such-question', choice: 'approve', by: 'eve', proof });
  await handle.signal(
    messages.decide,
    proved(handle, messages.decide, { approval_id: 'ok', choice: 'maybe', by: 'bob' }),
  );
  await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' });
});

const context = {
  rows: many(6, (i) => ({
    category: ['Invoicing', 'Support'][i % 2]!,
    estimated_minutes: 10 + i,
    text: ['Re-type the delivery note into the ERP', 'Wait for approval by the manager'][i % 2]!,
  })),
  hourly_rate: 42,
  period: { type: 'weekly' as const, working_days: 5 },
};
const provide = (approval_id: string, work_context: object = context) => ({
  ...{ approval_id, choice: 'provide', by: 'ann' },
  data: { work_context },
});
const short = { remind_after: 200, escalate_after: 400, expire_after: 600 };

let projects = 0;

/** An audit project; `careless`: rounds in which its agent for costs miscounts. */
function audit(
  more: AuditToStart & { careless?: number },
  meanwhile: (handle: WorkflowHandle, stage: Stage) => Promise<unknown> = async () => undefined,
): Scenario {
  return async (stage) => {
    projects += 1;
    const { careless, ...start } = more;
    const project_id = `replay-${projects}`;
    if (careless !== undefined) carelessRounds.set(project_id, careless);
    const handle = await stage.stack.audit({ project_id, ...start });
    await meanwhile(handle, stage);
    await handle.result().catch(() => undefined);
    return handle;
  };
}

/** Lets a failed project go on, as the API does, to its end. */
async function retried({ workflowId }: WorkflowHandle, { stack: { config, client } }: Stage): Promise<void> {
  const temporal = createTemporal(config);
  const files = await openFilesystemStore({ root: config.store.dir });
  const store = { ...createDocuments(files), ...createRecordStore(files) };
  const retry = createAuditRetrier({ temporal, store, settings: runSettings(config) });
  await retry(`replay-${projects}`, 'ann');
  await client.workflow.getHandle(workflowId).result();
  await temporal.close();
}

/** A request without rows, where a model is to word the question for them: on a stack of its own, which asks one. */
function worded(say: Saying, meanwhile: (handle: WorkflowHandle) => Promise<unknown>): Scenario {
  return async ({ stack: { config } }) => {
    const env = { NAMESPACE: 'replay-words', REDIS_URL: config.redis.url, WORKER_MODE: 'llm' };
    const stack = await startStack({ env, tools: [modelSaying(say)] });
    try {
      projects += 1;
      const handle = await stack.audit({ project_id: `replay-${projects}` });
      await meanwhile(handle);
      await handle.result().catch(() => undefined);
      return { workflowId: handle.workflowId };
    } finally {
      await stack.stop();
    }
  };
}
const words = { question: 'Which work is meant, and how does it come in?' };
const declined = async (handle: WorkflowHandle) => {
  await waiting(handle, 1, 90_000);
  await decide(handle, { approval_id: 'rows', choice: 'decline', by: 'ann' });
};

/** An order; `meanwhile` holds people's acts on it. */
function order(start: OrderToStart, meanwhile: (handle: WorkflowHandle) => Promise<unknown>): Scenario {
  return async ({ stack }) => {
    const handle = await stack.order(start);
    await meanwhile(handle);
    await handle.result().catch(() => undefined);
    return handle;
  };
}

/** Waits for the question of a round, and decides on it. */
async function validates(handle: WorkflowHandle, choice: string, round = 1, more: object = {}): Promise<unknown> {
  const approval_id = round === 1 ? 'validation' : `validation-${round}`;
  await until(async () =>
    (await statusOf(handle)).approvals.some((one) => one.approval_id === approval_id && one.status === 'open'),
  );
  return await decide(handle, { approval_id, choice, by: 'bob', ...more });
}
const quantity = (value: string) => ({ data: { lines: [{ line_id: 'L1', quantity: value }] } });

const careless = (rounds: number) => ({
  context,
  careless: rounds,
  request_text: 'only the costs',
  options: { rework_rounds: 1 },
});

/** Plays with Redis gone; it comes back at the end, or when `meanwhile` is done. */
const withoutRedis =
  (play: Scenario): Scenario =>
  async (stage) => {
    await stage.redis.off();
    try {
      return await play(stage);
    } finally {
      await stage.redis.on();
    }
  };

const bigs = many(140, (i) => step(`b${i}`, 'test.big_remote', { with: { bytes: 1_990 }, depends_on: ['early'] }));
const names = bigs.map(({ id }) => id);

/** A run that continues as new while a person is asked and a wait goes on. */
const continued = run(
  [ask('early'), ...bigs, ask('ok'), wait('pause', '6s'), note('last', { depends_on: [...names, 'ok', 'pause'] })],
  { plan: { result: { n: '${{ size(steps.b0.output.text) }}', by: '${{ steps.ok.output.by }}' } } },
  async (handle, { redis }) => {
    await waiting(handle, 2);
    const first = (await statusOf(handle)).run_id;
    await handle.signal(messages.decide, { approval_id: 'early', choice: 'approve', by: 'ann' });
    await until(async () => (await statusOf(handle)).run_id !== first, 60_000);
    await redis.on();
    await decide(handle, { approval_id: 'early', choice: 'approve', by: 'ann' });
    await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'bob' });
  },
);

/** A run that continues as new while a fallback waits for a person. */
const fallbackContinued = run(
  [
    ask('early'),
    step('bad', 'test.fail', { on_error: { fallback: 'text' } }),
    improve(1, 9, 'ask'),
    ...bigs,
    note('last', { depends_on: [...names, 'bad'] }),
  ],
  {},
  async (handle) => {
    await waiting(handle, 2);
    const first = (await statusOf(handle)).run_id;
    await decide(handle, { approval_id: 'early', choice: 'approve', by: 'ann' });
    await until(async () => (await statusOf(handle)).run_id !== first, 60_000);
    await decide(handle, { approval_id: 'text.review.1', choice: 'accept', by: 'ann' });
  },
);

export const scenarios: Record<string, Scenario> = {
  ...definitionScenarios,
  ...constructScenarios,
  ...againScenarios,
  ...jobScenarios,
  ...mcpScenarios,
  ...upkeepScenarios,
  ...changeScenarios,
  ...webhookScenarios,
  'audit.complete': audit({ context }),
  'audit.answered': audit({}, async (handle) => {
    await waiting(handle);
    await decide(handle, { ...provide('rows'), data: { work_context: { rows: [] } } });
    await decide(handle, provide('rows'));
  }),
  'audit.answered-by-signal': audit({}, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.decide, provide('rows'));
  }),
  'audit.asked-again-and-declined': audit({}, async (handle) => {
    await waiting(handle);
    await decide(handle, provide('rows', { ...context, hourly_rate: 'much' }));
    await until(async () => (await statusOf(handle)).approvals.length === 2);
    await decide(handle, { approval_id: 'rows-2', choice: 'decline', by: 'ann' });
  }),
  'audit.expired': audit({ options: short }),
  'audit.reworked': audit(careless(1)),
  'audit.review-accepted': audit(careless(9), async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'cost.review.2', choice: 'accept', by: 'ann' });
  }),
  'audit.review-reworked': audit(careless(2), async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'cost.review.2', choice: 'rework', by: 'ann', comment: 'count again' });
  }),
  'audit.review-rejected': audit({ ...careless(9), request_text: 'full audit' }, async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'cost.review.2', choice: 'reject', by: 'ann' });
  }),
  'audit.retried': audit(careless(2), async (handle, stage) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'cost.review.2', choice: 'reject', by: 'ann' });
    await handle.result().catch(() => undefined);
    await retried(handle, stage);
  }),
  'audit.review-expired': audit({ ...careless(9), options: { rework_rounds: 1, ...short } }),
  'audit.paused': audit({}, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.pause, { by: 'ann' });
    await decide(handle, provide('rows'));
    await saying(handle, 5);
    await handle.signal(messages.resume, { by: 'ann' });
  }),
  'audit.cancelled-while-asking': audit({}, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'audit.cancelled-while-asking-by-temporal': audit({}, async (handle) => {
    await waiting(handle);
    await handle.cancel();
  }),
  'audit.cancelled-in-review': audit({ ...careless(9), request_text: 'full audit' }, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'audit.rows-worded': worded(({ round }) => (round === 1 ? {} : words), declined),
  'audit.rows-worded-too-late': worded(
    ({ round, attempt }) => (attempt === 1 ? 'away' : round === 1 ? {} : words),
    declined,
  ),
  'audit.rows-worded-by-nobody': worded(() => ({}), declined),
  'audit.cancelled-while-rows-are-worded': worded(
    () => 'silence',
    async (handle) => {
      await inState(handle, 'rows_words', 'running');
      await handle.signal(messages.cancel, { by: 'ann' });
    },
  ),

  'order.approved': order({}, (handle) => validates(handle, 'approve')),
  // names its digests
  'order.corrected': order({ delivery: {} }, async (handle) => {
    await validates(handle, 'correct', 1, { data: { delivery: { address: '2 High St' } } });
    await validates(handle, 'approve', 2, { data: { delivery: { date: '2999-01-02' } } });
  }),
  'order.read-again': order({ delivery: {} }, async (handle) => {
    await validates(handle, 'correct', 1, { data: { delivery: { address: '2 High St', date: '2999-01-02' } } });
    await validates(handle, 'read_again', 2);
    await validates(handle, 'approve', 3);
  }),
  'order.rejected': order({}, (handle) => validates(handle, 'reject', 1, { comment: 'ordered twice' })),
  'order.expired': order({ options: short }, async () => undefined),
  'order.cancelled': order({}, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'order.cancelled-by-temporal': order({}, async (handle) => {
    await waiting(handle);
    await handle.cancel();
  }),
  'order.continued': order({}, async (handle) => {
    for (let round = 1; round <= 52; round++) await validates(handle, 'correct', round, quantity(String(round)));
    await validates(handle, 'approve', 53);
  }),
  'order.signal-refused': order({ options: { approval_signals: 'refuse' } }, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.decide, { approval_id: 'validation', choice: 'approve', by: 'eve' });
    await validates(handle, 'approve');
  }),
  'order.signal-of-no-use': order({ delivery: {} }, async (handle) => {
    await waiting(handle);
    const signal = (approval_id: string, choice: string, data: object) =>
      handle.signal(messages.decide, { approval_id, choice, by: 'eve', data });
    await signal('validation', 'correct', { lines: [{ line_id: 'L9', quantity: '1' }] });
    await until(async () => (await statusOf(handle)).approvals.length === 2);
    await signal('validation-2', 'approve', { lines: [] });
    await until(async () => (await statusOf(handle)).approvals.length === 3);
    await signal('validation-3', 'approve', { delivery: { address: '2 High St' } });
    await validates(handle, 'reject', 4, { comment: 'no date' });
  }),
  'order.four-eyes': order({ options: { four_eyes: true }, requested_by: 'ann' }, async (handle) => {
    await validates(handle, 'approve', 1, { by: 'ann' });
    await handle.signal(messages.decide, { approval_id: 'validation', choice: 'approve', by: 'bob' });
    await validates(handle, 'approve');
  }),
  'order.nothing-read': order(
    { files: [{ name: 'empty.csv', bytes: Buffer.from('Reference;Quantity\n') }] },
    (handle) => validates(handle, 'reject', 1, { comment: 'no lines' }),
  ),

  'run.steps': run(
    [
      note('sum', { with: { n: '${{ steps.a.output.n + steps.b.output.n }}' } }),
      note('a', { with: { n: 2 } }),
      step('b', 'test.work', { with: { n: '${{ steps.a.output.n * 10 }}', ms: 10 } }),
      note('last', { depends_on: ['sum'], with: { text: 'sum is ${{ steps.sum.output.n }}' } }),
    ],
    { plan: { result: { text: '${{ steps.last.output.text }}' } } },
  ),
  'run.parallel-locals': run([
    ...many(40, (i) => note(`a${i}`, { with: { i } })),
    ...many(40, (i) =>
      note(`b${i}`, { with: { n: `\${{ steps.a${i}.output.i + steps.a${(i * 7) % 40}.output.i }}` } }),
    ),
    note('last', { depends_on: many(40, (i) => `b${i}`) }),
  ]),
  'run.parallel-mixed': run(
    many(12, (i) => [
      step(`w${i}`, 'test.work', { with: { ms: (i * 37) % 100 } }),
      note(`n${i}`, { depends_on: [`w${i}`] }),
      note(`p${i}`, { depends_on: [`n${i}`] }),
    ]).flat(),
    { plan: { max_parallel: 5 } },
  ),
  'run.ready': run(
    [...many(3, (i) => step(`w${i}`, 'test.work', { with: { ms: 20 } })), note('last', { depends_on: ['w2'] })],
    { plan: { max_parallel: 1 } },
  ),
  'run.large-values': run(
    [
      step('big', 'test.big', { with: { bytes: 5_000 } }),
      step('far', 'test.big_remote', { with: { bytes: 5_000 } }),
      step('wide', 'test.work', { with: { text: 'z'.repeat(3_000) } }),
      note('length', { with: { n: '${{ size(steps.big.output.text) + size(steps.far.output.text) }}' } }),
      step('reader', 'test.work', { with: { n: '${{ size(steps.big.output.text) }}', m: '${{ input.text }}' } }),
      step('joined', 'test.work', { with: { a: '${{ steps.m1.output.text }}', b: '${{ steps.m2.output.text }}' } }),
      step('m1', 'test.big', { with: { bytes: 1_500 } }),
      step('m2', 'test.big', { with: { bytes: 1_500 } }),
      note('gated', { when: 'size(steps.big.output.text) > 4000' }),
      ask('shown', { question: 'Send ${{ steps.big.output.text }}?', expire_after: '300ms', on_expiry: 'skip' }),
    ],
    {
      plan: { result: { n: '${{ steps.length.output.n }}', text: '${{ steps.big.output.text }}' } },
      input: { input: { inline: { text: 'given' } } },
    },
  ),
  'run.large-plan': run(many(320, (i) => ask(`a${i}`, { question: 'x'.repeat(4_000) }, { when: 'input != null' }))),
  'run.many-events': run(many(200, (i) => note(`n${i}`, i < 16 ? {} : { depends_on: [`n${i - 16}`] }))),
  'run.conditions': run([
    note('a', { with: { n: 1 } }),
    note('skipped', { when: 'steps.a.output.n > 1' }),
    note('behind', { depends_on: ['skipped'] }),
    note('join', { depends_on: ['skipped', 'a'] }),
    note('wrong', { when: 'steps.a.output.nothing.more', on_error: 'continue' }),
  ]),
  'run.refused-plan': run([note('a', { depends_on: ['nobody'] })]),
  'run.expression-fails': run([note('a', { with: { x: '${{ input.nothing }}' } })]),
  'run.retried': run([step('a', 'test.flaky', { with: { failures: 2 } }), step('b', 'test.flaky_local')]),
  'run.failed': run([
    step('bad', 'test.fail'),
    step('slow', 'test.work', { with: { ms: 20_000 } }),
    wait('w', '1h'),
    ask('ok'),
    note('after', { depends_on: ['bad'] }),
  ]),
  'run.failed-once': run([step('a', 'test.once')]),
  'run.timed-out': run([step('slow', 'test.work', { with: { ms: 30_000 }, timeout: '500ms' })]),
  'run.worker-lost': run([step('a', 'test.lost')]),
  'run.fallback': run([
    step('bad', 'test.fail', { on_error: { fallback: 'spare' } }),
    note('spare', { with: { because: '${{ steps.bad.error.type }}' } }),
    note('next', { with: { got: '${{ steps.bad.output.because }}' } }),
  ]),
  'run.fallback-cancelled': run(
    [
      step('bad', 'test.fail', { on_error: { fallback: 'spare' } }),
      step('spare', 'test.work', { with: { ms: 20_000 } }),
    ],
    {},
    async (handle) => {
      await inState(handle, 'spare', 'running');
      await handle.signal(messages.cancel, { by: 'ann' });
    },
  ),
  'run.fallback-continued': fallbackContinued,
  'run.fallback-fails': run([
    step('bad', 'test.fail', { on_error: { fallback: 'spare' } }),
    step('spare', 'test.fail'),
  ]),
  'run.continue': run([
    step('bad', 'test.fail', { on_error: 'continue' }),
    note('next', { with: { why: '${{ steps.bad.error.message }}', got: '${{ steps.bad.output }}' } }),
  ]),
  'run.wait': run([wait('w', '300ms'), note('beside'), note('after', { depends_on: ['w'] })]),
  'run.wait-until': run([
    { id: 'past', kind: 'wait', with: { until: '2020-01-01T00:00:00Z' } },
    { id: 'wrong', kind: 'wait', with: { for: '${{ "soon" }}' }, on_error: 'continue' },
  ]),
  'run.check-reworked': run([improve(3, 2, 'fail')]),
  'run.check-pauses': run([polling('300ms'), note('beside')]),
  'run.check-pauses-paused': run([polling('500ms')], {}, async (handle) => {
    await inState(handle, 'text', 'waiting');
    await handle.signal(messages.pause, { by: 'ann' });
    await inState(handle, 'text', 'ready');
    await handle.signal(messages.resume, { by: 'ann' });
  }),
  'run.check-pauses-cancelled': run([polling('1h')], {}, async (handle) => {
    await inState(handle, 'text', 'waiting');
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
  'run.each': run([
    note('local', { for_each: JSON.stringify(many(30, (i) => i)), with: { n: '${{ item }}' } }),
    step('apart', 'test.flaky_local', { for_each: '[1, 2, 3]' }),
    step('remote', 'test.work', {
      ...{ for_each: 'steps.local.output.items', parallel: 3 },
      with: { ms: '${{ item.n }}', at: '${{ index }}' },
    }),
    improveEach([1, 2], { depends_on: ['remote'] }),
    note('none', { for_each: '[]' }),
  ]),
  'run.each-continued': run(
    [
      step('b', 'test.big_remote', {
        ...{ for_each: JSON.stringify(many(150, (i) => i)), parallel: 20 },
        with: { bytes: 1_990 },
      }),
    ],
    { plan: { result: { n: '${{ steps.b.output.count }}' } } },
  ),
  'run.each-fails': run([
    step('slow', 'test.work', { for_each: '[20000, 20000]', with: { ms: '${{ item }}' } }),
    step('bad', 'test.flaky', { for_each: '[9, 0]', with: { failures: '${{ item }}' } }),
  ]),
  'run.each-goes-on': run([improveEach([1, 3, 2], { critical: false })]),
  'run.each-fallback': run([improveEach([1, 3, 2], { on_error: { fallback: 'spare' } }), note('spare')]),
  'run.each-paused': run(
    [step('a', 'test.work', { for_each: '[1000, 10, 10]', with: { ms: '${{ item }}' }, parallel: 1 })],
    {},
    async (handle) => {
      const ended = (wanted: number) => until(async () => (await stepsOf(handle)).steps[0]?.elements?.ended === wanted);
      await ended(0);
      await handle.signal(messages.pause, { by: 'ann' });
      await ended(1);
      await handle.signal(messages.resume, { by: 'ann' });
    },
  ),
  'run.each-cancelled': run(
    [step('a', 'test.work', { for_each: '[20000, 20000]', with: { ms: '${{ item }}' } })],
    {},
    async (handle) => {
      await until(async () => (await stepsOf(handle)).steps[0]?.elements !== undefined);
      await handle.signal(messages.cancel, { by: 'ann' });
    },
  ),
  'run.check-not-met': run([improve(1, 9, 'fail')]),
  'run.review-accepted': run([improve(1, 9, 'ask')], {}, async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'text.review.1', choice: 'accept', by: 'ann' });
  }),
  'run.review-reworked': run([improve(1, 2, 'ask')], {}, async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'text.review.1', choice: 'rework', by: 'ann', comment: 'shorter' });
  }),
  'run.review-rejected': run([improve(1, 9, 'ask')], {}, async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'text.review.1', choice: 'reject', by: 'ann' });
  }),
  'run.review-expired': run([improve(1, 9, 'ask')], {
    input: { options: { approval_signals: 'accept', expire_after: 300 } },
  }),
  'run.approved': run([ask('ok'), note('after', { with: { by: '${{ steps.ok.output.by }}' } })], {}, async (handle) => {
    await waiting(handle);
    await decide(handle, { approval_id: 'nope', choice: 'approve', by: 'ann' });
    await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann', decision_id: 'd-1' });
  }),
  'run.approved-by-two-at-once': run([ask('ok'), ask('other')], {}, async (handle) => {
    await waiting(handle, 2);
    await Promise.all(
      ['ok', 'other', 'ok'].map((approval_id, i) =>
        decide(handle, { approval_id, choice: 'approve', by: `person ${i}` }).catch(() => undefined),
      ),
    );
  }),
  'run.rejected-by-signal': run([ask('ok', { remind_after: '1h' })], {}, async (handle) => {
    await waiting(handle);
    await handle.signal(messages.decide, { approval_id: 'ok', choice: 'reject', by: 'bob', comment: 'too many' });
  }),
  'run.approval-expired': run([
    ask('ok', { remind_after: '100ms', escalate_after: '200ms', expire_after: '300ms' }),
    note('after', { depends_on: ['ok'] }),
  ]),
  'run.approval-skipped': run([
    ask('ok', { expire_after: '200ms', on_expiry: 'skip' }),
    note('behind', { depends_on: ['ok'] }),
    note('beside'),
  ]),
  'run.signals-refused': run(
    [ask('ok')],
    { input: { options: { approval_signals: 'refuse', expire_after: 60_000 } } },
    async (handle) => {
      await waiting(handle);
      await handle.signal(messages.decide, null);
      await handle.signal(messages.decide, { approval_id: 'ok', choice: 'approve', by: 'bob' });
      await saying(handle, 4);
      await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' });
    },
  ),
  'run.proofs-refused': refusedProofs,
  'run.proofs-refused-2': refusedProofs,
  'run.paused': run(
    [step('a', 'test.work', { with: { ms: 1_000 } }), note('b', { depends_on: ['a'] })],
    {},
    async (handle) => {
      await inState(handle, 'a', 'running');
      await handle.signal(messages.pause, { by: 'ann' });
      await inState(handle, 'a', 'completed');
      await handle.signal(messages.resume, { by: 'ann' });
    },
  ),
  'run.cancelled': run(
    [step('a', 'test.work', { with: { ms: 20_000 } }), wait('w', '1h'), ask('ok')],
    {},
    async (handle) => {
      await inState(handle, 'a', 'running');
      await handle.signal(messages.cancel, { by: 'ann' });
    },
  ),
  'run.cancelled-by-temporal': run(
    [step('a', 'test.work', { with: { ms: 20_000 } }), wait('w', '1h'), ask('ok')],
    {},
    async (handle) => {
      await inState(handle, 'a', 'running');
      await handle.cancel();
    },
  ),
  'run.continued': continued,
  'run.continued-without-redis': withoutRedis(continued),
  'run.redis-away': withoutRedis(
    run(
      [step('a', 'test.work', { with: { ms: 500 } }), note('b', { depends_on: ['a'] })],
      {},
      async (handle, { redis }) => {
        await inState(handle, 'a', 'running');
        await redis.on();
      },
    ),
  ),
  'run.redis-away-to-the-end': withoutRedis(run([note('a')])),
  'mirror-record': async (stage) => {
    const { workflowId } = await withoutRedis(run([note('a')]))(stage);
    const child = stage.stack.client.workflow.getHandle(`${workflowId}.mirror`);
    await child.result();
    return child;
  },
  'run.store-away': run([ask('ok')], {}, async (handle, { stack }) => {
    await waiting(handle);
    const { dir } = stack.config.store;
    renameSync(dir, `${dir}.away`);
    try {
      await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' });
      await new Promise((resolve) => setTimeout(resolve, 700));
    } finally {
      renameSync(`${dir}.away`, dir);
    }
  }),
};
