import { Type, type Static } from 'typebox';
import { Instant, JsonObjectValue } from '../json';
import type { JsonObject } from '../json';

/** Hash of a tool's definition. */
export const McpDigest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' });

/** Something in a definition that a person should look at before accepting it. */
export const McpRemark = Type.Object({
  code: Type.Enum(['hidden_text', 'bidi_text', 'instruction', 'long_text', 'secret_header']),
  pointer: Type.String({ description: 'JSON Pointer into the definition' }),
  message: Type.String(),
});
export type McpRemark = Static<typeof McpRemark>;

/** A member of a definition that differs from the accepted one. */
export const McpChange = Type.Object({
  change: Type.Enum(['added', 'removed', 'changed']),
  pointer: Type.String(),
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});
export type McpChange = Static<typeof McpChange>;

/** A tool as its server has listed it: `definition` is the object of the wire, with everything in it. */
export interface ListedTool {
  name: string;
  digest: string;
  definition: JsonObject;
  /** why no plan can use it, however often it is accepted */
  unusable?: string;
}

/** States of a server, as the worker sees it that has said so last. */
export const mcpServerStates = ['up', 'down', 'disabled'] as const;

/** What a worker has seen of a server, kept for whoever asks. */
export interface StoredListing {
  server: string;
  transport: 'stdio' | 'http' | 'sse';
  /** of its configuration: a pin holds for this alone */
  identity: string;
  /** its host, or its command */
  address: string;
  state: (typeof mcpServerStates)[number];
  /** why it is down */
  error?: { type: string; message: string };
  /** how it calls itself, and its revision of MCP; anybody can say so */
  says?: { name?: string; version?: string; protocol?: string };
  /** the last list that it gave */
  tools: ListedTool[];
  seen_at: string;
}

/** A definition that a person has accepted: version n of the tool's pin. */
export interface StoredPin {
  /** of the pin: server and tool, as the document store takes names */
  id: string;
  version: number;
  server: string;
  tool: string;
  digest: string;
  identity: string;
  definition: JsonObject;
  by: string;
  at: string;
  comment?: string;
}

/** State of a tool: `new` and `changed` ones are refused until a person accepts them. */
export const mcpToolStates = ['pinned', 'new', 'changed', 'gone', 'unusable'] as const;
export type McpToolState = (typeof mcpToolStates)[number];

/** A tool of a server for whoever has to judge it. */
export const McpTool = Type.Object(
  {
    name: Type.String(),
    uses: Type.String({ description: 'its name in plans' }),
    state: Type.Enum([...mcpToolStates]),
    digest: Type.Optional(McpDigest),
    pinned: Type.Optional(
      Type.Object({ digest: McpDigest, by: Type.String(), at: Instant, comment: Type.Optional(Type.String()) }),
    ),
    definition: Type.Optional(
      Type.Unsafe<JsonObject>({
        ...JsonObjectValue,
        description: 'as the server lists it, word for word; of one that is gone, as it was accepted',
      }),
    ),
    remarks: Type.Array(McpRemark),
    changes: Type.Array(McpChange, { description: 'against the accepted definition' }),
    unusable: Type.Optional(Type.String({ description: 'why no plan can use it' })),
  },
  { $id: 'McpTool' },
);
export type McpTool = Static<typeof McpTool>;
