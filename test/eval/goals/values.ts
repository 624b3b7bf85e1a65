/** Values of arguments: equal in what they mean. */
import { isDeepStrictEqual } from 'node:util';
import { parseDuration } from '../../../core/plan/duration';

type Fields = { [name: string]: unknown };

export const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const hasExpression = (value: unknown): boolean => typeof value === 'string' && value.includes('${{');

/** A path, or a pattern, without what makes no difference: `./`, a `/` at the end, folders of any depth. */
export const globOf = (...parts: unknown[]): string =>
  parts
    .filter((part): part is string => typeof part === 'string' && part !== '' && part !== '.')
    .map((part) => part.replace(/^\.\//, '').replace(/\/+$/, ''))
    .join('/')
    .replaceAll('**/', '');

/** SQL without space, case and the `;` at its end that make no difference; texts in quotes stay as they are. */
export const sqlOf = (sql: unknown): string =>
  String(sql)
    .trim()
    .replace(/\s*;$/, '')
    .split(/('(?:[^']|'')*')/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .toLowerCase()
            .replace(/\s+/g, ' ')
            .replace(/\s*([=<>,()*]+)\s*/g, '$1'),
    )
    .join('');

/** A template with one form of its gaps. */
export const templateOf = (text: unknown): string =>
  String(text)
    .replace(/\{\{\s*(.*?)\s*\}\}/g, '{{$1}}')
    .trim();

export function urlOf(url: unknown, query: unknown): string {
  const text = String(url);
  const [plain = '', given = ''] = text.split('?', 2);
  const more = isObject(query) ? Object.entries(query).map(([name, value]) => `${name}=${String(value)}`) : [];
  const all = [...given.split('&').filter((part) => part !== ''), ...more].sort();
  return `${plain.replace(/\/$/, '')}${all.length > 0 ? `?${all.join('&')}` : ''}`;
}

/** Milliseconds of a duration, also of one that is longer than its unit. */
export const sameDuration = (one: unknown, other: unknown): boolean =>
  parseDuration(one) !== undefined && parseDuration(one) === parseDuration(other);

/** Data as it is sent: an object, or a text that is one. */
export function dataOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

interface Where {
  field: string;
  op: string;
  value?: unknown;
}

const plainWhere = ({ field, op, value }: Where): Where => {
  if (op === 'ne' && typeof value === 'boolean') return { field, op: 'eq', value: !value };
  if (op === 'ge' && value === 1) return { field, op: 'gt', value: 0 };
  if (op === 'in' && Array.isArray(value) && value.length === 1) return { field, op: 'eq', value: value[0] };
  if (op === 'in' && Array.isArray(value)) return { field, op, value: [...(value as string[])].sort() };
  return { field, op, ...(value === undefined ? {} : { value }) };
};

export const sameWhere = (wanted: Where, got: Where): boolean => isDeepStrictEqual(plainWhere(wanted), plainWhere(got));

/** Lists that hold the same, in any order. */
export function sameSet<T>(wanted: readonly T[], got: readonly T[], same: (one: T, other: T) => boolean): boolean {
  const left = [...got];
  return (
    wanted.length === got.length &&
    wanted.every((one) => {
      const found = left.findIndex((other) => same(one, other));
      if (found < 0) return false;
      left.splice(found, 1);
      return true;
    })
  );
}

/** Aggregates by what they compute; their names are free. */
export const aggregatesOf = (value: unknown): { op: string; field?: string }[] => {
  const list = isObject(value) ? Object.values(value) : Array.isArray(value) ? value : [{ op: 'count' }];
  return (list as { op: string; field?: string }[]).map(({ op, field }) =>
    op === 'count' || field === undefined ? { op } : { op, field },
  );
};

/** Order of a sort by its fields. */
export const orderOf = (value: unknown): { field: string; order: string }[] =>
  (Array.isArray(value) ? value : []).map((one: unknown) =>
    typeof one === 'string'
      ? { field: one, order: 'asc' }
      : { field: String((one as Fields)['field']), order: String((one as Fields)['order'] ?? 'asc') },
  );

/** A text that holds another one, case aside; numbers in any of their forms. */
export function holdsText(text: string, part: string): boolean {
  const all = text.toLowerCase();
  const wanted = part.toLowerCase();
  if (!/^[\d.]+$/.test(wanted)) return all.includes(wanted);
  return (
    (all.match(/\d+(?:\.\d+)?/g) ?? []).some((one) => Number(one) === Number(wanted)) || isQuotient(all, Number(wanted))
  );
}

const isQuotient = (text: string, value: number): boolean =>
  [...text.matchAll(/(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)/g)].some(
    ([, over, under]) => Number(over) / Number(under) === value,
  );
