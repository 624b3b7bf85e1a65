/** The local Redis: getting its program, starting it, and checking any Redis. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { environmentFor, UserError } from '../config';
import { aptCommand, installWithApt } from './apt';
import { capture, runLong, which, type Report } from './commands';
import { startDetached, waitHealthy, type ProcessRecord } from './process';

const OLDEST = [7, 0] as const;
const DOCKER_IMAGE = 'redis:7.4-alpine';

/** The way to run Redis here: a program, or an image if Docker is all there is. */
export interface RedisProgram {
  kind: 'program' | 'docker';
  path: string;
}

export interface RedisLadderOptions {
  /** Finds a program on PATH; replaced in tests. */
  find?: (program: string) => string | undefined;
}

/** Gets a Redis: `redis-server` on PATH, by apt as root on Debian, as a Docker image, or by Homebrew. */
export async function ensureRedisBinary(report: Report, options: RedisLadderOptions = {}): Promise<RedisProgram> {
  const { find = which } = options;
  const installed = () => {
    const path = find('redis-server');
    return path === undefined ? undefined : checkVersion(path);
  };
  const present = installed();
  if (present) return present;

  const failures: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      failures.push((error as Error).message);
      report(`Redis: ${what} failed (${(error as Error).message}).`);
      return false;
    }
  };

  const apt = aptCommand(find);
  if (apt && (await attempt('apt-get', () => install(apt, report)))) {
    const program = installed();
    if (program) return program;
  }
  const docker = find('docker');
  if (docker && capture(docker, ['info'], 5_000) !== undefined) {
    report(`Redis: there is no redis-server; running ${DOCKER_IMAGE} with Docker, a first pull may take a minute.`);
    return { kind: 'docker', path: docker };
  }
  const brew = find('brew');
  if (brew) {
    const label = 'Redis: installing redis with Homebrew, about a minute';
    report(`${label}…`);
    const args = ['install', 'redis'];
    if (await attempt('brew', () => runLong({ program: brew, args, label, report, timeoutMs: 600_000 }))) {
      const program = installed();
      if (program) return program;
    }
  }
  throw new UserError(
    'Redis: there is no redis-server on PATH, and it could not be installed' +
      `${failures.length > 0 ? ` (${failures.join('; ')})` : ''}: install Redis 7.0 or newer ` +
      '(on Debian as root `apt-get install redis-server`), or set REDIS_URL to one that runs elsewhere.',
  );
}

function checkVersion(path: string): RedisProgram {
  const version = /v=(\d+)\.(\d+)\.(\d+)/.exec(capture(path, ['--version']) ?? '');
  if (!version || isTooOld(Number(version[1]), Number(version[2]))) {
    throw new UserError(
      `Redis: ${path} is ${version ? `version ${version.slice(1).join('.')}` : 'a Redis without a version'}, ` +
        'and AWE needs 7.0 or newer: install a newer one, or set REDIS_URL to one that runs elsewhere.',
    );
  }
  return { kind: 'program', path };
}

function isTooOld(major: number, minor: number): boolean {
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}

async function install(apt: string[], report: Report): Promise<void> {
  const label = 'Redis: installing redis-server with apt-get, about a minute, once';
  await installWithApt(apt, ['redis-server'], { label, report });
  report('Redis: installed. (If the system starts a Redis of its own on 6379, AWE does not use it.)');
}

export interface StartRedisOptions {
  program: RedisProgram;
  port: number;
  /** The folder for data and settings. */
  dir: string;
  /** Keep data when the process is killed, except at most the last second. */
  aof: boolean;
  password?: string;
  name?: string;
  runDir: string;
  log: string;
}

/** Starts Redis in the background, on loopback alone, and returns when it answers. */
export async function startRedis(options: StartRedisOptions): Promise<ProcessRecord> {
  const { program, port, dir, password } = options;
  mkdirSync(dir, { recursive: true });
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${JSON.stringify(dir)}`,
    ...(options.aof ? ['appendonly yes', 'appendfsync everysec'] : ['appendonly no']),
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    ...(password === undefined ? [] : [`requirepass ${JSON.stringify(password)}`]),
  ];
  const file = join(dir, 'redis.conf');
  writeFileSync(file, `# Written by \`awe up\` at every start.\n${settings.join('\n')}\n`, { mode: 0o600 });
  const record = startDetached({
    name: options.name ?? 'redis',
    runDir: options.runDir,
    log: options.log,
    ...launchCommand(program, port, dir, file),
    env: environmentFor('server'),
    fingerprint: redisFingerprint(options),
  });
  const url = `redis://127.0.0.1:${port}`;
  await waitHealthy(record, () => isRedisHealthy({ url, password }), program.kind === 'docker' ? 180_000 : 30_000);
  return record;
}

function launchCommand(
  { kind, path }: RedisProgram,
  port: number,
  dir: string,
  file: string,
): { program: string; args: string[] } {
  if (kind === 'program') return { program: path, args: [file] };
  const inside = ['--port', '6379', '--bind', '0.0.0.0', '--protected-mode', 'no', '--dir', '/data'];
  const shared = ['-p', `127.0.0.1:${port}:6379`, '-v', `${dir}:/data`];
  return {
    program: path,
    args: ['run', '--rm', ...shared, DOCKER_IMAGE, 'redis-server', '/data/redis.conf', ...inside],
  };
}

/** A digest of the settings of a running Redis; if it differs, Redis must be restarted. */
export function redisFingerprint(options: Pick<StartRedisOptions, 'port' | 'password'>): string {
  return JSON.stringify([options.port, options.password !== undefined]);
}

export interface RedisPlace {
  url: string;
  password?: string;
}

/** True if Redis answers and has loaded its data. */
export async function isRedisHealthy(place: RedisPlace): Promise<boolean> {
  try {
    return (await withRedis(place, (redis) => redis.ping())) === 'PONG';
  } catch {
    return false;
  }
}

/** Checks a Redis that AWE did not start: reachable, 7.0 or newer, no eviction. Throws one sentence if not. */
export async function assertRedisFits(place: RedisPlace): Promise<void> {
  const where = `Redis at ${displayUrl(place.url)}`;
  let info: string;
  try {
    info = await withRedis(place, async (redis) => `${await redis.info('server')}\n${await redis.info('memory')}`);
  } catch (error) {
    throw new UserError(
      `${where} does not answer as it should (${(error as Error).message}): correct REDIS_URL or REDIS_PASSWORD, ` +
        'or leave REDIS_URL out and `awe up` starts one.',
    );
  }
  const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const version = field('redis_version') ?? '0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (isTooOld(major, minor)) {
    throw new UserError(`${where} is version ${version}, and AWE needs 7.0 or newer: set REDIS_URL to a newer one.`);
  }
  const policy = field('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new UserError(
      `${where} throws data away when its memory is full (maxmemory-policy ${policy}), and AWE would lose events: ` +
        'run `CONFIG SET maxmemory-policy noeviction` on it, and put the same into its configuration file.',
    );
  }
}

async function withRedis<T>({ url, password }: RedisPlace, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    ...(password === undefined ? {} : { password }),
    protocol: 2,
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let refused: Error | undefined;
  redis.on('error', (error: Error) => (refused ??= error)); // has the reason, unlike the thrown error
  try {
    await redis.connect();
    return await use(redis);
  } catch (error) {
    throw refused ?? error;
  } finally {
    redis.disconnect();
  }
}

/** A URL for people: without its password. */
export function displayUrl(url: string): string {
  const parsed = new URL(url);
  if (parsed.password !== '') parsed.password = '***';
  return parsed.href;
}
