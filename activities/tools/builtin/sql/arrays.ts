import type { Json } from '../../../../schemas/json';

const ELEMENT = /"((?:[^"\\]|\\[^])*)"|([^{},"]+)/y;

/** Reads an array as PostgreSQL writes it (`{1,NULL,"a b",{…}}`); its bounds are left out. */
export function parseArray(text: string, read: (text: string) => Json): Json[] {
  let at = text.indexOf('{');
  const list = (): Json[] => {
    const items: Json[] = [];
    at += 1;
    while (at < text.length && text[at] !== '}') {
      if (text[at] === ',') at += 1;
      else if (text[at] === '{') items.push(list());
      else items.push(element());
    }
    at += 1;
    return items;
  };
  const element = (): Json => {
    ELEMENT.lastIndex = at;
    const [whole = '', quoted, plain = ''] = ELEMENT.exec(text) ?? [];
    at += Math.max(1, whole.length);
    if (quoted !== undefined) return read(quoted.replaceAll(/\\([^])/g, '$1'));
    return plain.toUpperCase() === 'NULL' ? null : read(plain);
  };
  return at < 0 ? [] : list();
}

/** Writes a list as PostgreSQL reads it. */
export function arrayText(items: readonly Json[]): string {
  const element = (item: Json): string => {
    if (item === null) return 'NULL';
    if (Array.isArray(item)) return arrayText(item);
    const text = typeof item === 'object' ? JSON.stringify(item) : String(item);
    return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
  };
  return `{${items.map(element).join(',')}}`;
}
