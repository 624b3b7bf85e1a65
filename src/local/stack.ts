/** The local stack: Temporal, Redis, PostgreSQL, the LLM gateway, and the other roles of AWE in one background process. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  UserError,
  assertApiIsGuarded,
  environmentFor,
  findBuild,
  assertGatewayIsGuarded,
  readGatewaySecrets,
  type Config,
} from '../config';
import { localPostgresUrl } from '../config/databases';
import { withStores } from '../generations/stores';
import { apiUrl } from './api-url';
import type { Report } from './commands';
import { withLock } from './lock';
import { assertPortsFree, type WantedPort } from './ports';
import { findRunning, listRunning, startDetached, stopProcess, waitHealthy, type ProcessRecord } from './process';
import { findPostgres, isPostgresHealthy, postgresFingerprint, startPostgres } from './postgres';
import { assertRedisFits, displayUrl, ensureRedisBinary, isRedisHealthy, redisFingerprint, startRedis } from './redis';
import {
  assertTemporalReachable,
  ensureSearchAttributes,
  ensureTemporalBinary,
  isTemporalHealthy,
  startTemporal,
  temporalFingerprint,
} from './temporal';
import { hidingPlace } from './web-ui';

/** In the order of their start: when the API is ready, the others are. */
const ROLES = ['worker', 'consumer', 'api'];
/** Milliseconds beyond the grace for work in progress after which a stopping process is killed. */
const STUCK_AFTER_MS = 15_000;

