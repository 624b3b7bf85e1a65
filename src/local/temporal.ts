/** The local Temporal server: getting its program, starting it, and checking any Temporal. */
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { environmentFor, UserError } from '../config';
import { searchAttributes } from '../temporal/search-attributes';
import { CACHE_DIR, download } from './cache';
import { capture, runLong, sleep, which, type Report } from './commands';
import { withLock } from './lock';
import { startDetached, waitHealthy, type ProcessRecord } from './process';
import type { Place } from './web-ui';

/** The newest version that `go install` takes: later ones have a replace directive. */
const VERSION = '1.5.1';
/** Older servers lack updates and settings that AWE needs. */
const OLDEST_SERVER = [1, 29] as const;

export interface LadderOptions {
  cacheDir?: string;
  /** Finds a program on PATH; replaced in tests. */
  find?: (program: string) => string | undefined;
  downloadFrom?: string;
}

/**
 * The path of a `temporal` program: on PATH, cached, downloaded if the network allows, or built with Go (3 to 4
 * minutes, once).
 */
export async function ensureTemporalBinary(report: Report, options: LadderOptions = {}): Promise<string> {
  const { cacheDir = CACHE_DIR, find = which } = options;
  const installed = find('temporal');
  if (installed) {
    const server = serverVersion(installed);
    if (server && !isOlder(server)) return installed;
    report(`Temporal: ${installed} is ${server ? `too old (server ${server.join('.')})` : 'not Temporal’s CLI'}.`);
  }
  const cached = join(cacheDir, 'bin', 'temporal');
  if (existsSync(cached)) return cached;
  return withLock(join(cacheDir, 'temporal.lock'), 'Temporal', report, async () => {
    if (existsSync(cached)) return cached;
    mkdirSync(dirname(cached), { recursive: true });
    const label = 'Temporal';
    const fetched = {
      artifact: 'cli',
      version: `v${VERSION}`,
      target: cached,
      label,
      report,
      from: options.downloadFrom,
    };
    if (!(await download(fetched))) await buildWithGo(cached, report, find);
    return cached;
  });
}

