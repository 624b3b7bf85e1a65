/**
 * Patterns of the grammar, written as text: `(from|in) [file] $path:source`. A word is a concept of the lexicon (with
 * a colon, that it was said is kept under the name after it), `$type` a typed value that is kept under the name after
 * the colon, or the type's own, or each of its parts under its name for `:*`; `[…]` may be missing, `(…|…)` is a choice. Articles may stand before any of them.
 */
export type Pattern = Element[] & {
  /** what it begins with, once that was asked for */
  firsts?: readonly string[] | null;
};

export type Element =
  | { is: 'concept'; concept: string; name?: string }
  | { is: 'value'; type: string; name: string }
  | { is: 'choice'; options: Pattern[] };

/** The name of a value whose parts are kept instead, each under its own name. */
export const ALL = '*';

const compiled = new Map<string, Pattern>();

/** Reads a pattern. @throws Error for one that is not well formed; a test reads all of them */
export function pattern(source: string): Pattern {
  const known = compiled.get(source);
  if (known) return known;
  const parts = source.match(/[()[\]|]|[^\s()[\]|]+/g) ?? [];
  const [options, end] = readOptions(parts, 0, source);
  if (end !== parts.length) throw new Error(`the pattern "${source}" has a bracket too many`);
  const read: Pattern = options.length === 1 ? (options[0] ?? []) : [{ is: 'choice', options }];
  compiled.set(source, read);
  return read;
}

function readOptions(parts: string[], start: number, source: string): [Pattern[], number] {
  const options: Pattern[] = [[]];
  let at = start;
  for (; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (part === ')' || part === ']') break;
    if (part === '|') options.push([]);
    else if (part === '(' || part === '[') {
      const [inner, end] = readOptions(parts, at + 1, source);
      if (parts[end] !== (part === '(' ? ')' : ']')) throw new Error(`the pattern "${source}" lacks a bracket`);
      options.at(-1)?.push({ is: 'choice', options: part === '[' ? [...inner, []] : inner });
      at = end;
    } else options.at(-1)?.push(elementOf(part));
  }
  return [options, at];
}

function elementOf(part: string): Element {
  if (!part.startsWith('$')) {
    const [concept = '', mark] = part.split(':');
    return { is: 'concept', concept, ...(mark === undefined ? {} : { name: mark }) };
  }
  const [type = '', name = type] = part.slice(1).split(':');
  return { is: 'value', type, name };
}

/** Concepts that a pattern begins with; null where it may begin with a value, or with nothing. */
export function firstsOf(elements: Pattern): readonly string[] | null {
  if (elements.firsts === undefined) elements.firsts = readFirsts(elements) ?? null;
  return elements.firsts;
}

function readFirsts(elements: Pattern): readonly string[] | undefined {
  const found: string[] = [];
  for (const element of elements) {
    if (element.is === 'value') return undefined;
    if (element.is === 'concept') return [...found, element.concept];
    for (const option of element.options.filter(({ length }) => length > 0)) {
      const within = readFirsts(option);
      if (within === undefined) return undefined;
      found.push(...within);
    }
    if (element.options.every(({ length }) => length > 0)) return found;
  }
  return undefined;
}
