import type { Input, ValueType } from '../grammar/input';
import { CLOSED } from '../lexicon/concepts';
import { listOf } from './fields';
import { numberOf } from './scalars';
import { valueAt, type Setting } from './settings';
import type { Ref } from '../reading';

/** An argument of a tool: as it stands, a secret or a value of the context by name, or what a thing is. */
export type Argument = Setting | { json: string } | { thing: Ref };

/** The name of a tool that there is, or that somebody thinks there is: `mcp.files.read_file`, `my.hello`. */
export const toolName: ValueType = (input, at) => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  const isName = (kind === 'word' || kind === 'quoted' || kind === 'code') && /^[a-z][\w-]*(\.[\w-]+)+$/i.test(text);
  return isName && (input.callable.tools.has(text) || text.startsWith('mcp.')) ? [{ end: at + 1, value: text }] : [];
};

/** Names and values of arguments: `path "notes.txt" and head 5`, `image: https://…, scale = 2`. */
export const toolArguments: ValueType = (input, at) =>
  listOf(input, at, 'argument').map(({ end, value }) => ({
    end,
    value: Object.assign({}, ...(value as { [name: string]: Argument }[])) as { [name: string]: Argument },
  }));

/** One argument, by the name that some tool has for it. */
export const argument: ValueType = (input, at) => {
  const place = input.skip(at, 'the');
  const name = input.tokens[place];
  if (!name || !input.callable.parameters.has(name.text)) return [];
  const after = place + 1;
  const isSigned = /^[:=]$/.test(input.tokens[after]?.text ?? '');
  // "on" is an argument of some tools, and a small word of goals
  if (!isSigned && input.means(place).some((concept) => CLOSED.has(concept))) return [];
  const starts = new Set([after, ...input.ends(after, 'set_to'), ...input.ends(after, 'equals')]);
  return (isSigned ? [after + 1] : [...starts]).flatMap((start) =>
    argumentAt(input, start).map(({ end, value }) => ({ end, value: { [name.text]: value } })),
  );
};

/** The value of an argument that is not named. */
export const argumentValue: ValueType = (input, at) => argumentAt(input, at);

function argumentAt(input: Input, at: number): { end: number; value: Argument }[] {
  const { kind, text = '' } = input.tokens[at] ?? {};
  if (kind === 'url' || kind === 'path') return [{ end: at + 1, value: text }];
  if (kind === 'json') return [{ end: at + 1, value: { json: text } }];
  if (kind === 'number') return [{ end: at + 1, value: numberOf(text, input) ?? text }];
  const things = input.values(at, 'thing').map(({ end, value }) => ({ end, value: { thing: value as Ref } }));
  return [...valueAt(input, at), ...things];
}
