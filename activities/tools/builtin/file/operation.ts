import { Type, type Static } from 'typebox';
import { JsonObjectValue, type JsonValue, type Json, type JsonObject } from '../../../../schemas/json';
import { defineTool } from '../../define';
import { compiledWhenUsed, type Check } from '../../schema';
import type { Tool, ToolContext } from '../../tool';
import { CopyInput, fileCopy, fileMove } from './copy';
import { DeleteInput, fileDelete } from './delete';
import { fileError } from './error';
import { fileList, ListInput } from './list';
import { fileRead, ReadInput } from './read';
import { common, Path, strict } from './schema';
import { fileSearch, SearchInput } from './search';
import { fileWrite, WriteInput } from './write';

const tools = {
  read: fileRead,
  write: fileWrite,
  list: fileList,
  search: fileSearch,
  copy: fileCopy,
  move: fileMove,
  delete: fileDelete,
};
type Operation = keyof typeof tools;

const checks = Object.fromEntries(
  Object.entries(tools).map(([name, { spec }]) => [name, compiledWhenUsed(spec.input)]),
) as Record<Operation, Check>;

const OperationInput = Type.Object(
  {
    operation: Type.Unsafe<Operation>({ enum: Object.keys(tools) }),
    ...Type.Partial(
      Type.Object({
        ...DeleteInput.properties,
        ...ListInput.properties,
        ...SearchInput.properties,
        ...CopyInput.properties,
        ...ReadInput.properties,
        ...WriteInput.properties,
      }),
    ).properties,
    file_path: Type.Optional(Type.Unsafe<string>({ ...Path, description: 'another name of `path`' })),
    content: Type.Optional(
      Type.Unsafe<Static<typeof JsonValue>>({ description: 'for write: a text, or any other JSON' }),
    ),
  },
  strict,
);
type OperationInput = Static<typeof OperationInput>;

/** Any operation on files of the workspace, under one name. */
export const fileOperation = defineTool({
  ...common,
  name: 'file.operation',
  aliases: ['file_operation'],
  description:
    'Reads, writes, lists, searches, copies, moves or deletes files in the workspace of the run: `operation`, and the arguments of the tool `file.<operation>`. `content` may be a text or JSON; `file_path` is another name of `path`.',
  input: OperationInput,
  output: JsonObjectValue,
  effect: 'idempotent',
  effects: [{ when: { operation: ['read', 'list', 'search'] }, effect: 'none' }],
  risk: 'medium',
  run: async (input, context) => await perform('run', input, context),
  simulate: async (input, context) => await perform('simulate', input, context),
});

async function perform(how: 'run' | 'simulate', input: OperationInput, context: ToolContext<JsonObject>) {
  const tool: Tool = tools[input.operation];
  const given = argumentsOf(input);
  const problems = checks[input.operation](given, 0);
  if (problems.length > 0) {
    const said = problems.map(({ pointer, message }) => `${pointer || 'the arguments'} ${message}`);
    throw fileError('file.bad_request', `${input.operation}: ${said.join('; ')}`);
  }
  return (await tool[how]?.(given, context)) as JsonObject;
}

function argumentsOf({ operation, file_path, content, ...rest }: OperationInput): Json {
  if (file_path !== undefined && rest.path !== undefined)
    throw fileError('file.bad_request', 'path and file_path are the same: give one of them');
  const named = file_path === undefined ? rest : { ...rest, path: file_path };
  if (content === undefined) return named;
  if (operation !== 'write') throw fileError('file.bad_request', `${operation} takes no content`);
  return typeof content === 'string' ? { ...named, text: content } : { ...named, json: content };
}