/** Starts the parts that are not running and returns when all are ready. The user's own servers are only checked. */
export async function up(config: Config, report: Report): Promise<void> {
  const { runDir } = pathsOf(config);
  const started = Date.now();
  assertApiIsGuarded(config);
  if (!config.llm.external) assertGatewayIsGuarded(config);
  await withLock(join(runDir, 'stack.lock'), 'AWE', report, async () => {
    await assertPortsFree(localPorts(config).filter(({ process }) => !findRunning(runDir, process)));
    await upTemporal(config, report);
    await upWebUi(config, report);
    await upRedis(config, report);
    await upPostgres(config, report);
    await upGateway(config, report);
    await upRoles(config, report);
  });
  report(`Ready after ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
  addressLines(config).forEach(report);
}

interface LocalPort extends WantedPort {
  /** the process of the stack that listens there */
  process: string;
  /** the user's own server listens there, or elsewhere */
  external?: boolean;
}

/** The ports of the local stack, without those of the user's own servers. */
function localPorts(config: Config): LocalPort[] {
  const { temporal, redis, llm, http } = config;
  const { host, port } = llm.gateway;
  const temporals = { process: 'temporal', external: temporal.external };
  const all: LocalPort[] = [
    { ...temporals, what: 'Temporal', port: temporal.port, variable: 'TEMPORAL_PORT' },
    { ...temporals, process: 'web-ui', what: 'Temporal’s Web UI', port: temporal.uiPort, variable: 'TEMPORAL_UI_PORT' },
    { process: 'redis', external: redis.external, what: 'Redis', port: redis.port, variable: 'REDIS_PORT' },
    { process: 'gateway', external: llm.external, what: 'The LLM gateway', port, host, variable: 'AWE_GATEWAY_PORT' },
    { process: rolesName(config), what: 'The API', port: http.port, host: http.host, variable: 'AWE_PORT' },
  ];
  return all.filter(({ external }) => !external);
}

const portsOf = (config: Config, name: string) => localPorts(config).filter(({ process }) => process === name);

async function upTemporal(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = pathsOf(config);
  const { temporal } = config;
  if (temporal.external) {
    await assertTemporalReachable(temporal);
    await ensureSearchAttributes(temporal);
    report(`Temporal: using ${temporal.address}, namespace ${temporal.namespace}.`);
    return;
  }
  const ui = await hidingPlace(webUiFile(config));
  const options = { port: temporal.port, ui, namespace: temporal.namespace };
  const healthy = () => isTemporalHealthy(temporal);
  if (await reuseRunning(config, 'temporal', temporalFingerprint(options), healthy, report)) return;
  const binary = await ensureTemporalBinary(report);
  await assertPortsFree(portsOf(config, 'temporal'));
  report('Temporal: starting, a few seconds…');
  const dbFile = join(config.stateDir, 'temporal.db');
  await startTemporal({ ...options, binary, dbFile, runDir, log: join(logDir, 'temporal.log') });
}

/** Where Temporal's Web UI hides. */
const webUiFile = ({ stateDir }: Config) => join(stateDir, 'web-ui.json');

/** Starts the door of Temporal's Web UI; see web-ui.ts. */
async function upWebUi(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = pathsOf(config);
  const { temporal } = config;
  if (temporal.external) return;
  const { host, port } = await hidingPlace(webUiFile(config));
  const fingerprint = fingerprintOf([temporal.uiPort, host, port]);
  const healthy = async () => (await readFault(`http://127.0.0.1:${temporal.uiPort}/`)) === undefined;
  if (await reuseRunning(config, 'web-ui', fingerprint, healthy, report)) return;
  await assertPortsFree(portsOf(config, 'web-ui'));
  const record = startDetached({
    name: 'web-ui',
    runDir,
    log: join(logDir, 'web-ui.log'),
    program: process.execPath,
    args: [join(findBuild(), 'src', 'local', 'web-ui.js'), String(temporal.uiPort), host, String(port)],
    env: environmentFor('server'),
    fingerprint,
  });
  await waitHealthy(record, healthy, 30_000);
}

async function upRedis(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = pathsOf(config);
  const { redis } = config;
  if (redis.external) {
    await assertRedisFits(redis);
    report(`Redis: using ${displayUrl(redis.url)}.`);
    return;
  }
  const options = { port: redis.port, password: redis.password };
  const healthy = () => isRedisHealthy(redis);
  if (await reuseRunning(config, 'redis', redisFingerprint(options), healthy, report)) return;
  const program = await ensureRedisBinary(report);
  await assertPortsFree(portsOf(config, 'redis'));
  report('Redis: starting, a second…');
  const dir = join(config.stateDir, 'redis');
  await startRedis({ ...options, program, dir, aof: true, runDir, log: join(logDir, 'redis.log') });
}

/** Starts the database of SQL steps. Without it the stack is whole: SQL steps say what is missing. */
async function upPostgres(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = pathsOf(config);
  const { external, port, dir } = config.databases.local;
  if (external) return;
  const skipped = (why: string) => report(`PostgreSQL: not started, so SQL steps have no database: ${why}.`);
  try {
    const healthy = () => isPostgresHealthy(localPostgres(config));
    if (await reuseRunning(config, 'postgres', postgresFingerprint({ port }), healthy, report)) return;
    if (findPostgres()) {
      await assertPortsFree([{ what: 'PostgreSQL', port, variable: 'POSTGRES_PORT' }]);
      report('PostgreSQL: starting, a few seconds…');
    }
    await startPostgres({ port, dir, runDir, log: join(logDir, 'postgres.log') });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    skipped(error.message);
  }
}

const localPostgres = ({ databases: { local } }: Config) => ({
  url: localPostgresUrl(local.port),
  passwordFile: local.passwordFile,
});

/** Starts the gateway as a process of its own, so that the provider's key is in its memory and in no other. */
async function upGateway(config: Config, report: Report): Promise<void> {
  const { runDir, logDir } = pathsOf(config);
  const { llm } = config;
  if (llm.external) {
    report(`LLM gateway: using ${displayUrl(llm.url)}.`);
    return;
  }
  const main = builtMain();
  const fingerprint = gatewayFingerprint(config);
  const healthy = async () => (await gatewayFault(config)) === undefined;
  if (await reuseRunning(config, 'gateway', fingerprint, healthy, report)) return;
  await assertPortsFree(portsOf(config, 'gateway'));
  report(`LLM gateway: starting, provider ${llm.gateway.provider}…`);
  const record = startDetached({
    name: 'gateway',
    runDir,
    log: join(logDir, 'gateway.log'),
    program: process.execPath,
    args: ['--enable-source-maps', main, 'serve', 'gateway'],
    env: environmentFor('gateway'),
    cwd: config.root,
    fingerprint,
  });
  await waitHealthy(record, healthy, 30_000);
}

function builtMain(): string {
  const main = join(findBuild(), 'cli', 'main.js');
  if (!existsSync(main))
    throw new UserError('AWE is not built yet: run `make build`, or `make up`, which does it too.');
  return main;
}

async function upRoles(config: Config, report: Report): Promise<void> {
  const { runDir, log } = pathsOf(config);
  const main = builtMain();
  const name = rolesName(config);
  const fingerprint = rolesFingerprint(config);
  if (await reuseRunning(config, name, fingerprint, async () => (await apiFault(config)) === undefined, report)) return;
  await assertPortsFree(portsOf(config, name));
  await withStores(config, { journal: true }, async (stores) => {
    await stores.assertFit();
    await stores.begin(report);
  });
  report(`AWE: starting ${ROLES.join(', ')}, a few seconds…`);
  const record = startDetached({
    name,
    runDir,
    log,
    program: process.execPath,
    args: ['--enable-source-maps', main, 'serve', ...ROLES],
    env: environmentFor('roles'),
    cwd: config.root,
    fingerprint,
    url: apiUrl(config),
  });
  await waitHealthy(record, async () => (await apiFault(config)) === undefined, 60_000);
}

/**
 * Keeps a process that was started earlier if it lives, has the same settings, and answers within 5 s. Otherwise stops
 * it and answers false, and the caller restarts it.
 */
async function reuseRunning(
  config: Config,
  name: string,
  fingerprint: string,
  isHealthy: () => Promise<boolean>,
  report: Report,
): Promise<boolean> {
  const { runDir } = pathsOf(config);
  const record = findRunning(runDir, name);
  if (!record) return false;
  let graceMs = config.worker.shutdownGraceMs + STUCK_AFTER_MS;
  if (record.fingerprint !== fingerprint) {
    report(`${name}: its settings or its code have changed since it was started; restarting it…`);
  } else {
    try {
      await waitHealthy(record, isHealthy, 5_000);
      report(`${name}: running already (process ${record.pid}).`);
      return true;
    } catch {
      report(`${name}: running but not answering; restarting it…`);
      graceMs = 5_000;
    }
  }
  await stopProcess(runDir, record, graceMs);
  return false;
}

/** Stops everything that `up` started, in the reverse order, and nothing else. */
export async function down(config: Config, report: Report): Promise<void> {
  const { runDir } = pathsOf(config);
  await withLock(join(runDir, 'stack.lock'), 'AWE', report, async () => {
    // AWE before the servers that it needs, whichever of them was restarted since.
    const isRoles = (record: ProcessRecord) => Number(record.name.startsWith('awe'));
    const running = listRunning(runDir).sort((a, b) => isRoles(b) - isRoles(a));
    if (running.length === 0) report('Nothing that `awe up` started is running.');
    for (const record of running) {
      report(`${record.name}: stopping…`);
      const clean = await stopProcess(runDir, record, config.worker.shutdownGraceMs + STUCK_AFTER_MS);
      report(clean ? `${record.name}: stopped.` : `${record.name}: did not stop when asked; killed.`);
    }
  });
}

/** A part of the stack, whoever started it. */
export interface PieceState {
  name: string;
  ready: boolean;
  /** what is wrong, if anything */
  fault?: string;
  /** address or URL, without passwords */
  where: string;
  /** the user's own: the local stack only checks it */
  external: boolean;
  /** of the process that `awe up` started */
  pid?: number;
  since?: string;
}

/** Reads the state of Temporal, Redis, the gateway, the roles, and the roles of other namespaces in this checkout. */
export async function readPieces(config: Config): Promise<PieceState[]> {
  const { runDir } = pathsOf(config);
  const piece = (name: string, external: boolean, where: string, fault: string | undefined): PieceState => {
    const record = external ? undefined : findRunning(runDir, name);
    const process = record ? { pid: record.pid, since: record.startedAt } : {};
    return { name, ready: fault === undefined, ...(fault === undefined ? {} : { fault }), where, external, ...process };
  };
  const silent = 'it does not answer';
  const hasPostgres = findRunning(runDir, 'postgres') !== undefined;
  const [temporal, redis, postgres, gateway, roles] = await Promise.all([
    isTemporalHealthy(config.temporal).then((healthy) => (healthy ? undefined : silent)),
    isRedisHealthy(config.redis).then((healthy) => (healthy ? undefined : silent)),
    hasPostgres && isPostgresHealthy(localPostgres(config)).then((healthy) => (healthy ? undefined : silent)),
    gatewayFault(config),
    apiFault(config),
  ]);
  const address = config.temporal.external
    ? `${config.temporal.address}`
    : `${config.temporal.address}, Web UI http://127.0.0.1:${config.temporal.uiPort}`;
  return [
    piece('temporal', config.temporal.external, address, temporal),
    piece('redis', config.redis.external, displayUrl(config.redis.url), redis),
    ...(postgres === false ? [] : [piece('postgres', false, localPostgres(config).url, postgres)]),
    piece('gateway', config.llm.external, displayUrl(config.llm.url), gateway),
    piece(rolesName(config), false, apiUrl(config), roles),
    ...(await Promise.all(
      listRunning(runDir)
        .filter(({ name, url }) => url !== undefined && name !== rolesName(config))
        .map(async ({ name, url = '' }) => piece(name, false, url, await readFault(`${url}/ready`))),
    )),
  ];
}

/** Reads what is not ready at the API; undefined if all is. */
const apiFault = (config: Config) => readFault(`${apiUrl(config)}/ready`);

/** Reads what is wrong with the LLM gateway. The user's own may be another product: it is asked for its models. */
function gatewayFault({ llm }: Config): Promise<string | undefined> {
  if (!llm.external) return readFault(`${new URL(llm.url).origin}/ready`);
  const headers: Record<string, string> = llm.key === undefined ? {} : { authorization: `Bearer ${llm.key}` };
  return readFault(`${llm.url.replace(/\/$/, '')}/models`, headers);
}

async function readFault(url: string, headers: Record<string, string> = {}): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(3_000) });
    return answer.ok ? undefined : `${answer.status} ${(await answer.text()).slice(0, 300)}`;
  } catch {
    return 'it does not answer';
  }
}

