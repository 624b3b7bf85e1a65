/** docker-compose.yml, as read by the parser of the specification. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { variables } from '../../../src/config/variables';
import { findProjectRoot } from '../../../src/config';
import { DYNAMIC_CONFIG } from '../../../src/local/temporal';
import { queueClasses } from '../../../schemas/queues';
import { composeParser } from '../../support/compose';

interface Service {
  image?: string;
  build?: unknown;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  ports?: string[];
  volumes?: string[];
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
}

const root = findProjectRoot();
const file = join(root, 'docker-compose.yml');
const { services, volumes } = parse(readFileSync(file, 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const own = Object.entries(services).filter(([, { image }]) => image?.includes('awe:local'));
/** The services that `docker compose up` of these starts. */
function started(names: string[]): Set<string> {
  const all = new Set(names);
  for (const name of all) for (const other of Object.keys(services[name]?.depends_on ?? {})) all.add(other);
  return all;
}
const isOnce = ({ restart }: Service) => restart?.startsWith('on-failure') ?? false;

describe('docker-compose.yml, to the parser of the compose specification', () => {
  const parser = composeParser();
  const when = parser ? it : it.skip;
  if (!parser) process.stderr.write('    compose: skipped, for Go, which builds the parser, is not installed\n');

  when('is right as it stands, without any variable set', () => {
    const { ok, text } = parser!(file);
    expect(ok ? '' : text).toBe('');
    const project = JSON.parse(text) as { services: Record<string, unknown>; volumes: Record<string, unknown> };
    expect(Object.keys(project.services).sort()).toEqual(Object.keys(services).sort());
    expect(Object.keys(project.volumes).sort()).toEqual(Object.keys(volumes).sort());
  });

  when('takes the variables that are set', () => {
    const { text } = parser!(file, {
      ...{ NAMESPACE: 'workflow', AWE_PORT: '18080', AWE_IMAGE: 'registry.example/awe:1' },
      ...{ ORDER_FOUR_EYES: 'on', OPENAI_API_KEY: 'k' },
    });
    const { api, consumer } = (
      JSON.parse(text) as { services: Record<string, { image: string; ports: object[]; environment: object }> }
    ).services;
    expect(api).toMatchObject({ image: 'registry.example/awe:1', environment: { NAMESPACE: 'workflow' } });
    expect(consumer!.environment).toMatchObject({ ORDER_FOUR_EYES: 'on' });
    expect(JSON.stringify(consumer)).not.toContain('OPENAI_API_KEY');
    expect(api!.ports).toEqual([expect.objectContaining({ host_ip: '127.0.0.1', target: 8080, published: '18080' })]);
  });

  when('would be refused with a service that depends on one that is not there', () => {
    const dir = mkdtempSync(join(tmpdir(), 'awe-compose-'));
    const wrong = join(dir, 'docker-compose.yml');
    writeFileSync(wrong, 'services: {a: {image: "a:1", depends_on: [b]}}');
    expect(parser!(wrong)).toMatchObject({ ok: false });
    rmSync(dir, { recursive: true });
  });
});

