import type { Notation } from './route';

/** A place in the text of a definition, for completion: inside which members it stands, and whether a name or a value is typed. */
export interface Place {
  /** names of the members around it, from the outside; lists are gone through */
  path: readonly string[];
  /** the member whose value is typed; absent where a name is typed */
  member?: string;
}

export const placeAt = (text: string, position: number, notation: Notation): Place | undefined =>
  notation === 'yaml' ? placeInYaml(text.slice(0, position)) : placeInJson(text.slice(0, position));

const LINE = /^(\s*(?:- +)*)(?:["']?([A-Za-z_$][\w$]*)["']?\s*:(?:\s+|$))?/;

/** By indentation, since a line that is being typed is seldom whole. */
function placeInYaml(before: string): Place {
  const lines = before.split('\n');
  const [, space = '', member] = LINE.exec(lines.at(-1) ?? '') ?? [];
  const path: string[] = [];
  let column = space.length;
  for (const line of lines.slice(0, -1).reverse()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, indent = '', name] = LINE.exec(line) ?? [];
    if (name === undefined || indent.length >= column) continue;
    path.unshift(name);
    column = indent.length;
  }
  return { path, member };
}

interface Container {
  isObject: boolean;
  /** the member whose value comes, or is under way */
  member?: string;
}

function placeInJson(before: string): Place | undefined {
  const within: Container[] = [];
  for (const [sign] of before.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]/g)) {
    const inner = within.at(-1);
    if (sign === '{' || sign === '[') within.push({ isObject: sign === '{' });
    else if (sign === '}' || sign === ']') within.pop();
    else if (sign === ',' && inner?.isObject) inner.member = undefined;
    else if (
      sign.startsWith('"') &&
      sign.length > 1 &&
      sign.endsWith('"') &&
      inner?.isObject &&
      inner.member === undefined
    )
      inner.member = JSON.parse(sign) as string;
  }
  const names = within.map(({ member }) => member);
  const innermost = within.at(-1);
  if (innermost === undefined) return undefined;
  const path = names.slice(0, -1).filter((name) => name !== undefined);
  const isValue = innermost.isObject ? /:\s*"?[^":,{}[\]]*$/.test(before) : true;
  if (innermost.isObject) return { path, member: isValue ? innermost.member : undefined };
  return { path: path.slice(0, -1), member: path.at(-1) };
}
