import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApi, type RunningApi } from '../../api/server';
import type { Health } from '../../schemas/api';
import { renderStatus } from '../../cli/commands/status';
import type { Config } from '../../src/config';
import { which } from '../../src/local/commands';
import { freePorts } from '../../src/local/ports';
import { readStackStatus } from '../../src/local/status';
import { createRedis, waitForRedis, type Redis } from '../../src/redis/connection';
import { createKeys, type Keys } from '../../src/redis/keys';
import { createStreamsState } from '../../src/streams/state';
import { createWorkerBeats, readDeserted } from '../../src/streams/worker-beats';
import { createMetrics } from '../../src/telemetry/metrics';
import { serveMetrics } from '../../src/telemetry/server';
import { testConfig } from '../setup/servers';
import { until } from '../support/until';
import { problemsOf, valueOf } from '../unit/telemetry/text-format';

const log = pino({ level: 'silent' });
let dir: string;
let config: Config;
let redis: Redis;
let keys: Keys;
let api: RunningApi;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'awe-telemetry-'));
  const [port = 0] = await freePorts(1);
  config = testConfig({ AWE_PORT: String(port), ARTIFACTS_DIR: dir, AWE_STATE_DIR: join(dir, 'state') });
  keys = createKeys(config.streams);
  redis = createRedis({ ...config.redis, name: 'test', log });
  expect(await waitForRedis(redis, 5_000)).toBe(true);
  api = await startApi(config, log);
});
afterAll(async () => {
  await api.stop();
  redis.disconnect();
  rmSync(dir, { recursive: true, force: true });
});

/** Two of five entries are with a consumer, one of them for the third time; one dead letter; seven entries were lost. */
async function fill(): Promise<void> {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push((await redis.xadd(keys.events, '*', 'event', '{}')) ?? '');
  await redis.xgroup('CREATE', keys.events, 'validators', '0');
  await redis.xreadgroup('GROUP', 'validators', 'one', 'COUNT', 2, 'STREAMS', keys.events, '>');
  for (let i = 0; i < 2; i++) await redis.xclaim(keys.events, 'validators', 'one', 0, ids[0] ?? '');
  await redis.xadd(keys.dlq, '*', 'event', '{}');
  await redis.hset(keys.lost, 'validators', 7);
}

