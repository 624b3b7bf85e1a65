/**
 * Every variable that AWE reads, in one table. Types (`Values`), validation and `.env.example` come from it;
 * `make env-example` writes that file anew, and a test keeps the two equal.
 */
import { auditVariables } from './audit';
import { address, duration, integer, oneOf, pattern, port, seconds, text, url } from './kinds';
import { orderVariables } from './order';
import { PEOPLE, section, type ValuesOf, type Variable } from './sections';

const key = (example: string) =>
  pattern('a Redis key (letters, digits and : . _ - { })', /^[A-Za-z0-9][A-Za-z0-9:._{}-]{0,99}$/, example);

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
const llm = section('LLM: the gateway, and where callers find it. See docs/llm.md');
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
    'What this installation is for. Only `development` and `test` serve the API without keys, and only on loopback.',
  ),
  AWE_LOG_LEVEL: general.defaulted(
    oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    'info',
    'The least level that is logged. Logs are JSON lines on standard output.',
  ),
  AWE_STATE_DIR: general.defaulted(
    text('a folder'),
    '.awe',
    'State, logs and process files of the local stack. Relative paths start at the project root, wherever you call from.',
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
  REDIS_PASSWORD: redis.optional(text('a password'), 'The password of Redis, where REDIS_URL holds none.', {
    secret: true,
  }),
  REDIS_PORT: redis.defaulted(port(6380), '6380', 'The port of the local Redis that `awe up` starts.'),

  STREAM_KEEP: streams.defaulted(
    duration('7d'),
    '7d',
    'How long an event stays in the stream at least. Older ones are cut off, but none that a group has not handled yet.',
  ),
  GROUP_IDLE_TTL: streams.defaulted(
    duration('7d', 1_000),
    '7d',
    'A consumer group in which nothing has happened for this time no longer keeps events from being cut off.',
  ),
  AWE_CONSUMER_NAME: streams.optional(
    pattern('a name (letters, digits and . _ : -)', /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'consumer-1'),
    'The name of a consumer process in its groups. One that comes back under its name finds at once what it had in hand.',
    { absent: '<host name>:<process id>' },
  ),
  AWE_CONSUMER_ATTEMPTS: streams.defaulted(
    integer(2, 100, 5),
    '5',
    'How often an entry is tried before it goes to the dead letters.',
  ),
  AWE_CONSUMER_PARALLEL: streams.defaulted(
    integer(1, 1_000, 16),
    '16',
    'How many entries a consumer process handles at once, for each group.',
  ),
  AWE_CONSUMER_MIN_IDLE: streams.defaulted(
    duration('30s', 1_000),
    '30s',
    'What a consumer process has in hand is taken over by another after this time without a sign of life.',
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
  TEMPORAL_PORT: temporal.defaulted(port(7233), '7233', 'The port of the local Temporal that `awe up` starts.'),
  TEMPORAL_UI_PORT: temporal.defaulted(port(8233), '8233', 'The port of the local Temporal’s Web UI.'),

  AWE_HOST: http.defaulted(
    pattern('a host name or an IP address', /^[A-Za-z0-9._:-]{1,253}$/, '127.0.0.1'),
    '127.0.0.1',
    'The address that the API listens on. Anything but loopback needs AWE_API_KEYS_FILE.',
  ),
  AWE_PORT: http.defaulted(port(8080), '8080', 'The port of the API, its documentation and the console.'),
  AWE_API_KEYS_FILE: http.optional(text('a file'), 'A JSON file of API keys and their roles.', {
    absent: 'no keys: the API is served on loopback only, and never in production',
  }),
  AWE_BODY_LIMIT_MB: http.defaulted(MB(100, 10), '10', 'The largest JSON body of a request, in MiB.'),
  AWE_UPLOAD_LIMIT_MB: http.defaulted(MB(1_000, 20), '20', 'The largest uploaded file, in MiB.'),

  LLM_GATEWAY_URL: llm.optional(
    url(['http:', 'https:'], 'http://127.0.0.1:8081/v1'),
    'Where agents find the gateway. Name one of your own, and `awe up` starts none.',
    { absent: 'http://127.0.0.1:<AWE_GATEWAY_PORT>/v1' },
  ),
  LLM_GATEWAY_KEY: llm.optional(text('a key'), 'The key that agents send to the gateway, where it has keys.', {
    secret: true,
  }),
  LLM_GATEWAY_KEY_FILE: llm.optional(text('a file'), 'A file that holds this key, where LLM_GATEWAY_KEY is not set.'),
  WORKER_MODE: llm.defaulted(
    oneOf('rules', 'llm'),
    'rules',
    'Who chooses the words of deliverables and replies: `rules`, or a model behind the gateway (`llm`). Figures always come from code.',
  ),
  OPENAI_MAX_RETRIES: llm.defaulted(
    integer(1, 20, 4),
    '4',
    'How often a call of a model is attempted in all, by Temporal; the clients never try again by themselves.',
  ),
  AWE_GATEWAY_HOST: llm.defaulted(
    pattern('a host name or an IP address', /^[A-Za-z0-9._:-]{1,253}$/, '127.0.0.1'),
    '127.0.0.1',
    'The address that the gateway listens on. Anything but loopback needs AWE_GATEWAY_KEYS_FILE.',
  ),
  AWE_GATEWAY_PORT: llm.defaulted(port(8081), '8081', 'The port of the gateway.'),
  AWE_GATEWAY_KEYS_FILE: llm.optional(text('a file'), 'A JSON file of callers’ keys, their budgets and rates.', {
    absent: 'no keys: the gateway is served on loopback only, and never in production',
  }),
  LLM_PROVIDER: llm.defaulted(
    oneOf('mock', 'openai'),
    'mock',
    'Who answers: `mock` is rules, without a model, a network or a key; `openai` is any server that speaks its protocol.',
  ),
  LLM_MODEL: llm.optional(modelName, 'The model that callers mean by `default`, where the provider is openai.', {
    absent: 'OPENAI_MODEL, or else gpt-4.1-mini',
  }),
  OPENAI_MODEL: llm.optional(modelName, 'Another name of LLM_MODEL.'),
  LLM_EMBEDDING_MODEL: llm.defaulted(
    modelName,
    'text-embedding-3-small',
    'The model that callers of /v1/embeddings mean by `default`.',
  ),
  LLM_MODELS: llm.optional(
    pattern(
      'a list of name=model, with commas',
      /^[A-Za-z0-9._-]{1,64}=[A-Za-z0-9._:/@-]{1,200}(,[A-Za-z0-9._-]{1,64}=[A-Za-z0-9._:/@-]{1,200})*$/,
      'small=gpt-4.1-nano,large=gpt-4.1',
    ),
    'More names by which callers may ask for a model.',
  ),
  OPENAI_BASE_URL: llm.defaulted(
    url(['http:', 'https:'], 'https://api.openai.com/v1'),
    'https://api.openai.com/v1',
    'The server of the provider openai.',
  ),
  OPENAI_API_KEY: llm.optional(text('a key'), 'Your key there. Only the gateway reads it.', { secret: true }),
  OPENAI_TIMEOUT_S: llm.defaulted(
    integer(1, 3_600, 120),
    '120',
    'Seconds for an answer, and in a stream for each piece of it.',
  ),
  LLM_LIMIT_PARAMETER: llm.defaulted(
    oneOf('max_completion_tokens', 'max_tokens'),
    'max_completion_tokens',
    'By which name the limit of an answer is sent to the provider: some servers know the old one only.',
  ),
  LLM_MAX_TOKENS: llm.defaulted(
    integer(1, 1_000_000, 4_096),
    '4096',
    'The most tokens of an answer, where the caller names none.',
  ),
  LLM_PRICES_FILE: llm.optional(text('a file'), 'A JSON file of your prices.', {
    absent: 'the list that comes with AWE, src/gateway/prices.json',
  }),
  LLM_BUDGET_RUN: llm.optional(decimal, 'The most money that a run may spend on models.', { absent: 'no limit' }),
  LLM_BUDGET_RUN_TOKENS: llm.optional(count, 'The most tokens that a run may use.', { absent: 'no limit' }),
  LLM_BUDGET_DAY: llm.optional(decimal, 'The most money that is spent in a day (UTC), by all together.', {
    absent: 'no limit',
  }),
  LLM_BUDGET_DAY_TOKENS: llm.optional(count, 'The most tokens that are used in a day (UTC).', { absent: 'no limit' }),
  LLM_RATE_REQUESTS: llm.optional(count, 'Calls in a minute, for each key that names no rate of its own.', {
    absent: 'no limit',
  }),
  LLM_RATE_TOKENS: llm.optional(count, 'Tokens in a minute, for each key that names no rate of its own.', {
    absent: 'no limit',
  }),
  LLM_MAX_PARALLEL: llm.defaulted(integer(1, 1_000, 16), '16', 'How many calls the gateway has under way at once.'),
  LLM_MAX_QUEUE: llm.defaulted(integer(0, 10_000, 64), '64', 'How many more may wait. Others are told to come again.'),
  LLM_QUEUE_WAIT: llm.defaulted(duration('30s', 1), '30s', 'How long a call waits at most.'),
  LLM_JOURNAL_DIR: llm.optional(
    text('a folder'),
    'Where the gateway keeps what was spent. One gateway for each folder.',
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
    'Where files, artifacts and records of runs are kept.',
  ),
  ARTIFACTS_DIR: store.defaulted(text('a folder'), './storage', 'The folder of the filesystem document store.'),
  ARTIFACT_TTL_SECONDS: store.defaulted(
    seconds(2_592_000),
    '2592000',
    'How long the index of artifacts in Redis remembers one, in seconds (30 days). The file stays.',
  ),
  IDEMPOTENCY_TTL: store.defaulted(
    seconds(2_592_000),
    '2592000',
    'How long the answer to an Idempotency-Key is kept, in seconds (30 days).',
  ),

  APPROVAL_SIGNALS: people.optional(
    oneOf('accept', 'token', 'refuse'),
    'What is done with a decision that comes as a bare signal to Temporal, carrying whatever name its sender types.',
    { absent: 'accept in development and test, token in production' },
  ),
  ...auditVariables,

  ...orderVariables,

  AWE_REWORK_ROUNDS: engine.defaulted(integer(0, 20, 2), '2', 'How often a deliverable may be sent back for rework.'),
  AWE_MAX_PARALLEL_STEPS: engine.defaulted(integer(1, 500, 16), '16', 'How many steps of one run go at once.'),
  AWE_MAX_CACHED_WORKFLOWS: engine.defaulted(
    integer(0, 10_000, 200),
    '200',
    'How many runs a worker keeps in memory. 0 replays each from its history at every task.',
  ),
  AWE_STICKY_TIMEOUT: engine.defaulted(
    duration('1s', 100),
    '1s',
    'How long a task waits for the worker that has its run in memory before any worker may take it.',
  ),
  AWE_SHUTDOWN_GRACE: engine.defaulted(
    duration('20s'),
    '20s',
    'How long a process that is asked to stop lets its work finish.',
  ),

  AWE_WORKER_BUILD_ID: engine.optional(
    pattern('a build id (letters, digits and . _ -)', /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, '2026-03-01'),
    'Names the release that a worker is of. Then a run stays with the release that started it, and new runs go to the one that `awe versions promote` has made current.',
    { absent: 'no release: any worker takes any run, and changed workflow code is guarded with `patched`' },
  ),

  AWE_METRICS_PORT: watching.optional(
    integer(0, 65_535, 9464),
    'The port at which a process serves /metrics for Prometheus, on AWE_HOST. 0 is none. The API serves /metrics itself.',
    { absent: 'none in a process that serves the API; in others 9464, where it is free' },
  ),

  AWE_TEMPORAL_METRICS_PORT: watching.optional(
    port(9465),
    'The port at which a worker serves what Temporal’s SDK measures itself (polls, latencies, its cache), on AWE_HOST.',
    { absent: 'nowhere' },
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: watching.optional(
    url(['http:', 'https:'], 'http://127.0.0.1:4318'),
    'Where traces are sent: a collector that takes OTLP over HTTP. /v1/traces is added to it.',
    { absent: 'nothing is traced' },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: watching.optional(
    pattern('a list of name=value, with commas', /^[^\s=,]+=[^,]*(,[^\s=,]+=[^,]*)*$/, 'x-key=…'),
    'Headers that the collector asks for, such as its key; values are percent-encoded.',
    { secret: true },
  ),
  OTEL_SERVICE_NAME: watching.defaulted(
    pattern('a name', /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,99}$/, 'awe'),
    'awe',
    'The name of this process in traces.',
  ),

  TEMPORAL_TEST_SERVER: tests.optional(
    text('a file'),
    'The time-skipping test server, an executable. Without it `make test` fetches or builds one.',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof variables;

/** The checked values, one per variable. */
export type Values = ValuesOf<typeof variables>;
