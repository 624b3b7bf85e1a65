import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, stringify, visit, type Document } from 'yaml';
import type { DefinitionFault } from '../../schemas/definition/definition';
import { fault } from './fault';

/** A text as a value, and where its parts stand. */
export interface ReadYaml {
  value: unknown;
  faults: DefinitionFault[];
  /** Faults with the line and the column of the place that they are about, or of the nearest around it. */
  locate(faults: readonly DefinitionFault[]): DefinitionFault[];
}

/** Characters of a text: what a definition may have as JSON, and some for comments. */
const LONGEST = 300_000;

/** Uses of an anchor, multiplied where they stand within one another: beyond, a text is made to explode. */
const MOST_ALIASES = 100;

/** Levels within one another in a text: the parser gets slow long before it gives up. */
const DEEPEST = 100;

/** Lines and commas of a text: each part takes the parser ten times as long as one of JSON. */
const MOST_PARTS = 20_000;

/** True for a text that opens more lists and objects than it closes, begins many on one line, or is indented ever further. */
function isTooDeep(text: string): boolean {
  const indents: number[] = [];
  for (const [, indent = ''] of text.matchAll(/^([ ]*)[^\s]/gm)) {
    while ((indents.at(-1) ?? -1) >= indent.length) indents.pop();
    if (indents.push(indent.length) > DEEPEST) return true;
  }
  if (/^[^\S\n]*(?:[-?:][^\S\n]+){100}/m.test(text)) return true;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '[' || sign === '{') depth += 1;
    else if (sign === ']' || sign === '}') depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** Reads YAML, of which JSON is a part. A text that cannot be read has faults with their places, and no value. */
export function readYaml(text: string): ReadYaml {
  const nothing = { value: undefined, locate: (faults: readonly DefinitionFault[]) => [...faults] };
  if (text.length > LONGEST)
    return { ...nothing, faults: [fault('', 'too_large', `the text is longer than ${LONGEST} characters`)] };
  if ((text.match(/[\n,]/g)?.length ?? 0) > MOST_PARTS)
    return { ...nothing, faults: [fault('', 'too_large', `it has over ${MOST_PARTS} lines and members`, 'send JSON')] };
  if (isTooDeep(text)) return { ...nothing, faults: [fault('', 'too_deep', TOO_DEEP)] };
  const lines = new LineCounter();
  const broken = (error: unknown): ReadYaml => ({ ...nothing, faults: [fault('', 'yaml', messageOf(error))] });
  let document: Document;
  try {
    // the parser's own look at keys compares each with each
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  } catch (error) {
    return broken(error); // nested so deep that it cannot be read
  }
  const errors: YamlError[] = document.errors.length > 0 ? document.errors : repeatedKeys(document);
  if (errors.length > 0) {
    const faults = errors.slice(0, 20).map(({ pos, message }) => ({
      ...fault('', 'yaml', message),
      ...placeOf(lines, pos[0]),
    }));
    return { ...nothing, faults };
  }
  try {
    return {
      value: document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown,
      faults: [],
      locate: (faults) => faults.map((one) => ({ ...one, ...placeIn(document, lines, one.pointer) })),
    };
  } catch (error) {
    return broken(error);
  }
}

/** A fault of a text, and where it begins. */
type YamlError = Pick<Document['errors'][number], 'pos' | 'message'>;

/** Keys that an object has twice. */
function repeatedKeys(document: Document): YamlError[] {
  const found: YamlError[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name) && name !== MERGE)
          found.push({ pos: [key.range?.[0] ?? 0, 0], message: `the key ${name.slice(0, 80)} stands here twice` });
        seen.add(name);
      }
    },
  });
  return found;
}

/** The key that takes over the members of other objects. */
const MERGE = '<<';

const TOO_DEEP = 'it is nested too deep';

/** A value as YAML that people read. */
export const writeYaml = (value: object): string => stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });

const messageOf = (error: unknown): string =>
  error instanceof RangeError ? TOO_DEEP : error instanceof Error ? error.message : String(error);

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The place of a part: of its name where it has one, so that a fault of a long part does not point to its end. */
function placeIn(document: Document, lines: LineCounter, pointer: string): { line?: number; column?: number } {
  let node: unknown = document.contents;
  let place: { line: number; column: number } | undefined;
  for (const token of ['', ...pointer.split('/').slice(1)]) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const found: unknown = token === '' ? node : childOf(node, name);
    if (found === undefined) break;
    const at: unknown = isPair(found) ? found.key : found;
    const range = (at as { range?: [number, number, number] | null }).range;
    if (range) place = placeOf(lines, range[0]);
    node = isPair(found) ? found.value : found;
  }
  return place ?? {};
}

function childOf(node: unknown, name: string): unknown {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return isSeq(node) ? node.items[Number(name)] : undefined;
}
