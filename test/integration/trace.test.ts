import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import OpenAI from 'openai';
import { startApi, type RunningApi } from '../../api/server';
import { createAuditAgents } from '../../activities/audit/agents';
import * as thread from '../../src/threads/audit';
import { inProcess } from '../support/threads';
import type { Tool } from '../../activities/tools/tool';
import { llmHeaders } from '../../schemas/llm';
import type { PlanRunInput } from '../../schemas/run';
import { loadConfig, type Config } from '../../src/config';
import { createDocuments } from '../../src/documents/content';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { startGateway, type RunningGateway } from '../../src/gateway/server';
import { freePorts } from '../../src/local/ports';
import { createLogger } from '../../src/logging';
import { runInSpan, tracedFetch } from '../../src/telemetry/trace';
import { startTracing } from '../../src/telemetry/tracing';
import { createTemporal } from '../../src/temporal/client';
import { queueName } from '../../src/temporal/ids';
import { startWorker, type RunningWorker } from '../../workers/main';
import { testConfig, workflowBundle } from '../setup/servers';
import { fetchChain, replay } from '../support/histories';
import { testTools } from '../support/tools';
import { startCollector, type Collector, type ReceivedSpan } from '../support/otlp';
import { until } from '../support/until';

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };
const WORDS = 'The letters of Mrs Havisham are typed three times';

let dir: string;
let config: Config;
let collector: Collector;
let api: RunningApi;
let worker: RunningWorker;
let gateway: RunningGateway;
let endTracing: () => Promise<void>;

/** An agent of the platform that asks the gateway before it delivers. */
function asking(): Tool {
  const agent = createAuditAgents(inProcess(thread)).find(({ spec }) => spec.name === 'cost_worker')!;
  return {
    kind: 'agent',
    spec: agent.spec,
    async run(input, context) {
      const openai = new OpenAI({ baseURL: config.llm.url, apiKey: 'none', maxRetries: 0, fetch: tracedFetch });
      await openai.chat.completions.create(
        { model: 'default', messages: [{ role: 'user', content: WORDS }], max_completion_tokens: 50 },
        { headers: { [llmHeaders.task]: 'echo', [llmHeaders.run]: context.workflow_id } },
      );
      return await agent.run(input, context);
    },
  };
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'awe-trace-'));
  collector = await startCollector();
  const [port, gatewayPort] = await freePorts(2);
  config = testConfig({
    AWE_PORT: String(port),
    AWE_GATEWAY_PORT: String(gatewayPort),
    ARTIFACTS_DIR: join(dir, 'storage'),
    AWE_STATE_DIR: join(dir, 'state'),
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=k%201',
    OTEL_SERVICE_NAME: 'awe-test',
  });
  const log = createLogger(config, 'test');
  endTracing = await startTracing(config, log);
  gateway = await startGateway(config, log, { secrets: { apiKey: undefined } });
  worker = await startWorker(config, log, { bundlePath: workflowBundle().codePath, tools: [asking(), ...testTools] });
  api = await startApi(config, log);
});
afterAll(async () => {
  await api.stop();
  await worker.stop();
  await gateway.stop();
  await endTracing();
  await collector.stop();
  rmSync(dir, { recursive: true, force: true });
});

const named = (name: string | RegExp): ReceivedSpan[] =>
  collector.spans.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));

/** The names of a span and all its ancestors, outermost first. */
function path(span: ReceivedSpan): string[] {
  const above = collector.spans.find(({ id }) => id === span.parent);
  return [...(above ? path(above) : [span.parent]), span.name];
}

let audited: string;

