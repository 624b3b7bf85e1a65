/** The interpreter on a real Temporal: following a plan. */
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { type ApplicationFailure } from '@temporalio/common';
import type { Plan, Step } from '../../schemas/plan';
import { messages } from '../../schemas/run';
import { decide, startStack, statusOf, stepsOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(async () => await stack.stop());

const plan = (steps: Step[], result?: Plan['result'], max_parallel?: number): Plan => ({
  name: 'test',
  steps,
  ...(result ? { result } : {}),
  ...(max_parallel ? { max_parallel } : {}),
});
const note = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.note',
  with: {},
  ...more,
});
const work = (id: string, ms: number, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'tool',
  uses: 'test.work',
  with: { ms },
  ...more,
});

async function resultOf(steps: Step[], result: Plan['result']): Promise<unknown> {
  const handle = await stack.run(plan(steps, result));
  const value = (await handle.result()) as { inline: unknown };
  return value.inline;
}

async function failureOf(handle: WorkflowHandle): Promise<ApplicationFailure> {
  const error = await handle.result().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(WorkflowFailedError);
  return (error as WorkflowFailedError).cause as ApplicationFailure;
}

async function statuses(handle: WorkflowHandle): Promise<Record<string, string>> {
  const { steps } = await stepsOf(handle);
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
}

describe('a plan', () => {
  it('runs steps after what they depend on, by declaration or by reference, and gives its result', async () => {
    const steps = [
      note('sum', { with: { n: '${{ steps.a.output.n + steps.b.output.n }}' } }),
      note('a', { with: { n: 2 } }),
      work('b', 10, { with: { n: '${{ steps.a.output.n * 10 }}', ms: 10 } }),
      note('last', { depends_on: ['sum'], with: { text: 'sum is ${{ steps.sum.output.n }}' } }),
    ];
    expect(await resultOf(steps, { text: '${{ steps.last.output.text }}' })).toEqual({ text: 'sum is 22' });
  });

  it('runs independent steps in parallel, up to its limit', async () => {
    const steps = ['a', 'b', 'c', 'd'].map((id) => work(id, 400));
    const begunBeforeOneEnds = async (max: number) => {
      const handle = await stack.run(plan(steps, undefined, max));
      await handle.result();
      const types = (await stack.record(handle))!.events.map(({ event_type }) => event_type);
      return types.slice(0, types.indexOf('TASK.COMPLETED')).filter((type) => type === 'TASK.STARTED').length;
    };
    expect(await begunBeforeOneEnds(4)).toBe(4);
    expect(await begunBeforeOneEnds(1)).toBe(1);
  });

  it('says once of each step that is ready that it waits for a place', async () => {
    const steps = [...['a', 'b', 'c'].map((id) => work(id, 100)), work('d', 1, { depends_on: ['c'] })];
    const handle = await stack.run(plan(steps, undefined, 1));
    await handle.result();
    const { events } = (await stack.record(handle))!;
    const told = events.flatMap(({ event_type, payload }) => {
      const { step } = payload as { step?: string };
      return step === undefined ? [] : [`${event_type.replace('TASK.', '')} ${step}`];
    });
    expect(told.slice(0, 3).sort()).toEqual(['READY b', 'READY c', 'STARTED a']);
    expect(told.filter((one) => one.startsWith('READY'))).toHaveLength(2);
  });

  it('skips a step whose condition is false, and what depends on nothing but skipped steps', async () => {
    const handle = await stack.run(
      plan([
        note('a', { with: { n: 1 } }),
        note('skipped', { when: 'steps.a.output.n > 1' }),
        note('behind', { depends_on: ['skipped'] }),
        note('join', { depends_on: ['skipped', 'a'] }),
      ]),
    );
    await handle.result();
    const record = await stack.record(handle);
    expect(Object.fromEntries(record!.step_views.map(({ id, status }) => [id, status]))).toEqual({
      a: 'completed',
      skipped: 'skipped',
      behind: 'skipped',
      join: 'completed',
    });
    expect(record!.events.filter(({ event_type }) => event_type === 'TASK.SKIPPED')).toHaveLength(2);
  });

  it('is refused with all its faults when it cannot run', async () => {
    const handle = await stack.run(
      plan([
        note('a', { depends_on: ['nobody'] }),
        { id: 'b', kind: 'tool', uses: 'no.such_tool' },
        note('c', { with: { x: '${{ steps.zz.output }}' } }),
        note('d', { depends_on: ['e'] }),
        note('e', { depends_on: ['d'], when: '1 +' }),
      ]),
    );
    const failure = await failureOf(handle);
    expect(failure.type).toBe('plan.invalid');
    expect(failure.message).toMatch(/nobody/);
    expect(failure.message).toMatch(/no\.such_tool/);
    expect(failure.message).toMatch(/zz/);
    expect((await stack.record(handle))!.status).toBe('failed');
  });

  it('fails a step, not the workflow task, when an expression goes wrong or is too expensive', async () => {
    const wrong = await stack.run(plan([note('a', { with: { x: '${{ input.nothing }}' } })]));
    expect((await failureOf(wrong)).type).toMatch(/^expression\./);
    const list = JSON.stringify(Array.from({ length: 300 }, (_, i) => i));
    const dear = await stack.run(
      plan([
        note('a', { with: { x: `\${{ ${list}.map(x, ${list}.map(y, ${list}.size() + x * y * x * y)).size() }}` } }),
      ]),
    );
    expect((await failureOf(dear)).type).toMatch(/^expression\./);
  });
});

