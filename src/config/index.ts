/**
 * Configuration: read once, at the start of a process, checked, typed and passed in. No other part of the project
 * reads `process.env` (the linter sees to it).
 */
import { agentConfig } from './agents';
import { isAbsolute, join, resolve } from 'node:path';
import { homedir } from 'node:os';
import { clarificationConfig } from './audit';
import { databasesConfig, DATABASE_VARIABLE } from './databases';
import { egressConfig, readGivenSecrets, SECRET_PREFIX } from './egress';
import { UserError } from './errors';
import { llmConfig } from './llm';
import { mcpConfig } from './mcp';
import { mcpServerConfig } from './mcp-server';
import { meaningConfig } from './meaning';
import { orderConfig } from './order';
import { policyConfig } from './policy';
import { findProjectRoot, readEnvironment, readValues, readVersion, warnOfUnknown, type Env } from './read';
import { readSecret } from './secret';
import { sessionConfig } from './sessions';
import { taskConfig } from './tasks';
import { temporalTarget } from './temporal';
import { webhookConfig } from './webhooks';
import { workspaceConfig } from './workspace';
import { variables, type Values, type VariableName } from './variables';

export { ConfigError, UserError } from './errors';
export { findBuild, findProjectRoot, readVersion, type Env } from './read';

const MiB = 1_048_576;

export type Config = ReturnType<typeof loadConfig>;

export interface LoadOptions {
  /** The folder where relative paths start; by default that of AWE's `package.json`, not the caller's. */
  root?: string;
}

/**
 * Without `env`: the process's environment over the `.env` of the project root. With `env`: exactly that.
 * Throws one `ConfigError` that names every wrong variable.
 */
