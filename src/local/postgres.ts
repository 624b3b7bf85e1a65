/** The local PostgreSQL: finding its programs, making its cluster, starting it. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { environmentFor, UserError } from '../config';
import { LOCAL_ROLE, localPostgresUrl, type DatabasePlace } from '../config/databases';
import { targetOf } from '../databases/target';
import { capture, lastLines, which } from './commands';
import { startDetached, waitHealthy, type Owner, type ProcessRecord } from './process';

/** Older ones lack what SQL tools ask for. */
const OLDEST = 13;

/** Programs of one release, in one folder. */
export interface PostgresPrograms {
  folder: string;
  /** major version */
  version: number;
}

export interface PostgresLookup {
  /** Finds a program on PATH; replaced in tests. */
  find?: (program: string) => string | undefined;
  /** folders with a folder for each release */
  releases?: string;
}

/** The newest programs on PATH, or where Debian keeps them; of one version, if it is given. None is no fault. */
export function findPostgres(version?: number, lookup: PostgresLookup = {}): PostgresPrograms | undefined {
  const { find = which, releases = '/usr/lib/postgresql' } = lookup;
  const onPath = find('postgres');
  const folders = [
    ...(onPath === undefined ? [] : [dirname(onPath)]),
    ...(existsSync(releases) ? readdirSync(releases).map((name) => join(releases, name, 'bin')) : []),
  ];
  return folders
    .filter((folder) => ['postgres', 'initdb'].every((program) => existsSync(join(folder, program))))
    .map((folder) => ({ folder, version: majorVersion(folder) }))
    .filter((found) => (version === undefined ? found.version >= OLDEST : found.version === version))
    .sort((a, b) => b.version - a.version)[0];
}

function majorVersion(folder: string): number {
  return Number(/PostgreSQL\) (\d+)/.exec(capture(join(folder, 'postgres'), ['--version']) ?? '')?.[1] ?? 0);
}

export interface StartPostgresOptions {
  port: number;
  /** the folder for the cluster and its password */
  dir: string;
  name?: string;
  runDir: string;
  log: string;
  /** false: a crash of the machine may lose everything; for tests */
  durable?: boolean;
}

/**
 * Starts PostgreSQL in the background, on loopback alone, and returns when it answers. A new cluster has one role that
 * can log in; it owns its database and is no superuser. As root it runs as an unprivileged user, because it refuses
 * root. @throws UserError with the reason and the remedy
 */
export async function startPostgres(options: StartPostgresOptions): Promise<ProcessRecord> {
  const { port, dir, durable = true } = options;
  const data = join(dir, 'data');
  const made = existsSync(join(data, 'PG_VERSION'))
    ? Number(readFileSync(join(data, 'PG_VERSION'), 'utf8'))
    : undefined;
  const programs = findPostgres(made);
  if (!programs) throw new UserError(missing(made, dir));
  const owner = unprivileged();
  if (made === undefined) makeCluster(programs, dir, owner);
  if (owner) assertReachable(data, owner);
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const record = startDetached({
    name: options.name ?? 'postgres',
    runDir: options.runDir,
    log: options.log,
    program: join(programs.folder, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: environmentFor('server'),
    fingerprint: postgresFingerprint(options),
    stopSignal: 'SIGINT', // without waiting for those who are connected
    owner: owner && { uid: owner.uid, gid: owner.gid },
  });
  const place = { url: localPostgresUrl(port), passwordFile: passwordFile(dir) };
  await waitHealthy(record, () => isPostgresHealthy(place), 60_000);
  return record;
}

/** A digest of the settings of a running PostgreSQL; if it differs, it must be restarted. */
export const postgresFingerprint = ({ port }: Pick<StartPostgresOptions, 'port'>): string => JSON.stringify([port]);

const passwordFile = (dir: string) => join(dir, 'password');

function missing(version: number | undefined, dir: string): string {
  return version === undefined
    ? `there is no \`postgres\` ${OLDEST} or newer on PATH: install PostgreSQL (on Debian \`apt-get install postgresql\`), or set DATABASE_URL to one that runs elsewhere`
    : `the cluster in ${dir} was made by PostgreSQL ${version}, which is not here: install it, or move the folder away`;
}

/** A user that PostgreSQL runs as. */
type Unprivileged = Owner & { user: string };

/** The user that PostgreSQL runs as if this process is root: `postgres`, or else `nobody`. */
function unprivileged(): Unprivileged | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const [uid = 0, gid = 0] = ['-u', '-g'].map((what) => Number(capture('id', [what, user]) ?? 0));
    if (uid > 0 && gid > 0) return { user, uid, gid };
  }
  throw new UserError('PostgreSQL refuses to run as root, and there is no user `postgres`: create one');
}

/** Refuses a place that the server's user cannot get to, before the server says so in other words. */
function assertReachable(data: string, { user, uid, gid }: Unprivileged): void {
  for (let folder = dirname(data); ; folder = dirname(folder)) {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0)
      throw new UserError(
        `it runs as the user ${user}, who may not enter ${folder}: run \`chmod o+x ${folder}\`, or set DATABASE_URL to one that runs elsewhere`,
      );
    if (folder === dirname(folder)) return;
  }
}

/** Makes the cluster, its role and its database; what a failed try has left is removed. */
function makeCluster({ folder }: PostgresPrograms, dir: string, owner: Unprivileged | undefined): void {
  const data = join(dir, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o711); // the server's user goes through it, and reads nothing there
  mkdirSync(data, { mode: 0o700 });
  if (owner) {
    chownSync(data, owner.uid, owner.gid);
    assertReachable(data, owner);
  }
  try {
    const password = randomBytes(24).toString('base64url');
    const auth = ['--auth-local=reject', '--auth-host=reject', '--username=postgres'];
    runAs(owner, join(folder, 'initdb'), [
      '-D',
      data,
      ...auth,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ]);
    runAs(
      owner,
      join(folder, 'postgres'),
      ['--single', '-D', data, 'postgres'],
      `CREATE ROLE ${LOCAL_ROLE} LOGIN PASSWORD '${password}'\nCREATE DATABASE ${LOCAL_ROLE} OWNER ${LOCAL_ROLE}\n`,
    );
    writeFileSync(
      join(data, 'pg_hba.conf'),
      `# Written by \`awe up\`.\nhost all ${LOCAL_ROLE} 127.0.0.1/32 scram-sha-256\n`,
    );
    writeFileSync(passwordFile(dir), `${password}\n`, { mode: 0o600 });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

function runAs(owner: Unprivileged | undefined, program: string, args: string[], input = ''): void {
  const ids = owner && { uid: owner.uid, gid: owner.gid };
  const done = spawnSync(program, args, { input, encoding: 'utf8', env: environmentFor('server'), cwd: '/', ...ids });
  const told = `${done.stdout}${done.stderr}`;
  if (done.status === 0 && !/^.*(ERROR|FATAL):/m.test(told)) return;
  throw new UserError(`${program} failed: ${lastLines(told.replaceAll(/PASSWORD '.*'/g, 'PASSWORD'), 3)}`);
}

/** True if PostgreSQL answers and lets the role in. */
export async function isPostgresHealthy(place: Pick<DatabasePlace, 'url' | 'passwordFile'>): Promise<boolean> {
  const client = new Client(targetOf(place));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
