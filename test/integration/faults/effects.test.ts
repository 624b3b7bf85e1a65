/** `kill -9` of the worker in a run with effects: the table and the log of the target have each of them once. */
import { readFileSync, rmSync } from 'node:fs';
import type { Step } from '../../../schemas/plan';
import { createDatabases } from '../../../src/databases/databases';
import { openFilesystemStore } from '../../../src/documents/filesystem';
import { createEffects } from '../../../src/effects/effects';
import { servers, uniqueNamespace } from '../../setup/servers';
import { historiesOf, taskFailures } from '../../support/faults/histories';
import { say, seeded } from '../../support/faults/random';
import { envOf, WorkerProcess } from '../../support/faults/worker-process';
import { startStack, type Stack } from '../../support/stack';
import { until } from '../../support/until';
import { startWeb } from '../../support/web';

/** 20 in the long form. */
const KILLS = Number(process.env['AWE_TEST_KILLS'] ?? 2);
const STEPS = 30;

const table = uniqueNamespace('effects').replaceAll('-', '_');
const address = new URL(servers().database.url);
address.password = readFileSync(servers().database.passwordFile, 'utf8').trim();
const databases = createDatabases({ places: [{ name: 'default', url: address.href }], connections: 1 });

let stack: Stack;
let worker: WorkerProcess;
afterAll(async () => {
  await worker.stop();
  await databases.close();
  await stack.client.connection.close();
  rmSync(stack.config.store.dir, { recursive: true, force: true });
});

const query = async (sql: string) =>
  await databases
    .get('default')!
    .transaction(
      { write: true, timeout: 10_000, signal: new AbortController().signal },
      async (session) => (await session.run(sql)).rows,
    );

it(`has each effect once after ${KILLS} kills`, async () => {
  const web = await startWeb((_, response) => setTimeout(() => response.end('{}'), 100));
  await query(`CREATE TABLE ${table} (step int)`);
  stack = await startStack();
  await stack.worker.stop(); // its workers are processes of their own
  worker = new WorkerProcess({
    ...envOf(stack.config),
    DATABASE_URL: address.href,
    EGRESS_ALLOW: `127.0.0.1:${web.port}`,
  });
  const handle = await stack.run({ name: 'effects', steps: Array.from({ length: STEPS }, stepAt(web.url)) });
  const random = seeded(`effects, ${KILLS} kills`);
  const hasBegun = (count: number) => () => Promise.resolve(web.requests.length >= count);
  for (let kill = 1; kill <= KILLS; kill++) {
    await worker.start();
    // spread over the run, and always with effects before and behind
    await until(hasBegun(Math.floor((kill * STEPS) / 3 / (KILLS + 1))), 60_000);
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 200)));
    await worker.kill();
  }
  await worker.start();
  await handle.result();

  const rows = (await query(`SELECT step FROM ${table}`)).map(([step]) => Number(step));
  expect(rows.sort((a, b) => a - b)).toEqual(numbers.filter((n) => n % 3 !== 2));
  const sent = web.requests.map(({ headers, body }) => ({ key: headers['idempotency-key'], n: numberIn(body) }));
  const byKey = new Map(sent.map(({ key, n }) => [key, n]));
  // a target that knows keys does each once: no step has two keys, and no key two steps
  expect([...byKey.values()].sort((a, b) => a - b)).toEqual(numbers.filter((n) => n % 3 === 2));
  expect(sent.every(({ key, n }) => key !== undefined && byKey.get(key) === n)).toBe(true);

  const effects = await createEffects(await openFilesystemStore({ root: stack.config.store.dir }))
    .of(handle.workflowId)
    .list();
  expect(effects.map(({ step, status }) => `${step} ${status}`).sort()).toEqual(
    numbers.map((n) => `s${n} done`).sort(),
  );
  expect(taskFailures(await historiesOf([handle]))).toEqual([]);
  const again = effects.filter(({ attempts }) => attempts > 1).length;
  say(`${again} effects had further attempts, ${web.requests.length - byKey.size} requests were repeated`);
});

const numbers = Array.from({ length: STEPS }, (_, n) => n);
const numberIn = (body: string) => (JSON.parse(body) as { n: number }).n;

/** A step with an effect, after the one before: a row by `sql.insert`, one by `sql.execute`, a POST. */
const stepAt =
  (url: string) =>
  (_: unknown, n: number): Step => ({
    id: `s${n}`,
    kind: 'tool',
    ...[
      { uses: 'sql.insert', with: { table, items: [{ step: n }] } },
      { uses: 'sql.execute', with: { sql: `INSERT INTO ${table} VALUES ($1)`, params: [n] } },
      { uses: 'http.request', with: { method: 'POST', url, idempotent: true, json: { n } } },
    ][n % 3],
    ...(n === 0 ? {} : { depends_on: [`s${n - 1}`] }),
  });
