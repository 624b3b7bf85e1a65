/** `awe events` and `awe groups` as a user sees them: their output and exit codes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type RunningApi } from '../../../api/server';
import type { PlatformEvent } from '../../../schemas/envelope';
import { freePorts } from '../../../src/local/ports';
import { silent } from '../own-redis';
import { short, startBroken, type Broken } from '../rebuild/support';
import { testConfig } from '../../setup/servers';
import { until } from '../../support/until';
import { awe, startAwe } from './awe';

let broken: Broken;
let api: RunningApi;
let env: Record<string, string>;
let dir: string;

beforeAll(async () => {
  broken = await startBroken();
  dir = mkdtempSync(join(tmpdir(), 'awe-cli-'));
  const [port = 0] = await freePorts(1);
  const { config } = broken.stack;
  env = {
    NAMESPACE: config.namespace,
    TEMPORAL_ADDRESS: config.temporal.address,
    REDIS_URL: broken.server.url,
    ARTIFACTS_DIR: config.store.dir,
    AWE_PORT: String(port),
    AWE_STATE_DIR: join(dir, 'state'),
  };
  api = await startApi(testConfig(env), silent);
});
afterAll(async () => {
  await api?.stop();
  await broken?.end();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => void (await broken.redis.flushall()));

const request = (project: string, more: object = {}) => ({
  event_id: `e-${project}`,
  event_type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
  payload: { project_id: project, request_text: 'Audit what we spend on steel.' },
  ...more,
});

const file = (content: unknown): string => {
  const path = join(dir, 'events.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** The variables of a stack whose Redis and API are away. */
const away = async () => {
  const [redis, port] = await freePorts(2);
  return { ...env, REDIS_URL: `redis://127.0.0.1:${redis}`, AWE_PORT: String(port) };
};

describe('awe events publish', () => {
  it('writes the event of a file, and says under which id; the second time it says that it was there', async () => {
    const path = file(request('P-1'));
    const first = await awe(env, ['events', 'publish', path]);
    expect(first).toMatchObject({ code: 0, err: '', out: [expect.stringMatching(/^e-P-1 {2}\d+-\d+$/)] });
    const second = await awe(env, ['events', 'publish', path]);
    expect(second).toMatchObject({ code: 0, out: ['e-P-1  published before, not written again'] });
    expect(await broken.redis.xlen(broken.keys.events)).toBe(1);
  });

  it('takes several from standard input', async () => {
    const { code, out } = await awe(env, ['events', 'publish', '-'], JSON.stringify([request('P-1'), request('P-2')]));
    expect([code, out.length]).toEqual([0, 2]);
    expect((await broken.events()).map(({ event_id }) => event_id)).toEqual(['e-P-1', 'e-P-2']);
  });

  it.each([
    ['is not there', undefined, /nowhere\.json cannot be read \(ENOENT\)/],
    ['is no JSON', '{"event_type":', /Nothing was published: the file is not JSON/],
    ['has an unknown type', request('P-1', { event_type: 'A.B' }), /\/event_type "A\.B" is not a known event type/],
    [
      'has one wrong event among good ones',
      [request('P-1'), request('', {}), request('P-3')],
      /Nothing was published: the contract is broken\.\n {2}event 2: \/payload\/project_id must not be empty/,
    ],
  ])('ends with 1 when the file %s, and writes nothing', async (_, content, message) => {
    const path = content === undefined ? join(dir, 'nowhere.json') : file(content);
    const { code, out, err } = await awe(env, ['events', 'publish', path]);
    expect([code, out]).toEqual([1, []]);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(await broken.redis.exists(broken.keys.events)).toBe(0);
  });

  it('holds the file against the contract before it asks for Redis', async () => {
    const { code, err } = await awe(await away(), ['events', 'publish', file('{}')]);
    expect(code).toBe(1);
    expect(err).toContain('Nothing was published');
  });
});

describe('awe events tail', () => {
  const fill = () => awe(env, ['events', 'publish', '-'], JSON.stringify(['P-1', 'P-2', 'P-3'].map((p) => request(p))));

  it('shows the newest events, a line each, the newest last', async () => {
    await fill();
    const { code, out, err } = await awe(env, ['events', 'tail', '-n', '2']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{3} {2}PROJECT\.INITIAL_REQUEST_RECEIVED .* project_id=P-2$/),
      expect.stringMatching(/ project_id=P-3$/),
    ]);
  });

  it('gives them as they are with --json', async () => {
    await fill();
    const { out } = await awe(env, ['events', 'tail', '--json']);
    expect(out.map((line) => (JSON.parse(line) as PlatformEvent).event_id)).toEqual(['e-P-1', 'e-P-2', 'e-P-3']);
  });

  it('shows what is no event, and does not let it steer the terminal', async () => {
    await broken.redis.xadd(broken.keys.events, '*', 'event', 'no \u001b[31mevent');
    const { code, out } = await awe(env, ['events', 'tail']);
    expect([code, out]).toEqual([0, [expect.stringMatching(/ {2}not an event: event no \\u001b\[31mevent$/)]]);
  });

  it('says nothing of an empty stream, and ends well', async () => {
    expect(await awe(env, ['events', 'tail'])).toEqual({ code: 0, out: [], err: '' });
  });

  it('goes on with what comes until it is interrupted', async () => {
    const tail = startAwe(env, ['events', 'tail', '--follow']);
    await fill();
    await until(async () => tail.out().includes('P-3'));
    await broken.redis.xadd(broken.keys.events, '*', 'event', JSON.stringify(request('P-4')));
    await until(async () => tail.out().includes('P-4'));
    tail.interrupt();
    expect((await tail.ended).out).toHaveLength(4);
  });

  it('refuses a number that is none', async () => {
    const { code, err } = await awe(env, ['events', 'tail', '-n', 'many']);
    expect(code).toBe(1);
    expect(err).toContain('a whole number up to 99999');
  });
});

