/** Levels of objects and arrays inside one another. */
const DEEPEST = 200;

/** The value is not JSON: a date, a map, NaN, a function, a circle, or too deep. The message says which. */
export class NotJson extends Error {
  override readonly name = 'NotJson';
}

/**
 * JSON with the members of objects in the order of their names and no white space (RFC 8785): equal values have equal
 * text, and so equal digests, in a workflow as in the document store. Members that are undefined are left out.
 *
 * @throws NotJson
 */
export function canonical(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value);
      throw new NotJson(`the value holds ${value}, which JSON cannot hold`);
    case 'object':
      if (value === null) return 'null';
      if (depth >= DEEPEST) throw new NotJson(`the value nests deeper than ${DEEPEST} levels, or in a circle`);
      if (Array.isArray(value)) return writeArray(value, depth + 1);
      if (isPlain(value)) return writeObject(value as Record<string, unknown>, depth + 1);
      throw new NotJson(`the value holds a ${value.constructor.name}, which JSON cannot hold`);
    default:
      throw new NotJson(`the value holds a ${typeof value}, which JSON cannot hold`);
  }
}

function writeArray(array: unknown[], depth: number): string {
  let text = '[';
  for (let i = 0; i < array.length; i++) text += (i > 0 ? ',' : '') + write(array[i], depth);
  return `${text}]`;
}

function writeObject(object: Record<string, unknown>, depth: number): string {
  let text = '{';
  for (const name of sortedNames(object)) {
    const member = object[name];
    if (member !== undefined) text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${write(member, depth)}`;
  }
  return `${text}}`;
}

/** Most objects come with their members in order already, and sorting is most of the work. */
function sortedNames(object: object): string[] {
  const names = Object.keys(object);
  for (let i = 1; i < names.length; i++) if ((names[i - 1] as string) > (names[i] as string)) return names.sort();
  return names;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of another realm (the workflows' sandbox) have another Object.prototype: the object without a prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
