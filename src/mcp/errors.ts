/**
 * Why a call of an MCP server has no result. `stage` says how far it had come: `before` the server had it, `sent`
 * without an answer, `answered`.
 */
export type McpCode =
  | 'unavailable'
  | 'unauthorized'
  | 'rate_limited'
  | 'session_lost'
  | 'timeout'
  | 'broken'
  | 'bad_answer'
  | 'too_large'
  | 'no_such_tool'
  | 'bad_request'
  | 'input_required'
  | 'server_error';

export type McpStage = 'before' | 'sent' | 'answered';

/** The error of connections to MCP servers. Its message holds no secret, and what a server has said is cut. */
export class McpError extends Error {
  override readonly name = 'McpError';

  constructor(
    readonly code: McpCode,
    readonly stage: McpStage,
    message: string,
    readonly more: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
  }
}

/** Characters of a foreign text that a message repeats. */
const LONGEST = 300;

/** A text of a server for a message: cut, and in one line. */
export const quoted = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
};
