import { Type, type Static } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import type { ErrorClass } from '../../../../schemas/tool';
import type { MemoryEntry } from '../../../../src/memory/memory';
import { defineTool } from '../../define';
import type { Tool, ToolContext } from '../../tool';

const strict = { additionalProperties: false };

const Name = Type.String({ minLength: 1, maxLength: 200, description: 'any words' });
const Entry = Type.Object({ name: Name, value: JsonValue }, strict);

const common = {
  version: '1',
  risk: 'low',
  approval: false,
  timeout: 10_000,
  retry: { attempts: 4, initialMs: 200, backoff: 3, maxMs: 10_000 },
  errors: {
    'memory.bad_name': 'input',
    'memory.too_large': 'permanent',
    'memory.quota': 'permanent',
  } satisfies Record<string, ErrorClass>,
  local: true,
} as const;

/** Keeps a value for the other steps of the run. */
export const memorySet = defineTool({
  ...common,
  name: 'memory.set',
  description: 'Keeps a value under a name, for all steps of the run; it can still be read when the run is over.',
  input: Entry,
  output: Entry,
  effect: 'idempotent',
  async run({ name, value }, { memory }) {
    await memory.set(name, value);
    return { name, value };
  },
  simulate: async ({ name, value }) => ({ name, value }),
});

const GetInput = Type.Object(
  {
    name: Name,
    default: Type.Optional(
      Type.Unsafe<Static<typeof JsonValue>>({ description: 'the value where there is none; null if it is left out' }),
    ),
  },
  strict,
);
const GetOutput = Type.Object({ name: Name, value: JsonValue, found: Type.Boolean() }, strict);

/** Reads a value that a step of the run has kept. */
export const memoryGet = defineTool({
  ...common,
  name: 'memory.get',
  description: 'Gives the value that a step of the run has kept under a name.',
  input: GetInput,
  output: GetOutput,
  effect: 'none',
  run: get,
  simulate: get,
});

/** Lists what the steps of the run have kept. */
export const memoryList = defineTool({
  ...common,
  name: 'memory.list',
  description: 'Gives all names and values that the steps of the run have kept.',
  input: Type.Object({}, strict),
  output: Type.Object({ entries: Type.Array(Entry) }, strict),
  effect: 'none',
  run: list,
  simulate: list,
});

async function get(
  { name, default: otherwise = null }: Static<typeof GetInput>,
  { memory }: ToolContext,
): Promise<Static<typeof GetOutput>> {
  const found = await memory.get(name);
  return { name, value: found ? found.value : otherwise, found: found !== undefined };
}

async function list(_: object, { memory }: ToolContext): Promise<{ entries: MemoryEntry[] }> {
  return { entries: await memory.list() };
}

/** Tools of the values that steps of a run share. */
export const memoryTools: readonly Tool[] = [memorySet, memoryGet, memoryList];
