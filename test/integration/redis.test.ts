import { createServer, connect as dial, type Socket } from 'node:net';
import { freePorts } from '../../src/local/ports';
import { createRedis, waitForRedis, type Redis } from '../../src/redis/connection';
import { createKeys } from '../../src/redis/keys';
import { createAgentState, readAgentStates } from '../../src/streams/agents-state';
import { createAgentRegistry } from '../../src/streams/agent-registry';
import { createArtifactIndex } from '../../src/streams/artifact-index';
import { OwnRedis, silent, sleep, until } from './own-redis';

let server: OwnRedis;
let redis: Redis;

beforeAll(async () => {
  server = await OwnRedis.start();
  redis = await server.ready();
});
afterAll(() => server.end());

const keys = createKeys({ events: 'x:events', dlq: 'x:dlq', tasks: 'x:tasks.dlq', prefix: 'x' });

describe('a connection to Redis', () => {
  it('gives replies in the shapes of RESP2', async () => {
    await redis.xadd('shapes', '1-1', 'event', '{}');
    await redis.xgroup('CREATE', 'shapes', 'g', '0');
    expect(await redis.xread('COUNT', 1, 'STREAMS', 'shapes', '0')).toEqual([['shapes', [['1-1', ['event', '{}']]]]]);
    expect(await redis.xreadgroup('GROUP', 'g', 'c', 'COUNT', 1, 'STREAMS', 'shapes', '>')).toEqual([
      ['shapes', [['1-1', ['event', '{}']]]],
    ]);
    expect(await redis.xread('COUNT', 1, 'STREAMS', 'shapes', '1-1')).toBeNull();
    expect(await redis.xinfo('STREAM', 'shapes')).toEqual(expect.arrayContaining(['last-generated-id', '1-1']));
    await redis.zadd('set', 1.5, 'a');
    expect(await redis.zrange('set', '0', '-1', 'WITHSCORES')).toEqual(['a', '1.5']);
    await redis.hset('hash', { a: '1' });
    expect(await redis.hgetall('hash')).toEqual({ a: '1' });
    expect(await redis.call('HGETALL', 'hash')).toEqual(['a', '1']);
  });

  it('fails a command at once while there is no Redis', async () => {
    const [port] = await freePorts(1);
    const nobody = createRedis({ url: `redis://127.0.0.1:${port}`, name: 'nobody', log: silent });
    await expect(nobody.get('a')).rejects.toThrow();
    expect(await waitForRedis(nobody, 50)).toBe(false);
    nobody.disconnect();
  });

  it('fails a command whose connection broke, and never sends it again', async () => {
    const cut: { now: boolean; sockets: Socket[] } = { now: false, sockets: [] };
    // Lets requests through and, when told, breaks the connection instead of giving the answer.
    const proxy = createServer((client) => {
      const upstream = dial(server.port, '127.0.0.1');
      client.pipe(upstream).on('error', () => undefined);
      client.on('error', () => undefined);
      upstream.on('data', (data) => (cut.now ? client.destroy() : client.write(data)));
      cut.sockets.push(client, upstream);
    });
    const [port = 0] = await freePorts(1);
    await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
    const through = createRedis({ url: `redis://127.0.0.1:${port}`, name: 'proxied', log: silent });
    await waitForRedis(through, 5_000);
    cut.now = true;
    await expect(through.incr('once')).rejects.toThrow();
    cut.now = false;
    await until('connected again', () => through.status === 'ready');
    await sleep(100);
    expect(await redis.get('once')).toBe('1');
    through.disconnect();
    for (const socket of cut.sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('gives up a socket that owes an answer', async () => {
    const client = server.connect('owing', { commandTimeout: 100, socketTimeout: 300 });
    await waitForRedis(client, 5_000);
    server.pause();
    await expect(client.get('a')).rejects.toThrow('timed out');
    await until('the socket is given up', () => client.status !== 'ready');
    server.resume();
    await until('connected again', () => client.status === 'ready');
  });

  it('takes the password of the settings where the address holds none', async () => {
    await redis.call('ACL', 'SETUSER', 'default', '>secret');
    await redis.call('ACL', 'SETUSER', 'default', 'resetpass', '>secret');
    const target = { name: 'secret', log: silent };
    const right = createRedis({ ...target, url: server.url, password: 'secret' });
    const inUrl = createRedis({ ...target, url: server.url.replace('//', '//:secret@'), password: 'other' });
    const wrong = createRedis({ ...target, url: server.url, password: 'wrong' });
    try {
      expect(await waitForRedis(right, 2_000)).toBe(true);
      expect(await waitForRedis(inUrl, 2_000)).toBe(true);
      expect(await waitForRedis(wrong, 300)).toBe(false);
    } finally {
      await right.call('ACL', 'SETUSER', 'default', 'nopass');
      for (const client of [right, inUrl, wrong]) client.disconnect();
    }
  });
});

const artifact = { artifact_id: 'a'.repeat(64), path: 'p/report.md', media_type: 'text/markdown', bytes: 3, run: 'r' };
const report = {
  status: 'idle' as const,
  breaker: 'closed' as const,
  calls: 4,
  failures: 1,
  successes: 2,
  busy_ms: 30,
  last_error: 'llm.timeout',
};

describe('the index of artifacts', () => {
  it('finds an artifact until its time is over', async () => {
    const index = createArtifactIndex({ redis, keys, ttlSeconds: 1, log: silent });
    expect(await index.add(artifact)).toBe(true);
    expect(await index.get(artifact.artifact_id)).toEqual(artifact);
    expect(await index.get('b'.repeat(64))).toBeUndefined();
    await until('forgotten', async () => (await index.get(artifact.artifact_id)) === undefined);
  });
});

describe('the state of agents', () => {
  const of = (workerId: string, ttlSeconds = 60) =>
    createAgentState({ redis, keys, ttlSeconds, workerId, host: 'h', log: silent });
  const list = () => readAgentStates(redis, keys);

  it('is seen from every worker, the newest report of each', async () => {
    const [one, two] = [of('w1'), of('w2')];
    for (let calls = 1; calls <= 1_000; calls++) one.report('cost_worker', { ...report, calls });
    two.report('cost_worker', { status: 'working', breaker: 'open', calls: 9, failures: 9, successes: 0, busy_ms: 0 });
    await until('both are there', async () => (await list()).length === 2 && (await list())[0]?.calls === 1_000);
    expect(await list()).toEqual([
      {
        ...{ ...report, calls: 1_000, average_ms: 15 },
        ...{ agent: 'cost_worker', worker: 'w1', reported_at: expect.any(String) },
      },
      {
        status: 'working',
        breaker: 'open',
        calls: 9,
        failures: 9,
        successes: 0,
        busy_ms: 0,
        agent: 'cost_worker',
        worker: 'w2',
        reported_at: expect.any(String),
      },
    ]);
    // Facts of an agent that are no longer reported are gone.
    one.report('cost_worker', { ...report, last_error: undefined });
    await until('replaced', async () => (await list())[0]?.last_error === undefined);
  });

  it('goes when it is not refreshed', async () => {
    of('w3', 1).report('brief_worker', report);
    const seen = async () => (await list()).some(({ agent }) => agent === 'brief_worker');
    await until('seen', seen);
    await until('gone', async () => !(await seen()));
  });

  it('adds up over workers, and is there for the next process of the host', async () => {
    const [one, two] = [of('w5'), of('w6')];
    const opened = { ...report, status: 'unavailable' as const, breaker: 'open' as const };
    one.report('sales', report);
    one.report('sales', { ...report, calls: 6, successes: 4, busy_ms: 60 });
    two.report('sales', opened);
    const registry = createAgentRegistry({ redis, keys, log: silent });
    const about = { description: 'd', input: {}, output: {}, tasks: [] };
    registry.announce([{ name: 'sales', version: '1', ...about }]);
    const read = async () => (await registry.read())[0];
    await until('both are counted', async () => (await read())?.totals.calls === 10);
    expect(await read()).toMatchObject({
      statements: [{ name: 'sales', version: '1' }],
      reports: [{ worker: 'w5' }, { worker: 'w6', breaker: 'open' }],
      totals: { calls: 10, failures: 2, successes: 6, busy_ms: 90, average_ms: 15 },
    });
    expect(await of('w7').left('sales')).toMatchObject({ calls: expect.any(Number) });
    expect(await of('w7').left('nobody')).toBeUndefined();
  });
});

describe('without Redis', () => {
  beforeAll(() => server.kill());

  it('nothing of these fails or makes anybody wait', async () => {
    const index = createArtifactIndex({ redis, keys, ttlSeconds: 1, log: silent });
    const agents = createAgentState({ redis, keys, ttlSeconds: 1, workerId: 'w', host: 'h', log: silent });
    for (let i = 0; i < 100; i++) {
      agents.report('cost_worker', report);
      expect(await index.add(artifact)).toBe(false);
      expect(await index.get(artifact.artifact_id)).toBeUndefined();
      expect(await agents.left('cost_worker')).toBeUndefined();
    }
  });
});
