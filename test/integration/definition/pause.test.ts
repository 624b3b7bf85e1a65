/** Pauses of an execution that executes others. */
import type { RunningApi } from '../../../api/server';
import type { Execution } from '../../../schemas/definition/api';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import { messages } from '../../../schemas/run';
import { callsOf } from '../../support/http-calls';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  ({ stack, api } = await startServed({ env: { APPROVAL_SIGNALS: 'token' } }));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const { call, post } = callsOf(() => api.url);
const at = '/api/v1/workflows';

const hold: DefinitionStep = {
  ...{ step_id: 'hold', step_type: 'approval' },
  approval: { question: 'Go?', expire_after: '1h' },
};
const after: DefinitionStep = { step_id: 'after', step_type: 'transform', depends_on: ['hold'], parameters: { n: 1 } };
const sub = (workflow: string): DefinitionStep => ({ step_id: 'sub', step_type: 'sub_workflow', workflow });

/** An execution, by its id. */
const shown = async (id: string): Promise<Execution> => (await call<Execution>(`/api/v1/executions/${id}`)).body;

/** Those that an execution of the outermost definition has begun, from the outside in. */
async function begun(outer: string, depth: number): Promise<Execution[]> {
  const chain = [await shown(outer)];
  await until(async () => {
    const { executions } = (await call<{ executions: Execution[] }>('/api/v1/executions?limit=100')).body;
    for (;;) {
      const inner = executions.find(({ requested_by }) => requested_by === chain.at(-1)?.workflow_id);
      if (!inner) break;
      chain.push(await shown(inner.execution_id));
    }
    return chain.length === depth && (await shown(chain.at(-1)!.execution_id)).status === 'waiting';
  });
  return chain;
}

const has = (status: string) => async (id: string) => (await shown(id)).status === status;

async function startNested(name: string): Promise<string[]> {
  await post(at, { id: `${name}-inner`, name: 'Inner', steps: [hold, after] });
  await post(at, { id: `${name}-middle`, name: 'Middle', steps: [sub(`${name}-inner`)] });
  await post(at, { id: `${name}-outer`, name: 'Outer', steps: [sub(`${name}-middle`)] });
  const { body } = await post<Execution>(`${at}/${name}-outer/execute`);
  return (await begun(body.execution_id, 3)).map(({ execution_id }) => execution_id);
}

const ask = (id: string, what: 'pause' | 'resume') => post(`/api/v1/executions/${id}/${what}`);

it('a pause reaches the executions within it, and so does its end', async () => {
  const ids = await startNested('all');
  const [outer = '', middle = '', inner = ''] = ids;
  await ask(outer, 'pause');
  for (const id of ids) await until(() => has('paused')(id));
  const { paused, workflow_id } = await shown(outer);
  expect(paused).toEqual({ by: expect.any(String) as string, since: expect.any(String) as string });
  expect((await shown(middle)).paused).toMatchObject({ by: paused?.by, through: workflow_id });
  expect((await shown(inner)).paused).toMatchObject({ by: paused?.by, through: (await shown(middle)).workflow_id });

  // whoever reaches Temporal's port proves nothing, whatever run they name
  const handle = stack.client.workflow.getHandle((await shown(inner)).workflow_id);
  await handle.signal(messages.resume, { by: 'eve', through: (await shown(middle)).workflow_id });
  const { links } = await shown(inner);
  expect((await post(links['decide']!, { approval_id: 'hold', choice: 'approve' })).status).toBe(200);
  await until(async () => (await shown(inner)).questions.length === 0);
  expect(await shown(inner)).toMatchObject({ status: 'paused', steps: [{}, { id: 'after', status: 'pending' }] });

  await ask(outer, 'resume');
  for (const id of ids) await until(() => has('completed')(id));
  expect(await shown(outer)).not.toHaveProperty('paused');
});

it('an execution that a person has paused itself stays paused when what is around it goes on', async () => {
  const [outer = '', middle = '', inner = ''] = await startNested('own');
  await ask(inner, 'pause');
  await until(() => has('paused')(inner));
  await ask(outer, 'pause');
  await until(() => has('paused')(middle));
  await ask(outer, 'resume');
  await until(async () => (await shown(middle)).status !== 'paused');
  const { events } = (await shown(inner)).links;
  expect(await shown(inner)).toMatchObject({ status: 'paused', paused: { since: expect.any(String) as string } });
  expect((await shown(inner)).paused).not.toHaveProperty('through');
  await ask(inner, 'resume');
  const { links } = await shown(inner);
  await post(links['decide']!, { approval_id: 'hold', choice: 'approve' });
  for (const id of [outer, middle, inner]) await until(() => has('completed')(id));
  expect((await (await fetch(api.url + events!)).text()).match(/"event_type":"RUN.PAUSED"/g)).toHaveLength(1);
});
