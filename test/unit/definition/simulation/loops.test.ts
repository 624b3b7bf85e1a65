/** Loops in simulations: their rounds, their bounds, and what they are given. */
import type { DefinitionStep } from '../../../../schemas/definition/definition';
import { definitionOf, give, simulated, since, stepOf } from './support';

const poll: DefinitionStep = { step_id: 'poll', step_type: 'api_call', parameters: { url: 'https://example.com' } };
const state = (name: string) => ({ status: 200, url: '', headers: {}, body: { state: name } });
const until = (steps: DefinitionStep[], more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{
    step_id: 'loop',
    step_type: 'loop',
    until: 'steps.loop.output.body.state == "done"',
    max_iterations: 5,
    every: '10m',
  },
  ...{ steps, ...more },
});

it('a loop with until shows its condition after each round, and the pauses between them', async () => {
  const outputs = { poll: [state('open'), state('open'), state('done')] };
  const simulation = await simulated(definitionOf(until([poll])), { outputs });
  expect(simulation).toMatchObject({ status: 'completed', virtual_ms: 20 * 60_000 });
  const { why, attempts, rounds } = stepOf(simulation, 'loop');
  expect(rounds).toBe(3);
  expect(why).toMatchObject([
    { of: 'until', round: 1, value: false, reads: [{ name: 'steps.loop.output.body.state', value: 'open' }] },
    { of: 'until', round: 2, value: false },
    { of: 'until', round: 3, value: true, reads: [{ value: 'done' }] },
  ]);
  expect(attempts.map(({ round, at }) => [round, since(at)])).toEqual([
    [1, 0],
    [2, 600_000],
    [3, 1_200_000],
  ]);
});

it('at its bound it fails', async () => {
  const simulation = await simulated(definitionOf(until([poll])), { outputs: { poll: state('open') } });
  expect(simulation).toMatchObject({ status: 'failed', error: { type: 'until.not_met' }, virtual_ms: 40 * 60_000 });
});

it('a loop with while repeats several steps, whose rounds are listed', async () => {
  const definition = definitionOf({
    ...{ step_id: 'loop', step_type: 'loop', while: 'steps.loop.output.count.n < 3', max_iterations: 9 },
    steps: [give('count', { n: '${{ index + 1 }}' }), give('odd', {}, { when: 'index == 0' })],
  });
  const simulation = await simulated(definition);
  expect(simulation).toMatchObject({ status: 'completed', result: { loop: { count: { n: 3 } } } });
  expect(simulation.path).toEqual(['loop', 'loop.0.count', 'loop.0.odd', 'loop.1.count', 'loop.2.count']);
  expect(stepOf(simulation, 'loop.1.odd')).toMatchObject({
    state: 'skipped',
    within: 'loop',
    why: [{ of: 'when', value: false }],
  });
  expect(stepOf(simulation, 'loop').why.map(({ value }) => value)).toEqual([true, true, false]);
});

const each = (steps: DefinitionStep[], more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id: 'each', step_type: 'loop', items: 'input.list', steps },
  ...more,
});

it('a loop over items runs for each; its step is given for each, and an element may fail', async () => {
  const read = { ...poll, parameters: { url: 'https://example.com/${{ item }}' } };
  const input = { list: ['a', 'b', 'c'] };
  const outputs = { poll: [{ error: { type: 'http.status_503' } }, state('done')] };
  const simulation = await simulated(definitionOf(each([read])), { input, outputs });
  expect(simulation).toMatchObject({ status: 'completed', result: { each: { count: 3, failed: 0 } } });
  expect(stepOf(simulation, 'each')).toMatchObject({ elements: { count: 3, failed: 0 } });
  expect(stepOf(simulation, 'each.2')).toMatchObject({
    ...{ within: 'each', step_type: 'api_call', input: { url: 'https://example.com/c' } },
    attempts: [
      { attempt: 1, error: { type: 'http.status_503' } },
      { attempt: 2, source: 'given' },
    ],
  });
  const failing = await simulated(definitionOf(each([read], { on_error: 'continue' })), {
    ...{ input, outputs: { poll: { error: { type: 'http.status_404' } } } },
  });
  expect(failing).toMatchObject({ status: 'completed', result: { each: { failed: 3, items: [null, null, null] } } });
});

it('a loop over items holds branches, approvals and loops of its own', async () => {
  const definition = definitionOf(
    each([
      { step_id: 'large', step_type: 'condition', condition: 'item > 1', then: ['ask'] },
      {
        step_id: 'ask',
        step_type: 'approval',
        on_error: 'continue',
        approval: { question: 'Take ${{ item }}?', expire_after: '1d' },
      },
      { step_id: 'inner', step_type: 'loop', items: '[1, 2]', steps: [give('twice', { n: '${{ item * 2 }}' })] },
    ]),
  );
  const decisions = { ask: [{ choice: 'reject' as const }, { choice: 'approve' as const }] };
  const simulation = await simulated(definition, { input: { list: [1, 2, 3] }, decisions });
  expect(simulation.status).toBe('completed');
  expect(simulation.questions.map(({ step_id, question, outcome }) => [step_id, question, outcome])).toEqual([
    ['each.1.ask', 'Take 2?', 'rejected'],
    ['each.2.ask', 'Take 3?', 'approved'],
  ]);
  expect(stepOf(simulation, 'each.0.ask')).toMatchObject({
    state: 'skipped',
    reason: 'large is false, and leads to its other branch',
  });
  expect(stepOf(simulation, 'each.2.inner.1')).toMatchObject({ within: 'each.2.inner', output: { n: 4 } });
});

it('a loop may be given as a whole, and one over something else than a list fails', async () => {
  const definition = definitionOf(each([poll, give('b', {})]), give('after', { n: '${{ steps.each.output.count }}' }));
  const given = { items: [], count: 40, failed: 0, errors: [] };
  const simulation = await simulated(definition, { input: { list: [1] }, outputs: { each: given } });
  expect(simulation).toMatchObject({ status: 'completed', path: ['each', 'after'], result: { after: { n: 40 } } });
  const wrong = await simulated(definition, { input: { list: 'x' } });
  expect(wrong).toMatchObject({ status: 'failed', error: { type: 'for_each.no_list' } });
});

it('what is too much to list is counted', async () => {
  const input = { list: Array.from({ length: 1_500 }, (_, n) => n) };
  const simulation = await simulated(definitionOf(each([give('a', { n: '${{ item }}' })])), { input });
  expect(simulation).toMatchObject({ status: 'completed', omitted: { steps: 501 } });
  expect(simulation.steps).toHaveLength(1_000);
  expect(JSON.stringify(simulation).length).toBeLessThan(2_000_000);
});
