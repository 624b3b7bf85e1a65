/**
 * The table of all variables that AWE reads. Types (`Values`), validation and `.env.example` come from it;
 * `make env-example` writes that file, and a test keeps the two equal.
 */
import { agentVariables } from './agents';
import { auditVariables } from './audit';
import { databaseVariables } from './databases';
import { egressVariables } from './egress';
import { address, duration, integer, oneOf, pattern, port, secretKeys, seconds, text, url } from './kinds';
import { mcpVariables } from './mcp';
import { mcpServerVariables } from './mcp-server';
import { meaningVariables } from './meaning';
import { orderVariables } from './order';
import { policyVariables } from './policy';
import { PEOPLE, section, type ValuesOf, type Variable } from './sections';
import { sessionVariables } from './sessions';
import { taskVariables } from './tasks';
import { webhookVariables } from './webhooks';
import { workspaceVariables } from './workspace';

const key = (example: string) =>
  pattern('a Redis key (letters, digits and : . _ - { })', /^[A-Za-z0-9][A-Za-z0-9:._{}-]{0,99}$/, example);

const rate = (example: number) => integer(0, 1_000_000, example);

const MB = (max: number, example: number) => integer(1, max, example);

const modelName = pattern('the name of a model', /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}$/, 'gpt-4.1-mini');

const decimal = pattern('an amount of money, such as 2.50', /^\d{1,9}(\.\d{1,6})?$/, '2.50');

const count = integer(1, 999_999_999_999, 100_000);

const names = section('Names: two namespaces share one Redis and one Temporal without seeing each other');
const redis = section('Redis');
const streams = section('Streams and their consumers');
const temporal = section(
  'Temporal: other TEMPORAL_* variables (TLS, API key, profile) are read as Temporal documents them, by @temporalio/envconfig',
);
const http = section('HTTP');
const llm = section('LLM: the gateway, and its address for callers. See docs/llm.md');
const store = section('Document store');
const people = section(PEOPLE);
const engine = section('Engine and workers');
const watching = section('Metrics and traces');
const general = section('General');
const tests = section('Tests');

