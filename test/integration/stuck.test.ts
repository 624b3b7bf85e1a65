/** Workers whose code does not fit the open runs: everybody who asks sees which run stands still, and why. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wordsOf } from '../../cli/commands/doctor';
import type { Health } from '../../schemas/api';
import { createLogger } from '../../src/logging';
import { createTemporal } from '../../src/temporal/client';
import { findStuckRuns } from '../../src/temporal/stuck';
import { workflowIdOf } from '../../src/temporal/ids';
import { examineOpenRuns } from '../../workers/doctor';
import { startWorker, type RunningWorker } from '../../workers/main';
import { workflowBundle } from '../setup/servers';
import { plainReader } from '../support/order-reader';
import { until } from '../support/until';
import { valueOf } from '../unit/telemetry/text-format';
import { awe } from './cli/awe';
import { startOrders, type OrderStack } from './order/fixture';

const dir = mkdtempSync(join(tmpdir(), 'awe-stuck-'));
const today = workflowBundle().codePath;
/** The workflows as another release may have them: a run of today does what none of its histories holds. */
const other = join(dir, 'workflow-bundle.js');
const UNFIT = /the code of the workers does not fit it: .*'runSegment' does not match .*'runPortion'/;

let stack: OrderStack;
let worker: RunningWorker | undefined;
let orders: string[];

beforeAll(async () => {
  writeFileSync(other, readFileSync(today, 'utf8').replaceAll('runSegment', 'runPortion'));
  stack = await startOrders({ worker: false });
  worker = await work(today);
  orders = [await stack.pending(), await stack.pending()];
  await worker.stop();
  worker = undefined;
});
afterAll(async () => {
  await worker?.stop();
  await stack.stop();
  rmSync(dir, { recursive: true });
});

const work = (bundlePath: string) =>
  startWorker(stack.config, createLogger(stack.config, 'worker'), { bundlePath, tools: plainReader });

it('awe doctor tells before the code is switched on', async () => {
  const { namespace, temporal: target } = stack.config;
  const temporal = createTemporal(stack.config);
  const examine = (bundlePath: string, most = 1_000) => examineOpenRuns(temporal, namespace, { bundlePath, most });
  expect(wordsOf(await examine(today))).toEqual(['2 open runs would go on with this code.']);
  const newest = await examine(other, 1);
  expect(newest).toMatchObject({
    ...{ open: 2, examined: 1 },
    unfit: [{ process: 'order', reason: expect.stringMatching(/Nondeterminism error.*runPortion/) }],
  });
  expect(wordsOf(newest)).toContain('2 are open; the newest 1 were replayed: --limit 2 looks at all.');
  await temporal.close();

  const env = { NAMESPACE: namespace, TEMPORAL_ADDRESS: target.address };
  const { code, out } = await awe(env, ['doctor', '--bundle', other]);
  expect([code, out[0]]).toEqual([1, '0 open runs would go on with this code, 2 would not:']);
  for (const id of orders) expect(out.join('\n')).toContain(workflowIdOf(namespace, 'order', id));
});

it('a run that stands still says so: its resource, /health, the metrics and awe status', async () => {
  const [id = ''] = orders;
  const workflowId = workflowIdOf(stack.config.namespace, 'order', id);
  worker = await work(other);
  // a signal makes the run go on, which it cannot
  await stack.http.post(`/runs/${workflowId}/pause`, {});
  const problem = async () => (await stack.http.get<Record<string, unknown>>(`/orders/${id}`)).body;
  await until(async () => (await problem())['type'] === 'urn:awe:problem:stuck', 60_000);
  expect(await problem()).toMatchObject({
    status: 503,
    detail: expect.stringMatching(UNFIT),
    run: { workflow_id: workflowId, process: 'order', attempts: expect.any(Number), since: expect.any(String) },
  });
  const decided = await stack.http.post(`/runs/${workflowId}/decide`, { approval_id: 'validation', choice: 'reject' });
  expect(decided).toMatchObject({ status: 503, body: { type: 'urn:awe:problem:stuck' } });

  const health = async () => (await stack.http.get<Health>('/health')).body;
  const line = async () => (await health()).dependencies.find(({ name }) => name === 'runs');
  await until(async () => (await line())?.state === 'down', 60_000);
  expect(await line()).toMatchObject({ detail: expect.stringMatching(UNFIT) });
  expect(await health()).toMatchObject({ status: 'degraded' });
  expect((await stack.http.get<{ reasons: string[] }>('/ready')).body.reasons).not.toContainEqual(
    expect.stringMatching(/^runs/),
  );
  const metric = async () => valueOf((await stack.http.call<string>('GET', '/metrics')).body, 'awe_stuck_runs');
  await until(async () => (await metric()) !== undefined && (await metric()) !== '0', 60_000);

  const temporal = createTemporal(stack.config);
  const found = await findStuckRuns(temporal, stack.config.namespace, 100).finally(() => temporal.close());
  expect(found.find(({ workflow_id }) => workflow_id === workflowId)?.reason).toMatch(UNFIT);
});

it('it goes on with workers that fit it, and nothing was lost', async () => {
  await worker?.stop();
  worker = await work(today);
  const [id = ''] = orders;
  const workflowId = workflowIdOf(stack.config.namespace, 'order', id);
  await stack.http.post(`/runs/${workflowId}/resume`, {});
  await until(async () => (await stack.http.get(`/orders/${id}`)).status === 200, 60_000);
  await stack.http.post(`/orders/${id}/validate`, {});
  expect((await stack.reaches(id, 'exported')).order_id).toBe(id);
  const isWell = async () =>
    (await stack.http.get<Health>('/health')).body.dependencies.some(
      ({ name, state }) => name === 'runs' && state === 'up',
    );
  await until(isWell, 60_000);
});
