import type { DefinitionStep } from '../../../schemas/definition/definition';
import { definitionOf, note, planOf } from './support';

const stepsOf = (...steps: DefinitionStep[]) => planOf(definitionOf(...steps)).steps;

it('an agent task and an API call become steps of an agent and of a tool', () => {
  expect(
    stepsOf(
      {
        ...{ step_id: 'score', step_type: 'agent_task', agent_type: 'sales', task: 'qualify_lead' },
        ...{ parameters: { priority: 'high' }, timeout: '5m', retry: { attempts: 2 } },
      },
      { step_id: 'get', step_type: 'api_call', parameters: { url: 'https://a.example' }, depends_on: ['score'] },
    ),
  ).toEqual([
    {
      ...{ id: 'score', kind: 'agent', uses: 'sales', timeout: '5m', retry: { attempts: 2 } },
      with: { task: 'qualify_lead', parameters: { priority: 'high' }, input: '${{ input }}' },
    },
    { id: 'get', kind: 'tool', uses: 'http.request', with: { url: 'https://a.example' }, depends_on: ['score'] },
  ]);
});

it('branches of a condition run by what it has found, and a step of both branches after it', () => {
  const [test, yes, no, both] = stepsOf(
    { step_id: 'big', step_type: 'condition', condition: 'input.n > 3', then: ['yes', 'both'], else: ['no', 'both'] },
    note('yes', { when: 'input.n < 9' }),
    note('no'),
    note('both'),
  );
  expect(test).toMatchObject({ uses: 'data.echo', with: { met: '${{ (input.n > 3) ? true : false }}' } });
  expect(yes?.when).toBe('(steps.big.status == "completed" && steps.big.output.met) && (input.n < 9)');
  expect(no?.when).toBe('steps.big.status == "completed" && !steps.big.output.met');
  expect([yes, no, both].map((step) => step?.depends_on)).toEqual([['big'], ['big'], ['big']]);
  expect(both?.when).toBeUndefined();
});

it('steps of a parallel step wait for what it waits for, and it gives their outputs together', () => {
  const steps = stepsOf(
    note('first'),
    {
      ...{ step_id: 'side', step_type: 'parallel', depends_on: ['first'], when: 'input.go', on_error: 'continue' },
      steps: [note('a'), { step_id: 'inner', step_type: 'parallel', steps: [note('b', { on_error: 'fail' })] }],
    },
    note('last', { depends_on: ['side'] }),
  );
  expect(steps.map(({ id, depends_on, when, on_error }) => [id, depends_on, when, on_error])).toEqual([
    ['first', undefined, undefined, undefined],
    ['a', ['first'], 'input.go', 'continue'],
    ['b', ['first'], 'input.go', 'fail'],
    ['inner', ['b'], undefined, undefined],
    ['side', ['a', 'inner'], undefined, undefined],
    ['last', ['side'], undefined, undefined],
  ]);
  expect(steps[4]?.with).toEqual({ a: '${{ steps.a.output }}', inner: '${{ steps.inner.output }}' });
});

it('a parallel step with a fallback is a group, so that the fallback stands for all of it', () => {
  const [outer, spare] = stepsOf(
    {
      ...{ step_id: 'side', step_type: 'parallel', when: 'input.go', on_error: { fallback: 'spare' } },
      steps: [note('a'), note('b', { depends_on: ['a'] })],
    },
    note('spare'),
  );
  expect(outer).toMatchObject({ id: 'side', kind: 'group', when: 'input.go', on_error: { fallback: 'spare' } });
  expect(outer?.steps?.map(({ id, depends_on, when }) => [id, depends_on, when])).toEqual([
    ['a', undefined, undefined],
    ['b', ['a'], undefined],
  ]);
  expect(spare).toMatchObject({ id: 'spare', kind: 'tool' });
});