export const variables = {
  AWE_ENV: general.defaulted(
    oneOf('development', 'production', 'test'),
    'development',
    'The purpose of this installation. Only `development` and `test` serve the API without keys, and only on loopback.',
  ),
  AWE_LOG_LEVEL: general.defaulted(
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'info',
    'The lowest level that is logged. Logs are JSON lines on standard output.',
  ),
  AWE_STATE_DIR: general.defaulted(
    text('a folder'),
    '.awe',
    'State, logs and process files of the local stack. Relative paths start at the project root, not at your folder.',
  ),
  AWE_PORT_BASE: general.optional(
    integer(1, 65_530, 18_080),
    'The first of six ports in a row, for a second stack on one machine: AWE_PORT, AWE_GATEWAY_PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT, REDIS_PORT and POSTGRES_PORT, in this order. Each of them may still be set by itself.',
    { absent: 'each of these has a default of its own' },
  ),

  NAMESPACE: names.defaulted(
    pattern('a lower-case name of at most 31 characters (a-z, 0-9, _ and -)', /^[a-z][a-z0-9_-]{0,30}$/, 'audit'),
    'audit',
    'The start of every stream, key, workflow id and task queue.',
  ),
  STREAM_NAME: names.optional(key('audit:events'), 'The Redis Stream of events.', { absent: '<NAMESPACE>:events' }),
  DLQ_STREAM: names.optional(key('audit:dlq'), 'The Redis Stream of dead letters.', { absent: '<NAMESPACE>:dlq' }),
  KEY_PREFIX: names.optional(key('audit'), 'The start of every other key in Redis.', { absent: '<NAMESPACE>' }),

  REDIS_URL: redis.optional(
    url(['redis:', 'rediss:'], 'redis://127.0.0.1:6379'),
    'Your Redis, 7.0 or newer, with maxmemory-policy noeviction. Without it `awe up` starts one on REDIS_PORT.',
    { absent: 'redis://127.0.0.1:<REDIS_PORT>', secret: true },
  ),
  REDIS_PASSWORD: redis.optional(text('a password'), 'The password of Redis, if REDIS_URL holds none.', {
    secret: true,
  }),
  REDIS_PASSWORD_FILE: redis.optional(text('a file'), 'A file that holds this password, if REDIS_PASSWORD is not set.'),
  REDIS_PORT: redis.defaulted(port(6380), '6380', 'The port of the local Redis that `awe up` starts.', { fromBase: 4 }),

  STREAM_KEEP: streams.defaulted(
    duration('7d'),
    '7d',
    'The least time that an event stays in the stream. Older ones are trimmed once every group has handled them.',
  ),
  GROUP_IDLE_TTL: streams.defaulted(
    duration('7d', 1_000),
    '7d',
    'A consumer group without activity for this time no longer keeps events from being trimmed.',
  ),
  DLQ_KEEP_ENTRIES: streams.defaulted(
    integer(1, 1_000_000, 10_000),
    '10000',
    'The most dead letters that stay in Redis. The oldest beyond are moved to the document store, with an alarm.',
  ),
  DLQ_KEEP_MB: streams.defaulted(MB(10_000, 64), '64', 'The most memory that dead letters take in Redis, in MiB.'),
  AWE_CONSUMER_NAME: streams.optional(
    pattern('a name (letters, digits and . _ : -)', /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'consumer-1'),
    'The name of a consumer process in its groups. A process that restarts under its name resumes its entries at once.',
    { absent: '<host name>:<process id>' },
  ),
  AWE_CONSUMER_ATTEMPTS: streams.defaulted(
    integer(2, 100, 5),
    '5',
    'Attempts at an entry before it goes to the dead letters.',
  ),
  AWE_CONSUMER_PARALLEL: streams.defaulted(
    integer(1, 1_000, 16),
    '16',
    'Entries that a consumer process handles at once, per group.',
  ),
  AWE_CONSUMER_MIN_IDLE: streams.defaulted(
    duration('30s', 1_000),
    '30s',
    'After this time without a heartbeat, other consumer processes take over the entries of one.',
  ),

  TEMPORAL_ADDRESS: temporal.optional(
    address('temporal.example.com:7233'),
    'Your Temporal cluster or cloud. Without it `awe up` starts a local one on TEMPORAL_PORT.',
    { absent: '127.0.0.1:<TEMPORAL_PORT>' },
  ),
  TEMPORAL_NAMESPACE: temporal.defaulted(
    pattern('a namespace of Temporal', /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, 'default'),
    'default',
    'The namespace in Temporal.',
  ),
  TEMPORAL_PORT: temporal.defaulted(port(7233), '7233', 'The port of the local Temporal that `awe up` starts.', {
    fromBase: 2,
  }),
  TEMPORAL_UI_PORT: temporal.defaulted(port(8233), '8233', 'The port of the local Temporal’s Web UI.', { fromBase: 3 }),

  AWE_HOST: http.defaulted(
    pattern('a host name or an IP address', /^[A-Za-z0-9._:-]{1,253}$/, '127.0.0.1'),
    '127.0.0.1',
    'The address that the API listens on. Any other than loopback needs AWE_API_KEYS_FILE.',
  ),
  AWE_PORT: http.defaulted(port(8080), '8080', 'The port of the API, its documentation and the console.', {
    fromBase: 0,
  }),
  AWE_API_KEYS_FILE: http.optional(text('a file'), 'A JSON file of API keys and their roles.', {
    absent: 'no keys: the API is served on loopback only, and never in production',
  }),
  REQUIRE_IF_MATCH: http.optional(
    oneOf('on', 'off'),
    'Refuses decisions that do not say what they were made on (If-Match, or a digest in the body).',
    { absent: 'on in production, else off' },
  ),
  AWE_API_KEY: http.optional(text('a key'), 'The key that the commands of `awe` send to the API, if it has keys.', {
    secret: true,
  }),
  AWE_BODY_LIMIT_MB: http.defaulted(MB(100, 10), '10', 'The largest JSON body of a request, in MiB.'),
  AWE_RATE_REQUESTS: http.optional(
    rate(3_000),
    'Requests that a key may make in a minute, or an address without one; all at once, if it likes. 0: no limit.',
    { absent: '3000, in tests 0' },
  ),
  AWE_RATE_CHANGES: http.optional(
    rate(240),
    'Among them, requests that a key may make in a minute to start or change something. 0: no limit.',
    { absent: '240, in tests 0' },
  ),
  AWE_UPLOAD_LIMIT_MB: http.defaulted(MB(1_000, 20), '20', 'The largest uploaded file, in MiB.'),
  ...sessionVariables,

  LLM_GATEWAY_URL: llm.optional(
    url(['http:', 'https:'], 'http://127.0.0.1:8081/v1'),
    'The URL of the gateway for agents. If it is set, `awe up` starts no gateway.',
    { absent: 'http://127.0.0.1:<AWE_GATEWAY_PORT>/v1' },
  ),
  LLM_GATEWAY_KEY: llm.optional(text('a key'), 'The key that agents send to the gateway, if it has keys.', {
    secret: true,
  }),
  LLM_GATEWAY_KEY_FILE: llm.optional(text('a file'), 'A file that holds this key, if LLM_GATEWAY_KEY is not set.'),
  WORKER_MODE: llm.defaulted(
    oneOf('rules', 'llm'),
    'rules',
    'The source of wording in deliverables and replies, and of answers of agents to tasks: `rules`, or a model behind the gateway (`llm`). Figures of deliverables always come from code.',
  ),
  PLANNER_MODE: llm.defaulted(
    oneOf('rules', 'llm'),
    'rules',
    'The author of plans for goals: `rules`, or a model behind the gateway (`llm`). Code checks both.',
  ),
  OPENAI_MAX_RETRIES: llm.defaulted(
    integer(1, 20, 4),
    '4',
    'Attempts of a model call, including the first. Temporal retries; the clients never do.',
  ),
  AWE_GATEWAY_HOST: llm.defaulted(
    pattern('a host name or an IP address', /^[A-Za-z0-9._:-]{1,253}$/, '127.0.0.1'),
    '127.0.0.1',
    'The address that the gateway listens on. Any other than loopback needs AWE_GATEWAY_KEYS_FILE.',
  ),
  AWE_GATEWAY_PORT: llm.defaulted(port(8081), '8081', 'The port of the gateway.', { fromBase: 1 }),
  AWE_GATEWAY_KEYS_FILE: llm.optional(text('a file'), 'A JSON file of callers’ keys, their budgets and rates.', {
    absent: 'no keys: the gateway is served on loopback only, and never in production',
  }),
  LLM_PROVIDER: llm.defaulted(
    oneOf('mock', 'openai', 'anthropic'),
    'mock',
    'The source of answers: `mock` is rules, without a model, network or key; `openai` is any server that speaks its protocol; `anthropic` is Anthropic’s own API.',
  ),
  LLM_MODEL: llm.optional(modelName, 'The model behind the name `default`, unless the provider is mock.', {
    absent: 'gpt-4.1-mini (or OPENAI_MODEL), or claude-haiku-4-5 of Anthropic',
  }),
  OPENAI_MODEL: llm.optional(modelName, 'Another name for LLM_MODEL, which wins, if the provider is openai.'),
  LLM_EMBEDDING_MODEL: llm.defaulted(
    modelName,
    'text-embedding-3-small',
    'The model behind the name `default` at /v1/embeddings.',
  ),
  LLM_MODELS: llm.optional(
    pattern(
      'a list of name=model, with commas',
      /^[A-Za-z0-9._-]{1,64}=[A-Za-z0-9._:/@-]{1,200}(,[A-Za-z0-9._-]{1,64}=[A-Za-z0-9._:/@-]{1,200})*$/,
      'small=gpt-4.1-nano,large=gpt-4.1',
    ),
    'More names under which callers may ask for a model.',
  ),
  OPENAI_BASE_URL: llm.defaulted(
    url(['http:', 'https:'], 'https://api.openai.com/v1'),
    'https://api.openai.com/v1',
    'The server of the provider openai.',
  ),
  OPENAI_API_KEY: llm.optional(text('a key'), 'Your key for that server. Only the gateway reads it.', { secret: true }),
  ANTHROPIC_BASE_URL: llm.defaulted(
    url(['http:', 'https:'], 'https://api.anthropic.com'),
    'https://api.anthropic.com',
    'The server of the provider anthropic, without `/v1`.',
  ),
  ANTHROPIC_API_KEY: llm.optional(text('a key'), 'Your key for that server. Only the gateway reads it.', {
    secret: true,
  }),
  OPENAI_TIMEOUT_S: llm.defaulted(
    integer(1, 3_600, 120),
    '120',
    'Seconds for an answer, and in a stream for each chunk, of any provider.',
  ),
  LLM_LIMIT_PARAMETER: llm.defaulted(
    oneOf('max_completion_tokens', 'max_tokens'),
    'max_completion_tokens',
    'The parameter for the limit of an answer. Some servers know only the old one, max_tokens.',
  ),
  LLM_MAX_TOKENS: llm.defaulted(
    integer(1, 1_000_000, 4_096),
    '4096',
    'The most tokens of an answer, if the caller sets no limit.',
  ),
  LLM_PRICES_FILE: llm.optional(text('a file'), 'A JSON file of your prices.', {
    absent: 'the list that comes with AWE, src/gateway/prices.json',
  }),
  LLM_BUDGET_RUN: llm.optional(decimal, 'The most money that a run may spend on models.', { absent: 'no limit' }),
  LLM_BUDGET_RUN_TOKENS: llm.optional(count, 'The most tokens that a run may use.', { absent: 'no limit' }),
  LLM_BUDGET_DAY: llm.optional(decimal, 'The most money that all runs together may spend in a day (UTC).', {
    absent: 'no limit',
  }),
  LLM_BUDGET_DAY_TOKENS: llm.optional(count, 'The most tokens that all runs together may use in a day (UTC).', {
    absent: 'no limit',
  }),
  LLM_RATE_REQUESTS: llm.optional(count, 'Calls per minute, for each key without a rate of its own.', {
    absent: 'no limit',
  }),
  LLM_RATE_TOKENS: llm.optional(count, 'Tokens per minute, for each key without a rate of its own.', {
    absent: 'no limit',
  }),
  LLM_MAX_PARALLEL: llm.defaulted(integer(1, 1_000, 16), '16', 'Calls that the gateway has under way at once.'),
  LLM_MAX_QUEUE: llm.defaulted(
    integer(0, 10_000, 64),
    '64',
    'Further calls that may wait. Any more are refused with a time to try again.',
  ),
  LLM_QUEUE_WAIT: llm.defaulted(duration('30s', 1), '30s', 'The longest wait of a call.'),
  LLM_JOURNAL_DIR: llm.optional(
    text('a folder'),
    'The folder where the gateway records spending. One gateway per folder.',
    { absent: '<AWE_STATE_DIR>/gateway' },
  ),

  DOCUMENT_STORE_BACKEND: store.defaulted(
    {
      describe: 'filesystem',
      parse(value): 'filesystem' {
        if (value === 's3') throw new Error('"s3" is not built yet. Write filesystem, or leave the variable out.');
        return oneOf('filesystem').parse(value);
      },
    },
    'filesystem',
    'The kind of storage for files, artifacts and records of runs.',
  ),
  ARTIFACTS_DIR: store.defaulted(text('a folder'), './storage', 'The folder of the filesystem document store.'),
  ARTIFACT_TTL_SECONDS: store.defaulted(
    seconds(2_592_000),
    '2592000',
    'Seconds that the index in Redis remembers an artifact (30 days). The file stays.',
  ),
  IDEMPOTENCY_TTL: store.defaulted(
    seconds(2_592_000),
    '2592000',
    'Seconds that the answer to an Idempotency-Key is kept (30 days).',
  ),

  APPROVAL_SIGNALS: people.optional(
    oneOf('accept', 'token', 'refuse'),
    'The treatment of decisions sent as a bare signal to Temporal, under whatever name the sender types.',
    { absent: 'accept in development and test, token in production' },
  ),
  AWE_PROOF_KEY: people.optional(
    secretKeys,
    'The key with which the API proves to runs who decides: the same for API, workers and consumers. The first makes ' +
      'proofs, and all are believed.',
    { absent: 'the key of AWE_PROOF_KEY_FILE', secret: true },
  ),
  AWE_PROOF_KEY_FILE: people.optional(
    text('a file'),
    'A file with that key (32 bytes), if AWE_PROOF_KEY is not set; made by the first process that needs it.',
    { absent: 'proof.key in AWE_STATE_DIR; production needs one of the two' },
  ),
  ...auditVariables,

  ...orderVariables,

  ...workspaceVariables,
  ...egressVariables,
  ...agentVariables,
  ...mcpVariables,
  ...mcpServerVariables,
  ...webhookVariables,

  ...databaseVariables,
  ...policyVariables,
  ...meaningVariables,
  ...taskVariables,

  AWE_TOOLS: engine.optional(
    text('a file'),
    'A module of your own tools and agents, as JavaScript, which workers load beside those of AWE. See docs/from-code.md.',
    { absent: 'the tools of AWE alone' },
  ),
  AWE_REWORK_ROUNDS: engine.defaulted(integer(0, 20, 2), '2', 'Times that a deliverable may be sent back for rework.'),
  AWE_MAX_PARALLEL_STEPS: engine.defaulted(integer(1, 500, 16), '16', 'Steps of one run that work at once.'),
  AWE_MAX_CACHED_WORKFLOWS: engine.defaulted(
    integer(0, 10_000, 200),
    '200',
    'Runs that a worker keeps in memory. With 0, each is replayed from its history at every task.',
  ),
  AWE_STICKY_TIMEOUT: engine.defaulted(
    duration('1s', 100),
    '1s',
    'Time that a task waits for the worker that has its run in memory before any worker may take it.',
  ),
  AWE_SHUTDOWN_GRACE: engine.defaulted(
    duration('20s'),
    '20s',
    'Time that a stopping process gives its work to finish.',
  ),

  AWE_WORKER_BUILD_ID: engine.optional(
    pattern('a build id (letters, digits and . _ -)', /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, '2026-03-01'),
    'The release of a worker. With it, a run stays with the release that started it, and new runs go to the one that `awe versions promote` has made current.',
    { absent: 'no release: any worker takes any run, and changed workflow code is guarded with `patched`' },
  ),

  AWE_METRICS_PORT: watching.optional(
    integer(0, 65_535, 9464),
    'The port where a process serves /metrics for Prometheus, on AWE_HOST. 0 is none. The API serves /metrics itself.',
    { absent: 'none in a process that serves the API; in others 9464, if it is free' },
  ),

  AWE_TEMPORAL_METRICS_PORT: watching.optional(
    port(9465),
    'The port where a worker serves the metrics of Temporal’s SDK (polls, latencies, its cache), on AWE_HOST.',
    { absent: 'none' },
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: watching.optional(
    url(['http:', 'https:'], 'http://127.0.0.1:4318'),
    'The collector of traces, which takes OTLP over HTTP. /v1/traces is added to the URL.',
    { absent: 'no traces' },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: watching.optional(
    pattern('a list of name=value, with commas', /^[^\s=,]+=[^,]*(,[^\s=,]+=[^,]*)*$/, 'x-key=…'),
    'Headers for the collector, such as its key; values are percent-encoded.',
    { secret: true },
  ),
  OTEL_SERVICE_NAME: watching.defaulted(
    pattern('a name', /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}$/, 'awe'),
    'awe',
    'The name of this process in traces.',
  ),
  SENTRY_DSN: watching.optional(
    url(['http:', 'https:'], 'https://key@sentry.example.com/1'),
    'The project of Sentry that errors of the log are reported to.',
    { absent: 'errors are logged alone', secret: true },
  ),

  TEMPORAL_TEST_SERVER: tests.optional(
    text('a file'),
    'The time-skipping test server, an executable. Without it `make test` fetches or builds one.',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/** The checked values, one per variable. */
export type Values = ValuesOf<typeof variables>;
