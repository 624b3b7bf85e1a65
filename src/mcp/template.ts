import { SECRET_NAME } from '../secrets/declaration';

/** A value of the operator's file: text, and the names of secrets, which are read when a server is connected. */
export type Template = readonly ({ text: string } | { secret: string })[];

const PART = /\$\{env:([^}]*)\}|\$\{\{\s*secrets\.([^}\s]*)\s*\}\}/g;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a value with `${env:NAME}` and `${{ secrets.NAME }}` in it.
 *
 * @param variable gives a variable of the environment
 * @throws Error whose message completes "… : " and says how to mend it; it never holds a value
 */
export function readTemplate(value: string, variable: (name: string) => string | undefined): Template {
  const parts: ({ text: string } | { secret: string })[] = [];
  let end = 0;
  for (const match of value.matchAll(PART)) {
    const [whole, name, secret] = match;
    addText(parts, value.slice(end, match.index));
    end = match.index + whole.length;
    parts.push(secret === undefined ? { text: variableNamed(name ?? '', variable) } : { secret: secretNamed(secret) });
  }
  addText(parts, value.slice(end));
  return parts;
}

/** The same where secrets have no place: they would be seen by everybody on the machine, or in addresses. */
export function readPlain(value: string, variable: (name: string) => string | undefined): string {
  return readTemplate(value, variable)
    .map((part) => {
      if ('text' in part) return part.text;
      throw new Error(`holds the secret ${part.secret}, which others could see here. Give it by "env" or "headers".`);
    })
    .join('');
}

function addText(parts: ({ text: string } | { secret: string })[], text: string): void {
  if (text.includes('${'))
    throw new Error('holds a ${…} that AWE does not know. Write ${env:NAME} or ${{ secrets.NAME }}.');
  if (text !== '') parts.push({ text });
}

function variableNamed(name: string, variable: (name: string) => string | undefined): string {
  if (!VARIABLE.test(name)) throw new Error('holds ${env:…} without a name of a variable in it.');
  const value = variable(name);
  if (value === undefined || value === '')
    throw new Error(`names the variable ${name}, which is not set. Set it for the workers, or write a value.`);
  return value;
}

function secretNamed(name: string): string {
  if (SECRET_NAME.test(name)) return name;
  throw new Error('names a secret that can be none: A to Z, 0 to 9 and _, such as ${{ secrets.CRM_KEY }}.');
}
