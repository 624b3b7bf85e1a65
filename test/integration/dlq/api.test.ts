import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { startApi, type RunningApi } from '../../../api/server';
import { roles } from '../../../schemas/access';
import type { DeadLetters, Operation } from '../../../schemas/operations/api';
import { createCli } from '../../../cli/cli';
import { registerDlq } from '../../../cli/commands/dlq';
import type { Config } from '../../../src/config';
import { freePorts } from '../../../src/local/ports';
import { createLogger } from '../../../src/logging';
import type { Redis } from '../../../src/redis/connection';
import { createKeys, type Keys } from '../../../src/redis/keys';
import { startWorker, type RunningWorker } from '../../../workers/main';
import { testConfig, workflowBundle } from '../../setup/servers';
import { keyOf, writeKeys } from '../../support/keys';
import { until } from '../../support/until';
import { dead, die, expected, foreignIds, letter, openRedis } from './fixture';

const dir = mkdtempSync(join(tmpdir(), 'awe-dlq-'));
const keysFile = join(dir, 'keys.json');
let config: Config;
let api: RunningApi;
let worker: RunningWorker;
let redis: Redis;
let keys: Keys;

async function configure(more: Record<string, string> = {}): Promise<Config> {
  const [port] = await freePorts(1);
  return testConfig({
    AWE_PORT: String(port),
    ARTIFACTS_DIR: join(dir, 'storage'),
    AWE_STATE_DIR: join(dir, 'state'),
    AWE_API_KEYS_FILE: keysFile,
    ...more,
  });
}

beforeAll(async () => {
  writeKeys(Object.fromEntries(roles.map((role) => [role, [role]])), keysFile);
  config = await configure();
  worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath: workflowBundle().codePath });
  api = await startApi(config, createLogger(config, 'api'));
  ({ redis } = await openRedis());
  keys = createKeys(config.streams);
});
afterAll(async () => {
  redis?.disconnect();
  await api?.stop();
  await worker?.stop();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => void (await redis.del(keys.dlq, keys.events)));

async function call(
  method: string,
  path: string,
  {
    as = 'operator',
    body,
    headers = {},
    url = api.url,
  }: {
    as?: string;
    body?: unknown;
    headers?: Record<string, string>;
    url?: string;
  } = {},
) {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${keyOf(as)}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: JSON.parse(await answer.text()) };
}

async function ended(path: string): Promise<Operation> {
  let operation: Operation | undefined;
  await until(async () => {
    const { status, body } = await call('GET', path);
    if (status === 200) operation = body;
    return operation?.status === 'completed' || operation?.status === 'failed';
  });
  return operation as Operation;
}

