import type { Effect } from '../../schemas/tool';
import type { McpError } from '../../src/mcp/errors';
import { ToolError, unforeseen } from '../tools/errors';

/** Errors of tools of MCP servers, with their classes; after an effect that cannot be repeated none is `transient`. */
export const mcpErrors = {
  'mcp.unpinned': 'policy',
  'mcp.changed': 'policy',
  'mcp.gone': 'permanent',
  'mcp.unavailable': 'transient',
  'mcp.unauthorized': 'permanent',
  'mcp.rate_limited': 'transient',
  'mcp.session_lost': 'transient',
  'mcp.timeout': 'transient',
  'mcp.broken': 'transient',
  'mcp.server_error': 'transient',
  'mcp.bad_answer': 'permanent',
  'mcp.too_large': 'permanent',
  'mcp.bad_request': 'input',
  'mcp.no_such_tool': 'permanent',
  'mcp.input_required': 'permanent',
  'mcp.tool_error': 'permanent',
  'mcp.bad_result': 'permanent',
} as const;

/** An error of a link as steps have it. Where the server has had the call, nobody knows what it has done. */
export function mcpToolError(error: McpError, name: string, effect: Effect): ToolError {
  const type = `mcp.${error.code}` as const;
  const message = `${name}: ${error.message}`;
  if (error.stage !== 'before' && effect === 'once') return unforeseen(type, message, effect, error);
  return new ToolError({ class: mcpErrors[type], type, message, retryAfterMs: error.more.retryAfterMs, cause: error });
}

/** A failure that the server has told, after it has had the call. */
export function toldFailure(
  type: 'mcp.tool_error' | 'mcp.bad_result' | 'mcp.too_large',
  message: string,
  effect: Effect,
): ToolError {
  return effect === 'none'
    ? new ToolError({ class: 'permanent', type, message })
    : new ToolError({
        class: 'permanent',
        type,
        message: effect === 'once' ? `${message} (it is not known whether the effect has happened)` : message,
        details: { outcome: 'unknown' },
      });
}

export const refusedTool = (type: 'mcp.unpinned' | 'mcp.changed', message: string): ToolError =>
  new ToolError({ class: 'policy', type, message });
