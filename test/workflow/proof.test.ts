/** What is told to runs by whoever reaches Temporal's port, on a real Temporal: nobody is believed without a proof. */
import type { WorkflowHandle } from '@temporalio/client';
import fc from 'fast-check';
import type { OrderView } from '../../schemas/order/run';
import { messages, type Decision, type DecisionAnswer } from '../../schemas/run';
import { createProver } from '../../src/access/proof';
import { plainReader } from '../support/order-reader';
import { decide, proved, startStack, statusOf, type Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
beforeAll(async () => (stack = await startStack({ tools: plainReader })));
afterAll(async () => await stack.stop());

const viewOf = async (handle: WorkflowHandle) => (await statusOf(handle)).view as unknown as OrderView;
const openQuestion = async (handle: WorkflowHandle) =>
  (await statusOf(handle)).approvals.find(({ status }) => status === 'open');

const send = async (handle: WorkflowHandle, way: 'signal' | 'update', content: object) =>
  way === 'signal'
    ? await handle.signal(messages.decide, content)
    : await handle.executeUpdate<DecisionAnswer, [object]>(messages.decide, { args: [content] });

/** An order that `bob` has handed in, under four eyes, when it waits for its approval. */
async function guarded(options: object = { four_eyes: true, approval_signals: 'token' }): Promise<WorkflowHandle> {
  const handle = await stack.order({ requested_by: 'bob', options });
  await until(async () => (await openQuestion(handle)) !== undefined);
  return handle;
}

it('no forged decision is taken, by whatever route and in whatever form; one with its proof is', async () => {
  const handle = await guarded();
  const stranger = createProver([Buffer.alloc(32, 'guess')]);
  const digest = (await openQuestion(handle))!.digest;
  const forged = (content: Decision, how: string): object => {
    const of = { run: handle.workflowId, name: messages.decide, content };
    switch (how) {
      case 'bare':
        return content;
      case 'of another key':
        return { ...content, proof: stranger.prove(of) };
      case 'of another run':
        return proved({ workflowId: 'audit.order.other' }, messages.decide, content);
      case 'of another message':
        return proved(handle, messages.cancel, content);
      case 'of another person':
        return { ...proved(handle, messages.decide, { ...content, by: `${content.by}a` }), by: content.by };
      default:
        return { ...content, proof: { at: new Date().toISOString(), mac: how } };
    }
  };
  let told = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('signal' as const, 'update' as const),
      fc.record({
        approval_id: fc.constantFrom('validation', 'no-such-question'),
        choice: fc.constantFrom('approve', 'reject', 'correct'),
        by: fc.constantFrom('bob', 'ann', 'x'),
        comment: fc.option(fc.constant('because'), { nil: undefined }),
        digest: fc.option(fc.constant(digest), { nil: undefined }),
        decision_id: fc.option(fc.stringMatching(/^[a-z]{1,8}$/), { nil: undefined }),
      }),
      fc.constantFrom('bare', 'of another key', 'of another run', 'of another message', 'of another person', 'AAAA'),
      async (way, content, how) => {
        const answer = await send(handle, way, forged(content, how));
        if (way === 'signal' || how === 'bare') told++;
        if (answer) expect(answer.outcome).toBe('refused');
        expect((await openQuestion(handle))?.approval_id).toBe('validation');
      },
    ),
    { numRuns: 40 },
  );
  expect(await decide(handle, { approval_id: 'validation', choice: 'approve', by: 'bob' })).toMatchObject({
    outcome: 'refused',
    reason: 'forbidden',
  });
  expect(await decide(handle, { approval_id: 'validation', choice: 'approve', by: 'ann' })).toMatchObject({
    outcome: 'accepted',
    decision: { verified: true, channel: 'api' },
  });
  await handle.result();
  const events = (await stack.record(handle))!.events;
  expect(events.filter(({ event_type }) => event_type === 'DECISION.REFUSED').length).toBeGreaterThanOrEqual(told);
  expect(events.filter(({ payload }) => 'verified' in payload && payload.verified === true)).toHaveLength(1);
});

it('a refused signal tells its refusal once, with a proof and without; an update has its answer', async () => {
  const handle = await guarded();
  const before = (await statusOf(handle)).seq;
  const decision = { approval_id: 'validation', choice: 'approve', by: 'ann' };
  const forged = { at: new Date().toISOString(), mac: 'AAAA' };
  await send(handle, 'signal', { ...decision, approval_id: 'no-such-question', proof: forged });
  await send(handle, 'signal', proved(handle, messages.decide, { ...decision, by: 'bob' }));
  await send(handle, 'signal', { ...decision, choice: 'reject', comment: 'no', proof: forged });
  await send(handle, 'signal', decision);
  expect(await decide(handle, { ...decision, approval_id: 'another' })).toMatchObject({ reason: 'unknown_approval' });
  await until(async () => (await statusOf(handle)).seq >= before + 4);
  expect(await decide(handle, decision)).toMatchObject({ outcome: 'accepted' });
  await handle.result();
  const told = (await stack.record(handle))!.events.filter(({ event_type }) => event_type === 'DECISION.REFUSED');
  expect(told.map(({ payload: { by, reason } }) => `${String(by)}: ${String(reason)}`).sort()).toEqual([
    'ann: nothing named "no-such-question" waits for a decision',
    'ann: signals do not decide here (APPROVAL_SIGNALS=token); decide by the API',
    'ann: signals do not decide here (APPROVAL_SIGNALS=token); decide by the API',
    'bob: bob has sent the order in; somebody else has to approve it',
  ]);
});