export function loadConfig(env?: Env, options: LoadOptions = {}) {
  const root = options.root ?? findProjectRoot();
  const source = env ?? readEnvironment(root, process.env);
  const values = readValues(source);
  const path = (file: string) => {
    const expanded = file.startsWith('~/') ? resolve(homedir(), file.slice(2)) : file;
    return isAbsolute(expanded) ? expanded : resolve(root, expanded);
  };
  const namespace = values.NAMESPACE;
  const stateDir = path(values.AWE_STATE_DIR);
  const redisPassword =
    values.REDIS_PASSWORD ??
    readSecret('REDIS_PASSWORD_FILE', values.REDIS_PASSWORD_FILE && path(values.REDIS_PASSWORD_FILE));
  const llm = llmConfig(values, path, stateDir);
  const { secrets } = readGivenSecrets(source);
  const databases = databasesConfig(values, source, stateDir);
  const qdrant = meaningConfig(values, path);

  return {
    env: values.AWE_ENV,
    /** of AWE */
    version: readVersion(),
    /** The folder of the project, with `.env`; relative paths start here. */
    root,
    namespace,
    stateDir,
    /** Sentences about names without effect; print or log them once at the start. */
    warnings: warnOfUnknown(source),
    streams: {
      events: values.STREAM_NAME ?? `${namespace}:events`,
      dlq: values.DLQ_STREAM ?? `${namespace}:dlq`,
      tasks: `${namespace}:tasks.dlq`,
      /** The start of every other key in Redis, before a colon. */
      prefix: values.KEY_PREFIX ?? namespace,
    },
    consumer: {
      /** undefined: host name and process id */
      name: values.AWE_CONSUMER_NAME,
      attempts: values.AWE_CONSUMER_ATTEMPTS,
      parallel: values.AWE_CONSUMER_PARALLEL,
      minIdleMs: values.AWE_CONSUMER_MIN_IDLE,
    },
    trim: { keepMs: values.STREAM_KEEP, groupIdleMs: values.GROUP_IDLE_TTL },
    dlq: { entries: values.DLQ_KEEP_ENTRIES, bytes: values.DLQ_KEEP_MB * MiB },
    redis: {
      /** The user named a Redis of their own; the local stack starts none. */
      external: values.REDIS_URL !== undefined,
      url: values.REDIS_URL ?? `redis://127.0.0.1:${values.REDIS_PORT}`,
      password: redisPassword,
      /** The port of the local Redis. */
      port: values.REDIS_PORT,
    },
    temporal: {
      ...temporalTarget(source, values.TEMPORAL_NAMESPACE, values.TEMPORAL_PORT),
      /** The port of the local Temporal. */
      port: values.TEMPORAL_PORT,
      uiPort: values.TEMPORAL_UI_PORT,
    },
    http: {
      host: values.AWE_HOST,
      port: values.AWE_PORT,
      apiKeysFile: values.AWE_API_KEYS_FILE === undefined ? undefined : path(values.AWE_API_KEYS_FILE),
      requireIfMatch:
        values.REQUIRE_IF_MATCH === undefined ? values.AWE_ENV === 'production' : values.REQUIRE_IF_MATCH === 'on',
      /** sent by the command line */
      apiKey: values.AWE_API_KEY,
      bodyLimitBytes: values.AWE_BODY_LIMIT_MB * MiB,
      uploadLimitBytes: values.AWE_UPLOAD_LIMIT_MB * MiB,
      /** per minute; 0: no limit */
      rates: {
        requests: values.AWE_RATE_REQUESTS ?? (values.AWE_ENV === 'test' ? 0 : 3_000),
        changes: values.AWE_RATE_CHANGES ?? (values.AWE_ENV === 'test' ? 0 : 240),
      },
    },
    llm,
    store: {
      backend: values.DOCUMENT_STORE_BACKEND,
      dir: path(values.ARTIFACTS_DIR),
      artifactTtlSeconds: values.ARTIFACT_TTL_SECONDS,
      idempotencyTtlSeconds: values.IDEMPOTENCY_TTL,
    },
    approvals: {
      signals: values.APPROVAL_SIGNALS ?? (values.AWE_ENV === 'production' ? 'token' : 'accept'),
    },
    proof: {
      keys: (values.AWE_PROOF_KEY?.split(',') ?? []).map((key) => Buffer.from(key, 'base64')),
      /** where the key lies if none is given; undefined: production, where API and workers may share no folder */
      file: proofKeyFile(values, stateDir, path),
    },
    clarification: clarificationConfig(values),
    orders: orderConfig(values),
    workspaces: workspaceConfig(values),
    egress: egressConfig(values),
    agents: agentConfig(values),
    mcp: mcpConfig(values, path),
    mcpServer: mcpServerConfig(values),
    sessions: sessionConfig(values),
    webhooks: webhookConfig(values),
    databases,
    /** keeps the vectors of the memory by meaning; undefined: the document store does */
    qdrant,
    policy: policyConfig(values, path),
    tasks: taskConfig(values),
    /** of tools, by their names; where a file has one, its value is read at the moment of the call */
    secrets: { given: secrets, dir: values.AWE_SECRETS_DIR && path(values.AWE_SECRETS_DIR) },
    /** file of the user's own tools */
    ownTools: values.AWE_TOOLS && path(values.AWE_TOOLS),
    engine: {
      reworkRounds: values.AWE_REWORK_ROUNDS,
      maxParallelSteps: values.AWE_MAX_PARALLEL_STEPS,
    },
    worker: {
      maxCachedWorkflows: values.AWE_MAX_CACHED_WORKFLOWS,
      stickyTimeoutMs: values.AWE_STICKY_TIMEOUT,
      shutdownGraceMs: values.AWE_SHUTDOWN_GRACE,
      /** of the release; undefined: workers are not distinguished */
      buildId: values.AWE_WORKER_BUILD_ID,
    },
    metrics: {
      /** Of `/metrics` besides the API's; 0 is none, undefined leaves it to the process. */
      port: values.AWE_METRICS_PORT,
      /** of the metrics of Temporal's SDK in a worker; undefined: none */
      temporalPort: values.AWE_TEMPORAL_METRICS_PORT,
    },
    tracing: {
      /** undefined: nothing is traced */
      endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
      headers: headersOf(values.OTEL_EXPORTER_OTLP_HEADERS),
      service: values.OTEL_SERVICE_NAME,
    },
    /** undefined: errors are logged alone */
    sentry: { dsn: values.SENTRY_DSN },
    log: {
      level: values.AWE_LOG_LEVEL,
      secrets: secretsOf(
        source,
        values,
        [redisPassword, llm.key, qdrant?.apiKey, ...databases.places.map(({ url }) => url)],
        secrets,
      ),
    },
    /** The executable of the time-skipping test server, if the user named one. */
    testServer: values.TEMPORAL_TEST_SERVER === undefined ? undefined : path(values.TEMPORAL_TEST_SERVER),
  };
}

function proofKeyFile(
  { AWE_PROOF_KEY_FILE: file, AWE_ENV: env }: Values,
  stateDir: string,
  path: (p: string) => string,
) {
  if (file !== undefined) return path(file);
  return env === 'production' ? undefined : join(stateDir, 'proof.key');
}

/** Variables that only the gateway may know; those of `AWE_SECRET_…` and of databases are for the roles alone. */
const GATEWAY_SECRETS: readonly VariableName[] = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

