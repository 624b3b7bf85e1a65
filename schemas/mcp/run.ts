import type { McpChangeKind } from './events';

/** Input of a run that tells which tools of an MCP server a person has accepted. */
export interface PinningInput {
  server: string;
  by: string;
  tools: { name: string; digest: string }[];
  correlation_id: string;
}

/** A pin as the store has it. */
export interface ToldPin {
  name: string;
  digest: string;
  change: McpChangeKind;
  /** the digest that was accepted before */
  before?: string;
}
