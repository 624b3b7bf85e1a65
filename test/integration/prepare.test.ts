/** Preparations of `awe prepare` in a Temporal that somebody else runs, and for the API. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createAuthenticator, openApiKeys } from '../../api/auth';
import { createSessionCookie } from '../../api/sessions/cookie';
import type { Session } from '../../src/access/sessions';
import { loadConfig } from '../../src/config';
import { ensureApiKeys } from '../../src/local/api-keys';
import { ensureNamespace } from '../../src/local/namespace';
import { ensureSearchAttributes } from '../../src/local/temporal';
import { createTemporal } from '../../src/temporal/client';
import { searchAttributes } from '../../src/temporal/search-attributes';
import { queueName } from '../../src/temporal/ids';
import { startWorker } from '../../workers/main';
import { testConfig, uniqueNamespace, workflowBundle } from '../setup/servers';
import { until } from '../support/until';

const log = pino({ level: 'silent' });

it('registers the namespace and the search attributes once, so that a worker can start there', async () => {
  const config = testConfig({ TEMPORAL_NAMESPACE: uniqueNamespace('prepared') });
  const said: string[] = [];
  for (let twice = 0; twice < 2; twice++) {
    await ensureNamespace(config.temporal, (line) => said.push(line));
    await ensureSearchAttributes(config.temporal);
  }
  expect(said).toEqual([expect.stringContaining('registered'), expect.stringContaining('exists')]);
  const temporal = createTemporal(config);
  const { customAttributes } = await temporal.call((client) =>
    client.connection.operatorService.listSearchAttributes({ namespace: config.temporal.namespace }),
  );
  expect(Object.keys(customAttributes)).toEqual(
    expect.arrayContaining(Object.values(searchAttributes).map(({ name }) => name)),
  );

  // a worker that serves one queue polls that one alone
  const { codePath: bundlePath } = workflowBundle();
  const worker = await startWorker(config, log, { bundlePath, queues: ['tools'] });
  await until(async () => (await worker.faults()).length === 0);
  await until(async () => (await temporal.pollers('tools')) > 0);
  expect(await Promise.all((['workflows', 'agents', 'mirror'] as const).map((one) => temporal.pollers(one)))).toEqual([
    0, 0, 0,
  ]);
  expect(queueName(config.namespace, 'tools')).toBe(`${config.namespace}-tools`);
  await worker.stop();
  await temporal.close();
});

it('makes one key that the API knows, for its owner’s eyes, and leaves keys that are there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'awe-keys-'));
  const { file, keyFile, made } = ensureApiKeys(folder);
  expect([file, keyFile]).toEqual([join(folder, 'api', 'keys.json'), join(folder, 'api', 'first-key')]);
  expect(made).toBe(true);
  const key = readFileSync(keyFile, 'utf8').trim();
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  expect([file, keyFile].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  const config = loadConfig({ AWE_ENV: 'production', AWE_API_KEYS_FILE: file });
  const sessions = { find: async () => undefined, use: async (session: Session) => session };
  const authenticate = createAuthenticator({
    ...{ env: config.env, apiKeys: await openApiKeys(config, log) },
    ...{ sessions, sessionCookie: createSessionCookie(true) },
  });
  const asking = (sent: string) => ({ get: (name: string) => (name === 'x-api-key' ? sent : undefined) }) as never;
  expect(await authenticate(asking(key))).toMatchObject({
    name: 'first-look',
    roles: expect.arrayContaining(['approver']),
  });
  await expect(authenticate(asking('another'))).rejects.toThrow(/not known/);
  expect(ensureApiKeys(folder).made).toBe(false);
  expect(readFileSync(keyFile, 'utf8').trim()).toBe(key);
  rmSync(folder, { recursive: true });
});
