/** Telemetry of each role: its metrics, and log lines that name runs and hold no secrets. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { startApi } from '../../api/server';
import type { Plan } from '../../schemas/plan';
import type { PlanRunInput } from '../../schemas/run';
import type { Config } from '../../src/config';
import { createDocuments } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { startGateway } from '../../src/gateway/server';
import { which } from '../../src/local/commands';
import { freePorts } from '../../src/local/ports';
import { createLogger } from '../../src/logging';
import { createRedis, waitForRedis } from '../../src/redis/connection';
import { createKeys } from '../../src/redis/keys';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics';
import { queueName } from '../../src/temporal/ids';
import { startConsumers } from '../../workers/consumers';
import { startWorker } from '../../workers/main';
import { testConfig, workflowBundle } from '../setup/servers';
import { testTools } from '../support/tools';
import { until } from '../support/until';
import { problemsOf, valueOf } from '../unit/telemetry/text-format';

type Line = Record<string, unknown>;
type Role = 'api' | 'worker' | 'consumer' | 'gateway';

const API_KEY = 'key-of-ann-hunter2';
const lines: Record<Role, Line[]> = { api: [], worker: [], consumer: [], gateway: [] };
const metrics = Object.fromEntries(Object.keys(lines).map((role) => [role, createMetrics()])) as Record<Role, Metrics>;
const stops: (() => Promise<void>)[] = [];
let dir: string;
let config: Config;
let client: Client;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'awe-watch-'));
  const [port, gatewayPort] = await freePorts(2);
  const keysFile = join(dir, 'keys.json');
  const sha256 = createHash('sha256').update(API_KEY).digest('hex');
  writeFileSync(keysFile, JSON.stringify({ keys: [{ name: 'ann', sha256, roles: ['requester', 'operator'] }] }));
  config = testConfig({
    ...{ AWE_PORT: String(port), AWE_GATEWAY_PORT: String(gatewayPort), AWE_LOG_LEVEL: 'trace' },
    ...{ ARTIFACTS_DIR: join(dir, 'storage'), AWE_STATE_DIR: join(dir, 'state'), AWE_API_KEYS_FILE: keysFile },
    LLM_GATEWAY_KEY: 'key-of-callers-hunter2',
  });
  const logOf = (role: Role) =>
    createLogger(config, role, { write: (line: string) => void lines[role].push(JSON.parse(line) as Line) });
  const secrets = { apiKey: 'sk-provider-hunter2' };
  const gateway = await startGateway(config, logOf('gateway'), { metrics: metrics.gateway, secrets });
  const worker = await startWorker(config, logOf('worker'), {
    ...{ bundlePath: workflowBundle().codePath, tools: testTools, metrics: metrics.worker },
  });
  const consumers = await startConsumers(config, logOf('consumer'), { metrics: metrics.consumer });
  const api = await startApi(config, logOf('api'), metrics.api);
  const connection = await Connection.connect({ address: config.temporal.address });
  client = new Client({ connection, namespace: config.temporal.namespace });
  stops.push(api.stop, consumers.stop, worker.stop, gateway.stop, () => connection.close());
  for (const role of Object.keys(lines) as Role[]) logOf(role).debug({ config }, 'what it was started with');
});
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(dir, { recursive: true, force: true });
});

async function followPlan(workflowId: string): Promise<void> {
  const documents = createDocuments(await openFilesystemStore({ root: config.store.dir }));
  const plan: Plan = {
    name: 'p',
    steps: [
      { id: 'fine', kind: 'tool', uses: 'test.work', with: {} },
      {
        ...{ id: 'bad', kind: 'tool', uses: 'test.fail', on_error: 'continue' },
        with: { message: 'no way to postgres://me:hunter2@db, Authorization: Bearer hunter2hunter2' },
      },
    ],
  };
  const input: PlanRunInput = {
    ...{ title: 'p', plan: await documents.putValue(plan), steps: 2, input: { inline: null } },
    ...{ correlation_id: 'c', mode: 'live', options: { approval_signals: 'accept', expire_after: 60_000 } },
  };
  await client.workflow.execute('run', {
    ...{ workflowId, taskQueue: queueName(config.namespace, 'workflows'), args: [input] },
  });
}

it('no line of any role holds a secret from a request, an event, a tool’s error or the configuration', async () => {
  const url = `http://127.0.0.1:${config.http.port}`;
  const asked = (path: string, body: object, key = API_KEY) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, cookie: 'session=hunter2hunter2' },
      body: JSON.stringify(body),
    });
  const request = { request_text: 'the password=hunter2hunter2', work_context: { rows: [] } };
  expect((await asked('/initial-request?token=hunter2hunter2', request)).status).toBe(400);
  expect((await asked('/initial-request', { ...request, api_key: 'hunter2hunter2' })).status).toBe(422);
  expect((await asked('/initial-request', request)).status).toBe(202);
  expect((await asked('/initial-request', request, 'wrong-hunter2hunter2')).status).toBe(401);
  await fetch(`http://127.0.0.1:${config.llm.gateway.port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer hunter2hunter2' },
    body: JSON.stringify({ model: 'default', messages: [{ role: 'user', content: 'password=hunter2hunter2' }] }),
  });

  const redis = createRedis({ ...config.redis, name: 'test', log: createLogger(config, 'x', { write: () => {} }) });
  await waitForRedis(redis, 5_000);
  const keys = createKeys(config.streams);
  await redis.xadd(keys.events, '*', 'event', '{"token":"hunter2hunter2", broken');
  await redis.xadd(keys.events, '*', 'event', JSON.stringify({ event_type: 'hunter2', password: 'hunter2hunter2' }));
  await until(async () => (await redis.xlen(keys.dlq)) >= 2);
  redis.disconnect();
  await followPlan(`${config.namespace}.run.secret`);

  expect(lines.worker.some(({ msg }) => msg === 'step failed')).toBe(true);
  expect(lines.api.filter(({ msg }) => msg === 'request').length).toBeGreaterThanOrEqual(4);
  expect(lines.gateway.some(({ msg }) => msg === 'LLM call ended')).toBe(true);
  expect(lines.consumer.length).toBeGreaterThan(1);
  for (const role of Object.keys(lines) as Role[])
    for (const line of lines[role]) expect(JSON.stringify({ role, line })).not.toContain('hunter2hunter2');
  for (const line of Object.values(lines).flat()) {
    expect(JSON.stringify(line)).not.toMatch(/me:hunter2|key-of-(ann|callers)-hunter2|sk-provider/);
  }
});

it('lines about a run say whose they are, and lines about a request which', async () => {
  const workflowId = `${config.namespace}.run.named`;
  await followPlan(workflowId);
  const ofRun = lines.worker.filter(({ workflow_id }) => workflow_id === workflowId);
  const [began, ended] = ['run started', 'run ended'].map((word) => ofRun.filter(({ msg }) => msg === word));
  expect([began, ended]).toEqual([
    [expect.objectContaining({ process: 'run', subject: expect.any(String) })],
    [expect.objectContaining({ process: 'run', status: 'completed', seconds: expect.any(Number) })],
  ]);
  const about = lines.worker.filter(({ workflow_id, step_id }) => workflow_id === workflowId && step_id !== undefined);
  expect(about.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['step done', 'step failed']));
  for (const line of about)
    expect(line).toMatchObject({
      run_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      activity: 'runTool',
      step_id: expect.stringMatching(/^(fine|bad)$/),
      attempt: 1,
    });
  for (const line of lines.api.filter(({ msg }) => msg === 'request')) expect(line['request_id']).toBeTruthy();
  for (const line of lines.gateway.filter(({ msg }) => msg === 'LLM call ended'))
    expect(line['request_id']).toBeTruthy();
});

it('the metrics of every role are what Prometheus takes, and tell of runs, steps, tools, queues and slots', async () => {
  const text = async (role: Role) => (await metrics[role].text()).body;
  for (const role of Object.keys(lines) as Role[]) {
    const body = await text(role);
    expect([role, problemsOf(body)]).toEqual([role, []]);
    const promtool = which('promtool');
    if (promtool === undefined) continue;
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input: body, encoding: 'utf8' });
    expect({ role, status, stdout, stderr }).toEqual({ role, status: 0, stdout: '', stderr: '' });
  }
  const body = await text('worker');
  expect(Number(valueOf(body, 'awe_runs_started_total{process="run"}'))).toBe(2);
  expect(Number(valueOf(body, 'awe_runs_ended_total{process="run",status="completed"}'))).toBe(2);
  expect(Number(valueOf(body, 'awe_steps_total{kind="tool",outcome="failed"}'))).toBe(2);
  expect(Number(valueOf(body, 'awe_tool_calls_total{kind="tool",uses="test.fail",outcome="permanent"}'))).toBe(2);
  expect(valueOf(body, 'awe_worker_slots{queue="tools"}')).toBe('50');
  for (const told of [body, await text('api')]) {
    expect(valueOf(told, 'awe_temporal_up')).toBe('1');
    expect(Number(valueOf(told, 'awe_queue_pollers{queue="tools"}'))).toBeGreaterThan(0);
    expect(valueOf(told, 'awe_queue_backlog_entries{queue="tools"}')).toBe('0');
  }
});