describe('a step that fails', () => {
  it('is tried again when the fault is passing', async () => {
    const steps: Step[] = [{ id: 'a', kind: 'tool', uses: 'test.flaky', with: { failures: 2 } }];
    expect(await resultOf(steps, { attempts: '${{ steps.a.output.attempts }}' })).toEqual({ attempts: 3 });
  });

  it('is not tried again when the fault stays, and fails the run and cancels what runs', async () => {
    const handle = await stack.run(
      plan([
        { id: 'bad', kind: 'tool', uses: 'test.fail' },
        work('slow', 20_000),
        note('after', { depends_on: ['bad'] }),
      ]),
    );
    const failure = await failureOf(handle);
    expect(failure.type).toBe('test.broken');
    const record = await stack.record(handle);
    expect(record!.step_views.map(({ status }) => status)).toEqual(['failed', 'cancelled', 'pending']);
    expect(record!.events.at(-1)!.event_type).toBe('RUN.FAILED');
  });

  it('is never repeated when its tool can not be repeated', async () => {
    const handle = await stack.run(plan([{ id: 'a', kind: 'tool', uses: 'test.once', retry: { attempts: 5 } }]));
    expect((await failureOf(handle)).message).toMatch(/nobody knows/);
  });

  it('lets the plan go on without it where the plan says so, and its error can be read', async () => {
    const steps: Step[] = [
      { id: 'bad', kind: 'tool', uses: 'test.fail', on_error: 'continue', with: { message: 'no luck' } },
      note('next', { with: { why: '${{ steps.bad.error.message }}', got: '${{ steps.bad.output }}' } }),
    ];
    expect(await resultOf(steps, { why: '${{ steps.next.output.why }}' })).toEqual({ why: 'no luck' });
  });

  it('is replaced by its fallback where the plan names one', async () => {
    const steps: Step[] = [
      { id: 'bad', kind: 'tool', uses: 'test.fail', on_error: { fallback: 'spare' } },
      note('spare', { with: { from: 'spare', because: '${{ steps.bad.error.type }}' } }),
      note('next', { with: { got: '${{ steps.bad.output.from }}' } }),
    ];
    expect(await resultOf(steps, { got: '${{ steps.next.output.got }}' })).toEqual({ got: 'spare' });
  });

  it('ends at its time limit', async () => {
    const handle = await stack.run(plan([work('slow', 30_000, { timeout: '1s' })]));
    expect((await failureOf(handle)).type).toMatch(/timeout$/);
  });
});

