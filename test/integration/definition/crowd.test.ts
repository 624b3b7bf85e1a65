/** Many executions at once, and definitions that change under way. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApi } from '../../../api/server';
import type { Execution, ExecutionListed } from '../../../schemas/definition/api';
import type { DefinitionStep } from '../../../schemas/definition/definition';
import { callsOf } from '../../support/http-calls';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';

/** `AWE_TEST_KEPT=50` and `AWE_TEST_EXECUTIONS=1000` for long runs. */
const KEPT = Number(process.env['AWE_TEST_KEPT'] ?? 10);
const EXECUTIONS = Number(process.env['AWE_TEST_EXECUTIONS'] ?? 40);

/** Requests at a time. */
const AT_ONCE = 20;

/** Milliseconds in which all of them have ended, whatever the machine. */
const LIMIT = 120_000 + EXECUTIONS * 2_000;

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  ({ stack, api } = await startServed());
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const { call, post, put } = callsOf(() => api.url);
const at = '/api/v1/workflows';
const note = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'test.note', parameters: { from: step_id } },
  ...more,
});

it(`${KEPT} executions keep the version that they began with, and a definition that runs is not deleted`, async () => {
  const gate = join(stack.config.store.dir, 'gate');
  const version = (n: number) => ({
    id: 'kept',
    name: `Version ${n}`,
    steps: [
      note('hold', { tool: 'test.gate', parameters: { file: gate } }),
      note('said', { depends_on: ['hold'], parameters: { n } }),
    ],
  });
  await post(at, version(1));
  const each = KEPT / 5;
  const started: { id: string; n: number }[] = [];
  for (let n = 1; n <= KEPT; n++) {
    const { body } = await post<Execution>(`${at}/kept/execute`, { execution_id: `kept-${n}` });
    started.push({ id: body.execution_id, n: body.definition.version });
    if (n % each === 0) await put(`${at}/kept`, version(n / each + 1));
  }
  await until(async () => (await call(`${at}/kept`, { method: 'DELETE' })).status === 409);
  const refused = await call<{ detail: string }>(`${at}/kept`, { method: 'DELETE' });
  expect(refused.body.detail).toMatch(/kept-\d+.*Cancel them first/);
  writeFileSync(gate, '');
  await until(async () => {
    const { body } = await call<{ executions: ExecutionListed[] }>(
      '/api/v1/executions?workflow=kept&status=completed&limit=200',
    );
    return body.executions.length === KEPT;
  });
  for (const { id, n } of started)
    expect((await call<Execution>(`/api/v1/executions/${id}`)).body).toMatchObject({
      definition: { version: n },
      result: { said: { n } },
    });
  expect(new Set(started.map(({ n }) => n))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect((await call(`${at}/kept`, { method: 'DELETE' })).status).toBe(204);
});

it(
  `${EXECUTIONS} executions at once finish, and /metrics shows how many tasks wait for a worker`,
  async () => {
    const steps = [note('first'), note('work', { tool: 'test.work', depends_on: ['first'], parameters: { n: 1 } })];
    await post(at, { id: 'crowd', name: 'Crowd', steps });
    const started: string[] = [];
    const numbers = Array.from({ length: EXECUTIONS }, (_, n) => n).values();
    await stack.withoutWorker(async () => {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (const n of numbers) {
            const { status, body } = await post<Execution>(`${at}/crowd/execute`, { input_data: { n } });
            expect(status).toBe(202);
            started.push(body.workflow_id);
          }
        }),
      );
      await until(async () => (await waitingTasks()) >= EXECUTIONS);
    });
    for (const id of started)
      expect(await stack.client.workflow.result(id)).toMatchObject({ inline: { work: { n: 1 } } });
    await until(async () => (await waitingTasks()) === 0);
  },
  2 * LIMIT,
);

/** Workflow tasks that wait for a worker, as `/metrics` of the API says. */
async function waitingTasks(): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const [, count] = /awe_queue_backlog_entries\{queue="workflows"\} (\d+)/.exec(text) ?? [];
  return Number(count ?? 0);
}
