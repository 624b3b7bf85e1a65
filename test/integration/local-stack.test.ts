import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Redis } from 'ioredis';
import { localPostgresUrl } from '../../src/config/databases';
import { createDatabases } from '../../src/databases/databases';
import { DatabaseFault } from '../../src/databases/errors';
import { sleep } from '../../src/local/commands';
import { freePorts, portOwner } from '../../src/local/ports';
import { isOurs, stopProcess, type ProcessRecord } from '../../src/local/process';
import { findPostgres, isPostgresHealthy, startPostgres } from '../../src/local/postgres';
import { assertRedisFits, startRedis } from '../../src/local/redis';
import { assertTemporalReachable, ensureSearchAttributes, startTemporal } from '../../src/local/temporal';
import { servers, timeSkipping, uniqueNamespace } from '../setup/servers';

let dir: string;
let name: string;
let started: ProcessRecord[];
/** Remembered, so that it is stopped when the test is over. */
const keep = (record: ProcessRecord) => {
  started.push(record);
  return record;
};
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'awe-local-'));
  name = uniqueNamespace('local');
  started = [];
});
afterEach(async () => {
  for (const record of started) await stopProcess(servers().runDir, record, 5_000);
  rmSync(dir, { recursive: true, force: true });
});

async function killHard(record: { pid: number; startTime: string }): Promise<void> {
  process.kill(record.pid, 'SIGKILL');
  while (isOurs(record)) await sleep(10);
}

describe('the local Redis', () => {
  const start = async (port: number, password?: string) =>
    keep(
      await startRedis({
        program: { kind: 'program', path: servers().redisBinary },
        ...{
          port,
          password,
          dir: join(dir, 'redis'),
          aof: true,
          name,
          runDir: servers().runDir,
          log: join(dir, 'redis.log'),
        },
      }),
    );

  it('keeps what was written across kill -9, asks for its password and never evicts', async () => {
    const [port = 0] = await freePorts(1);
    const place = { url: `redis://127.0.0.1:${port}`, password: 'a "quoted" one' };
    const first = await start(port, place.password);
    await assertRedisFits(place);
    await expect(assertRedisFits({ url: place.url, password: 'wrong' })).rejects.toThrow(/WRONGPASS.*REDIS_PASSWORD/);
    const redis = new Redis(place.url, { password: place.password });
    redis.on('error', () => undefined);
    await redis.set('kept', 'yes');
    await sleep(1_200); // the append-only file is synced every second
    await killHard(first);
    await start(port, place.password);
    expect(await redis.get('kept')).toBe('yes');
    redis.disconnect();
  });

  it('is refused where it throws data away', async () => {
    const [port = 0] = await freePorts(1);
    await start(port);
    const url = `redis://127.0.0.1:${port}`;
    const redis = new Redis(url);
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    redis.disconnect();
    await expect(assertRedisFits({ url })).rejects.toThrow(
      /throws data away .*allkeys-lru.*`CONFIG SET maxmemory-policy noeviction`/,
    );
  });

  it('that does not answer is named with the variable to mend, without its password', async () => {
    const [port = 0] = await freePorts(1);
    await expect(assertRedisFits({ url: `redis://:secret@127.0.0.1:${port}` })).rejects.toThrow(
      new RegExp(`^Redis at redis://:\\*\\*\\*@127.0.0.1:${port} does not answer .*ECONNREFUSED.*correct REDIS_URL`),
    );
  });
});

