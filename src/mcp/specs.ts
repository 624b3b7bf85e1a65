import type { JsonSchema, ToolSpec } from '../../schemas/tool';
import type { StoredPin } from '../../schemas/mcp/tools';
import { checkableSchema } from './schema';
import { CALL_TIME, type McpServer, type ToolRules } from './servers';
import { usesOf } from './judgement';

/** Milliseconds that an attempt has beyond the call: to connect, and to keep what comes back. */
const AROUND = 45_000;

/** What holds for a tool: its own rules over those of its server, and the worst where neither says anything. */
export function rulesFor(
  { rules, tools }: McpServer,
  tool: string,
  annotations: unknown = {},
): ToolRules & typeof CALL_TIME {
  const own = tools.get(tool) ?? {};
  const general = saysItChanges(annotations)
    ? { ...rules, effect: undefined, risk: undefined, approval: undefined }
    : rules;
  const timeoutMs = own.timeoutMs ?? rules.timeoutMs ?? CALL_TIME.timeoutMs;
  return {
    effect: own.effect ?? general.effect,
    risk: own.risk ?? general.risk,
    approval: own.approval ?? general.approval,
    cost: own.cost ?? general.cost,
    timeoutMs,
    maxMs: Math.max(own.maxMs ?? rules.maxMs ?? CALL_TIME.maxMs, timeoutMs),
  };
}

/**
 * Annotations are a stranger's hints: they are never a reason for less care. A tool that itself says that it changes
 * things is not covered by what the operator has said of the whole server; what he says of the tool counts.
 */
function saysItChanges(annotations: unknown): boolean {
  const { destructiveHint, readOnlyHint } = (annotations ?? {}) as {
    destructiveHint?: unknown;
    readOnlyHint?: unknown;
  };
  return destructiveHint === true || readOnlyHint === false;
}

/** The specification of an accepted tool. Its version follows from its definition. */
export function specOf(server: McpServer, pin: Pick<StoredPin, 'tool' | 'definition' | 'digest'>): ToolSpec {
  const { tool, definition, digest } = pin;
  const { effect, risk, approval, cost, maxMs } = rulesFor(server, tool, definition['annotations']);
  const { inputSchema, outputSchema } = definition as { inputSchema: JsonSchema; outputSchema?: JsonSchema };
  return {
    name: usesOf(server.name, tool),
    version: digest.slice('sha256:'.length, 'sha256:'.length + 12),
    description: described(server.name, tool, definition['description']),
    input: checkableSchema(inputSchema),
    output: outputOf(outputSchema),
    effect,
    risk,
    approval,
    cost,
    timeout: maxMs + AROUND,
    ...(effect === 'none' || effect === 'idempotent'
      ? { retry: { attempts: 3, initialMs: 1_000, backoff: 2, maxMs: 30_000 } }
      : {}),
  };
}

/** Characters of a description that planners read. */
const LONGEST = 2_000;

const described = (server: string, tool: string, text: unknown): string =>
  typeof text === 'string' && text.trim() !== ''
    ? text.slice(0, LONGEST)
    : `The tool ${tool} of the MCP server ${server}`;

/** A file among the results of a tool. */
const File: JsonSchema = {
  type: 'object',
  properties: {
    artifact_id: { type: 'string' },
    path: { type: 'string' },
    media_type: { type: 'string' },
    bytes: { type: 'integer' },
  },
  required: ['artifact_id', 'path', 'media_type', 'bytes'],
};

/** The output of every tool of a server: its text, its value, and its files and links. */
export function outputOf(outputSchema: JsonSchema | undefined): JsonSchema {
  const structured = outputSchema === undefined ? {} : checkableSchema(outputSchema);
  // definitions within the schema are named from its root
  const { $defs, definitions, ...value } = structured;
  return {
    type: 'object',
    ...($defs === undefined ? {} : { $defs }),
    ...(definitions === undefined ? {} : { definitions }),
    properties: {
      text: { type: 'string', description: 'everything that it said in words' },
      structured: { ...value, description: 'its result as a value; null where it gives none' },
      files: { type: 'array', items: File, description: 'images, sounds and other files' },
      links: {
        type: 'array',
        items: {
          type: 'object',
          properties: { uri: { type: 'string' }, name: { type: 'string' }, media_type: { type: 'string' } },
          required: ['uri'],
        },
        description: 'addresses that it names; nothing of them has been fetched',
      },
    },
    required: ['text', 'structured', 'files', 'links'],
  };
}
