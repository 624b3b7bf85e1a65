/** Lists say how each run has ended, and can be narrowed to that; so does Temporal's own list. */
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, TypedSearchAttributes } from '@temporalio/common';
import { Command } from 'commander';
import { createCli } from '../../cli/cli';
import { registerOrders } from '../../cli/commands/orders';
import { registerProjects } from '../../cli/commands/projects';
import { registerRuns } from '../../cli/commands/runs';
import type { RunList } from '../../schemas/api';
import type { Project } from '../../schemas/audit/api';
import type { Orders } from '../../schemas/order/api';
import type { OrderInput } from '../../schemas/order/run';
import { readStackStatus } from '../../src/local/status';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import { searchAttributes } from '../../src/temporal/search-attributes';
import { until } from '../support/until';
import { good, startOrders, type OrderStack } from './order/fixture';

let stack: OrderStack;
let client: Client;
let connection: Connection;
beforeAll(async () => {
  stack = await startOrders();
  connection = await Connection.connect({ address: stack.config.temporal.address });
  client = new Client({ connection, namespace: stack.config.temporal.namespace });
});
afterAll(async () => {
  await connection.close();
  await stack.stop();
});

const idOf = (order: string) => workflowIdOf(stack.config.namespace, 'order', order);
const list = async (query = '') => (await stack.http.get<Orders>(`/orders?limit=200${query}`)).body;

/** An order like another one, for which nobody has time. */
async function hurried(like: string): Promise<string> {
  const { events } = await client.workflow.getHandle(idOf(like)).fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const input = defaultPayloadConverter.fromPayload<OrderInput>(payload!);
  const order_id = `${like}-hurried`;
  await client.workflow.start('order', {
    workflowId: idOf(order_id),
    taskQueue: queueName(stack.config.namespace, 'workflows'),
    args: [{ ...input, order_id, options: { ...input.options, expire_after: 200 } }],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.kind, value: 'order' },
      { key: searchAttributes.status, value: 'running' },
      { key: searchAttributes.subject, value: order_id },
    ]),
  });
  return order_id;
}

/** Lines that a command prints. */
async function awe(...words: string[]): Promise<string> {
  const said: string[] = [];
  const program = new Command('awe').exitOverride();
  const outside = { config: () => stack.config, say: (line: string) => void said.push(line), note: () => undefined };
  const cli = createCli({ ...outside, exit: () => undefined });
  for (const register of [registerOrders, registerProjects, registerRuns]) register(program, cli);
  await program.parseAsync(words, { from: 'user' });
  return said.join('\n');
}

it('an order is listed under its true end, counted, and found by it, also when only its record is left', async () => {
  const [exported, rejected, cancelled, terminated, waiting] = await Promise.all(
    Array.from({ length: 5 }, (_, i) => stack.pending(i === 0 ? { ...good, delivery_date: undefined } : good)),
  );
  const expired = await hurried(rejected!);
  const delivery = { date: '2999-01-03' };
  await stack.http.post(`/orders/${exported}/validate`, { delivery });
  await stack.http.post(`/orders/${rejected}/reject`, { reason: 'a double' });
  await stack.http.post(`/runs/${idOf(cancelled!)}/cancel`, {});
  await client.workflow.getHandle(idOf(terminated!)).terminate();
  const ends = { exported, rejected, cancelled, terminated, expired, waiting };
  const counts = Object.fromEntries(Object.keys(ends).map((status) => [status, 1]));
  await until(
    async () => JSON.stringify((await list()).counts) === JSON.stringify({ waiting: 1, ...counts }),
    60_000,
  ).catch(async () => expect((await list()).counts).toEqual(counts));
  // the screen of the stack counts as the lists do
  expect((await readStackStatus(stack.config)).runs).toMatchObject(counts);
  const { orders } = await list();
  expect(Object.fromEntries(orders.map(({ order_id, status }) => [status, order_id]))).toEqual(ends);
  // the approval itself has mended the order, and the list shows what was exported
  expect(orders.find(({ status }) => status === 'exported')).toMatchObject({
    delivery_date: '2999-01-03',
    blocking: 0,
  });
  for (const [status, id] of Object.entries(ends))
    expect((await list(`&status=${status}`)).orders.map(({ order_id }) => order_id)).toEqual([id]);

  const { namespace } = stack.config.temporal;
  await client.workflowService.deleteWorkflowExecution({
    namespace,
    workflowExecution: { workflowId: idOf(exported!) },
  });
  await until(async () => (await list()).counts?.['exported'] === undefined);
  const found: string[] = [];
  for (let cursor = '', pages = 0; pages < 10; pages++) {
    const page = (await stack.http.get<Orders>(`/orders?status=exported&limit=1${cursor}`)).body;
    found.push(...page.orders.map(({ order_id }) => order_id));
    if (page.next_cursor === undefined) break;
    cursor = `&cursor=${page.next_cursor}`;
  }
  expect(found).toEqual([exported]);
  expect(await awe('orders', 'list', '--status', 'rejected')).toMatch(
    new RegExp(`^ORDER[\\s\\S]*${rejected}  rejected[\\s\\S]*1 order shown; there are now .*1 rejected`),
  );
});

