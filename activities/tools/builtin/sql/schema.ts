import { Type, type Static } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import { Duration } from '../../../../schemas/plan';
import { ArtifactRef } from '../../../../schemas/refs';
import { ALLOWANCES } from './statement';

/** Rows that a query gives back, and those of one that is saved: without `max_rows`, and at most. */
export const ROWS = { inline: { usual: 1_000, most: 100_000 }, saved: { usual: 1_000_000, most: 10_000_000 } };
/** Rows of a saved query that are given back as well. */
export const SHOWN_ROWS = 100;
/** Bytes of values that go into a step's output. */
export const INLINE_BYTES = 8 * 1024 * 1024;

const strict = { additionalProperties: false };

const Row = Type.Unsafe<{ [name: string]: Static<typeof JsonValue> }>({ type: 'object' });
const rows = Type.Array(Row, { description: 'an object for each row' });
/** As PostgreSQL keeps it: 63 bytes. */
const name = (description: string) => Type.String({ minLength: 1, maxLength: 63, description });

const common = {
  database: Type.Optional(
    Type.String({ maxLength: 40, default: 'default', description: 'a database that the operator has named' }),
  ),
  timeout: Type.Optional(Type.Unsafe<string>({ ...Duration, default: '30s', description: 'for all of it' })),
};

const statement = {
  sql: Type.String({ minLength: 1, maxLength: 100_000, description: 'one statement of PostgreSQL' }),
  params: Type.Optional(
    Type.Array(JsonValue, {
      maxItems: 1_000,
      description: 'the values of $1, $2 and so on; a list is an array, an object is JSON',
    }),
  ),
  ...common,
};

export const QueryInput = Type.Object(
  {
    ...statement,
    max_rows: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: ROWS.saved.most,
        default: ROWS.inline.usual,
        description: 'more are left out: 1,000, or 1,000,000 saved',
      }),
    ),
    save_as: Type.Optional(
      Type.String({ minLength: 1, maxLength: 400, description: 'the path of a CSV file that is given all rows' }),
    ),
  },
  strict,
);
export type QueryInput = Static<typeof QueryInput>;

export const QueryOutput = Type.Object(
  {
    rows: Type.Array(Row, { description: `an object for each row; the first ${SHOWN_ROWS} where all are in the file` }),
    row_count: Type.Integer({ minimum: 0, description: 'rows that were read' }),
    columns: Type.Array(Type.Object({ name: Type.String(), type: Type.String() }, strict)),
    complete: Type.Boolean({ description: 'false: there are more rows than max_rows' }),
    file: Type.Optional(Type.Unsafe<Static<typeof ArtifactRef>>({ ...ArtifactRef, $id: undefined })),
  },
  strict,
);
export type QueryOutput = Static<typeof QueryOutput>;

export const ExecuteInput = Type.Object(
  {
    ...statement,
    allow: Type.Optional(
      Type.Array(Type.Unsafe<(typeof ALLOWANCES)[number]>({ enum: [...ALLOWANCES] }), {
        uniqueItems: true,
        description: 'what is refused otherwise; delete and update: of all rows',
      }),
    ),
  },
  strict,
);
export type ExecuteInput = Static<typeof ExecuteInput>;

export const ExecuteOutput = Type.Object(
  { row_count: Type.Integer({ minimum: 0, description: 'rows that were changed, or given back' }), rows },
  strict,
);
export type ExecuteOutput = Static<typeof ExecuteOutput>;

export const InsertInput = Type.Object(
  {
    table: Type.String({ minLength: 1, maxLength: 127, description: 'a table, or schema.table' }),
    items: Type.Optional(Type.Array(Row, { description: 'an object for each row' })),
    path: Type.Optional(
      Type.String({ minLength: 1, maxLength: 400, description: 'a CSV file of the workspace, with a line of names' }),
    ),
    columns: Type.Optional(
      Type.Array(name('a column'), { minItems: 1, maxItems: 1_000, uniqueItems: true, description: 'those alone' }),
    ),
    on_conflict: Type.Optional(
      Type.Unsafe<'error' | 'skip' | 'update'>({
        enum: ['error', 'skip', 'update'],
        default: 'error',
        description: 'for rows that are there already, by `key`',
      }),
    ),
    key: Type.Optional(Type.Array(name('a column'), { minItems: 1, maxItems: 32, uniqueItems: true })),
    create: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'true: makes the table if it is missing, with `key` as primary key',
      }),
    ),
    ...common,
  },
  strict,
);
export type InsertInput = Static<typeof InsertInput>;

export const InsertOutput = Type.Object(
  {
    table: Type.String(),
    inserted: Type.Integer({ minimum: 0 }),
    updated: Type.Optional(Type.Integer({ minimum: 0 })),
    skipped: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type InsertOutput = Static<typeof InsertOutput>;
