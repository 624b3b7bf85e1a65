import { createHash } from 'node:crypto';
import type { Json } from '../../schemas/json';
import type { Database, Databases } from '../../src/databases/databases';
import type { Session } from '../../src/databases/session';
import type { Tape } from './tape';

/** The databases, with each statement and each transaction kept, or answered from the recording. */
export function tapedDatabases(tape: Tape, databases: Databases): Databases {
  return {
    get names() {
      return tape.look('sql', { names: true }, () => databases.names);
    },
    get(name) {
      const facts = tape.look('sql', { database: name }, () => {
        const found = databases.get(name);
        return found ? { remedy: found.remedy } : null;
      });
      return facts ? tapedDatabase(tape, { name, remedy: facts.remedy }, () => databases.get(name)) : undefined;
    },
  };
}

function tapedDatabase(
  tape: Tape,
  facts: Pick<Database, 'name' | 'remedy'>,
  open: () => Database | undefined,
): Database {
  const { name } = facts;
  return {
    ...facts,
    // one that has failed fails the same way; one that was done is done again over the answers to its statements
    transaction: async (work, run) =>
      await tape.exchange(
        'sql',
        { transaction: name, write: work.write },
        async () => {
          const value = await open()!.transaction(work, (session) => run(tapedSession(tape, name, session)));
          return { value, kept: async () => null };
        },
        () => run(tapedSession(tape, name, undefined)),
      ),
  };
}

function tapedSession(tape: Tape, database: string, session: Session | undefined): Session {
  return {
    async run(sql, params = [], limits) {
      return await tape.ask('sql', { database, sql, params }, () => session!.run(sql, params, limits));
    },
    async copy(sql, lines) {
      const hash = createHash('sha256');
      async function* hashed() {
        for await (const line of lines) {
          hash.update(line);
          yield line;
        }
      }
      const request = (): Json => ({ database, sql, lines: hash.digest('hex') });
      return await tape.told(
        'sql',
        async () => {
          const answer = await session!.copy(sql, hashed());
          return { request: request(), answer };
        },
        async () => {
          for await (const _ of hashed());
          return request();
        },
      );
    },
  };
}
