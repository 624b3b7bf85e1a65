import type { FieldDef } from 'pg';
import type { Json } from '../../../../schemas/json';
import type { RawRow, Session } from '../../../../src/databases/session';
import { parseArray } from './arrays';

/** A column of an answer. */
export interface Column {
  name: string;
  /** as PostgreSQL names it: `integer`, `numeric`, `timestamp with time zone` */
  type: string;
  read: Read;
}

/** Reads a value that is not null from the server's text. */
type Read = (text: string) => Json;

const asText: Read = (text) => text;
const asFloat: Read = (text) => (Number.isFinite(Number(text)) ? Number(text) : text);
const asWhole: Read = (text) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);

/** A number where it has every digit, else its text. */
const asDecimal: Read = (text) => {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return String(Number(plain)) === plain ? Number(plain) : text;
};

/** `2026-01-31T08:00:00.5Z`; times before Christ and infinite ones stay as they are. */
const asTime: Read = (text) =>
  text.replace(/^(\d{4,}-\d\d-\d\d) ([\d:.]+)(\+00)?$/, (_, date, time, zone) => `${date}T${time}${zone ? 'Z' : ''}`);

/** Types by their numbers, which are the same in every PostgreSQL. */
const KNOWN: Record<number, [type: string, read: Read]> = {
  16: ['boolean', (text) => text === 't'],
  17: ['bytea', (text) => Buffer.from(text.slice(2), 'hex').toString('base64')],
  20: ['bigint', asWhole],
  21: ['smallint', asWhole],
  23: ['integer', asWhole],
  25: ['text', asText],
  26: ['oid', asWhole],
  114: ['json', (text) => JSON.parse(text) as Json],
  700: ['real', asFloat],
  701: ['double precision', asFloat],
  1042: ['character', asText],
  1043: ['character varying', asText],
  1082: ['date', asText],
  1114: ['timestamp without time zone', asTime],
  1184: ['timestamp with time zone', asTime],
  1700: ['numeric', asDecimal],
  2950: ['uuid', asText],
  3802: ['jsonb', (text) => JSON.parse(text) as Json],
};

/** The columns of an answer; of two with one name, the second is `name_2`. */
export async function columnsOf(session: Session, fields: readonly FieldDef[]): Promise<Column[]> {
  const unknown = [...new Set(fields.map(({ dataTypeID }) => dataTypeID))].filter((oid) => !KNOWN[oid]);
  const found = unknown.length === 0 ? new Map<number, [string, Read]>() : await askTypes(session, unknown);
  const names = new Set<string>();
  return fields.map(({ name, dataTypeID }) => {
    const [type, read] = KNOWN[dataTypeID] ?? found.get(dataTypeID) ?? ['unknown', asText];
    return { name: unique(name, names), type, read };
  });
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

async function askTypes(session: Session, oids: number[]): Promise<Map<number, [string, Read]>> {
  const { rows } = await session.run(
    'SELECT oid, format_type(oid, NULL), typcategory, typelem FROM pg_catalog.pg_type WHERE oid = ANY($1)',
    [oids],
  );
  return new Map(
    rows.map(([oid, name, category, element]) => {
      const [, read] = KNOWN[Number(element)] ?? ['', asText];
      return [Number(oid), [name ?? 'unknown', category === 'A' ? asList(read) : asText]];
    }),
  );
}

const asList =
  (read: Read): Read =>
  (text) =>
    parseArray(text, read);

/** The values of a row. */
export const readRow = (columns: readonly Column[], row: RawRow): Json[] =>
  columns.map(({ read }, i) => {
    const text = row[i];
    return text == null ? null : read(text);
  });

/** A row as a JSON object. */
export const toObject = (columns: readonly Column[], values: readonly Json[]): { [name: string]: Json } =>
  Object.fromEntries(columns.map(({ name }, i) => [name, values[i] ?? null]));
