import { join } from 'node:path';
import type { ConfigProblem } from './errors';
import { integer, port, url } from './kinds';
import { section, type ValuesOf } from './sections';

const databases = section('Databases of SQL tools. See docs/configuration.md');

const postgresUrl = url(['postgres:', 'postgresql:'], 'postgres://user:password@db.example:5432/shop');

/** Variables of the databases that SQL tools reach. */
export const databaseVariables = {
  DATABASE_URL: databases.optional(
    postgresUrl,
    'The PostgreSQL that SQL tools reach under the name `default`, with a role that may do what plans may do and no more. Others are in DATABASE_<NAME>_URL, under their names in small letters.',
    {
      absent: 'the one that `awe up` starts on POSTGRES_PORT where PostgreSQL is installed; in production none',
      secret: true,
    },
  ),
  DATABASE_CONNECTIONS: databases.defaulted(
    integer(1, 100, 8),
    '8',
    'Connections that a worker has to one database at most. Idle ones are closed.',
  ),
  POSTGRES_PORT: databases.defaulted(port(5433), '5433', 'The port of the local PostgreSQL that `awe up` starts.', {
    fromBase: 5,
  }),
};

/** Names of the variables that hold addresses of databases. */
export const DATABASE_VARIABLE = /^DATABASE_(?:(.+)_)?URL$/;

/** A database that the operator has opened to tools. */
export interface DatabasePlace {
  /** for plans */
  name: string;
  /** with the password, unless that is in a file */
  url: string;
  /** of the local PostgreSQL, which writes it when it is first started */
  passwordFile?: string;
}

/** Reads the named databases of an environment, or lists what is wrong with them; addresses are never repeated. */
export function readGivenDatabases(env: Readonly<Record<string, string | undefined>>): {
  places: DatabasePlace[];
  problems: ConfigProblem[];
} {
  const places: DatabasePlace[] = [];
  const problems: ConfigProblem[] = [];
  for (const variable of Object.keys(env).sort()) {
    const [, name] = DATABASE_VARIABLE.exec(variable) ?? [];
    const text = env[variable]?.trim();
    if (name === undefined || !text) continue;
    try {
      if (name === 'DEFAULT') throw new Error('is called DATABASE_URL: the name `default` stands for that one.');
      if (!/^[A-Z][A-Z0-9_]{0,39}$/.test(name))
        throw new Error('has no name in it. Write capital letters, digits and _, such as DATABASE_SHOP_URL.');
      places.push({ name: name.toLowerCase(), url: postgresUrl.parse(text) });
    } catch (error) {
      problems.push({ name: variable, message: (error as Error).message });
    }
  }
  return { places, problems };
}

/** Role and database of the local PostgreSQL. */
export const LOCAL_ROLE = 'awe';

/** Address of the local PostgreSQL; its password is in a file. */
export const localPostgresUrl = (at: number): string => `postgres://${LOCAL_ROLE}@127.0.0.1:${at}/${LOCAL_ROLE}`;

/** Settings of the databases. Without an address for `default`, it is the local PostgreSQL; not in production. */
export function databasesConfig(
  values: ValuesOf<typeof databaseVariables> & { AWE_ENV: string },
  env: Readonly<Record<string, string | undefined>>,
  stateDir: string,
) {
  const external = values.DATABASE_URL !== undefined || values.AWE_ENV === 'production';
  const dir = join(stateDir, 'postgres');
  const passwordFile = join(dir, 'password');
  const local = {
    name: 'default',
    url: localPostgresUrl(values.POSTGRES_PORT),
    passwordFile,
  };
  const given = values.DATABASE_URL === undefined ? [] : [{ name: 'default', url: values.DATABASE_URL }];
  const places: DatabasePlace[] = [...(external ? given : [local]), ...readGivenDatabases(env).places];
  return {
    places,
    connections: values.DATABASE_CONNECTIONS,
    /** the local PostgreSQL; `awe up` starts none where `default` is the user's own */
    local: { external, port: values.POSTGRES_PORT, dir, passwordFile },
  };
}
