/** Steps of every type, simulated: what they give back, and why they run. */
import { definitionOf, give, simulated, since, stepOf } from './support';

it('a transform computes, and a condition shows what it has looked at', async () => {
  const definition = definitionOf(
    { step_id: 'large', step_type: 'condition', condition: 'input.budget > 10000', then: ['call'], else: ['write'] },
    give('call', { how: 'call ${{ input.name }}' }),
    give('write', { how: 'write' }),
    give('note', { n: 1 }, { when: 'input.name.startsWith("A")', depends_on: ['write', 'call'] }),
  );
  const simulation = await simulated(definition, { input: { name: 'Bea', budget: 25_000 } });
  expect(simulation).toMatchObject({ status: 'completed', result: { note: null } });
  expect(simulation.path).toEqual(['large', 'call']);
  const looked = {
    text: 'input.budget > 10000',
    value: true,
    reads: [{ name: 'input.budget', value: 25_000 }],
  };
  expect(stepOf(simulation, 'large')).toMatchObject({ output: { met: true }, why: [{ of: 'condition', ...looked }] });
  expect(stepOf(simulation, 'call')).toMatchObject({
    ...{ state: 'completed', source: 'real', output: { how: 'call Bea' } },
    why: [{ of: 'then', step: 'large', ...looked }],
  });
  expect(stepOf(simulation, 'write')).toMatchObject({ state: 'skipped', why: [{ of: 'else', ...looked }] });
  expect(stepOf(simulation, 'note')).toMatchObject({
    state: 'skipped',
    reason: 'its condition is not met: input.name.startsWith("A")',
    why: [{ of: 'when', value: false, reads: [{ name: 'input.name', value: 'Bea' }] }],
  });
});

it('tools without effect compute, others are stood in for, and what they would do is listed', async () => {
  const definition = definitionOf(
    {
      ...{ step_id: 'sort', step_type: 'tool', tool: 'transform.sort' },
      parameters: { items: '${{ input.list }}', by: [{ field: 'n' }] },
    },
    { step_id: 'read', step_type: 'api_call', parameters: { url: 'https://example.com/a' } },
    {
      ...{ step_id: 'post', step_type: 'api_call' },
      parameters: { url: 'https://example.com/b', method: 'POST', headers: { x: '${{ secrets.KEY }}' } },
    },
    { step_id: 'keep', step_type: 'tool', tool: 'file.write', parameters: { path: 'a.txt', text: 'x' } },
    { step_id: 'look', step_type: 'tool', tool: 'file.read', parameters: { path: 'a.txt' } },
    { step_id: 'ask', step_type: 'agent_task', agent_type: 'research', task: 'answer_question' },
  );
  const input = { list: [{ n: 2 }, { n: 1 }], question: 'When?', sources: [] };
  const simulation = await simulated(definition, { input });
  expect(stepOf(simulation, 'sort')).toMatchObject({ source: 'real', output: { items: [{ n: 1 }, { n: 2 }] } });
  expect(stepOf(simulation, 'read')).toMatchObject({ source: 'stub', output: { status: 200 } });
  expect(stepOf(simulation, 'post')).toMatchObject({ source: 'stub', input: { headers: { x: '[secret KEY]' } } });
  expect(stepOf(simulation, 'keep')).toMatchObject({ source: 'stub', output: { path: 'a.txt', bytes: 1 } });
  expect(stepOf(simulation, 'look')).toMatchObject({ source: 'stub', state: 'completed' });
  expect(stepOf(simulation, 'ask')).toMatchObject({ source: 'real', output: { by: 'rules' } });
  expect(simulation.effects).toMatchObject([
    { step_id: 'post', effect: 'once', targets: [{ kind: 'host', target: 'example.com', outside: true }] },
    { step_id: 'keep', effect: 'idempotent', targets: [{ kind: 'file', target: 'a.txt', outside: false }] },
  ]);
});

it('arguments that do not fit fail as they would', async () => {
  const definition = definitionOf({ step_id: 'read', step_type: 'api_call', parameters: { url: '${{ input.n }}' } });
  const simulation = await simulated(definition, {
    input: { n: 7 },
    outputs: { read: { status: 200, url: '', headers: {}, body: 1 } },
  });
  expect(simulation).toMatchObject({ status: 'failed', error: { type: 'tool.input_invalid' } });
});

it('the output of a step is made of what its call gives back', async () => {
  const read = { step_id: 'read', step_type: 'api_call', parameters: { url: 'https://example.com' } } as const;
  const definition = definitionOf({ ...read, output: { n: '${{ steps.read.output.body.n }}' } });
  const outputs = { read: { status: 200, url: '', headers: {}, body: { n: 3 } } };
  const simulation = await simulated(definition, { outputs });
  expect(simulation).toMatchObject({ result: { read: { n: 3 } }, path: ['read'] });
  expect(simulation.steps).toHaveLength(1);
  expect(stepOf(simulation, 'read')).toMatchObject({
    ...{ state: 'completed', source: 'given', output: { n: 3 }, input: { url: 'https://example.com' } },
    attempts: [{ round: 1, attempt: 1, source: 'given' }],
  });
});

it('steps of a parallel step are listed within it', async () => {
  const definition = definitionOf({
    ...{ step_id: 'both', step_type: 'parallel', when: 'input.go' },
    steps: [give('a', { n: 1 }), give('b', { n: 2 })],
  });
  const simulation = await simulated(definition, { input: { go: true } });
  expect(stepOf(simulation, 'both')).toMatchObject({ output: { a: { n: 1 }, b: { n: 2 } } });
  expect(stepOf(simulation, 'a')).toMatchObject({ within: 'both', why: [{ of: 'when', step: 'both', value: true }] });
  const skipped = await simulated(definition, { input: { go: false } });
  expect(skipped).toMatchObject({ status: 'completed', path: [] });
  expect(stepOf(skipped, 'a').reason).toBe('the condition of both is not met: input.go');
});

