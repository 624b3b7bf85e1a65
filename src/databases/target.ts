import { readFile } from 'node:fs/promises';
import type { ClientConfig } from 'pg';
import type { DatabasePlace } from '../config/databases';

/** Milliseconds for a connection. */
const CONNECT_MS = 10_000;

/** The address of a database as `pg` takes it. A password in a file is read for each connection. */
export function targetOf({ url, passwordFile }: Pick<DatabasePlace, 'url' | 'passwordFile'>): ClientConfig {
  const common = { application_name: 'awe', connectionTimeoutMillis: CONNECT_MS };
  if (passwordFile === undefined) return { ...common, connectionString: url };
  // parts: of a whole address, `pg` takes the password too, even if there is none
  const { hostname, port, username, pathname } = new URL(url);
  return {
    ...common,
    ...{ host: hostname, port: Number(port), user: username, database: pathname.slice(1) },
    password: async () => (await readFile(passwordFile, 'utf8')).trim(),
  };
}