it('a bare update is no better than a signal: taken where signals are, and marked', async () => {
  const handle = await guarded({ four_eyes: false, approval_signals: 'accept' });
  expect(await send(handle, 'update', { approval_id: 'validation', choice: 'approve', by: 'eve' })).toMatchObject({
    decision: { verified: false, channel: 'signal' },
  });
  await handle.result();
});

it('whoever corrects an order under four eyes is a party to it, in the same step and in the next', async () => {
  const handle = await guarded();
  const data = { delivery: { address: '2 Main St' } };
  const approval = { approval_id: 'validation', choice: 'approve', by: 'ann' };
  expect(await decide(handle, { ...approval, data })).toMatchObject({
    reason: 'forbidden',
    message: 'ann corrects the order in the same step; somebody else has to approve it',
  });
  expect(await decide(handle, { ...approval, choice: 'correct', data })).toMatchObject({ outcome: 'accepted' });
  await until(async () => (await openQuestion(handle))?.approval_id === 'validation-2');
  for (const [by, why] of Object.entries({ ann: 'has corrected the order', bob: 'has sent the order in' }))
    expect(await decide(handle, { approval_id: 'validation-2', choice: 'approve', by })).toMatchObject({
      reason: 'forbidden',
      message: `${by} ${why}; somebody else has to approve it`,
    });
  expect(await decide(handle, { approval_id: 'validation-2', choice: 'approve', by: 'cy' })).toMatchObject({
    outcome: 'accepted',
  });
  await handle.result();
});

it('bare requests to pause or cancel do not count where signals do not, and are told', async () => {
  const handle = await guarded();
  await handle.signal(messages.cancel, { by: 'eve' });
  await handle.signal(messages.pause, { by: 'eve', proof: { at: 'now', mac: 'AAAA' } });
  await handle.signal(messages.pause, proved(handle, messages.pause, { by: 'olga' }));
  await until(async () => (await statusOf(handle)).status === 'paused');
  await handle.signal(messages.cancel, proved(handle, messages.cancel, { by: 'olga' }));
  await expect(handle.result()).rejects.toThrow();
  const told = (await stack.record(handle))!.events.filter(({ event_type }) => /^RUN\.|FAILED/.test(event_type));
  expect(told.map(({ event_type, payload }) => [event_type, payload.by ?? payload.error])).toEqual([
    ['RUN.REQUEST_REFUSED', 'eve'],
    ['RUN.REQUEST_REFUSED', 'eve'],
    ['RUN.PAUSED', 'olga'],
    ['ORDER.FAILED', expect.objectContaining({ message: 'cancelled by olga' }) as object],
  ]);
});

it('a message that cannot be decoded is refused in words, and the run goes on', async () => {
  const handle = await guarded({ four_eyes: false, approval_signals: 'accept' });
  const payload = (encoding: string, data: string) => ({
    metadata: { encoding: Buffer.from(encoding) },
    data: Buffer.from(data),
  });
  const { workflowService } = stack.client;
  for (const [signalName, broken] of [
    [messages.decide, payload('json/plain', '{broken')],
    [messages.decide, payload('binary/of-somebody', 'x')],
    [messages.pause, payload('json/plain', '{"by":')],
    ['unheard-of', payload('json/plain', '{')],
  ] as const)
    await workflowService.signalWorkflowExecution({
      namespace: stack.config.temporal.namespace,
      workflowExecution: { workflowId: handle.workflowId },
      signalName,
      input: { payloads: [broken] },
    });
  await handle.signal(messages.resume, { by: 'ann' });
  await decide(handle, { approval_id: 'validation', choice: 'approve', by: 'ann' });
  await handle.result();
  const refused = (await stack.record(handle))!.events.filter(({ event_type }) => event_type === 'DECISION.REFUSED');
  expect(refused.map(({ payload: { reason } }) => reason)).toEqual([
    expect.stringContaining('it cannot be read: '),
    expect.stringContaining('it cannot be read: '),
  ]);
});

it('data that names what is not there refuses the decision and leaves the question open', async () => {
  const handle = await guarded();
  const nothing = { $ref: `sha256:${'0'.repeat(64)}`, bytes: 10 };
  await decide(handle, { approval_id: 'validation', choice: 'correct', by: 'ann', data: nothing });
  await until(async () => (await openQuestion(handle))?.approval_id === 'validation-2');
  expect((await viewOf(handle)).status).toBe('pending_validation');

  const audit = await stack.audit();
  await until(async () => (await openQuestion(audit)) !== undefined);
  const { approval_id } = (await openQuestion(audit))!;
  await decide(audit, { approval_id, choice: 'provide', by: 'ann', data: { work_context: nothing, rows: 3 } });
  await until(async () => ((await openQuestion(audit))?.approval_id ?? approval_id) !== approval_id);
  expect((await openQuestion(audit))?.question).toContain('cannot be read');
});