describe('a request that comes with a trace', () => {
  beforeAll(async () => {
    const rows = Array.from({ length: 3 }, (_, i) => ({ text: `Typing ${i}`, estimated_minutes: 10 + i }));
    const answer = await fetch(`${api.url}/initial-request`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${CALLER.trace}-${CALLER.span}-01` },
      body: JSON.stringify({ project_id: 'P-1', request_text: `full audit. ${WORDS}`, work_context: { rows } }),
    });
    expect(answer.status).toBe(202);
    audited = ((await answer.json()) as { workflow_id: string }).workflow_id;
    await until(() => named('run audit').length > 0, 60_000);
    await until(() => named('POST /v1/chat/completions').length > 0);
  });

  it('is one trace, the caller’s, from HTTP through Temporal, activities and steps to the gateway', () => {
    expect(new Set(collector.spans.map(({ trace }) => trace))).toEqual(new Set([CALLER.trace]));
    expect(path(named('POST /v1/chat/completions')[0]!)).toEqual([
      CALLER.span,
      'POST /initial-request',
      'start audit',
      'run audit',
      'activity runAgent',
      'agent cost_worker',
      'POST /v1/chat/completions',
    ]);
    for (const span of collector.spans) expect(path(span)[0]).toBe(CALLER.span);
  });

  it('says of every part what it is and whose', () => {
    expect(named('POST /initial-request')[0]!.attributes).toMatchObject({
      'http.route': '/initial-request',
      'http.response.status_code': 202,
    });
    const run = named('run audit')[0]!;
    expect(run.attributes).toMatchObject({ 'awe.workflow_id': audited, 'awe.status': 'completed' });
    const runId = run.attributes['awe.run_id'];
    for (const span of named(/^activity /))
      expect(span.attributes).toMatchObject({
        'awe.workflow_id': audited,
        'awe.run_id': runId,
        'awe.activity': span.name.slice('activity '.length),
        'awe.attempt': 1,
      });
    expect(named(/^agent /).map(({ name }) => name)).toContain('agent summary_worker');
    expect(named('agent cost_worker')[0]!.attributes).toMatchObject({
      'awe.step_id': expect.any(String),
      'awe.uses': 'cost_worker',
      'awe.round': 1,
    });
    expect(named('POST /v1/chat/completions')[0]!.attributes).toMatchObject({
      'awe.task': 'echo',
      'awe.workflow_id': audited,
      'awe.outcome': 'ok',
      'gen_ai.request.model': expect.any(String),
      'awe.llm.tokens': expect.any(Number),
      'awe.llm.cost': expect.any(String),
    });
  });

  it('has activities that begin and end within their run', () => {
    const run = named('run audit')[0]!;
    for (const { began, ended } of named(/^activity /)) {
      expect(began).toBeGreaterThanOrEqual(run.began);
      expect(ended).toBeLessThanOrEqual(run.ended);
    }
  });

  it('is sent with the collector’s headers, under the name of the service, and holds no text', () => {
    expect(collector.headers[0]).toMatchObject({ 'x-collector-key': 'k 1' });
    expect(new Set(collector.spans.map(({ service }) => service))).toEqual(new Set(['awe-test']));
    const bytes = collector.bytes().toString('latin1');
    expect(bytes).not.toContain('Havisham');
    expect(bytes).not.toContain('Typing');
  });
});

describe('a run that a traced client has started', () => {
  it('goes on in the same trace when it continues as new, and its histories replay', async () => {
    const temporal = createTemporal(config);
    const store = createDocuments(await openFilesystemStore({ root: config.store.dir }));
    // more than 500 steps, or 256 KiB of state, end a run of the chain
    const big = Array.from({ length: 200 }, (_, i) => ({
      ...{ id: `b${i}`, name: `Big ${i}`, kind: 'tool' as const, uses: 'test.big_remote', with: { bytes: 1_900 } },
    }));
    const last = { id: 'last', name: 'Last', kind: 'tool' as const, uses: 'test.note', with: {} };
    const steps = [...big, { ...last, depends_on: big.map(({ id }) => id) }];
    const plan = { name: 'long', steps };
    const input: PlanRunInput = {
      ...{ title: 'long', plan: await store.putValue(plan), steps: steps.length, input: { inline: null } },
      ...{ correlation_id: 'c-1', mode: 'live', options: { approval_signals: 'accept', expire_after: 86_400_000 } },
    };
    const workflowId = `${config.namespace}.run.long`;
    const work = { name: 'here', kind: 'internal' as const };
    const trace = await runInSpan(work, async (span) => {
      await temporal.call((client) =>
        client.workflow.start('run', {
          ...{ workflowId, taskQueue: queueName(config.namespace, 'workflows'), args: [input] },
        }),
      );
      return span?.place.traceId;
    });
    const runs = () => named('run run').filter((span) => span.trace === trace);
    await until(() => runs().some(({ attributes }) => attributes['awe.status'] === 'completed'), 60_000);
    const chain = runs().sort((a, b) => Number(a.began - b.began));
    expect(chain.map(({ attributes }) => attributes['awe.status'])).toEqual(['continued', 'completed']);
    expect(chain[1]!.parent).toBe(chain[0]!.id);

    const connection = await Connection.connect({ address: config.temporal.address });
    const client = new Client({ connection, namespace: config.temporal.namespace });
    const histories = [...(await fetchChain(client, workflowId)), ...(await fetchChain(client, audited))];
    const recorded = histories.map((history, i) => ({ name: `${i}`, history }));
    expect(await replay(workflowBundle(), recorded)).toEqual([]);
    await connection.close();
    await temporal.close();
  });
});

it('without a collector nothing of OpenTelemetry is sent, and work goes on', async () => {
  const before = collector.spans.length;
  const end = await startTracing(loadConfig({ AWE_ENV: 'test' }), createLogger(config, 'test'));
  await end();
  expect(collector.spans).toHaveLength(before);
});
