import type { Static, TSchema } from 'typebox';
import { DECIMAL } from '../../schemas/audit/api';
import type { WorkRow } from '../../schemas/audit/work-context';
import { validatorFor } from '../../src/contracts/validators';
import type { RowReader } from '../../src/reading/rows';
import type { Pointed } from '../../src/runs/errors';
import { checked } from '../http';
import type { Call } from '../part';
import { HttpProblem } from '../problem';
import type { Taken, Uploads } from '../uploads';

export interface FormDependencies {
  uploads: Uploads;
  rows: RowReader;
}

/** The spreadsheet of rows that a form may carry. */
const rowsFile: Taken = { field: 'file', most: 1 };

const decimal = new RegExp(DECIMAL);

/** Fields of a form that become a part of the work context. */
const CONTEXT_FIELDS = [
  'work_context',
  'hourly_rate',
  'period_type',
  'working_days',
  'rows_cover',
  'currency',
  'language',
];

/**
 * Makes a reader of forms: it returns the checked body that could have been sent as JSON. `own` are the fields
 * that go into it as they are; the others make its work context.
 */
export function createFormReader<S extends TSchema>({ uploads, rows }: FormDependencies, schema: S, own: string[]) {
  const check = validatorFor(schema);
  return async function readForm({ req, res }: Call): Promise<Static<S>> {
    return await uploads.use(req, res, rowsFile, async ({ fields, files: [file] }) => {
      const read = file && (await rows.read(file.path)).rows;
      const body = bodyOfForm(fields, own, read);
      return checked(body, check, (pointer) => pointerInForm(pointer, fields));
    });
  };
}

/**
 * Turns a form into the body that would have been sent as JSON; it is checked afterwards. Throws 422 for unknown fields
 * and for text that is not a number.
 */
function bodyOfForm(
  fields: Record<string, string>,
  own: readonly string[],
  rows: WorkRow[] | undefined,
): Record<string, unknown> {
  const errors: Pointed[] = [];
  const known = new Set([...own, ...CONTEXT_FIELDS]);
  for (const name of Object.keys(fields)) {
    if (!known.has(name)) errors.push({ pointer: `/${name}`, detail: 'is not a known field' });
  }
  const given = (name: string): string | undefined => (fields[name] === '' ? undefined : fields[name]);

  const context: Record<string, unknown> = { ...contextOf(given('work_context'), errors) };
  const number = (name: string): number | undefined => {
    const text = given(name)?.trim();
    if (text === undefined) return undefined;
    if (decimal.test(text)) return Number(text.replace(',', '.'));
    errors.push({ pointer: `/${name}`, detail: 'must be a number such as 42 or 42.50' });
    return undefined;
  };
  const rate = number('hourly_rate');
  if (rate !== undefined) context.hourly_rate = rate;
  const [type, days] = [given('period_type'), number('working_days')];
  if (type !== undefined && days !== undefined) context.period = { type, working_days: days };
  else if (type !== undefined && given('working_days') === undefined) {
    errors.push({ pointer: '/working_days', detail: 'is missing: period_type and working_days go together' });
  } else if (days !== undefined) {
    errors.push({ pointer: '/period_type', detail: 'is missing: period_type and working_days go together' });
  }
  for (const name of ['rows_cover', 'currency', 'language']) {
    const value = given(name);
    if (value !== undefined) context[name] = value;
  }
  if (rows && Array.isArray(context.rows)) {
    errors.push({ pointer: '/file', detail: 'the work context has rows already: send rows once' });
  }
  if (rows) context.rows = rows;
  if (errors.length > 0) throw new HttpProblem('invalid', 'The form is not valid.', { errors });

  const body: Record<string, unknown> = {};
  for (const name of own) if (given(name) !== undefined) body[name] = given(name);
  if (Object.keys(context).length > 0) body.work_context = context;
  return body;
}

function contextOf(text: string | undefined, errors: Pointed[]): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // reported below
  }
  errors.push({ pointer: '/work_context', detail: 'must be a JSON object' });
  return {};
}

/** Place in the form of a fault in the assembled body. */
function pointerInForm(pointer: string, fields: Record<string, string>): string {
  const simple = /^\/work_context\/(hourly_rate|rows_cover|currency|language)$/.exec(pointer)?.[1];
  if (simple !== undefined && fields[simple]) return `/${simple}`;
  if (pointer.startsWith('/work_context/period/type') && fields.period_type) return '/period_type';
  if (pointer.startsWith('/work_context/period/working_days') && fields.working_days) return '/working_days';
  return pointer;
}
