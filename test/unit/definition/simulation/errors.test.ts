/** Failures in simulations: attempts and the pauses between them, and what follows from a failure for good. */
import type { DefinitionStep } from '../../../../schemas/definition/definition';
import { definitionOf, give, simulated, since, stepOf } from './support';

const away = { error: { type: 'http.status_503', message: 'away' } };
const answer = { status: 200, url: '', headers: {}, body: { n: 1 } };
const get = (more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id: 'get', step_type: 'api_call', parameters: { url: 'https://example.com' } },
  ...more,
});
const after = give('after', {
  n: '${{ default(steps.get.output, {"body": null}).body }}',
  why: '${{ steps.get.status }}',
});

it('a failure that passes is tried again, with the pauses of the step', async () => {
  const definition = definitionOf(get({ retry: { attempts: 3, initial: '10s', backoff: 3 } }));
  const simulation = await simulated(definition, { outputs: { get: [away, away, answer] } });
  expect(simulation).toMatchObject({ status: 'completed', virtual_ms: 40_000 });
  const { attempts } = stepOf(simulation, 'get');
  expect(attempts.map(({ attempt, at, error, next_at }) => [attempt, since(at), error?.type, since(next_at)])).toEqual([
    [1, 0, 'http.status_503', 10_000],
    [2, 10_000, 'http.status_503', 40_000],
    [3, 40_000, undefined, NaN],
  ]);
});

it('attempts end with their number, or with the time of the step; a failure that lasts is not tried again', async () => {
  const retry = { attempts: 3, initial: '10s', backoff: 3 };
  const spent = await simulated(definitionOf(get({ retry })), { outputs: { get: away } });
  expect(stepOf(spent, 'get').attempts).toHaveLength(3);
  expect(spent).toMatchObject({ status: 'failed', error: { type: 'http.status_503', message: 'get: away' } });
  const timed = await simulated(definitionOf(get({ retry, timeout: '30s' })), { outputs: { get: away } });
  expect(stepOf(timed, 'get').attempts).toHaveLength(2);
  const lasting = await simulated(definitionOf(get({ retry })), {
    outputs: { get: { error: { type: 'http.status_404' } } },
  });
  expect(stepOf(lasting, 'get').attempts).toHaveLength(1);
  const post = get({ parameters: { url: 'https://example.com', method: 'POST' }, retry });
  const once = await simulated(definitionOf(post), { outputs: { get: away } });
  expect(stepOf(once, 'get').attempts).toHaveLength(1);
  expect(once.effects).toEqual([]);
});

it('fail: what is under way is cancelled, what has not begun stays so', async () => {
  const definition = definitionOf(get(), after, { step_id: 'wait', step_type: 'wait', parameters: { for: '1d' } });
  const simulation = await simulated(definition, { outputs: { get: { error: { type: 'http.status_404' } } } });
  expect(simulation).toMatchObject({ status: 'failed', virtual_ms: 0 });
  expect(simulation.steps.map(({ step_id, state }) => [step_id, state])).toEqual([
    ['get', 'failed'],
    ['wait', 'cancelled'],
    ['after', 'pending'],
  ]);
});

it('continue: what depends on it runs, and can read its error', async () => {
  const definition = definitionOf(get({ on_error: 'continue' }), after);
  const simulation = await simulated(definition, { outputs: { get: { error: { type: 'http.status_404' } } } });
  expect(simulation).toMatchObject({ status: 'completed', result: { after: { n: null, why: 'failed' } } });
  expect(stepOf(simulation, 'get')).toMatchObject({ state: 'failed', handled: 'continue' });
});

it('fallback: it runs instead, and gives the output', async () => {
  const cached = { ...give('cached', { body: 'old' }), step_type: 'transform' as const };
  const definition = definitionOf(get({ on_error: { fallback: 'cached' } }), cached, after);
  const failing = await simulated(definition, { outputs: { get: { error: { type: 'http.status_404' } } } });
  expect(failing).toMatchObject({ status: 'completed', result: { after: { n: 'old', why: 'completed' } } });
  expect(stepOf(failing, 'get')).toMatchObject({ state: 'completed', handled: 'cached', output: { body: 'old' } });
  const sound = await simulated(definition, { outputs: { get: answer } });
  expect(sound.path).toEqual(['get', 'after']);
  expect(stepOf(sound, 'cached').state).toBe('pending');
});

it('fallback of a parallel step: it stands for all of it, once one step within has failed', async () => {
  const cached = { ...give('cached', { body: 'old' }), step_type: 'transform' as const };
  const side = {
    ...{ step_id: 'side', step_type: 'parallel' as const, on_error: { fallback: 'cached' } },
    steps: [
      get(),
      { ...give('b', { n: 2 }), step_type: 'transform' as const },
      give('c', { of: '${{ steps.get.output.body }}' }),
    ],
  };
  const made = give('made', { all: '${{ steps.side.output }}' });
  const failing = await simulated(definitionOf(side, cached, made), {
    outputs: { get: { error: { type: 'http.status_404' } } },
  });
  expect(failing).toMatchObject({ status: 'completed', result: { made: { all: { body: 'old' } } } });
  expect(stepOf(failing, 'side')).toMatchObject({ state: 'completed', handled: 'cached' });
  expect(failing.steps.filter(({ within }) => within === 'side').map(({ step_id, state }) => [step_id, state])).toEqual(
    [
      ['side.0.get', 'failed'],
      ['side.0.b', 'completed'],
    ],
  );
  const sound = await simulated(definitionOf(side, cached, made), { outputs: { get: answer } });
  expect(sound).toMatchObject({ result: { made: { all: { get: answer, c: { of: answer.body } } } } });
});

it('an expression that reads what is not there fails its step, in the words of executions', async () => {
  const simulation = await simulated(definitionOf(give('a', { n: '${{ input.missing }}' })), { input: {} });
  expect(simulation).toMatchObject({ status: 'failed', error: { type: 'expression.unknown_name' } });
});
