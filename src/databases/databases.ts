import { Client, Pool, type ClientConfig, type PoolClient } from 'pg';
import type { Config } from '../config';
import type { DatabasePlace } from '../config/databases';
import { DatabaseFault, fromConnection } from './errors';
import { sessionOf, type Session } from './session';
import { targetOf } from './target';

/** Bounds of a transaction. */
export interface Work {
  /** a transaction that may write; else the server refuses writes, and it is rolled back in the end */
  write: boolean;
  /** milliseconds for all of it */
  timeout: number;
  /** aborted when nobody waits any more: what runs in the server is cancelled */
  signal: AbortSignal;
}

/** A database that tools may reach. */
export interface Database {
  name: string;
  /** for the operator, if it does not answer */
  remedy: string;
  /**
   * Does work in one transaction, which is committed when the work is done and rolled back when it fails. Nothing of it
   * stays with the connection. @throws pg.DatabaseError, DatabaseFault, the reason of the signal, errors of the work
   */
  transaction<T>(work: Work, run: (session: Session) => Promise<T>): Promise<T>;
}

/** The databases that the operator has opened, by their names. */
export interface Databases {
  names: readonly string[];
  get(name: string): Database | undefined;
}

/** Milliseconds after which an idle connection is closed. */
const IDLE_MS = 30_000;

/** Settings of each transaction, so that values come and go in one form, whatever the server's own are. */
const SETTINGS: Record<string, string> = {
  standard_conforming_strings: 'on',
  datestyle: 'ISO, YMD',
  intervalstyle: 'iso_8601',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
};

/** Opens no connection before one is asked for; `close` waits until all are free. */
export function createDatabases({
  places,
  connections,
}: Pick<Config['databases'], 'places' | 'connections'>): Databases & { close(): Promise<void> } {
  const opened = new Map(places.map((place) => [place.name, openDatabase(place, connections)]));
  return {
    names: [...opened.keys()].sort(),
    get: (name) => opened.get(name),
    async close() {
      await Promise.all([...opened.values()].map(({ close }) => close()));
    },
  };
}

function openDatabase(place: DatabasePlace, connections: number): Database & { close(): Promise<void> } {
  const { name, passwordFile } = place;
  const target = targetOf(place);
  const pool = new Pool({ ...target, max: connections, idleTimeoutMillis: IDLE_MS });
  pool.on('error', broken); // of an idle connection, which the pool has dropped
  return {
    name,
    remedy:
      passwordFile === undefined
        ? `look at its server, and at DATABASE_${name === 'default' ? '' : `${name.toUpperCase()}_`}URL`
        : 'install PostgreSQL, and `awe up` starts one; or set DATABASE_URL to one that runs elsewhere',
    close: () => pool.end(),
    async transaction(work, run) {
      work.signal.throwIfAborted();
      const client = await fromConnection(pool.connect());
      client.on('error', broken);
      let cancelled = false;
      const cancel = () => {
        if (!cancelled) void cancelStatement(target, client);
        cancelled = true;
      };
      try {
        return await transact(client, work, cancel, run);
      } finally {
        // a cancellation that is still under way must not meet the statement of somebody else
        await release(client, cancelled);
        client.off('error', broken);
      }
    },
  };
}

/** A connection that breaks tells it to its statement too. */
const broken = () => undefined;

async function transact<T>(
  client: PoolClient,
  { write, timeout, signal }: Work,
  cancel: () => void,
  run: (session: Session) => Promise<T>,
): Promise<T> {
  let cut: Error | undefined;
  const stop = (reason: Error) => {
    cut ??= reason;
    cancel();
  };
  const unwanted = () => stop(signal.reason as Error);
  const late = () => stop(new DatabaseFault('timeout', `it was not done after ${timeout} ms`));
  const timer = setTimeout(late, timeout);
  signal.addEventListener('abort', unwanted, { once: true });
  const assertWanted = () => {
    if (cut) throw cut;
  };
  try {
    signal.throwIfAborted();
    const { run: statement, copy } = sessionOf(client, { cancel, assertWanted });
    await statement(write ? 'BEGIN' : 'BEGIN READ ONLY');
    const settings = Object.entries({ ...SETTINGS, ...limitsOf(timeout) });
    const calls = settings.map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, true)`);
    await statement(`SELECT ${calls.join(', ')}`, settings.flat());
    const result = await run({ run: statement, copy });
    await statement(write ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    throw cut ?? error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', unwanted);
  }
}

/** The server ends a statement, and a transaction that its worker has forgotten, by itself. */
const limitsOf = (timeout: number) => ({
  statement_timeout: String(timeout),
  idle_in_transaction_session_timeout: String(timeout + 60_000),
});

/** Gives a connection back as it came: without a transaction, settings, locks or prepared statements. */
async function release(client: PoolClient, cancelled: boolean): Promise<void> {
  if (cancelled) return client.release(true);
  try {
    await client.query('ROLLBACK'); // a warning where nothing is open
    await client.query('DISCARD ALL');
    client.release();
  } catch {
    client.release(true);
  }
}

/** Cancels by a connection of its own; where that fails, the statement's connection is closed. */
async function cancelStatement(target: ClientConfig, client: PoolClient): Promise<void> {
  const other = new Client(target);
  other.on('error', broken);
  try {
    await other.connect();
    const { processID } = client as PoolClient & { processID: number }; // not in its types
    await other.query('SELECT pg_cancel_backend($1)', [processID]);
  } catch {
    client.connection.stream.destroy();
  } finally {
    await other.end().catch(() => undefined);
  }
}