/**
 * The environment for a process that this one starts, without the secrets that it does not need: a server needs none of
 * AWE's, and the roles do without those of the gateway.
 */
export function environmentFor(whom: 'server' | 'roles' | 'gateway'): Env {
  const secrets: readonly string[] = { server: secretNames(), roles: GATEWAY_SECRETS, gateway: [] }[whom];
  const isHeldBack = (name: string): boolean =>
    secrets.includes(name) || (whom !== 'roles' && (name.startsWith(SECRET_PREFIX) || DATABASE_VARIABLE.test(name)));
  const passed = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isHeldBack(name)));
  return { ...(whom === 'roles' ? MEMORY_GIVEN_BACK : {}), ...passed };
}

/**
 * Settings of glibc's malloc: it would keep for each thread what a large order has taken, some hundreds of megabytes.
 * Other systems do not read them. The image sets the same.
 */
const MEMORY_GIVEN_BACK = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

const secretNames = () => (Object.keys(variables) as VariableName[]).filter((name) => 'secret' in variables[name]);

/**
 * Reads the secrets of the gateway from the same places as the rest. They are not in `Config`, which every process
 * holds. `apiKey`: of the provider.
 */
export function readGatewaySecrets(env?: Env, root = findProjectRoot()): { apiKey: string | undefined } {
  const values = readValues(env ?? readEnvironment(root, process.env));
  return { apiKey: values.LLM_PROVIDER === 'anthropic' ? values.ANTHROPIC_API_KEY : values.OPENAI_API_KEY };
}

/** A variable that a file of the operator names, such as that of MCP servers; from the same places as the rest. */
export const readVariable = (name: string, root = findProjectRoot()): string | undefined =>
  readEnvironment(root, process.env)[name];

/** Shorter values occur in ordinary words. */
const SHORTEST_SECRET = 6;

/**
 * Texts that no log line may hold: the secret values that are set or read from files, passwords inside addresses, and
 * the secrets in Temporal's own variables. Those of the gateway are not among them.
 */
function secretsOf(
  env: Env,
  values: Values,
  fromFiles: (string | undefined)[],
  ofTools: Record<string, { value: string }>,
): string[] {
  const own = secretNames()
    .filter((name) => !GATEWAY_SECRETS.includes(name))
    .map((name) => values[name]);
  const temporal = Object.keys(env).filter((name) => /^TEMPORAL_(API_KEY|TLS_CLIENT_KEY_DATA)$/.test(name));
  const found = [...own, ...fromFiles, ...temporal.map((name) => env[name])].flatMap((value) => {
    if (typeof value !== 'string') return [];
    if (!value.includes('://')) return [value];
    const { password } = new URL(value);
    return password === '' ? [] : [password, decodePercent(password)];
  });
  const headers = Object.values(headersOf(values.OTEL_EXPORTER_OTLP_HEADERS));
  const tools = Object.values(ofTools).map(({ value }) => value);
  return [...new Set([...found, ...headers, ...tools])].filter((secret) => secret.length >= SHORTEST_SECRET);
}

/** Reads `a=1,b=2` as headers, percent-encoded as in OpenTelemetry. */
function headersOf(list = ''): Record<string, string> {
  const pairs = list.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), decodePercent(pair.slice(pair.indexOf('=') + 1))]),
  );
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Refuses an API that strangers could use without a key. Called before the API listens. */
export function assertApiIsGuarded(config: Config): void {
  if (config.http.apiKeysFile !== undefined) return;
  if (config.env === 'production') {
    throw new UserError('The API needs keys in production: set AWE_API_KEYS_FILE to a JSON file of keys and roles.');
  }
  if (!LOOPBACK.test(config.http.host)) {
    throw new UserError(
      `The API needs keys on ${config.http.host}, which others can reach: set AWE_API_KEYS_FILE to a JSON file ` +
        'of keys and roles, or AWE_HOST to 127.0.0.1.',
    );
  }
}

/** Refuses a gateway that strangers could use without a key. Called before it listens. */
export function assertGatewayIsGuarded(config: Config): void {
  const { keysFile, host } = config.llm.gateway;
  if (keysFile !== undefined) return;
  const remedy = 'set AWE_GATEWAY_KEYS_FILE to a JSON file of callers’ keys';
  if (config.env === 'production') throw new UserError(`The LLM gateway needs keys in production: ${remedy}.`);
  if (!LOOPBACK.test(host)) {
    throw new UserError(
      `The LLM gateway needs keys on ${host}, which others can reach: ${remedy}, or AWE_GATEWAY_HOST to 127.0.0.1.`,
    );
  }
}