function addressLines(config: Config): string[] {
  const { temporal, redis } = config;
  return [
    `  API         ${apiUrl(config)}`,
    `  API docs    ${apiUrl(config)}/docs`,
    temporal.external
      ? `  Temporal    ${temporal.address}, namespace ${temporal.namespace}`
      : `  Temporal    http://127.0.0.1:${temporal.uiPort} (Web UI), ${temporal.address} (gRPC)`,
    `  Redis       ${displayUrl(redis.url)}`,
    ...(findRunning(pathsOf(config).runDir, 'postgres') ? [`  PostgreSQL  ${localPostgres(config).url}`] : []),
    `  LLM gateway ${displayUrl(config.llm.url)}${config.llm.external ? '' : `, provider ${config.llm.gateway.provider}`}`,
    `  Logs        ${pathsOf(config).logDir}`,
  ];
}

/** Folders of the local stack. */
export function pathsOf(config: Config): { runDir: string; logDir: string; log: string } {
  const logDir = join(config.stateDir, 'logs');
  return { runDir: join(config.stateDir, 'run'), logDir, log: join(logDir, `${rolesName(config)}.log`) };
}

/** The log of the roles that `awe up` has started. */
export const rolesLog = (config: Config): string => pathsOf(config).log;

/** The name of the process of the roles: two namespaces may run from one checkout. */
const rolesName = (config: Config) => (config.namespace === 'audit' ? 'awe' : `awe-${config.namespace}`);

/** A digest of settings and build; if it differs, the roles must be restarted. */
const rolesFingerprint = (config: Config) => fingerprintOf({ ...config, llm: { ...config.llm, gateway: null } });

/** A digest for the gateway, with nothing of a namespace, because all on this machine share the gateway. */
function gatewayFingerprint(config: Config): string {
  const { env, llm, log } = config;
  return fingerprintOf([env, llm.gateway, log, readGatewaySecrets(undefined, config.root)]);
}

function fingerprintOf(settings: unknown): string {
  const built = statSync(builtMain()).mtimeMs;
  return createHash('sha256')
    .update(JSON.stringify([settings, built]))
    .digest('hex')
    .slice(0, 16);
}