it('a loop is the step that it repeats: for each element, or in rounds', () => {
  const [each, poll] = stepsOf(
    {
      ...{ step_id: 'each', step_type: 'loop', items: '${{ input.leads }}', max_parallel: 4 },
      steps: [note('one', { parameters: { name: '${{ item.name }}' }, on_error: 'continue' })],
    },
    {
      ...{ step_id: 'poll', step_type: 'loop', while: 'steps.poll.output.state == "busy"' },
      ...{ max_iterations: 10, every: '5s', steps: [note('ask', { parameters: { state: 'done' } })] },
    },
  );
  expect(each).toMatchObject({ id: 'each', for_each: '${{ input.leads }}', parallel: 4, on_error: 'continue' });
  expect(poll).toMatchObject({
    id: 'poll',
    until: {
      ...{ check: 'check.that', rounds: 10, every: '5s', otherwise: 'fail' },
      with: { ok: '${{ !(steps.poll.output.state == "busy") }}' },
    },
  });
});

it('a loop around more than one call is a group, with branches, sides and loops of its own', () => {
  const [each] = stepsOf({
    ...{ step_id: 'each', step_type: 'loop', items: 'input.leads' },
    steps: [
      note('score', { output: { points: '${{ steps.score.output.from }}' } }),
      { step_id: 'good', step_type: 'condition', condition: 'item.budget > 10', then: ['call'] },
      note('call', { depends_on: ['score'] }),
      { step_id: 'poll', step_type: 'loop', until: 'index > 2', max_iterations: 3, steps: [note('a'), note('b')] },
    ],
  });
  expect(each).toMatchObject({ kind: 'group', for_each: 'input.leads' });
  expect(each?.steps?.map(({ id, kind, when }) => [id, kind, when])).toEqual([
    ['score__call', 'tool', undefined],
    ['score', 'tool', 'steps.score__call.status == "completed"'],
    ['good', 'tool', undefined],
    ['call', 'tool', 'steps.good.status == "completed" && steps.good.output.met'],
    ['poll', 'group', undefined],
  ]);
  expect(each?.result).toEqual({
    score: '${{ steps.score.output }}',
    good: '${{ steps.good.output }}',
    call: '${{ steps.call.output }}',
    poll: '${{ steps.poll.output }}',
  });
});

it('an output of its own is a second step, and reads the first under the name of both', () => {
  const [call, made] = stepsOf(
    note('get', {
      output: { was: '${{ steps.get.output.from }} of ${{ steps["get"].output }}' },
      retry: { attempts: 2 },
    }),
  );
  expect(call).toMatchObject({ id: 'get__call', retry: { attempts: 2 } });
  expect(made).toMatchObject({
    ...{ id: 'get', depends_on: ['get__call'], when: 'steps.get__call.status == "completed"' },
    with: { was: '${{ steps.get__call.output.from }} of ${{ steps.get__call.output }}' },
  });
});

it('what no other step waits for is the result, unless the definition says one', () => {
  const steps = [
    note('a'),
    note('b', { parameters: { of: '${{ steps.a.output.from }}' }, on_error: { fallback: 'c' } }),
    note('c'),
  ];
  expect(planOf(definitionOf(...steps)).result).toEqual({ b: '${{ steps.b.output }}' });
  const result = { all: '${{ steps.a.output }}' };
  expect(planOf({ ...definitionOf(...steps), result }).result).toEqual(result);
});

it('waits and approvals are those of plans', () => {
  const approval = { question: 'Go?', expire_after: '1h' };
  expect(
    stepsOf(
      { step_id: 'rest', step_type: 'wait', parameters: { for: '15m' } },
      { step_id: 'ask', step_type: 'approval', approval, depends_on: ['rest'] },
      { step_id: 'made', step_type: 'transform', parameters: { by: '${{ steps.ask.output.by }}' } },
    ),
  ).toEqual([
    { id: 'rest', kind: 'wait', with: { for: '15m' } },
    { id: 'ask', kind: 'approval', approval, depends_on: ['rest'] },
    { id: 'made', kind: 'tool', uses: 'data.echo', with: { by: '${{ steps.ask.output.by }}' } },
  ]);
});
