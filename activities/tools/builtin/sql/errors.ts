import { DatabaseError } from 'pg';
import type { ErrorClass } from '../../../../schemas/tool';
import { DatabaseFault } from '../../../../src/databases/errors';
import { ToolError } from '../../errors';

/** Errors of SQL tools. */
export const sqlErrors = {
  'sql.no_database': 'input',
  'sql.unavailable': 'transient',
  'sql.login': 'permanent',
  'sql.timeout': 'transient',
  'sql.conflict': 'transient',
  'sql.syntax': 'input',
  'sql.several_statements': 'input',
  'sql.read_only': 'policy',
  'sql.refused': 'policy',
  'sql.denied': 'policy',
  'sql.unknown_table': 'input',
  'sql.unknown_column': 'input',
  'sql.unknown_function': 'input',
  'sql.parameters': 'input',
  'sql.value': 'input',
  'sql.no_key': 'input',
  'sql.repeated_key': 'input',
  'sql.rows': 'input',
  'sql.unique': 'permanent',
  'sql.not_null': 'permanent',
  'sql.foreign_key': 'permanent',
  'sql.check': 'permanent',
  'sql.exists': 'permanent',
  'sql.too_large': 'permanent',
  'sql.failed': 'permanent',
} satisfies Record<string, ErrorClass>;

export type SqlErrorType = keyof typeof sqlErrors;

export function sqlError(type: SqlErrorType, message: string, details?: object, cause?: unknown): ToolError {
  return new ToolError({ class: sqlErrors[type], type, message, details, cause });
}

/** Types by SQLSTATE, or by its class of two letters. */
const TYPES: Record<string, SqlErrorType> = {
  '08': 'sql.unavailable',
  '08P01': 'sql.parameters',
  '0A000': 'sql.failed',
  '21000': 'sql.repeated_key',
  '22': 'sql.value',
  '23502': 'sql.not_null',
  '23503': 'sql.foreign_key',
  '23505': 'sql.unique',
  '23': 'sql.check',
  '25006': 'sql.read_only',
  '28': 'sql.login',
  '3D000': 'sql.login',
  '3F000': 'sql.unknown_table',
  '40': 'sql.conflict',
  '42501': 'sql.denied',
  '42601': 'sql.syntax',
  '42703': 'sql.unknown_column',
  '42704': 'sql.failed',
  '42804': 'sql.value',
  '42846': 'sql.value',
  '42883': 'sql.unknown_function',
  '42P01': 'sql.unknown_table',
  '42P02': 'sql.parameters',
  '42P07': 'sql.exists',
  '42P10': 'sql.no_key',
  '42P18': 'sql.parameters',
  '53': 'sql.unavailable',
  '55P03': 'sql.conflict',
  '57014': 'sql.timeout',
  '57': 'sql.unavailable',
  '58': 'sql.unavailable',
};

/** Place of a statement in the text that the server was sent. */
export interface Written {
  sql: string;
  /** characters before it that are ours */
  before: number;
}

/**
 * Errors of a database as errors of tools; others as they are. `remedy`: for the operator, if it does not answer;
 * `ending`: what is known besides what the server says.
 */
export function translate(
  error: unknown,
  database: { name: string; remedy: string },
  written?: Written,
  ending = '',
): unknown {
  const where = `the database ${database.name}`;
  if (error instanceof DatabaseFault) {
    if (error.code === 'unreachable')
      return sqlError('sql.unavailable', `${where} does not answer (${error.message}): ${database.remedy}`, {}, error);
    return sqlError(
      error.code === 'timeout' ? 'sql.timeout' : 'sql.too_large',
      `${where}: ${error.message}`,
      {},
      error,
    );
  }
  if (!(error instanceof DatabaseError)) return error;
  const type = typeOf(error);
  const { code, message, detail, hint, table, column, constraint } = error;
  const at = written && placeIn(written, error.position);
  const told = [`${message}${at ? ` (line ${at.line}, column ${at.column})` : ''}${ending}`, detail, hint].filter(
    Boolean,
  );
  const remedy = type === 'sql.login' || type === 'sql.unavailable' ? `: ${database.remedy}` : '';
  const details = { sqlstate: code, table, column, constraint, ...at };
  return sqlError(type, `${where}: ${told.join('; ')}${remedy}`, details, error);
}

function typeOf({ code = '', routine, schema }: DatabaseError): SqlErrorType {
  if (routine === 'exec_parse_message') return 'sql.several_statements';
  if (routine === 'transformDeclareCursorStmt') return 'sql.read_only';
  // two made the same table at the same moment
  if (code === '23505' && schema === 'pg_catalog') return 'sql.conflict';
  return TYPES[code] ?? TYPES[code.slice(0, 2)] ?? 'sql.failed';
}

/** Line and column of a position in a statement, all counted from 1. */
function placeIn({ sql, before }: Written, position: string | undefined) {
  const offset = Number(position) - before;
  if (!(offset >= 1)) return undefined;
  const lines = [...sql]
    .slice(0, offset - 1)
    .join('')
    .split('\n');
  return { position: offset, line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
