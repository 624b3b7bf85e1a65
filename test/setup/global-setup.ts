/** Setup of the `integration` project: real servers on free ports, and the workflow bundle. */
import { join } from 'node:path';
import { findProjectRoot, loadConfig } from '../../src/config';
import { localPostgresUrl } from '../../src/config/databases';
import { freePorts } from '../../src/local/ports';
import { startPostgres } from '../../src/local/postgres';
import { ensureRedisBinary, startRedis } from '../../src/local/redis';
import { ensureTemporalBinary, startTemporal } from '../../src/local/temporal';
import { ensureTestServer } from '../../src/local/test-server';
import { ensureWorkflowBundle } from './bundle';
import { createRun, endAbandonedRuns, endRun } from './runs';
import { SERVERS_VARIABLE, type Servers } from './servers';

const report = (line: string) => process.stderr.write(`${line}\n`);

/** Shared with global-teardown, which runs in the same process. */
declare global {
  var aweTestRun: string | undefined;
}

export default async function globalSetup(): Promise<void> {
  await endAbandonedRuns();
  const temporalBinary = await ensureTemporalBinary(report);
  const redis = await ensureRedisBinary(report);
  const testServer = await ensureTestServer(report, { configured: loadConfig().testServer });
  const dir = createRun();
  globalThis.aweTestRun = dir;
  const [temporalPort = 0, redisPort = 0, postgresPort = 0] = await freePorts(3);
  const postgresDir = join(dir, 'postgres');
  const runDir = join(dir, 'run');
  try {
    const [codePath] = await Promise.all([
      ensureWorkflowBundle(findProjectRoot()),
      startTemporal({ binary: temporalBinary, port: temporalPort, runDir, log: join(dir, 'temporal.log') }),
      startRedis({
        ...{ program: redis, port: redisPort, dir: join(dir, 'redis'), aof: false },
        ...{ runDir, log: join(dir, 'redis.log') },
      }),
      startPostgres({ port: postgresPort, dir: postgresDir, durable: false, runDir, log: join(dir, 'postgres.log') }),
    ]);
    const started: Servers = {
      temporalAddress: `127.0.0.1:${temporalPort}`,
      redisUrl: `redis://127.0.0.1:${redisPort}`,
      database: { url: localPostgresUrl(postgresPort), passwordFile: join(postgresDir, 'password') },
      testServer,
      runDir,
      temporalBinary,
      redisBinary: redis.path,
      workflowBundle: codePath === undefined ? undefined : { codePath },
    };
    process.env[SERVERS_VARIABLE] = JSON.stringify(started);
  } catch (error) {
    await endRun(dir);
    throw error;
  }
}
