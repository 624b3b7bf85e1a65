/** The local stack: Temporal, Redis, the LLM gateway, and the other roles of AWE in one background process. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, assertApiIsGuarded, assertGatewayIsGuarded, readGatewaySecrets, type Config } from '../config';
import type { Report } from './commands';
import { withLock } from './lock';
import { assertPortFree } from './ports';
import { findRunning, listRunning, startDetached, stopProcess, waitHealthy, type ProcessRecord } from './process';
import { assertRedisFits, displayUrl, ensureRedisBinary, isRedisHealthy, redisFingerprint, startRedis } from './redis';
import {
  assertTemporalReachable,
  ensureSearchAttributes,
  ensureTemporalBinary,
  isTemporalHealthy,
  startTemporal,
  temporalFingerprint,
} from './temporal';

/** In the order of their start: when the API says that it is ready, the others are. */
const ROLES = ['worker', 'consumer', 'api'];
/** Beyond the grace for work in progress, before a process that was asked to stop is killed. */
const STUCK_AFTER_MS = 15_000;

/** Starts what is not running yet and returns when all of it is ready. What the user named themselves is only checked. */
export async function up(config: Config, report: Report): Promise<void> {
  const { runDir } = places(config);
  const started = Date.now();
  assertApiIsGuarded(config);
  if (!config.llm.external) assertGatewayIsGuarded(config);
  await withLock(join(runDir, 'stack.lock'), 'AWE', report, async () => {
    await upTemporal(config, report);
    await upRedis(config, report);
    await upGateway(config, report);
    await upRoles(config, report);
  });
  report(`Ready after ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
  addresses(config).forEach(report);
}

async function upTemporal(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = places(config);
  const { temporal } = config;
  if (temporal.external) {
    await assertTemporalReachable(temporal);
    await ensureSearchAttributes(temporal);
    report(`Temporal: using ${temporal.address}, namespace ${temporal.namespace}.`);
    return;
  }
  const options = { port: temporal.port, uiPort: temporal.uiPort, namespace: temporal.namespace };
  const healthy = () => isTemporalHealthy(temporal);
  if (await keepsRunning(config, 'temporal', temporalFingerprint(options), healthy, report)) return;
  const binary = await ensureTemporalBinary(report);
  await assertPortFree('Temporal', temporal.port, 'TEMPORAL_PORT');
  await assertPortFree('Temporal’s Web UI', temporal.uiPort, 'TEMPORAL_UI_PORT');
  report('Temporal: starting, a few seconds…');
  const dbFile = join(config.stateDir, 'temporal.db');
  await startTemporal({ ...options, binary, dbFile, runDir, log: join(logDir, 'temporal.log') });
}

async function upRedis(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = places(config);
  const { redis } = config;
  if (redis.external) {
    await assertRedisFits(redis);
    report(`Redis: using ${displayUrl(redis.url)}.`);
    return;
  }
  const options = { port: redis.port, password: redis.password };
  const healthy = () => isRedisHealthy(redis);
  if (await keepsRunning(config, 'redis', redisFingerprint(options), healthy, report)) return;
  const program = await ensureRedisBinary(report);
  await assertPortFree('Redis', redis.port, 'REDIS_PORT');
  report('Redis: starting, a second…');
  const dir = join(config.stateDir, 'redis');
  await startRedis({ ...options, program, dir, aof: true, runDir, log: join(logDir, 'redis.log') });
}

/** The gateway is a process of its own, because the provider's key is in its memory and in no other. */
async function upGateway(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = places(config);
  const { llm } = config;
  if (llm.external) {
    report(`LLM gateway: using ${displayUrl(llm.url)}.`);
    return;
  }
  const main = builtMain(config);
  const fingerprint = gatewayFingerprint(config);
  const healthy = async () => (await gatewayReadiness(config)) === undefined;
  if (await keepsRunning(config, 'gateway', fingerprint, healthy, report)) return;
  await assertPortFree('The LLM gateway', llm.gateway.port, 'AWE_GATEWAY_PORT', llm.gateway.host);
  report(`LLM gateway: starting, provider ${llm.gateway.provider}…`);
  const record = startDetached({
    name: 'gateway',
    runDir,
    log: join(logDir, 'gateway.log'),
    program: process.execPath,
    args: ['--enable-source-maps', main, 'serve', 'gateway'],
    cwd: config.root,
    fingerprint,
  });
  await waitHealthy(record, healthy, 30_000);
}

function builtMain(config: Config): string {
  const main = join(config.root, 'dist', 'cli', 'main.js');
  if (!existsSync(main))
    throw new UserError('AWE is not built yet: run `make build`, or `make up`, which does it too.');
  return main;
}

async function upRoles(config: Config, report: Report): Promise<void> {
  const { runDir, log } = places(config);
  const main = builtMain(config);
  const name = rolesName(config);
  const fingerprint = rolesFingerprint(config);
  if (await keepsRunning(config, name, fingerprint, async () => (await readiness(config)) === undefined, report))
    return;
  await assertPortFree('The API', config.http.port, 'AWE_PORT', config.http.host);
  report(`AWE: starting ${ROLES.join(', ')}, a few seconds…`);
  const record = startDetached({
    name,
    runDir,
    log,
    program: process.execPath,
    args: ['--enable-source-maps', main, 'serve', ...ROLES],
    cwd: config.root,
    fingerprint,
  });
  await waitHealthy(record, async () => (await readiness(config)) === undefined, 60_000);
}

/**
 * Whether a process that was started earlier can stay: it lives, was started from the same settings, and answers
 * within 5 s. Otherwise it is stopped, and the caller starts it anew.
 */
async function keepsRunning(
  config: Config,
  name: string,
  fingerprint: string,
  isHealthy: () => Promise<boolean>,
  report: Report,
): Promise<boolean> {
  const { runDir } = places(config);
  const record = findRunning(runDir, name);
  if (!record) return false;
  let graceMs = config.worker.shutdownGraceMs + STUCK_AFTER_MS;
  if (record.fingerprint !== fingerprint) {
    report(`${name}: its settings or its code have changed since it was started; starting it anew…`);
  } else {
    try {
      await waitHealthy(record, isHealthy, 5_000);
      report(`${name}: running already (process ${record.pid}).`);
      return true;
    } catch {
      report(`${name}: running but not answering; starting it anew…`);
      graceMs = 5_000;
    }
  }
  await stopProcess(runDir, record, graceMs);
  return false;
}

/** Stops what `up` started, in the reverse order, and nothing else. */
export async function down(config: Config, report: Report): Promise<void> {
  const { runDir } = places(config);
  await withLock(join(runDir, 'stack.lock'), 'AWE', report, async () => {
    // AWE before what it stands on, whichever of them was started anew since.
    const isRoles = (record: ProcessRecord) => Number(record.name.startsWith('awe'));
    const running = listRunning(runDir).sort((a, b) => isRoles(b) - isRoles(a));
    if (running.length === 0) report('Nothing is running that `awe up` started.');
    for (const record of running) {
      report(`${record.name}: stopping…`);
      const clean = await stopProcess(runDir, record, config.worker.shutdownGraceMs + STUCK_AFTER_MS);
      report(clean ? `${record.name}: stopped.` : `${record.name}: did not stop when asked; killed.`);
    }
  });
}

/** A piece of the stack, whoever started it. */
export interface PieceState {
  name: string;
  ready: boolean;
  /** what is wrong, where something is */
  fault?: string;
  /** address or URL, without passwords */
  where: string;
  /** the user's own: the local stack only looks at it */
  external: boolean;
  /** of the process that `awe up` started */
  pid?: number;
  since?: string;
}

/** Temporal, Redis and the roles, as they are now. */
export async function pieces(config: Config): Promise<PieceState[]> {
  const { runDir } = places(config);
  const piece = (name: string, external: boolean, where: string, fault: string | undefined): PieceState => {
    const record = external ? undefined : findRunning(runDir, name);
    const process = record ? { pid: record.pid, since: record.startedAt } : {};
    return { name, ready: fault === undefined, ...(fault === undefined ? {} : { fault }), where, external, ...process };
  };
  const silent = 'it does not answer';
  const [temporal, redis, gateway, roles] = await Promise.all([
    isTemporalHealthy(config.temporal).then((healthy) => (healthy ? undefined : silent)),
    isRedisHealthy(config.redis).then((healthy) => (healthy ? undefined : silent)),
    gatewayReadiness(config),
    readiness(config),
  ]);
  const address = config.temporal.external
    ? `${config.temporal.address}`
    : `${config.temporal.address}, Web UI http://127.0.0.1:${config.temporal.uiPort}`;
  return [
    piece('temporal', config.temporal.external, address, temporal),
    piece('redis', config.redis.external, displayUrl(config.redis.url), redis),
    piece('gateway', config.llm.external, displayUrl(config.llm.url), gateway),
    piece(rolesName(config), false, apiUrl(config), roles),
  ];
}

/** What is not ready at the API, or undefined where all is. */
const readiness = (config: Config) => askReady(`${apiUrl(config)}/ready`);

/** The same of the LLM gateway. One of the user's own need not be ours: it is asked for its models, with their key. */
function gatewayReadiness({ llm }: Config): Promise<string | undefined> {
  if (!llm.external) return askReady(`${new URL(llm.url).origin}/ready`);
  const headers: Record<string, string> = llm.key === undefined ? {} : { authorization: `Bearer ${llm.key}` };
  return askReady(`${llm.url.replace(/\/$/, '')}/models`, headers);
}

async function askReady(url: string, headers: Record<string, string> = {}): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(3_000) });
    return answer.ok ? undefined : `${answer.status} ${(await answer.text()).slice(0, 300)}`;
  } catch {
    return 'it does not answer';
  }
}

