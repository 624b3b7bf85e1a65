/** A simulation reaches nothing, and comes to an end. */
import { createHook } from 'node:async_hooks';
import * as fs from 'node:fs';
import { connect } from 'node:net';
import { definitionOf, give, simulated, type Wanted } from './support';
import type { WorkflowDefinition } from '../../../../schemas/definition/definition';

/** Handles of Node that reach beyond the process: sockets, names, files, pipes, children. */
const OUTSIDE =
  /^(TCP|UDP|PIPE|GETADDRINFO|GETNAMEINFO|QUERYWRAP|FS|FILEHANDLE|DIRHANDLE|STATWATCHER|PROCESSWRAP|TLS|HTTP)/;

/** Kinds of handles that a simulation opens. */
async function opened(definition: WorkflowDefinition, wanted: Wanted): Promise<string[]> {
  await simulated(definition, wanted); // loads and compiles whatever it takes
  const kinds: string[] = [];
  const hook = createHook({ init: (_, type) => void (OUTSIDE.test(type) && kinds.push(type)) });
  const synchronous = (['openSync', 'readFileSync', 'writeFileSync', 'statSync', 'readdirSync'] as const).map((name) =>
    jest.spyOn(fs, name),
  );
  hook.enable();
  try {
    expect((await simulated(definition, wanted)).status).toBe('completed');
  } finally {
    hook.disable();
  }
  const called = synchronous.filter((spy) => spy.mock.calls.length > 0).map((spy) => spy.getMockName());
  for (const spy of synchronous) spy.mockRestore();
  return [...kinds, ...called];
}

const everything = definitionOf(
  ...Object.entries({
    'http.request': { url: 'http://127.0.0.1:1/', method: 'POST', json: {} },
    'notify.webhook': { url: 'https://example.com', type: 'a', data: {}, secret: '${{ secrets.KEY }}' },
    'file.write': { path: 'a.txt', text: 'x' },
    'file.read': { path: 'a.txt' },
    'file.list': {},
    'file.delete': { path: 'a.txt' },
    'memory.get': { name: 'a' },
    'memory.remember': { text: 'a' },
    'memory.search': { query: 'a' },
    'sql.query': { database: 'main', sql: 'SELECT 1' },
    'sql.execute': { database: 'main', sql: 'DELETE FROM a WHERE b = 1', allow: ['delete'] },
    'transform.from_csv': { path: 'a.csv' },
  }).map(([tool, parameters], index) => ({
    ...{ step_id: `s${index}`, step_type: 'tool' as const, tool, parameters: parameters as never },
    on_error: 'continue' as const,
  })),
  { step_id: 'agent', step_type: 'agent_task', agent_type: 'research', task: 'answer_question' },
);

it('no socket, no file, no child: whatever its steps are', async () => {
  expect(await opened(everything, { input: { question: 'Why?', sources: [] } })).toEqual([]);
  const { steps } = await simulated(everything, { input: { question: 'Why?', sources: [] } });
  expect(steps.filter(({ state }) => state !== 'completed').map(({ uses, error }) => [uses, error])).toEqual([]);
});

it('the hook would have seen them', async () => {
  const kinds: string[] = [];
  const hook = createHook({ init: (_, type) => void (OUTSIDE.test(type) && kinds.push(type)) }).enable();
  await fs.promises.stat('.');
  await new Promise((done) => connect(1, '127.0.0.1').once('error', done));
  hook.disable();
  expect(kinds).toEqual(expect.arrayContaining([expect.stringMatching(/^FS/), expect.stringMatching(/^TCP/)]));
});

it('a simulation that does too much is cut, and shows how far it came', async () => {
  const list = Array.from({ length: 5_000 }, (_, n) => n);
  const loops = Array.from({ length: 5 }, (_, n) => ({
    ...{
      step_id: `each${n}`,
      step_type: 'loop' as const,
      items: 'input.list',
      steps: [give('a', { n: '${{ item }}' })],
    },
    depends_on: n === 0 ? undefined : [`each${n - 1}`],
  }));
  const simulation = await simulated(definitionOf(...loops), { input: { list } });
  expect(simulation).toMatchObject({ status: 'cut', error: { type: 'simulation.too_many_steps' } });
  expect(simulation.steps[0]).toMatchObject({ step_id: 'each0', state: 'completed' });
});

it('so is one that would last too long, or is not computed in time', async () => {
  const wait = { step_id: 'wait', step_type: 'wait', parameters: { for: '300d' } } as const;
  const years = definitionOf({
    ...{ step_id: 'loop', step_type: 'loop', until: 'false', max_iterations: 100, steps: [wait, give('a', {})] },
  });
  expect(await simulated(years)).toMatchObject({ status: 'cut', error: { type: 'simulation.too_long' } });
  const late = await simulated(definitionOf(wait), { isOutOfTime: () => true });
  expect(late).toMatchObject({ status: 'cut', error: { type: 'simulation.out_of_time' } });
});

it('definitions that execute themselves are simulated so deep, and no deeper', async () => {
  const self = definitionOf({ step_id: 'again', step_type: 'sub_workflow', workflow: 'self', parameters: {} });
  const simulation = await simulated(self, { workflows: { self } });
  expect(simulation).toMatchObject({ status: 'failed', error: { type: 'simulation.too_deep' } });
  expect(simulation.path.at(-1)).toBe('again/again/again/again/again/again');
});

it('values that are too large are left out, and said to be', async () => {
  const simulation = await simulated(definitionOf(give('a', { text: '${{ input.text }}' })), {
    input: { text: 'x'.repeat(20_000) },
  });
  expect(simulation.steps).toMatchObject([{ step_id: 'a', state: 'completed', omitted: ['output'] }]);
  expect(simulation).toMatchObject({ result: { a: { text: expect.any(String) } }, omitted: { result: false } });
  const large = await simulated(definitionOf(give('a', { text: '${{ input.text }}' })), {
    input: { text: 'x'.repeat(300_000) },
  });
  expect(large).toMatchObject({ status: 'completed', omitted: { result: true } });
  expect(large).not.toHaveProperty('result');
});
