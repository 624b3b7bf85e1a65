import type { Json, JsonObject } from '../../schemas/json';
import type { ListedTool, StoredPin } from '../../schemas/mcp/tools';
import type { Effect, JsonSchema } from '../../schemas/tool';
import { McpError, quoted } from '../../src/mcp/errors';
import { stateOf } from '../../src/mcp/judgement';
import type { McpLink } from '../../src/mcp/link';
import { checkableSchema, faultsBy } from '../../src/mcp/schema';
import { rulesFor } from '../../src/mcp/specs';
import type { ToolContext } from '../tools/tool';
import { ToolError } from '../tools/errors';
import { mcpToolError, refusedTool, toldFailure } from './errors';
import { keepResult, wordsOf, type McpOutput } from './result';
import { changedWords } from './words';

/**
 * Calls an accepted tool. It is compared with what its server lists now, just before; after that its result is held
 * against the schema that was accepted.
 */
export async function callTool(
  link: McpLink,
  pin: StoredPin,
  { name, effect }: { name: string; effect: Effect },
  args: Json,
  context: ToolContext,
): Promise<McpOutput> {
  const { server } = link;
  const { timeoutMs, maxMs } = rulesFor(server, pin.tool);
  const result = await context.exchange('mcp', { tool: name, args }, async (): Promise<JsonObject> => {
    try {
      return await link.call({
        tool: pin.tool,
        args: args as JsonObject,
        permit: (listed) => assertSame(pin, server.identity, listed, name),
        repeatable: effect !== 'once',
        timeoutMs,
        maxMs,
        signal: context.signal,
        onProgress: () => context.heartbeat(),
      });
    } catch (error) {
      throw error instanceof McpError ? mcpToolError(error, name, effect) : error;
    }
  });
  if (result['isError'] === true)
    throw toldFailure('mcp.tool_error', `${name} says: ${quoted(wordsOf(result)) || 'that it has failed'}`, effect);
  const faults = resultFaults(pin, result);
  if (faults !== undefined) throw toldFailure('mcp.bad_result', `the result of ${name}: ${faults}`, effect);
  return await keepResult(result, pin.tool, context);
}

/** @throws ToolError `mcp.changed`, `mcp.gone` */
function assertSame(pin: StoredPin, identity: string, listed: ListedTool | undefined, name: string): void {
  const state = stateOf(identity, listed, pin);
  if (state === 'pinned') return;
  if (state === 'gone')
    throw new ToolError({
      class: 'permanent',
      type: 'mcp.gone',
      message: `the server of ${name} does not offer it any more`,
    });
  throw refusedTool('mcp.changed', changedWords(pin.server, pin.tool));
}

/** What is wrong with a result by the accepted schema; undefined where nothing is, or there is no schema. */
function resultFaults({ definition }: StoredPin, { structuredContent }: JsonObject): string | undefined {
  const { outputSchema } = definition as { outputSchema?: JsonSchema };
  if (outputSchema === undefined) return undefined;
  if (structuredContent === undefined) return 'it has an outputSchema, but gives no structured content';
  const [fault] = faultsBy(checkableSchema(outputSchema), structuredContent);
  return fault && `${fault.pointer || 'the value'} ${fault.message}`;
}