describe('by HTTP', () => {
  test('operators, admins and auditors look; operators and admins act', async () => {
    const [id] = await dead(redis, keys, 1);
    const statuses = async (method: string, path: string, body?: unknown) =>
      await Promise.all(
        ['requester', 'approver', 'auditor', 'operator', 'admin'].map(
          async (as) => (await call(method, path, { as, body })).status,
        ),
      );
    expect(await statuses('GET', '/dlq')).toEqual([403, 403, 200, 200, 200]);
    expect(await statuses('GET', `/dlq/${id}`)).toEqual([403, 403, 200, 200, 200]);
    const body = { filter: {}, dry_run: true };
    expect(await statuses('POST', '/dlq/redrive', body)).toEqual([403, 403, 403, 202, 202]);
    expect(await statuses('POST', '/dlq/discard', body)).toEqual([403, 403, 403, 202, 202]);
    expect((await call('GET', '/dlq', { as: 'nobody' })).status).toBe(401);
  });

  test('lists by pages and filters, and shows one with its event', async () => {
    await die(redis, keys, [
      ...Array.from({ length: 5 }, (_, i) => letter(keys, `e-${i}`)),
      letter(keys, 'v-0', { stage: 'schema', raw: Buffer.from([0xff]).toString('base64'), encoding: 'base64' }),
    ]);
    const first: DeadLetters = (await call('GET', '/dlq?limit=4')).body;
    const second: DeadLetters = (await call('GET', `/dlq?limit=4&cursor=${first.next_cursor}`)).body;
    expect([...first.entries, ...second.entries].map(({ event_id }) => event_id)).toEqual([
      'v-0',
      ...expected(5).reverse(),
    ]);
    expect([first.depth, second.next_cursor]).toEqual([6, undefined]);
    const { entries }: DeadLetters = (await call('GET', '/dlq?stage=schema')).body;
    expect(entries).toMatchObject([{ event_id: 'v-0', raw_bytes: 1, deliveries: 5 }]);
    await die(redis, keys, [letter(keys, 'often', { deliveries: 9, raw: '{"source":"awe.job"}' })]);
    for (const query of ['attempts=6', 'process=job'])
      expect((await call('GET', `/dlq?${query}`)).body.entries).toMatchObject([{ event_id: 'often', process: 'job' }]);
    expect((await call('GET', entries[0]?.links.self ?? '')).body).toMatchObject({ raw: '/w==', encoding: 'base64' });
    expect((await call('GET', '/dlq/1-1')).status).toBe(404);
    expect((await call('GET', '/dlq?stage=nowhere')).status).toBe(422);
    expect((await call('GET', '/dlq?cursor=bm8')).status).toBe(422);
  });

  test('a redrive is accepted, done in the name of the key, and answered again for the same Idempotency-Key', async () => {
    await dead(redis, keys, 30);
    const request = { body: { filter: {}, reason: 'mended' }, headers: { 'Idempotency-Key': 'redrive-1' } };
    const first = await call('POST', '/dlq/redrive', request);
    expect(first.status).toBe(202);
    expect(first.headers.get('location')).toBe(`/operations/${first.body.operation_id}`);
    const again = await call('POST', '/dlq/redrive', request);
    expect([again.status, again.headers.get('idempotent-replayed'), again.body]).toEqual([202, 'true', first.body]);
    const other = await call('POST', '/dlq/redrive', { ...request, body: { filter: {}, dry_run: true } });
    expect(other.status).toBe(422);
    expect(await ended(first.body.links.self)).toMatchObject({
      status: 'completed',
      by: 'operator',
      reason: 'mended',
      counts: { matched: 30, done: 30, skipped: 0, failed: 0 },
      words: '30 dead letters found: 30 put back or retried, 0 gone before, 0 refused. Wanted by operator: mended',
    });
    expect(await foreignIds(redis, keys)).toEqual(expected(30));
    expect((await call('GET', '/operations/audit.operations.nothing')).status).toBe(404);
  });

  test('says where a body is wrong', async () => {
    const { status, body } = await call('POST', '/dlq/discard', {
      body: { filter: { ids: ['x'] }, rate_per_second: 0 },
    });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/filter/ids/0',
      '/rate_per_second',
    ]);
  });

  test('cannot look while Redis is away, and says so; what is asked for is accepted all the same', async () => {
    const away = await configure({ NAMESPACE: config.namespace, REDIS_URL: 'redis://127.0.0.1:1' });
    const lonely = await startApi(away, createLogger(away, 'api'));
    try {
      const look = await call('GET', '/dlq', { url: lonely.url });
      expect([look.status, look.headers.get('retry-after'), look.body.type]).toEqual([
        503,
        '5',
        'urn:awe:problem:unavailable',
      ]);
      const redrive = await call('POST', '/dlq/redrive', { url: lonely.url, body: { filter: {}, dry_run: true } });
      expect(redrive.status).toBe(202);
    } finally {
      await lonely.stop();
    }
  });

  test('takes ids and times that no dead letter can have for what they are', async () => {
    const of = async (path: string) => (await call('GET', path, { as: 'auditor' })).status;
    expect(await of('/dlq/99999999999999999999-0')).toBe(404);
    expect(await of('/dlq/18446744073709551615-18446744073709551615')).toBe(404);
    expect(await of('/dlq?before=1960-01-01T00:00:00Z')).toBe(200);
    expect(await of('/dlq?after=1960-01-01T00:00:00Z')).toBe(200);
    const cursor = Buffer.from('"99999999999999999999-0"').toString('base64url');
    expect(await of(`/dlq?cursor=${cursor}`)).toBe(422);
  });

  test('is in the description', async () => {
    const { paths } = (await call('GET', '/openapi.json')).body;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/dlq', '/dlq/{id}', '/dlq/redrive', '/dlq/discard', '/operations/{operation_id}']),
    );
  });
});

describe('by the command line', () => {
  async function awe(...args: string[]) {
    const out: string[] = [];
    const notes: string[] = [];
    let code = 0;
    const program = new Command('awe').exitOverride();
    const cli = createCli({
      config: () => config,
      say: (line) => void out.push(line),
      note: (line) => void notes.push(line),
      exit: (with_) => void (code = with_),
    });
    registerDlq(program, cli);
    await program.parseAsync(['dlq', ...args, '--api-key', keyOf('operator')], { from: 'user' });
    return { out, notes, code };
  }

  test('lists a table, and JSON', async () => {
    const [first = '', last = ''] = await dead(redis, keys, 2);
    const { out } = await awe('list', '--group', 'orchestrators');
    expect(out[0]).toMatch(/^ID +SINCE +STAGE +EVENT/);
    expect([out[1], out[2]].map((line) => line?.split(' ')[0])).toEqual([last, first]);
    expect(out.at(-1)).toBe('2 of 2 dead letters');
    const { entries } = JSON.parse((await awe('list', '--json')).out.join('')) as DeadLetters;
    expect(entries).toHaveLength(2);
    expect((await awe('show', first)).out.join('\n')).toContain('"event_id":"e-0"');
  });

  test('redrives, and waits until it is done', async () => {
    await dead(redis, keys, 12);
    const dry = await awe('redrive', '--all', '--dry-run');
    expect(dry.out[0]).toMatch(/^redrive would take 12 /);
    const done = await awe('redrive', '--all', '--rate', '1000', '--reason', 'mended');
    expect([done.out, done.code]).toEqual([['redrive: 12 found, 12 done, 0 gone before, 0 refused'], 0]);
    expect(await foreignIds(redis, keys)).toEqual(expected(12));
  });

  test('discards by id, and ends with 2 where entries were refused', async () => {
    const [first = '', second = ''] = await die(redis, keys, [
      letter(keys, 'e-0'),
      letter(keys, 'e-1', { stream: 'other:events' }),
    ]);
    const refused = await awe('redrive', second, '--json');
    expect(refused.code).toBe(2);
    expect((JSON.parse(refused.out.join('')) as Operation).counts.failed).toBe(1);
    expect((await awe('discard', first)).code).toBe(0);
    expect(await redis.xlen(keys.dlq)).toBe(1);
  });

  test('does not take everything unasked, and names what it does not understand', async () => {
    await expect(awe('discard')).rejects.toThrow('--all');
    await expect(awe('show', '7-7')).rejects.toThrow('There is no dead letter 7-7');
  });
});
