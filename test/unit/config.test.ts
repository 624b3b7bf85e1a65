import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assertApiIsGuarded,
  ConfigError,
  environmentFor,
  findProjectRoot,
  loadConfig,
  readGatewaySecrets,
} from '../../src/config';
import { renderEnvExample } from '../../src/config/env-example';
import { readEnvironment } from '../../src/config/read';
import { createLogger } from '../../src/logging';
import { NOBODY } from '../setup/servers';

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((p) => `${p.name}: ${p.message}`);
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('has a default for everything that has to be there', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      env: 'development',
      namespace: 'audit',
      streams: { events: 'audit:events', dlq: 'audit:dlq', tasks: 'audit:tasks.dlq', prefix: 'audit' },
      redis: { external: false, url: 'redis://127.0.0.1:6380' },
      temporal: { external: false, address: '127.0.0.1:7233', namespace: 'default', uiPort: 8233 },
      http: { host: '127.0.0.1', port: 8080, bodyLimitBytes: 10_485_760, uploadLimitBytes: 20_971_520 },
      store: { backend: 'filesystem', artifactTtlSeconds: 2_592_000, idempotencyTtlSeconds: 2_592_000 },
      approvals: { signals: 'accept' },
      clarification: { remindAfterMs: 14_400_000, escalateAfterMs: 86_400_000, expireAfterMs: 604_800_000 },
      engine: { reworkRounds: 2, maxParallelSteps: 16 },
      tasks: { retries: 'transient', recoverIdleMs: 4_000, deadLetters: true },
      worker: { maxCachedWorkflows: 200, stickyTimeoutMs: 1_000, shutdownGraceMs: 20_000 },
      log: { level: 'info' },
      warnings: [],
    });
  });

  it('moves every stream and key with the namespace, and each of them by itself', () => {
    expect(loadConfig({ NAMESPACE: 'workflow' }).streams).toEqual({
      events: 'workflow:events',
      dlq: 'workflow:dlq',
      tasks: 'workflow:tasks.dlq',
      prefix: 'workflow',
    });
    expect(loadConfig({ NAMESPACE: 'workflow', STREAM_NAME: 'all', KEY_PREFIX: 'x' }).streams).toEqual({
      events: 'all',
      dlq: 'workflow:dlq',
      tasks: 'workflow:tasks.dlq',
      prefix: 'x',
    });
  });

  it('takes paths from the project root, whatever folder it is called from', () => {
    const config = loadConfig({ ARTIFACTS_DIR: './files', AWE_STATE_DIR: '/var/awe' });
    expect(config.store.dir).toBe(join(findProjectRoot(), 'files'));
    expect(config.stateDir).toBe('/var/awe');
  });

  it('names every wrong variable in one error, with the remedy', () => {
    expect(
      problemsOf({
        AWE_PORT: '80a80',
        NAMESPACE: 'Audit!',
        IDEMPOTENCY_TTL: 'soon',
        AWE_CLARIFICATION_REMIND_AFTER: '4 hours',
        REDIS_URL: 'http://:pa55@localhost',
        TEMPORAL_ADDRESS: 'localhost',
        DOCUMENT_STORE_BACKEND: 's3',
        AWE_ENV: 'prod',
      }),
    ).toEqual([
      'AWE_ENV: "prod" is not one of development, production, test. Write for example development.',
      'NAMESPACE: "Audit!" is not a lower-case name of at most 31 characters (a-z, 0-9, _ and -). Write for example audit.',
      'REDIS_URL: is not a URL that starts with redis:// or rediss://. Write for example redis://127.0.0.1:6379.',
      'TEMPORAL_ADDRESS: "localhost" is not an address like host:port. Write for example temporal.example.com:7233.',
      'AWE_PORT: "80a80" is not a whole number from 1 to 65535. Write for example 8080.',
      'DOCUMENT_STORE_BACKEND: "s3" is not built yet. Write filesystem, or leave the variable out.',
      'IDEMPOTENCY_TTL: "soon" is not a number of seconds (or a duration like 30d). Write for example 2592000.',
      'AWE_CLARIFICATION_REMIND_AFTER: "4 hours" is not a duration (a number and one of ms, s, m, h, d). Write for example 4h.',
    ]);
  });

  it.each([
    [{ AWE_CLARIFICATION_REMIND_AFTER: '2d' }, 'AWE_CLARIFICATION_ESCALATE_AFTER: must be longer than'],
    [{ STREAM_NAME: 'one', DLQ_STREAM: 'one' }, 'DLQ_STREAM: is also the stream of events'],
    [{ REDIS_PORT: '8080' }, 'REDIS_PORT: is the same port as AWE_PORT'],
    [{ AWE_PORT: 'tcp://10.0.0.1:80' }, 'AWE_PORT: "tcp://10.0.0.1:80" comes from a Kubernetes Service'],
    [
      { TEMPORAL_PROFILE: 'nowhere', TEMPORAL_CONFIG_FILE: '/nonexistent.toml' },
      'TEMPORAL_CONFIG_FILE: cannot be used',
    ],
  ])('refuses %j', (env, message) => {
    expect(problemsOf(env as Record<string, string>)).toEqual([expect.stringContaining(message)]);
  });

  it('warns of an unknown AWE_ name and says which was meant', () => {
    expect(loadConfig({ AWE_PROT: '1', AWE_SOMETHING_ELSE: '1', OTHER: '1' }).warnings).toEqual([
      'AWE_PROT is not a variable of AWE and has no effect. Did you mean AWE_PORT?',
      'AWE_SOMETHING_ELSE is not a variable of AWE and has no effect.',
    ]);
  });

  it('takes an empty value for an absent one', () => {
    expect(loadConfig({ AWE_PORT: '', REDIS_URL: ' ' })).toMatchObject({
      http: { port: 8080 },
      redis: { external: false },
    });
  });

  it('moves all ports of the local stack together, but for those that are set by themselves', () => {
    const { http, llm, temporal, redis, databases } = loadConfig({ AWE_PORT_BASE: '18080', REDIS_PORT: '6390' });
    expect([http.port, llm.gateway.port, temporal.port, temporal.uiPort]).toEqual([18080, 18081, 18082, 18083]);
    expect([llm.url, temporal.address, redis.url]).toEqual([
      'http://127.0.0.1:18081/v1',
      '127.0.0.1:18082',
      'redis://127.0.0.1:6390',
    ]);
    expect(databases.places).toMatchObject([{ name: 'default', url: 'postgres://awe@127.0.0.1:18085/awe' }]);
    expect(problemsOf({ AWE_PORT_BASE: '65531' })).toEqual([expect.stringContaining('AWE_PORT_BASE')]);
  });

  it('reads .env under the environment of the process', () => {
    const root = mkdtempSync(join(tmpdir(), 'awe-config-'));
    writeFileSync(join(root, '.env'), 'AWE_PORT=1234\nNAMESPACE=fromfile\n');
    expect(readEnvironment(root, { NAMESPACE: 'fromenv' })).toEqual({ AWE_PORT: '1234', NAMESPACE: 'fromenv' });
  });

  it('reads secrets of tools with their hosts, keeps them out of logs, and warns of none of their names', () => {
    const env = { AWE_SECRET_CRM: 'eight-or-more', AWE_SECRET_CRM_HOSTS: 'crm.example', AWE_SECRET_CRM_TOOLS: 'a.b' };
    const { secrets, log, warnings } = loadConfig(env);
    expect(secrets.given.CRM).toMatchObject({ value: 'eight-or-more', tools: ['a.b'] });
    expect([log.secrets, warnings]).toEqual([['eight-or-more'], []]);
  });

  it.each([
    [{ AWE_SECRET_CRM: 'eight-or-more' }, 'AWE_SECRET_CRM: may go nowhere. Set AWE_SECRET_CRM_HOSTS'],
    [{ AWE_SECRET_CRM: 'short', AWE_SECRET_CRM_HOSTS: 'a.example' }, 'AWE_SECRET_CRM: has 5 characters.'],
    [{ AWE_SECRET_CRM: 'eight-or-more', AWE_SECRET_CRM_HOSTS: '*' }, 'AWE_SECRET_CRM: names "*", which is no host.'],
    [{ AWE_SECRET_crm: 'eight-or-more' }, 'AWE_SECRET_crm: is no name of a secret'],
    [{ AWE_SECRET_CRM_HOSTS: 'a.example' }, 'AWE_SECRET_CRM_HOSTS: declares AWE_SECRET_CRM, which is not set.'],
    [{ EGRESS_ALLOW: '10.0.0.0/99' }, 'EGRESS_ALLOW: "10.0.0.0/99" is neither a host, nor an address, nor a range.'],
  ])('refuses %j of the way out', (env, message) => {
    const problems = problemsOf(env);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toContain('eight-or-more');
  });

  it('reads databases by their names, and keeps their passwords out of logs', () => {
    const env = {
      DATABASE_URL: 'postgres://awe:one%20long@db.example/main',
      DATABASE_SHOP_URL: 'postgresql://awe:two-long@db.example/shop',
    };
    const { databases, log } = loadConfig(env);
    expect(databases.places.map(({ name }) => name)).toEqual(['default', 'shop']);
    expect(databases.local.external).toBe(true);
    expect(log.secrets).toEqual(expect.arrayContaining(['one long', 'two-long']));
    expect(loadConfig({ AWE_ENV: 'production' }).databases).toMatchObject({ places: [], local: { external: true } });
  });

  it.each([
    [{ DATABASE_URL: 'mysql://awe:hidden@db.example/x' }, 'DATABASE_URL: is not a URL that starts with postgres://'],
    [{ DATABASE_SHOP_URL: 'hidden' }, 'DATABASE_SHOP_URL: is not a URL that starts with postgres://'],
    [{ DATABASE_DEFAULT_URL: 'postgres://hidden@db' }, 'DATABASE_DEFAULT_URL: is called DATABASE_URL'],
    [{ DATABASE_shop_URL: 'postgres://hidden@db' }, 'DATABASE_shop_URL: has no name in it. Write capital letters'],
  ])('refuses %j of the databases', (env, message) => {
    const problems = problemsOf(env);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toContain('hidden');
  });

  it('hands a process only those secrets that it needs', () => {
    const secrets = {
      OPENAI_API_KEY: 'k',
      REDIS_PASSWORD: 'p',
      AWE_SECRET_CRM: 's',
      DATABASE_SHOP_URL: 'd',
      AWE_PORT: '1234',
    };
    const before = { ...process.env };
    Object.assign(process.env, secrets);
    const held = (whom: 'server' | 'roles' | 'gateway') =>
      Object.keys(secrets).filter((name) => name in environmentFor(whom));
    try {
      expect([held('server'), held('roles'), held('gateway')]).toEqual([
        ['AWE_PORT'],
        ['REDIS_PASSWORD', 'AWE_SECRET_CRM', 'DATABASE_SHOP_URL', 'AWE_PORT'],
        ['OPENAI_API_KEY', 'REDIS_PASSWORD', 'AWE_PORT'],
      ]);
    } finally {
      for (const name of Object.keys(secrets)) delete process.env[name];
      Object.assign(process.env, before);
    }
  });

  it('keeps tests away from the stacks of this machine: no .env, and no port that anybody else may have', () => {
    const root = mkdtempSync(join(tmpdir(), 'awe-config-'));
    writeFileSync(join(root, '.env'), 'NAMESPACE=fromfile\n');
    const { namespace, http, llm, temporal, redis } = loadConfig(readEnvironment(root, { AWE_ENV: 'test', ...NOBODY }));
    expect(namespace).toBe('audit');
    const ports = [http.port, llm.gateway.port, temporal.port, temporal.uiPort, redis.port];
    expect(ports.filter((port) => port >= 1_024)).toEqual([]);
  });

  it('leaves TLS, API key and profile of Temporal to envconfig', () => {
    const { temporal } = loadConfig({ TEMPORAL_ADDRESS: 'cloud.example.com:7233', TEMPORAL_API_KEY: 'k' });
    expect(temporal).toMatchObject({ external: true, address: 'cloud.example.com:7233', namespace: 'default' });
    expect(temporal.connection).toMatchObject({ address: 'cloud.example.com:7233', apiKey: 'k' });
  });

  it('asks for tokens on decisions by signal in production', () => {
    expect(loadConfig({ AWE_ENV: 'production' }).approvals.signals).toBe('token');
    expect(loadConfig({ AWE_ENV: 'production', APPROVAL_SIGNALS: 'refuse' }).approvals.signals).toBe('refuse');
  });

  it('serves the API without keys in development on loopback alone', () => {
    const refusal = (env: Record<string, string>) => () => assertApiIsGuarded(loadConfig(env));
    expect(refusal({})).not.toThrow();
    expect(refusal({ AWE_HOST: '0.0.0.0' })).toThrow(
      'The API needs keys on 0.0.0.0, which others can reach: set AWE_API',
    );
    expect(refusal({ AWE_ENV: 'production' })).toThrow('The API needs keys in production: set AWE_API_KEYS_FILE');
    expect(refusal({ AWE_HOST: '0.0.0.0', AWE_API_KEYS_FILE: 'keys.json' })).not.toThrow();
  });

  it('gives the gateway the key, the server and the model of its provider, and nobody else a key', () => {
    const keys = { OPENAI_API_KEY: 'sk-of-openai', ANTHROPIC_API_KEY: 'sk-of-anthropic' };
    for (const [provider, apiKey, host, model] of [
      ['openai', 'sk-of-openai', 'api.openai.com', 'gpt-4.1-mini'],
      ['anthropic', 'sk-of-anthropic', 'api.anthropic.com', 'claude-haiku-4-5'],
    ] as const) {
      const env = { ...keys, LLM_PROVIDER: provider };
      expect(readGatewaySecrets(env)).toEqual({ apiKey });
      const config = loadConfig(env);
      expect(JSON.stringify(config)).not.toContain('sk-of');
      expect(config.llm.gateway).toMatchObject({ model, baseUrl: expect.stringContaining(host) });
    }
  });

  it('is documented in .env.example (make env-example writes it anew)', () => {
    expect(readFileSync(join(findProjectRoot(), '.env.example'), 'utf8')).toBe(renderEnvExample());
  });

  it('can be copied from .env.example as it stands, and with every default uncommented', () => {
    const uncommented = renderEnvExample().replace(/^#([A-Z][A-Z0-9_]*=)/gm, '$1');
    const root = mkdtempSync(join(tmpdir(), 'awe-config-'));
    writeFileSync(join(root, '.env'), uncommented);
    expect(loadConfig(readEnvironment(root, {}))).toEqual(loadConfig({}));
  });
});

describe('the logger', () => {
  it('blots out secrets', () => {
    const lines: string[] = [];
    const log = createLogger({ log: { level: 'info' } }, 'test', { write: (line: string) => void lines.push(line) });
    log.info(
      { password: 'p1', headers: { authorization: 'p2', 'x-api-key': 'p3' }, a: { b: { token: 'p4' } } },
      'hello',
    );
    expect(lines.join('')).toContain('"level":"info"');
    expect(lines.join('')).toContain('hello');
    expect(lines.join('')).not.toMatch(/p[1-4]/);
  });
});