describe('a check', () => {
  const improve = (until_: Partial<Step['until'] & object>): Step => ({
    id: 'text',
    kind: 'tool',
    uses: 'test.improve',
    until: {
      check: 'test.check',
      with: { output: '${{ steps.text.output }}', good_from: 2 },
      rounds: 3,
      otherwise: 'fail',
      ...until_,
    },
  });

  it('sends what it does not accept back with its findings, until it is accepted', async () => {
    expect(await resultOf([improve({})], { text: '${{ steps.text.output }}' })).toEqual({
      text: { round: 2, told: ['test.not_good'], instruction: null },
    });
  });

  it('fails the step after its rounds', async () => {
    const handle = await stack.run(plan([improve({ rounds: 1 })]));
    expect((await failureOf(handle)).type).toBe('until.not_met');
  });

  it('asks a person after its rounds where the plan says so, who may ask for another round', async () => {
    const handle = await stack.run(
      plan([improve({ rounds: 1, otherwise: 'ask' })], { text: '${{ steps.text.output }}' }),
    );
    await until(async () => (await statusOf(handle)).status === 'waiting');
    const answer = await decide(handle, {
      approval_id: 'text.review.1',
      choice: 'rework',
      by: 'ann',
      comment: 'shorter',
    });
    expect(answer.outcome).toBe('accepted');
    expect(await handle.result()).toEqual({
      inline: { text: { round: 2, told: ['test.not_good'], instruction: 'shorter' } },
    });
  });
});

describe('an approval', () => {
  const approval: Step = {
    id: 'ok',
    kind: 'approval',
    approval: { question: 'Send ${{ input.n }} letters?', expire_after: '7d' },
  };
  const waits = (handle: WorkflowHandle) => until(async () => (await statusOf(handle)).status === 'waiting');

  it('waits for a person, and gives the decision on', async () => {
    const handle = await stack.run(
      plan([approval, note('after', { with: { by: '${{ steps.ok.output.by }}' } })], {
        by: '${{ steps.after.output.by }}',
      }),
      {
        input: { inline: { n: 40 } },
      },
    );
    await waits(handle);
    const [question] = (await statusOf(handle)).approvals;
    expect(question).toMatchObject({ approval_id: 'ok', question: 'Send 40 letters?', status: 'open' });
    await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann', digest: question!.digest });
    expect(await handle.result()).toEqual({ inline: { by: 'ann' } });
  });

  it('knows one decision only: the first of 50 at once wins, and every other gets to know it', async () => {
    const handle = await stack.run(plan([approval, work('more', 3_000, { depends_on: ['ok'] })]), {
      input: { inline: { n: 1 } },
    });
    await waits(handle);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        decide(handle, { approval_id: 'ok', choice: i % 2 ? 'approve' : 'reject', by: `p${i}` }).catch(() => undefined),
      ),
    );
    const accepted = answers.filter((answer) => answer?.outcome === 'accepted');
    expect(accepted).toHaveLength(1);
    await handle.result().catch(() => undefined);
    const record = await stack.record(handle);
    expect(record!.events.filter(({ event_type }) => event_type === 'APPROVAL.DECIDED')).toHaveLength(1);
  });

  it('refuses what does not fit, in words, and stays open', async () => {
    const handle = await stack.run(plan([approval]), { input: { inline: { n: 1 } } });
    await waits(handle);
    const refusal = async (decision: object) => (await decide(handle, decision)) as { reason?: string };
    expect(await refusal({ approval_id: 'nope', choice: 'approve', by: 'a' })).toMatchObject({
      reason: 'unknown_approval',
    });
    expect(await refusal({ approval_id: 'ok', choice: 'maybe', by: 'a' })).toMatchObject({ reason: 'unknown_choice' });
    expect(await refusal({ approval_id: 'ok', choice: 'approve', by: 'a', digest: 'sha256:00' })).toMatchObject({
      reason: 'digest_mismatch',
    });
    expect(await refusal({ choice: 7 })).toMatchObject({ reason: 'malformed' });
    await handle.signal(messages.decide, null);
    await handle.signal(messages.decide, { approval_id: 'ok', choice: 'reject', by: 'bob', comment: 'too many' });
    expect((await failureOf(handle)).type).toBe('approval.rejected');
    const record = await stack.record(handle);
    expect(record!.events.map(({ event_type }) => event_type)).toEqual([
      'RUN.STARTED',
      'APPROVAL.REQUESTED',
      'DECISION.REFUSED',
      'DECISION.REFUSED',
      'APPROVAL.DECIDED',
      'TASK.FAILED',
      'RUN.FAILED',
    ]);
    expect(record!.approvals[0]!.decision).toMatchObject({ by: 'bob', channel: 'signal', verified: false });
  });

  it('is not decided by signals where the configuration refuses them', async () => {
    const options = { approval_signals: 'refuse' as const, expire_after: 60_000 };
    const handle = await stack.run(plan([approval]), { input: { inline: { n: 1 } }, options });
    await waits(handle);
    await handle.signal(messages.decide, { approval_id: 'ok', choice: 'approve', by: 'bob' });
    await until(async () => (await statusOf(handle)).seq >= 3);
    expect((await statusOf(handle)).approvals[0]!.status).toBe('open');
    expect((await decide(handle, { approval_id: 'ok', choice: 'approve', by: 'ann' })).outcome).toBe('accepted');
    await handle.result();
  });
});

