/**
 * Servers for tests of the `integration` project: one real Temporal, one real Redis and one real PostgreSQL for the whole run, the
 * time-skipping server, and the workflow bundle. Each test has a namespace of its own.
 */
import { dirname, join } from 'node:path';
import { loadConfig, type Config, type Env } from '../../src/config';

/** Left by `globalSetup` in the environment, which the processes that run the tests inherit. */
export const SERVERS_VARIABLE = 'JEST_AWE_SERVERS';

export interface Servers {
  /** `host:port` of the Temporal dev server, in memory, with the settings of the local stack. */
  temporalAddress: string;
  /** Of Redis, in memory. */
  redisUrl: string;
  /** Of PostgreSQL, whose role owns the database and is no superuser. */
  database: { url: string; passwordFile: string };
  /** The executable of the time-skipping server. */
  testServer: string;
  /**
   * For tests that start and kill servers of their own: the folder for records of processes (under a unique name), so
   * that no server outlives a run that is killed; and the programs.
   */
  runDir: string;
  temporalBinary: string;
  redisBinary: string;
  /** For a worker's `workflowBundle`; absent while there are no workflows. */
  workflowBundle?: { codePath: string };
}

export function servers(): Servers {
  const text = process.env[SERVERS_VARIABLE];
  if (text === undefined) throw new Error('The servers run only for tests in test/workflow and test/integration.');
  return JSON.parse(text) as Servers;
}

/** The bundle for every worker in a test. */
export function workflowBundle(): { codePath: string } {
  const bundle = servers().workflowBundle;
  if (!bundle) throw new Error('workflows/index.ts is missing, so there is no workflow bundle.');
  return bundle;
}

/** The key of the processes of a test, and of a test that speaks for a person itself. */
export const PROOF_KEY = Buffer.alloc(32, 'test');

let counter = 0;

/** A namespace that no other test has: `t-<name>-<unique>`. */
export function uniqueNamespace(name = 'test'): string {
  counter += 1;
  const unique = `${process.pid.toString(36)}${Date.now().toString(36).slice(-5)}${counter.toString(36)}`;
  return `t-${name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 12)}-${unique}`;
}

/**
 * Ports that no program may listen on without privileges: a server that a test does not name is away for it, although a
 * stack of this or another checkout may run on the usual ports.
 */
export const NOBODY = { AWE_PORT_BASE: '2' };

/**
 * A configuration on the run's servers, with a namespace of its own unless one is given, and with folders away from
 * those of this checkout.
 */
export function testConfig(overrides: Env = {}): Config {
  const { temporalAddress, redisUrl, runDir } = servers();
  const namespace = overrides.NAMESPACE ?? uniqueNamespace();
  const files = join(dirname(runDir), 'files', namespace);
  return loadConfig({
    ...NOBODY,
    AWE_ENV: 'test',
    AWE_LOG_LEVEL: process.env['TESTLOG'] ?? 'silent',
    AWE_STATE_DIR: join(files, 'state'),
    ARTIFACTS_DIR: join(files, 'storage'),
    NAMESPACE: namespace,
    AWE_PROOF_KEY: PROOF_KEY.toString('base64'),
    TEMPORAL_ADDRESS: temporalAddress,
    REDIS_URL: redisUrl,
    ...overrides,
  });
}

/** For `TestWorkflowEnvironment.createTimeSkipping(timeSkipping())`. */
export function timeSkipping() {
  return { server: { executable: { type: 'existing-path' as const, path: servers().testServer } } };
}