/** Complaints of `promtool check metrics`; none if it is not installed. */
function promtool(metrics: string): string {
  const program = which('promtool');
  if (program === undefined) return '';
  const { stdout, stderr } = spawnSync(program, ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
  return stdout + stderr;
}

describe('the state of the streams', () => {
  it('is empty where nothing was ever written', async () => {
    const state = await createStreamsState({ redis, keys, log }).read();
    expect(state).toEqual({
      events: 0,
      ahead_seconds: 0,
      groups: [],
      dlq: { entries: 0, oldest_seconds: null, moved: 0, tasks: 0, tasks_oldest_seconds: null },
    });
  });

  it('tells lag, pending, age and deliveries of every group, and the dead letters', async () => {
    await fill();
    const state = await createStreamsState({ redis, keys, log }).read();
    expect(state).toEqual({
      events: 5,
      ahead_seconds: 0,
      groups: [
        {
          ...{ group: 'validators', lag: 3, pending: 2, deliveries: 3, consumers: 1, lost: 7 },
          oldest_seconds: expect.any(Number),
        },
      ],
      dlq: { entries: 1, oldest_seconds: expect.any(Number), moved: 0, tasks: 0, tasks_oldest_seconds: null },
    });
  });

  it('is a part of /metrics of the API', async () => {
    const answer = await fetch(`${api.url}/metrics`);
    const body = await answer.text();
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    expect(problemsOf(body)).toEqual([]);
    expect(valueOf(body, 'awe_redis_up')).toBe('1');
    expect(valueOf(body, 'awe_group_lag_entries{group="validators"}')).toBe('3');
    expect(valueOf(body, 'awe_dlq_entries')).toBe('1');
    expect(valueOf(body, 'awe_group_lost_entries{group="validators"}')).toBe('7');
    expect(promtool(body)).toBe('');
  });

  it('counts requests by route and status, and says which version this is', async () => {
    for (const path of ['/orders/O-1', '/orders/O-2', '/nowhere']) await fetch(`${api.url}${path}`);
    const read = async () => await (await fetch(`${api.url}/metrics`)).text();
    const route = 'route="GET /orders/{order_id}"';
    await until(async () => valueOf(await read(), `awe_http_requests_total{${route},status="404"}`) === '2');
    const body = await read();
    expect(valueOf(body, 'awe_http_requests_total{route="none",status="404"}')).toBe('1');
    expect(valueOf(body, `awe_http_request_duration_seconds_count{${route}}`)).toBe('2');
    expect(valueOf(body, `awe_build_info{version="${config.version}"}`)).toBe('1');
  });

  it('is lines of /health', async () => {
    const health = (await (await fetch(`${api.url}/health`)).json()) as Health;
    const line = (name: string) => health.dependencies.find((one) => one.name === name);
    expect(line('stream')).toEqual({ name: 'stream', state: 'up', detail: '5 entries' });
    expect(line('dlq')?.detail).toMatch(/^1 dead letter, the oldest \d+ s old$/);
    expect(line('lost')).toEqual({
      ...{ name: 'lost', state: 'up' },
      detail: '7 entries were cut off before a group had handled them: validators 7',
    });
    expect(line('group:validators')?.detail).toMatch(
      /^lag 3, pending 2, the oldest \d+ s old, delivered 3 times at most, consumers 1$/,
    );
  });

  it('is on the screen of awe status, with everything else', async () => {
    const status = await readStackStatus(config);
    const screen = renderStatus(status, config.streams).join('\n');
    expect(status.pieces.map(({ name, ready }) => [name, ready]).slice(0, 2)).toEqual([
      ['temporal', true],
      ['redis', true],
    ]);
    expect(status.runs).toMatchObject({ running: 0, completed: 0 });
    expect(screen).toMatch(/validators +3 +2 /);
    expect(screen).toContain(`${keys.events}: 5 entries; ${keys.dlq}: 1 dead letter`);
    expect(screen).toMatch(/Runs +none/);
    expect(screen.split('\n').length).toBeLessThan(40);
  });
});

describe('a queue', () => {
  const beats = (workerId: string, connection = redis) =>
    createWorkerBeats({ redis: connection, keys, workerId, queues: ['tools', 'mirror'], log });

  it('is deserted when its last worker has stopped or has died, and only then', async () => {
    const [one, two] = [beats('one'), beats('two')];
    expect(await readDeserted(redis, keys)).toEqual(new Set());
    one.start();
    two.start();
    await until(async () => (await redis.zcard(keys.workers)) === 4);
    await one.stop();
    expect(await readDeserted(redis, keys)).toEqual(new Set());
    await two.stop();
    expect(await readDeserted(redis, keys)).toEqual(new Set(['tools', 'mirror']));

    const itsOwn = createRedis({ ...config.redis, name: 'dying', log });
    await waitForRedis(itsOwn, 5_000);
    beats('dying', itsOwn).start();
    await until(async () => (await readDeserted(redis, keys)).size === 0);
    itsOwn.disconnect(); // nobody hears of it again
    const detail = async () => {
      const { dependencies } = (await (await fetch(`${api.url}/health`)).json()) as Health;
      return dependencies.find(({ name }) => name === 'workers:tools')?.detail;
    };
    await until(async () => (await detail()) === 'its last worker has died or stopped');
    expect((await fetch(`${api.url}/ready`)).status).toBe(503);
  });
});

describe('while nothing answers', () => {
  it('awe status says so, and metrics are served all the same', async () => {
    const [temporal, redisPort, port] = await freePorts(3);
    const dead = testConfig({
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal}`,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      AWE_PORT: String(port),
    });
    const screen = renderStatus(await readStackStatus(dead), dead.streams).join('\n');
    expect(screen).toContain('Redis does not answer');
    expect(screen).toContain('Temporal does not answer');

    const away = createRedis({ ...dead.redis, name: 'away', log });
    const metrics = createMetrics();
    metrics.watchStreams(createStreamsState({ redis: away, keys: createKeys(dead.streams), log }).read);
    const server = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, required: true }, log);
    const answer = await fetch(server?.url ?? '');
    expect(valueOf(await answer.text(), 'awe_redis_up')).toBe('0');
    expect((await fetch(`${server?.url ?? ''}x`)).status).toBe(404);
    await server?.stop();
    away.disconnect();
  });

  it('a process without API says what is wrong with it', async () => {
    let faults: string[] = [];
    const at = { host: '127.0.0.1', port: 0, required: true };
    const server = await serveMetrics(createMetrics(), at, log, async () => faults);
    const health = async () => {
      const answer = await fetch((server?.url ?? '').replace('/metrics', '/health'));
      return [answer.status, await answer.json()];
    };
    expect(await health()).toEqual([200, { status: 'ok', faults: [] }]);
    faults = ['this worker does not poll tools'];
    expect(await health()).toEqual([503, { status: 'degraded', faults }]);
    await server?.stop();
  });

  it('a metrics port that is taken ends the start only where it was asked for', async () => {
    const metrics = createMetrics();
    const first = await serveMetrics(metrics, { host: '127.0.0.1', port: 0, required: true }, log);
    const port = Number(new URL(first?.url ?? '').port);
    expect(await serveMetrics(metrics, { host: '127.0.0.1', port, required: false }, log)).toBeUndefined();
    await expect(serveMetrics(metrics, { host: '127.0.0.1', port, required: true }, log)).rejects.toThrow(
      /AWE_METRICS_PORT/,
    );
    await first?.stop();
  });
});
