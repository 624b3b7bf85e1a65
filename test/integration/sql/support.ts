import { readFileSync } from 'node:fs';
import type { Json } from '../../../schemas/json';
import type { StepCall } from '../../../schemas/step-call';
import { builtinTools } from '../../../activities/tools/builtin';
import type { AttemptControl } from '../../../activities/tools/runtime';
import { createDatabases } from '../../../src/databases/databases';
import { createWorkspaces } from '../../../src/workspaces/workspaces';
import { servers, uniqueNamespace } from '../../setup/servers';
import { temporaryStore } from '../../unit/documents/support';
import { benchOf, callOf, controlOf, failureOf } from '../../unit/tools/support';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into what came back
export type Output = Record<string, any>;

const RUN = 'awe.run.1';

/** The tools of the platform on the PostgreSQL of the test run, in a schema of its own, as a role without privileges. */
export async function sqlBench() {
  const { url, passwordFile } = servers().database;
  const schema = uniqueNamespace('sql').replaceAll('-', '_');
  const address = new URL(url);
  address.password = readFileSync(passwordFile, 'utf8').trim();
  const place = (name: string, path: string) => ({
    name,
    url: `${address.href}?options=${encodeURIComponent(`-c search_path=${path}`)}`,
  });
  const databases = createDatabases({ places: [place('default', schema), place('whole', 'public')], connections: 3 });
  const { store } = await temporaryStore();
  const workspaces = createWorkspaces(store, { bytes: 256 * 1024 * 1024, files: 100, pathBytes: 400 });
  const bench = await benchOf([...builtinTools], { databases, workspaces });
  let calls = 0;
  const run = async (
    uses: string,
    input: object,
    change: Partial<StepCall> = {},
    control: Partial<AttemptControl> = {},
  ): Promise<Output> => {
    calls += 1;
    const call = callOf(input as Json, { uses, key: `${schema}/${calls}`, ...change });
    const { output } = await bench.runtime.execute(call, 'tool', controlOf(control));
    return (await bench.documents.fromValue(output)) as unknown as Output;
  };
  const query = async (sql: string, params: Json[] = []): Promise<Output[]> =>
    (await run('sql.query', { sql, params })).rows;
  await run('sql.execute', { sql: `CREATE SCHEMA ${schema}`, database: 'whole' });
  return {
    schema,
    databases,
    workspace: workspaces.of(RUN),
    run,
    query,
    fail: (...args: Parameters<typeof run>) => failureOf(run(...args)),
    close: () => databases.close(),
  };
}

export type SqlBench = Awaited<ReturnType<typeof sqlBench>>;

/** Makes a small shop. */
export async function makeShop({ run }: SqlBench): Promise<void> {
  const customers = [
    { id: 1, name: 'Ann', city: 'Lyon' },
    { id: 2, name: "O'Hara", city: 'Cork' },
    { id: 3, name: 'Zoë', city: 'Lyon' },
  ];
  await run('sql.insert', { table: 'customer', items: customers, key: ['id'], create: true });
}