/** Where a person on this machine reaches the API. */
export function apiUrl(config: Config): string {
  const { host, port } = config.http;
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function addresses(config: Config): string[] {
  const { temporal, redis } = config;
  return [
    `  API         ${apiUrl(config)}`,
    `  API docs    ${apiUrl(config)}/docs`,
    temporal.external
      ? `  Temporal    ${temporal.address}, namespace ${temporal.namespace}`
      : `  Temporal    http://127.0.0.1:${temporal.uiPort} (Web UI), ${temporal.address} (gRPC)`,
    `  Redis       ${displayUrl(redis.url)}`,
    `  LLM gateway ${displayUrl(config.llm.url)}${config.llm.external ? '' : `, provider ${config.llm.gateway.provider}`}`,
    `  Logs        ${places(config).logDir}`,
  ];
}

function places(config: Config): { runDir: string; logDir: string; log: string } {
  const logDir = join(config.stateDir, 'logs');
  return { runDir: join(config.stateDir, 'run'), logDir, log: join(logDir, `${rolesName(config)}.log`) };
}

/** Two namespaces may run from one checkout, each in a process of its own. */
const rolesName = (config: Config) => (config.namespace === 'audit' ? 'awe' : `awe-${config.namespace}`);

/** Other settings or another build mean that the roles must be started anew. */
const rolesFingerprint = (config: Config) =>
  fingerprintOf(config, { ...config, llm: { ...config.llm, gateway: null } });

/** What the gateway is started from: nothing of one namespace, because all of this machine share one. */
function gatewayFingerprint(config: Config): string {
  const { env, llm, log } = config;
  return fingerprintOf(config, [env, llm.gateway, log, readGatewaySecrets(undefined, config.root)]);
}

function fingerprintOf(config: Config, settings: unknown): string {
  const stamp = [join(config.root, 'dist', '.stamp'), join(config.root, 'dist', 'cli', 'main.js')].find(
    existsSync,
  );
  const built = stamp === undefined ? 0 : statSync(stamp).mtimeMs;
  return createHash('sha256')
    .update(JSON.stringify([settings, built]))
    .digest('hex')
    .slice(0, 16);
}