describe('the local PostgreSQL', () => {
  const start = async (port: number) => {
    chmodSync(dir, 0o711);
    const place = { dir: join(dir, 'postgres'), runDir: servers().runDir, log: join(dir, 'postgres.log') };
    return keep(await startPostgres({ port, name, ...place }));
  };

  it('keeps what was written across kill -9, and lets nobody in without its password', async () => {
    const [port = 0] = await freePorts(1);
    const passwordFile = join(dir, 'postgres', 'password');
    const place = { name: 'default', url: localPostgresUrl(port), passwordFile };
    const first = await start(port);
    const databases = createDatabases({ places: [place], connections: 1 });
    const run = async (sql: string) => {
      const work = { write: true, timeout: 10_000, signal: new AbortController().signal };
      return await databases.get('default')?.transaction(work, (session) => session.run(sql));
    };
    await run('CREATE TABLE kept AS SELECT 1 AS n');
    await killHard(first);
    await expect(run('SELECT 1')).rejects.toThrow(DatabaseFault);
    await start(port);
    expect(await run('SELECT n, rolsuper FROM kept, pg_roles WHERE rolname = current_user')).toMatchObject({
      rows: [['1', 'f']],
    });
    expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
    writeFileSync(join(dir, 'wrong'), 'wrong');
    expect(await isPostgresHealthy({ ...place, passwordFile: join(dir, 'wrong') })).toBe(false);
    await databases.close();
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('names a folder that its user may not enter', async () => {
    const place = { dir: join(dir, 'postgres'), runDir: servers().runDir, log: join(dir, 'postgres.log') };
    await expect(startPostgres({ port: 1, name, ...place })).rejects.toThrow(`may not enter ${dir}: run \`chmod o+x`);
  });

  it('is found among the releases that Debian keeps, or nowhere', () => {
    expect(findPostgres(undefined, { find: () => undefined, releases: join(dir, 'none') })).toBeUndefined();
    expect(findPostgres(1)).toBeUndefined();
    expect(findPostgres()).toMatchObject({ version: expect.any(Number) });
  });
});

describe('the local Temporal', () => {
  it('keeps its state and search attributes across kill -9', async () => {
    const [port = 0] = await freePorts(1);
    const options = {
      port,
      dbFile: join(dir, 'temporal.db'),
      name,
      runDir: servers().runDir,
      log: join(dir, 'temporal.log'),
    };
    const binary = servers().temporalBinary;
    const first = keep(await startTemporal({ ...options, binary }));
    const run = await withClient(port, async (client) => {
      const handle = await client.workflow.start('anything', {
        taskQueue: 'nobody',
        workflowId: 'kept',
        memo: { note: 'kept too' },
      });
      return handle.firstExecutionRunId;
    });
    await killHard(first);
    keep(await startTemporal({ ...options, binary }));
    await withClient(port, async (client) => {
      const description = await client.workflow.getHandle('kept').describe();
      expect(description).toMatchObject({ runId: run, status: { name: 'RUNNING' }, memo: { note: 'kept too' } });
      const { customAttributes } = await client.connection.operatorService.listSearchAttributes({
        namespace: 'default',
      });
      const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
      expect(customAttributes).toMatchObject({
        AweKind: keyword,
        AweStatus: keyword,
        AweSubject: keyword,
        AweDefinition: keyword,
        AweRerunOf: keyword,
      });
    });
    // Stopping once more does no harm.
    await ensureSearchAttributes({ connection: { address: `127.0.0.1:${port}` }, namespace: 'default' });
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('takes nothing by HTTP, which any web page could send', async () => {
    const [port = 0] = await freePorts(1);
    const log = join(dir, 'temporal.log');
    const { pid } = keep(
      await startTemporal({ port, name, runDir: servers().runDir, log, binary: servers().temporalBinary }),
    );
    const sent = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
    const asked = portsOf(pid).map(async (other) => {
      const path = '/api/v1/namespaces/default/batch-operations/any';
      const answer = await fetch(`http://127.0.0.1:${other}${path}`, sent).catch(() => undefined); // gRPC
      return answer && ([answer.status, await answer.text()] as const);
    });
    const answers = (await Promise.all(asked)).filter((answer) => answer !== undefined);
    expect(answers).toContainEqual([403, expect.stringContaining('Host not allowed')]);
    expect(answers.filter(([status]) => status !== 403 && status !== 404)).toEqual([]);
  });

  it('that is not there is named with the variable to mend', async () => {
    const [port = 0] = await freePorts(1);
    const place = { connection: { address: `127.0.0.1:${port}` }, namespace: 'default' };
    await expect(assertTemporalReachable(place)).rejects.toThrow(/does not answer as it should .*TEMPORAL_ADDRESS/);
    const other = { connection: { address: servers().temporalAddress }, namespace: 'nowhere' };
    await expect(assertTemporalReachable(other)).rejects.toThrow(/namespace nowhere .*TEMPORAL_NAMESPACE/);
  });
});

it('the time-skipping server skips a day', async () => {
  const environment = await TestWorkflowEnvironment.createTimeSkipping(timeSkipping());
  try {
    const before = await environment.currentTimeMs();
    await environment.sleep('1 day');
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(86_400_000);
  } finally {
    await environment.teardown();
  }
});

/** The ports that a process listens on, as the kernel lists them. */
function portsOf(pid: number): number[] {
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter((cells) => cells[3] === '0A')
    .map((cells) => parseInt(cells[1]?.split(':')[1] ?? '', 16));
  return listening.filter((port) => portOwner(port)?.pid === pid);
}

async function withClient<T>(port: number, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}
