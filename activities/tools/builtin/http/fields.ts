import type { Fields } from './schema';

/** Names and values; a list gives its name several times. */
export function entriesOf(fields: Fields = {}): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
}
