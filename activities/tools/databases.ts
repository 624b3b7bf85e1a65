import type { CompleteSpec } from '../../core/worst-case';
import type { ToolMode } from '../../schemas/tool';
import type { Database, Databases } from '../../src/databases/databases';
import type { Refusals } from './effects';
import { ToolError } from './errors';

const NONE: Databases = { names: [], get: () => undefined };

/** The databases that a tool gets: in a simulation none, or to read where its specification says that it may. */
export function databasesOf(
  spec: CompleteSpec,
  mode: ToolMode,
  databases: Databases = NONE,
  refusals: Refusals,
): Databases {
  if (mode === 'live') return databases;
  if (!spec.reads_in_simulation) return NONE;
  const { names, get } = databases;
  return { names, get: (name) => toRead(get(name), refusals) };
}

function toRead(database: Database | undefined, refusals: Refusals): Database | undefined {
  if (!database) return undefined;
  return {
    ...database,
    async transaction(work, run) {
      if (!work.write) return await database.transaction(work, run);
      refusals.count += 1;
      throw new ToolError({ class: 'policy', type: 'simulate.effect', message: 'a simulation writes to no database' });
    },
  };
}
