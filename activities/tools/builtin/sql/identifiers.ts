import { sqlError } from './errors';

/** Bytes that PostgreSQL keeps of a name; it cuts longer ones off without an error. */
const LONGEST = 63;

/** A name as it stands, whatever is in it. @throws ToolError `sql.syntax` for one that PostgreSQL cannot keep */
export function quoted(name: string): string {
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > LONGEST)
    throw sqlError(
      'sql.syntax',
      `${JSON.stringify(name.slice(0, 80))} is no name: 1 to ${LONGEST} bytes, none of them 0`,
    );
  return `"${name.replaceAll('"', '""')}"`;
}

/** `table`, or `schema.table`. */
export const quotedTable = (table: string): string => {
  const dot = table.indexOf('.');
  return dot < 0 ? quoted(table) : `${quoted(table.slice(0, dot))}.${quoted(table.slice(dot + 1))}`;
};

export const listOf = (names: readonly string[]): string => names.map(quoted).join(', ');
