/** What executions have remembered, listed and deleted over HTTP and from the command line. */
import type { RunningApi } from '../../api/server';
import { registerMemory } from '../../cli/commands/memory';
import type { Execution } from '../../schemas/definition/api';
import type { MemoryNamespaces } from '../../schemas/memory/api';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import { createApiClient, type ApiClient } from '../../src/http/api-client';
import { runCli } from '../support/cli';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';
import { testGateway } from './gateway/support';

let stack: Stack;
let api: RunningApi;
let client: ApiClient;

beforeAll(async () => {
  const gateway = await testGateway();
  ({ stack, api } = await startServed({ env: { LLM_GATEWAY_URL: `${gateway.url}/v1` } }));
  client = createApiClient(api.url);
  for (const id of ['leads', 'bills'])
    await client.post('/api/v1/workflows', {
      ...{ id, name: id },
      steps: [
        { step_id: 'set', step_type: 'tool', tool: 'memory.set', parameters: { name: 'n', value: 1 } },
        { step_id: 'own', step_type: 'tool', tool: 'memory.remember', parameters: { text: `own of ${id}` } },
        { step_id: 'all', step_type: 'tool', tool: 'memory.remember', parameters: { text: 'for all', space: id } },
      ],
    });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const execute = async (id: string) => {
  const done = await client.post<Execution>(`/api/v1/workflows/${id}/execute`, { async_execution: false });
  expect(done.status).toBe('completed');
  return done.workflow_id;
};
const listed = async (query = '') =>
  (await client.get<MemoryNamespaces>(`/api/v1/memory${query}`)).namespaces.map(
    ({ namespace, kind, workflow, texts, values }) => ({ namespace, kind, workflow, texts, values }),
  );
const awe = async (...words: string[]) => (await runCli(stack.config, [registerMemory], words)).said;

it('is listed by workflow, and goes by namespace, by workflow, and with the definition', async () => {
  const [first, second, other] = [await execute('leads'), await execute('leads'), await execute('bills')];
  const run = { kind: 'run', workflow: 'leads', texts: 1, values: 1 };
  const named = { namespace: 'leads', kind: 'named', workflow: 'leads', texts: 1, values: 0 };
  expect(await listed('?workflow=leads')).toEqual(
    [{ ...run, namespace: first }, { ...run, namespace: second }, named].sort((a, b) =>
      a.namespace < b.namespace ? -1 : 1,
    ),
  );
  expect(await listed('?workflow=nothing')).toEqual([]);
  expect(await awe('memory', 'list')).toMatch(/bills +named +bills +1 +0 +\d+/);

  expect(await awe('memory', 'delete', first)).toMatch(/^deleted: 1 text, 1 value, 1 namespace; \d+ bytes$/);
  expect(await listed('?workflow=leads')).toHaveLength(2);
  expect(await awe('memory', 'delete', '--workflow', 'leads')).toMatch(/^deleted: 2 texts, 1 value, 2 namespaces/);
  expect((await listed()).map(({ namespace }) => namespace)).toEqual([other, 'bills'].sort());
  await client.delete('/api/v1/workflows/bills?memory=delete');
  expect(await listed()).toEqual([]);

  await until(async () => (await changes()).length === 3);
  expect(await changes()).toEqual(
    expect.arrayContaining([
      { namespace: first, by: 'local', namespaces: 1, texts: 1, values: 1, bytes: expect.any(Number) },
      { workflow: 'leads', by: 'local', namespaces: 2, texts: 2, values: 1, bytes: expect.any(Number) },
      { workflow: 'bills', by: 'local', namespaces: 2, texts: 2, values: 1, bytes: expect.any(Number) },
    ]),
  );
});

/** What was told of deletions, as their records have it. */
async function changes(): Promise<unknown[]> {
  const kept = createRecordStore(await openFilesystemStore({ root: stack.config.store.dir }));
  const { workflow_ids } = await kept.listRecords(`${stack.config.namespace}.change.`);
  const records = await Promise.all(workflow_ids.map((id) => kept.readRecord(id)));
  return records.flatMap((record) =>
    (record?.events ?? []).flatMap(({ event_type, payload }) => (event_type === 'MEMORY.DELETED' ? [payload] : [])),
  );
}

it('a deletion names one thing', async () => {
  await expect(client.delete('/api/v1/memory')).rejects.toThrow('400');
  const { code } = await runCli(stack.config, [registerMemory], ['memory', 'delete']).catch(() => ({ code: 2 }));
  expect(code).toBe(2);
});