describe('awe events rebuild', () => {
  it('counts with --dry-run, puts back what the stream has lost, and then finds nothing more', async () => {
    const run = await broken.stack.run(short(3));
    await run.result();
    await until(async () => (await broken.of(run)).length > 0);
    const before = await broken.of(run);
    await broken.redis.flushall();

    const dry = await awe(env, ['events', 'rebuild', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, out: [expect.stringMatching(/^1 run lacked events/)] });
    expect(await broken.of(run)).toEqual([]);

    const real = await awe(env, ['events', 'rebuild', '--reason', 'Redis was emptied']);
    expect(real).toMatchObject({ code: 0, out: ['1 run lacked events, 1 are complete again, 0 could not be read'] });
    expect(real.err).toContain('it goes on if this command is interrupted');
    expect(await broken.of(run)).toEqual(before);

    const { code, out } = await awe(env, ['events', 'rebuild', '--json']);
    expect([code, JSON.parse(out.join(''))]).toMatchObject([0, { counts: { matched: 0, failed: 0 } }]);
  });

  it('gives only the name of the operation with --no-wait', async () => {
    const { code, out, err } = await awe(env, ['events', 'rebuild', '--no-wait']);
    expect([code, err, out.length]).toEqual([0, '', 1]);
    await until(async () => {
      const answer = await fetch(`${api.url}/operations/${out[0]}`);
      return ((await answer.json()) as { status?: string }).status === 'completed';
    });
  });
});

describe('awe groups', () => {
  const group = (name: string) => broken.redis.xgroup('CREATE', broken.keys.events, name, '0', 'MKSTREAM');

  it('list says how the groups come to be where there are none', async () => {
    expect(await awe(env, ['groups', 'list'])).toEqual({
      ...{ code: 0, err: '' },
      out: ['There are no groups yet: "awe serve consumer" creates them.'],
    });
  });

  it('list shows what each has not read and has in hand; --json gives the same', async () => {
    await group('workers');
    for (let i = 0; i < 3; i++) await broken.redis.xadd(broken.keys.events, `${i + 1}-0`, 'event', '{}');
    await broken.redis.xreadgroup('GROUP', 'workers', 'one', 'COUNT', 1, 'STREAMS', broken.keys.events, '>');
    const { code, out } = await awe(env, ['groups', 'list']);
    expect(code).toBe(0);
    expect(out[0]).toMatch(/^GROUP +CONSUMERS +LAG +PENDING +IDLE +LAST DELIVERED$/);
    expect(out[1]).toMatch(/^workers +1 +2 +1 +\d+\.\d s +1-0$/);
    const json = await awe(env, ['groups', 'list', '--json']);
    expect(JSON.parse(json.out.join(''))).toMatchObject([{ name: 'workers', consumers: 1, lag: 2, pending: 1 }]);
  });

  it('reset lets a group read again, from the start or from where it is told', async () => {
    await group('workers');
    for (let i = 0; i < 3; i++) await broken.redis.xadd(broken.keys.events, `${i + 1}-0`, 'event', '{}');
    const next = async () => {
      const read = broken.redis.xreadgroup('GROUP', 'workers', 'one', 'STREAMS', broken.keys.events, '>');
      return ((await read) as [string, [string, string[]][]][] | null)?.[0]?.[1].map(([id]) => id) ?? [];
    };
    expect(await next()).toHaveLength(3);
    expect(await awe(env, ['groups', 'reset', 'workers'])).toMatchObject({ code: 0, out: ['workers: reset at 0'] });
    expect(await next()).toEqual(['1-0', '2-0', '3-0']);
    await awe(env, ['groups', 'reset', 'workers', '--to', '2-0']);
    expect(await next()).toEqual(['3-0']);
  });

  it('reset ends with 1 for a group that is not there, and names those that are', async () => {
    await group('workers');
    const { code, out, err } = await awe(env, ['groups', 'reset', 'worker']);
    expect([code, out, err]).toEqual([
      1,
      [],
      `There is no group worker at ${broken.keys.events}. Its groups: workers.\n`,
    ]);
    expect(await broken.redis.xinfo('GROUPS', broken.keys.events)).toHaveLength(1);
  });

  it('reset refuses a place that is none', async () => {
    const { code, err } = await awe(env, ['groups', 'reset', 'workers', '--to', 'yesterday']);
    expect(code).toBe(1);
    expect(err).toContain('0, $ or an id such as 1767600000000-0');
  });
});

it.each([
  ['events tail', ['events', 'tail'], /Redis does not answer at redis:\/\/127\.0\.0\.1:\d+.*Start it with "awe up"/],
  ['events publish', ['events', 'publish', '-'], /Redis does not answer at .*Start it with "awe up"/],
  ['groups list', ['groups', 'list'], /Redis does not answer at .*Start it with "awe up"/],
  ['groups reset', ['groups', 'reset', 'workers'], /Redis does not answer at .*Start it with "awe up"/],
  ['events rebuild', ['events', 'rebuild'], /The API does not answer at http:\/\/127\.0\.0\.1:\d+.*"make up"/],
])('awe %s says what is away and how to start it, and ends with 1', async (_, args, message) => {
  const { code, out, err } = await awe(await away(), args, JSON.stringify(request('P-1')));
  expect([code, out]).toEqual([1, []]);
  expect(err).toMatch(message);
  expect(err).not.toMatch(/\n\s+at /);
});
