/** What the SDK's hook on promises is spared in AWE's bundle, and what it still does. */
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { createLogger } from '../../src/logging';
import { installRuntime } from '../../workers/runtime';
import { servers, testConfig, uniqueNamespace } from '../setup/servers';

const taskQueue = uniqueNamespace('promises');
const address = servers().temporalAddress;
let worker: Worker;
let running: Promise<void>;
let client: Client;

beforeAll(async () => {
  installRuntime(createLogger(testConfig(), 'test'));
  const workflowsPath = require.resolve('../support/workflows/careless');
  const logger = new DefaultLogger('ERROR', () => undefined);
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, preloadModules: [workflowsPath], logger });
  const connection = await NativeConnection.connect({ address });
  worker = await Worker.create({ connection, taskQueue, workflowBundle });
  running = worker.run();
  client = new Client({ connection: await Connection.connect({ address }) });
}, 60_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await client.connection.close();
});

it('a rejection that nobody hears of fails the task of its own run, and no other', async () => {
  const patient = await client.workflow.start('patient', { taskQueue, workflowId: `${taskQueue}.patient` });
  const careless = await client.workflow.start('careless', { taskQueue, workflowId: `${taskQueue}.careless` });
  const failed = async () =>
    (await careless.fetchHistory()).events?.find((event) => event.workflowTaskFailedEventAttributes);
  while (!(await failed())) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await failed())?.workflowTaskFailedEventAttributes?.failure?.message).toMatch(/nobody listens/);
  expect(await patient.query('__stack_trace')).toBe('');
  expect((await patient.describe()).status.name).toBe('RUNNING');
  await Promise.all([patient.terminate(), careless.terminate()]);
}, 30_000);
