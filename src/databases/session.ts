import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Query, type FieldDef, type PoolClient, type QueryArrayResult } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DatabaseFault, fromConnection } from './errors';

/** Values as the server writes them, in a form that `src/databases` has set; null is SQL's. */
export type RawRow = (string | null)[];

/** Size of a row in memory, nearly. */
export const bytesOf = (row: RawRow): number => row.reduce((sum, text) => sum + (text?.length ?? 0), 0);

/** Answer to one statement. */
export interface Answer {
  fields: FieldDef[];
  rows: RawRow[];
  /** rows that were read or changed */
  count: number;
  /** first word of what the server says it has done: `SELECT`, `UPDATE`, `CREATE` */
  command: string;
}

/** Bounds of an answer that is kept in memory. */
export interface AnswerLimits {
  rows: number;
  bytes: number;
}

/** A connection within a transaction. */
export interface Session {
  /**
   * Runs one statement by the extended protocol, which takes no second one. Lists among the parameters become arrays,
   * objects JSON. @throws pg.DatabaseError, DatabaseFault
   */
  run(sql: string, params?: readonly unknown[], limits?: AnswerLimits): Promise<Answer>;
  /** Sends lines to `COPY … FROM STDIN`, a statement of our own making. Gives the rows that were added. */
  copy(sql: string, lines: AsyncIterable<string> | Iterable<string>): Promise<number>;
}

const NO_LIMITS: AnswerLimits = { rows: Infinity, bytes: Infinity };

/** Text stays text: its types are read by the caller. */
const RAW = { getTypeParser: () => (text: string) => text };

/** What a session is told by its transaction, and tells it. */
interface Control {
  /** stops the statement that runs in the server */
  cancel(): void;
  /** throws once nobody waits for the transaction any more */
  assertWanted(): void;
}

export function sessionOf(client: PoolClient, { cancel, assertWanted }: Control): Session {
  return {
    async run(sql, params = [], limits = NO_LIMITS) {
      assertWanted();
      const answer = await fromConnection(ask(client, { sql, params, limits }, cancel));
      assertWanted();
      return answer;
    },
    async copy(sql, lines) {
      assertWanted();
      let unreadable: unknown;
      const source = Readable.from(inChunks(lines));
      source.once('error', (error) => (unreadable = error));
      const stream = client.query(copyFrom(sql));
      await fromConnection(pipeline(source, stream)).catch((error: unknown) => {
        throw unreadable ?? error;
      });
      assertWanted();
      return stream.rowCount;
    },
  };
}

interface Statement {
  sql: string;
  params: readonly unknown[];
  limits: AnswerLimits;
}

function ask(client: PoolClient, { sql, params, limits }: Statement, cancel: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const config = { text: sql, values: [...params], rowMode: 'array', queryMode: 'extended', types: RAW };
    const query = new Query<RawRow>(config);
    const rows: RawRow[] = [];
    let bytes = 0;
    let excess: DatabaseFault | undefined;
    query.on('row', (row) => {
      if (excess) return;
      bytes += bytesOf(row);
      if (rows.length < limits.rows && bytes <= limits.bytes) return void rows.push(row);
      const most = rows.length < limits.rows ? `${limits.bytes} bytes` : `${limits.rows} rows`;
      excess = new DatabaseFault('too_large', `the answer has more than ${most}`);
      cancel();
    });
    query.on('error', (error) => reject(excess ?? error));
    query.on('end', (result) => {
      if (excess) return reject(excess);
      const { fields, rowCount, command } = result as unknown as QueryArrayResult;
      resolve({ fields, rows, count: rowCount ?? rows.length, command });
    });
    client.query(query);
  });
}

/** Characters that go to the server at once. */
const CHUNK = 64 * 1024;

async function* inChunks(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