describe('what the services are', () => {
  it('has every name that users know', () => {
    const known = [
      'redis',
      'postgresql',
      'temporal',
      'temporal_ui',
      'api',
      'worker',
      'consumer',
      'llm_gateway',
      'order_intake_agent',
    ];
    expect(Object.keys(services)).toEqual(expect.arrayContaining(known));
  });

  it('pins every image that is not built here', () => {
    const foreign = Object.entries(services).filter(([name]) => !own.some(([ours]) => ours === name));
    expect(
      foreign
        .map(([, { image }]) => image)
        .filter((image) => !/:\d+\.\d+(\.\d+)?(-\w+)?(@sha256:[0-9a-f]{64})?$/.test(image ?? '')),
    ).toEqual([]);
  });

  it('builds the image once, before everything that runs it', () => {
    const builders = own.filter(([, { build }]) => build !== undefined).map(([name]) => name);
    expect(builders).toEqual(['setup']);
    for (const [name] of own) expect([name, [...started([name])]]).toEqual([name, expect.arrayContaining(builders)]);
  });

  it('sets only variables that AWE reads', () => {
    const known = Object.keys(variables);
    const names = own.flatMap(([, { environment = {} }]) => Object.keys(environment));
    expect([...new Set(names)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('hands each variable to the roles that read it, but for those that it decides itself', () => {
    /** about the local stack and tests, or answered by the image, the network and the ports of this file */
    const decided =
      /^(AWE_ENV|AWE_API_KEY|AWE_HOST|AWE_PORT|AWE_PORT_BASE|AWE_METRICS_PORT|AWE_STATE_DIR|ARTIFACTS_DIR|REDIS_PORT|POSTGRES_PORT|TEMPORAL_PORT|TEMPORAL_UI_PORT|TEMPORAL_TEST_SERVER|REDIS_PASSWORD|LLM_GATEWAY_KEY)$/;
    const ofGateway = /^(LLM_(?!GATEWAY)|OPENAI_(?!MAX_RETRIES)|ANTHROPIC_|AWE_GATEWAY_)/;
    const ofApi = /^(AWE_PUBLIC_URL|AWE_SESSION_)/;
    const ofAll = /^(AWE_LOG_LEVEL|AWE_SHUTDOWN_GRACE|AWE_BODY_LIMIT_MB|OTEL_|SENTRY_)/;
    const special: Record<string, string[]> = {
      AWE_API_KEYS_FILE: ['api'],
      LLM_GATEWAY_URL: ['api', 'worker', 'order_intake_agent'],
      LLM_GATEWAY_KEY_FILE: ['api', 'worker', 'order_intake_agent'],
      EGRESS_ALLOW: ['worker'],
      AWE_SECRETS_DIR: ['worker'],
      AWE_TOOLS: ['worker'],
      MCP_CONFIG: ['worker'],
      BRIA_MCP_URL: ['worker'],
      BRIA_AUTH_TOKEN: ['worker'],
      BRIA_AUTH_HEADER: ['worker'],
      MCP_SERVER_DECIDES: ['api'],
      DATABASE_URL: ['worker'],
      DATABASE_CONNECTIONS: ['worker'],
      POLICY_FILE: ['api', 'worker'],
    };
    const roles = ['api', 'worker', 'consumer', 'order_intake_agent'];
    const readers = (name: string): string[] => {
      if (decided.test(name)) return [];
      if (ofGateway.test(name)) return ['llm_gateway'];
      if (ofApi.test(name)) return ['api'];
      return special[name] ?? (ofAll.test(name) ? [...roles, 'llm_gateway'] : roles);
    };
    const missing = Object.keys(variables).flatMap((name) =>
      readers(name)
        .filter((service) => !(name in (services[service]?.environment ?? {})))
        .map((service) => `${name} does not reach ${service}`),
    );
    expect(missing).toEqual([]);
  });

  it('keeps the key of a provider with the gateway, and the first key of the API with the API', () => {
    const who = (has: (service: Service) => boolean) =>
      Object.entries(services)
        .filter(([, service]) => has(service))
        .map(([name]) => name);
    expect(who(({ environment = {} }) => 'OPENAI_API_KEY' in environment)).toEqual(['llm_gateway']);
    expect(who(({ volumes = [] }) => volumes.some((volume) => volume.startsWith('api_keys:')))).toEqual([
      'setup',
      'api',
    ]);
  });

  it('publishes to this machine alone', () => {
    const ports = Object.values(services).flatMap(({ ports = [] }) => ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('runs AWE with a read-only root and without capabilities', () => {
    expect(own.filter(([, { read_only, cap_drop }]) => !read_only || cap_drop?.[0] !== 'ALL')).toEqual([]);
  });

  it('has workers for every queue', () => {
    const served = own.flatMap(([, { command = [] }]) => command[command.indexOf('--queues') + 1]?.split(',') ?? []);
    const asked = served.filter((name) => !['serve', 'prepare'].includes(name));
    expect(asked).toEqual(expect.arrayContaining([...queueClasses]));
    expect(asked.filter((name) => !(queueClasses as readonly string[]).includes(name))).toEqual([]);
  });

  it('holds no key and no password but the one of the database that nothing else can reach', () => {
    const secrets = Object.values(services).flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(
        ([name]) => /KEY|PASSW|PWD|SECRET|TOKEN/.test(name) && !name.endsWith('_FILE'),
      ),
    );
    expect(new Set(secrets.map(([, value]) => value))).toEqual(
      new Set(['${POSTGRES_PASSWORD:-temporal}', null]), // null: from the environment, or none
    );
  });
});

describe('the order of the start', () => {
  it('waits for what is healthy, or for what has been done once', () => {
    for (const [name, { depends_on = {} }] of Object.entries(services))
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const right = isOnce(services[other]!) ? 'service_completed_successfully' : 'service_healthy';
        expect([name, other, condition]).toEqual([name, other, right]);
        if (right === 'service_healthy') expect([other, services[other]!.healthcheck]).not.toEqual([other, undefined]);
      }
  });

  it('checks the health of everything that goes on running, but for the pages of Temporal', () => {
    const without = Object.entries(services).filter(([, service]) => !isOnce(service) && !service.healthcheck);
    expect(without.map(([name]) => name)).toEqual(['temporal_ui']);
  });

  it('starts all that order intake needs with redis, llm_gateway and order_intake_agent', () => {
    const needed = ['temporal', 'postgresql', 'temporal_schema', 'setup', 'api', 'worker', 'consumer'];
    expect([...started(['redis', 'llm_gateway', 'order_intake_agent'])]).toEqual(expect.arrayContaining(needed));
  });
});

it('gives Temporal the settings that the local stack gives it', () => {
  const settings = parse(readFileSync(join(root, 'deploy/compose/temporal.yaml'), 'utf8')) as Record<
    string,
    [{ value: unknown }]
  >;
  const given = Object.entries(settings).map(([name, [{ value }]]) => [name, value]);
  expect(Object.fromEntries(given)).toEqual(DYNAMIC_CONFIG);
});

describe('the password of Redis', () => {
  it('is made once, and reaches Redis without being seen in a list of processes', () => {
    const dir = mkdtempSync(join(tmpdir(), 'awe-redis-'));
    writeFileSync(join(dir, 'docker-entrypoint.sh'), '#!/bin/sh\necho "args $*"\ncat\n', { mode: 0o755 });
    const env = { PATH: `${dir}:${process.env['PATH']}`, PASSWORD_FILE: join(dir, 'password') };
    const start = () =>
      spawnSync('sh', [join(root, 'deploy/compose/redis.sh'), '--appendonly', 'yes'], { env, encoding: 'utf8' });
    const first = start();
    const password = readFileSync(join(dir, 'password'), 'utf8').trim();
    expect(password).toMatch(/^[\w-]{32}$/);
    expect(first.stdout).toBe(`args redis-server --appendonly yes -\nrequirepass ${password}\n`);
    expect(start().stdout).toBe(first.stdout);
    rmSync(dir, { recursive: true });
  });
});
