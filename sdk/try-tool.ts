import { compileSchema, type Check } from '../activities/tools/schema';
import type { Tool, ToolContext } from '../activities/tools/tool';
import type { Json } from '../schemas/json';

/**
 * Runs a tool once for its test: its input is held against its schema before, and its output after, as a worker does.
 * `context` has what the tool needs of its surroundings. @throws Error where input or output do not fit
 */
export async function tryTool(tool: Tool, input: Json, context: Partial<ToolContext> = {}): Promise<Json> {
  assertFits(`the input of ${tool.spec.name}`, compileSchema(tool.spec.input), input);
  const signal = new AbortController().signal;
  const output = (await tool.run(input, {
    signal,
    attempt: 1,
    round: 1,
    mode: 'live',
    ...context,
  } as ToolContext)) as Json;
  assertFits(`the output of ${tool.spec.name}`, compileSchema(tool.spec.output), output);
  return output;
}

function assertFits(what: string, check: Check, value: Json): void {
  const problems = check(value, 0).map(({ pointer, message }) => `${pointer || '/'} ${message}`);
  if (problems.length > 0) throw new Error(`${what} does not fit its schema: ${problems.join('; ')}`);
}