it('waits end at once, in the order of the virtual clock', async () => {
  const wait = (step_id: string, parameters: Record<string, string>) =>
    ({ step_id, step_type: 'wait', parameters }) as const;
  const definition = definitionOf(
    wait('long', { for: '2d' }),
    wait('short', { for: '5m' }),
    wait('until', { until: '2026-03-02T09:00:00Z' }),
    wait('past', { until: '2026-01-01T00:00:00Z' }),
    give('after', {}, { depends_on: ['short'] }),
  );
  const simulation = await simulated(definition);
  expect(simulation).toMatchObject({ status: 'completed', virtual_ms: 2 * 86_400_000 });
  const ends = Object.fromEntries(simulation.steps.map(({ step_id, ends_at }) => [step_id, since(ends_at)]));
  expect(ends).toEqual({ long: 172_800_000, short: 300_000, until: 3_600_000, past: 0, after: 300_000 });
  const wrong = await simulated(definitionOf(wait('wrong', { for: '${{ input.length }}' })), {
    input: { length: 'soon' },
  });
  expect(wrong).toMatchObject({ status: 'failed', error: { type: 'wait.invalid' } });
});

describe('an approval', () => {
  const definition = definitionOf({
    ...{ step_id: 'ask', step_type: 'approval' },
    approval: {
      ...{ question: 'Pay ${{ input.sum }}?', shows: { sum: '${{ input.sum }}' }, remind_after: '1d' },
      ...{ escalate_after: '2d', expire_after: '3d' },
    },
  });
  const ask = async (decisions?: object) =>
    await simulated(definition, { input: { sum: 5 }, decisions: decisions as never });

  it('is approved where nothing is given, and says so', async () => {
    expect(await ask()).toMatchObject({
      status: 'completed',
      virtual_ms: 0,
      result: { ask: { choice: 'approve', by: 'simulation' } },
      questions: [{ question: 'Pay 5?', shows: { sum: 5 }, outcome: 'approved', assumed: true }],
    });
  });

  it('takes the decision that is given, when it is given', async () => {
    const decided = await ask({ ask: { choice: 'approve', by: 'ann', data: { n: 1 }, after: '36h' } });
    expect(decided).toMatchObject({
      ...{ status: 'completed', virtual_ms: 36 * 3_600_000 },
      result: { ask: { choice: 'approve', by: 'ann', data: { n: 1 } } },
      questions: [{ by: 'ann', assumed: false, reminded_at: '2026-03-03T08:00:00.000Z' }],
    });
    expect(decided.questions[0]).not.toHaveProperty('escalated_at');
    const rejected = await ask({ ask: { choice: 'reject', by: 'bob', comment: 'too much' } });
    expect(rejected).toMatchObject({
      status: 'failed',
      error: { type: 'approval.rejected', message: 'ask: rejected by bob: too much' },
    });
  });

  it('expires where nobody decides in time', async () => {
    for (const decision of [{ choice: 'expire' }, { choice: 'approve', after: '4d' }])
      expect(await ask({ ask: decision })).toMatchObject({
        ...{ status: 'failed', error: { type: 'approval.expired' }, virtual_ms: 3 * 86_400_000 },
        questions: [{ outcome: 'expired', escalated_at: '2026-03-04T08:00:00.000Z' }],
      });
  });
});

describe('a sub-workflow', () => {
  const inner = {
    ...definitionOf(
      { step_id: 'wait', step_type: 'wait', parameters: { for: '1h' } },
      give('made', { of: '${{ input.n }}' }),
    ),
    input_schema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
    result: { made: '${{ steps.made.output.of }}' },
  };
  const run = {
    step_id: 'run',
    step_type: 'sub_workflow',
    workflow: 'inner',
    parameters: { n: '${{ input.n }}' },
  } as const;

  it('is simulated within, on the same clock', async () => {
    const simulation = await simulated(definitionOf(run), { input: { n: 4 }, workflows: { inner } });
    expect(simulation).toMatchObject({
      ...{ status: 'completed', result: { run: { made: 4 } }, virtual_ms: 3_600_000 },
      path: ['run', 'run/wait', 'run/made'],
    });
    expect(stepOf(simulation, 'run/wait')).toMatchObject({ within: 'run', ends_at: '2026-03-02T09:00:00.000Z' });
  });

  it('is given, does not fit its input, or fails', async () => {
    const given = await simulated(definitionOf(run), {
      workflows: { inner },
      input: { n: 1 },
      outputs: { run: { made: 9 } },
    });
    expect(given).toMatchObject({ status: 'completed', result: { run: { made: 9 } }, path: ['run'] });
    const wrong = await simulated(definitionOf(run), { workflows: { inner }, input: { n: 'x' } });
    expect(wrong).toMatchObject({ status: 'failed', error: { type: 'workflow.input' } });
    const limited = await simulated(definitionOf({ ...run, timeout: '1m' }), { workflows: { inner }, input: { n: 1 } });
    expect(limited).toMatchObject({ status: 'failed', error: { type: 'step.timeout' }, virtual_ms: 60_000 });
    expect(stepOf(limited, 'run/wait').state).toBe('cancelled');
  });
});