async function buildWithGo(
  target: string,
  report: Report,
  find: (program: string) => string | undefined,
): Promise<void> {
  const go = find('go');
  if (!go) {
    throw new UserError(
      'Temporal: there is no `temporal` on PATH, none can be downloaded here, and Go, which could build it, is missing: ' +
        'install Go 1.24 or newer or Temporal’s CLI, or set TEMPORAL_ADDRESS to a Temporal that runs elsewhere.',
    );
  }
  const label = `Temporal: building temporal ${VERSION} with go, 3 to 4 minutes, once`;
  report(`${label}…`);
  const bin = `${dirname(target)}/build-${process.pid}`;
  try {
    await runLong({
      program: go,
      args: ['install', `github.com/temporalio/cli/cmd/temporal@v${VERSION}`],
      env: { GOBIN: bin },
      label,
      report,
      timeoutMs: 30 * 60_000,
    });
    renameSync(join(bin, 'temporal'), target);
    report(`Temporal: built; it is in ${target}.`);
  } catch (error) {
    throw new UserError(
      `Temporal could not be built (${(error as Error).message}). Install Temporal’s CLI by hand, ` +
        'or set TEMPORAL_ADDRESS to a Temporal that runs elsewhere.',
    );
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

function serverVersion(program: string): [number, number] | undefined {
  const match = /temporal version.*Server (\d+)\.(\d+)/.exec(capture(program, ['--version']) ?? '');
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

function isOlder([major, minor]: [number, number]): boolean {
  return major < OLDEST_SERVER[0] || (major === OLDEST_SERVER[0] && minor < OLDEST_SERVER[1]);
}

/**
 * Settings for speed: with its defaults the local server takes 100 ms per activity. See docs/decisions. The last one
 * closes the HTTP API: the server has no switch for it, and without a host that it answers, it would take a `text/plain`
 * POST of any web page that this machine shows.
 */
export const DYNAMIC_CONFIG: Readonly<Record<string, number | boolean | string | string[]>> = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.visibilityProcessorMaxPollRPS': 200,
  'system.enableActivityEagerExecution': true,
  'matching.useNewMatcher': true,
  'history.maximumBufferedEventsBatch': 2000,
  'history.workflowIdReuseMinimalInterval': '100ms',
  'frontend.httpAllowedHosts': ['awe.invalid'],
};

export interface StartTemporalOptions {
  /** The `temporal` program, from `ensureTemporalBinary`. */
  binary: string;
  port: number;
  /** The place of the Web UI; none if absent. */
  ui?: Place;
  /** A file whose state survives a killed process (not a power cut). If absent, state is in memory. */
  dbFile?: string;
  namespace?: string;
  name?: string;
  runDir: string;
  log: string;
  /** Replacements for some of `DYNAMIC_CONFIG`. */
  settings?: typeof DYNAMIC_CONFIG;
}

/** Starts the server in the background and returns when it answers and knows the search attributes. */
export async function startTemporal(options: StartTemporalOptions): Promise<ProcessRecord> {
  const { port, ui, dbFile, namespace = 'default', settings } = options;
  if (dbFile) mkdirSync(dirname(dbFile), { recursive: true });
  for (const file of dbFile === undefined ? [] : [dbFile, `${dbFile}-wal`, `${dbFile}-shm`])
    if (existsSync(file)) chmodSync(file, 0o600); // written by an older AWE
  const pragmas = ['journal_mode=wal', 'synchronous=normal'];
  const record = startDetached({
    name: options.name ?? 'temporal',
    runDir: options.runDir,
    log: options.log,
    program: options.binary,
    env: environmentFor('server'),
    args: [
      ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace],
      ...(ui ? ['--headless=false', '--ui-ip', ui.host, '--ui-port', String(ui.port)] : ['--headless']),
      ...(dbFile === undefined ? [] : ['--db-filename', dbFile, ...pragmas.flatMap((p) => ['--sqlite-pragma', p])]),
      ...Object.entries({ ...DYNAMIC_CONFIG, ...settings }).flatMap(([name, value]) => [
        '--dynamic-config-value',
        `${name}=${JSON.stringify(value)}`,
      ]),
      ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ...['--log-level', 'warn'],
    ],
    fingerprint: temporalFingerprint(options),
  });
  const target = { connection: { address: `127.0.0.1:${port}` }, namespace };
  await waitHealthy(record, () => isTemporalHealthy(target), 60_000);
  await ensureSearchAttributes(target);
  return record;
}

/** A digest of the settings of a running server; if it differs, the server must be restarted. */
export function temporalFingerprint(options: Pick<StartTemporalOptions, 'port' | 'ui' | 'namespace'>): string {
  return JSON.stringify([options.port, options.ui ?? null, options.namespace ?? 'default', DYNAMIC_CONFIG]);
}

/** Search attributes of the platform's runs, all of type Keyword. Setting an unregistered one wedges a run. */
const SEARCH_ATTRIBUTES: string[] = Object.values(searchAttributes).map(({ name }) => name);

export interface TemporalPlace {
  connection: ConnectionOptions;
  namespace: string;
}

/** True if the server answers and knows the namespace. */
export async function isTemporalHealthy(place: TemporalPlace): Promise<boolean> {
  try {
    await withConnection(place, (connection) =>
      connection.workflowService.describeNamespace({ namespace: place.namespace }),
    );
    return true;
  } catch {
    return false;
  }
}

/** Checks a Temporal that somebody else runs; throws one sentence if something is wrong. */
export async function assertTemporalReachable(place: TemporalPlace): Promise<void> {
  try {
    await withConnection(place, (connection) =>
      connection.workflowService.describeNamespace({ namespace: place.namespace }),
    );
  } catch (error) {
    throw new UserError(
      `Temporal at ${place.connection.address} with namespace ${place.namespace} does not answer as it should ` +
        `(${innermostMessage(error)}): correct TEMPORAL_ADDRESS or TEMPORAL_NAMESPACE, or leave TEMPORAL_ADDRESS out ` +
        'and `awe up` starts a local one.',
    );
  }
}

/** Registers the search attributes that are missing, and waits until the server knows them. */
export async function ensureSearchAttributes(place: TemporalPlace): Promise<void> {
  const { namespace } = place;
  await withConnection(place, async ({ operatorService }) => {
    const missing = async () => {
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      return SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
    };
    const names = await missing();
    if (names.length === 0) return;
    const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
    await operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(names.map((name) => [name, keyword])),
    });
    for (let tries = 0; tries < 100 && (await missing()).length > 0; tries++) await sleep(100);
  }).catch((error: unknown) => {
    throw new UserError(
      `Temporal at ${place.connection.address} does not allow search attributes to be registered ` +
        `(${innermostMessage(error)}): add ${SEARCH_ATTRIBUTES.join(', ')} as Keyword to its namespace ${namespace}.`,
    );
  });
}

/** Opens a connection for some calls; each has ten seconds. */
export async function withConnection<T>(place: TemporalPlace, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ ...place.connection, connectTimeout: 3_000 });
  try {
    return await connection.withDeadline(Date.now() + 10_000, () => use(connection));
  } finally {
    await connection.close();
  }
}

function innermostMessage(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? innermostMessage(cause) : message;
}