it('a status that no run can have is refused, with those that one can', async () => {
  for (const path of ['/orders', '/projects', '/runs'])
    expect(await stack.http.get(`${path}?status=lost`)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: 'status', detail: expect.stringContaining('"terminated"') as string }] },
    });
});

it('a run that somebody cancels is cancelled in Temporal too, and a failure shows no paths of the machine', async () => {
  const post = (plan: object) => stack.http.post('/runs', { plan });
  const wait = { id: 'wait', kind: 'wait', with: { for: '1h' } };
  const none = { id: 'none', kind: 'tool', uses: 'no.such_tool' };
  const [waits, fails] = await Promise.all([
    post({ name: 'Waits', steps: [wait] }),
    post({ name: 'Fails', steps: [none] }),
  ]);
  const [one, other] = [waits, fails].map(({ body }) => client.workflow.getHandle(String(body['workflow_id'])));
  await stack.http.post(`/runs/${one!.workflowId}/cancel`, {});
  await until(async () => (await one!.describe()).status.name === 'CANCELLED', 60_000);
  await until(async () => (await other!.describe()).status.name === 'FAILED', 60_000);
  const { events } = await other!.fetchHistory();
  expect(events?.at(-1)?.workflowExecutionFailedEventAttributes?.failure).toMatchObject({
    message: expect.stringContaining('no.such_tool') as string,
    stackTrace: '',
  });
  await until(async () => (await stack.http.get<RunList>('/runs?status=cancelled&process=run')).body.runs.length === 1);
  const { runs } = (await stack.http.get<RunList>('/runs?process=run')).body;
  expect(runs.map(({ status, title, process }) => [status, title, process]).sort()).toEqual([
    ['cancelled', 'Waits', 'run'],
    ['failed', 'Fails', 'run'],
  ]);
  expect(await awe('runs', 'list', '--process', 'run', '--status', 'failed')).toMatch(/failed {2}.*Fails/);
  expect(await awe('runs', 'show', other!.workflowId)).toMatch(/failed\n {2}why/);
});

it('projects are listed and shown on the command line, with what they ask', async () => {
  await stack.http.post('/initial-request', { project_id: 'P-cli', request_text: 'full audit' });
  await until(async () => (await stack.http.get<Project>('/projects/P-cli')).body.clarifications?.length === 1, 60_000);
  await until(async () => (await awe('projects', 'list', '--status', 'waiting')).includes('P-cli  '));
  expect(await awe('projects', 'show', 'P-cli')).toMatch(/^P-cli {2}waiting\n[\s\S]*rows {2}open/);
  expect(await awe('projects', 'clarifications', 'P-cli')).toMatch(/^rows {2}open, until /);
  expect(await awe('projects', 'deliverables', 'P-cli')).toBe('');
});
