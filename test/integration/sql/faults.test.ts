import { readFileSync } from 'node:fs';
import { builtinTools } from '../../../activities/tools/builtin';
import { createDatabases } from '../../../src/databases/databases';
import { servers } from '../../setup/servers';
import { benchOf, callOf, controlOf, failureOf } from '../../unit/tools/support';

const url = (change: (address: URL) => void): string => {
  const address = new URL(servers().database.url);
  address.password = readFileSync(servers().database.passwordFile, 'utf8').trim();
  change(address);
  return address.href;
};

const closings: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closings.map((close) => close())));

/** The failure of a query of a database at this address. */
async function failureAt(address: string) {
  const databases = createDatabases({ places: [{ name: 'shop', url: address }], connections: 1 });
  closings.push(() => databases.close());
  const { runtime } = await benchOf([...builtinTools], { databases });
  const call = callOf({ sql: 'SELECT 1', database: 'shop' }, { uses: 'sql.query' });
  return await failureOf(runtime.execute(call, 'tool', controlOf()));
}

it.each([
  ['a server that is not there', (address: URL) => (address.port = '1'), 'sql.unavailable', false],
  ['a name that is none', (address: URL) => (address.hostname = 'nowhere.invalid'), 'sql.unavailable', false],
  ['a wrong password', (address: URL) => (address.password = 'wr0ng-secret'), 'sql.login', true],
  ['a database that is not there', (address: URL) => (address.pathname = '/nix'), 'sql.login', true],
])('%s is told without address and password', async (_, change, type, nonRetryable) => {
  const address = url(change);
  const failure = await failureAt(address);
  expect(failure).toMatchObject({ type, nonRetryable });
  expect(failure.message).toContain('look at its server, and at DATABASE_SHOP_URL');
  const { password, port } = new URL(address);
  for (const secret of [password, `127.0.0.1:${port}`]) expect(JSON.stringify(failure)).not.toContain(secret);
});

it('says how to get a database where there is none', async () => {
  const { runtime } = await benchOf([...builtinTools]);
  const call = callOf({ sql: 'SELECT 1' }, { uses: 'sql.query' });
  expect(await failureOf(runtime.execute(call, 'tool', controlOf()))).toMatchObject({
    type: 'sql.no_database',
    message: 'no database is called default (there is none): the operator sets DATABASE_URL',
  });
});

it('goes on when connections have broken', async () => {
  const address = url(() => undefined);
  const databases = createDatabases({ places: [{ name: 'default', url: address }], connections: 2 });
  closings.push(() => databases.close());
  const { runtime } = await benchOf([...builtinTools], { databases });
  const run = (sql: string, key: string) =>
    runtime.execute(callOf({ sql }, { uses: 'sql.execute', key }), 'tool', controlOf());
  await run('CREATE TABLE broken (n int)', 'broken/1');
  const kill = 'SELECT pg_terminate_backend(pg_backend_pid())';
  expect(await failureOf(run(kill, 'broken/2'))).toMatchObject({ type: 'sql.unavailable', nonRetryable: false });
  expect(await run('INSERT INTO broken VALUES (1)', 'broken/3')).toMatchObject({
    output: { inline: { row_count: 1 } },
  });
});