describe('a run', () => {
  it('starts nothing while it is paused, and goes on when it is resumed', async () => {
    const handle = await stack.run(plan([work('a', 500), work('b', 10, { depends_on: ['a'] })]));
    await until(async () => (await statuses(handle))['a'] === 'running');
    await handle.signal(messages.pause, { by: 'ann' });
    await until(async () => (await statuses(handle))['a'] === 'completed');
    expect((await statusOf(handle)).status).toBe('paused');
    expect((await statuses(handle))['b']).toBe('pending');
    await handle.signal(messages.resume, { by: 'ann' });
    await handle.result();
    const types = (await stack.record(handle))!.events.map(({ event_type }) => event_type);
    expect(types).toEqual(expect.arrayContaining(['RUN.PAUSED', 'RUN.RESUMED', 'RUN.COMPLETED']));
  });

  it('is cancelled by signal and by Temporal itself, and says so', async () => {
    for (const cancel of [
      (h: WorkflowHandle) => h.signal(messages.cancel, { by: 'ann' }),
      (h: WorkflowHandle) => h.cancel(),
    ]) {
      const handle = await stack.run(plan([work('a', 20_000), { id: 'w', kind: 'wait', with: { for: '1h' } }]));
      await until(async () => (await statuses(handle))['a'] === 'running');
      await cancel(handle);
      await handle.result().catch(() => undefined);
      const record = await stack.record(handle);
      expect(record!.status).toBe('cancelled');
      expect(record!.events.at(-1)!.event_type).toBe('RUN.CANCELLED');
    }
  });

  it('is cancelled, and has not failed, when a fallback is at work', async () => {
    const handle = await stack.run(
      plan([
        { id: 'bad', kind: 'tool', uses: 'test.fail', on_error: { fallback: 'spare' } },
        work('spare', 20_000),
        note('after', { depends_on: ['bad'] }),
      ]),
    );
    await until(async () => (await statuses(handle))['spare'] === 'running');
    await handle.signal(messages.cancel, { by: 'ann' });
    await handle.result().catch(() => undefined);
    const record = await stack.record(handle);
    expect(record!.status).toBe('cancelled');
    expect(record!.events.at(-1)!.event_type).toBe('RUN.CANCELLED');
    expect(await statuses(handle)).toEqual({ bad: 'failed', spare: 'cancelled', after: 'pending' });
  });

  it('shows its steps page by page', async () => {
    const handle = await stack.run(
      plan([...Array.from({ length: 45 }, (_, i) => note(`s${i}`)), { id: 'w', kind: 'wait', with: { for: '3s' } }]),
    );
    await until(async () => (await statusOf(handle)).steps.ended === 45);
    const first = await stepsOf(handle, { from: 0, limit: 20 });
    expect([first.steps.length, first.total, first.next]).toEqual([20, 46, 20]);
    const last = await stepsOf(handle, { from: 40, limit: 20 });
    expect([last.steps.length, last.next]).toEqual([6, undefined]);
    await handle.result();
  });

  it('passes large values by reference, and small ones as they are', async () => {
    const steps: Step[] = [
      { id: 'big', kind: 'tool', uses: 'test.big', with: { bytes: 5000 } },
      note('length', { with: { n: '${{ size(steps.big.output.text) }}' } }),
      note('gated', { when: 'size(steps.big.output.text) > 4000' }),
    ];
    const handle = await stack.run(plan(steps, { n: '${{ steps.length.output.n }}' }));
    expect(await handle.result()).toEqual({ inline: { n: 5000 } });
    const { step_views } = (await stack.record(handle))!;
    expect(step_views[0]!.output).toHaveProperty('ref');
    expect(step_views[2]!.status).toBe('completed');
  });

  it('speaks every event once and in order, in the record as in the stream', async () => {
    const handle = await stack.run(plan(Array.from({ length: 20 }, (_, i) => note(`s${i}`))));
    await handle.result();
    const { events } = (await stack.record(handle))!;
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(42);
  });
});
