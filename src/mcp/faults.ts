import {
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  SseError,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { EgressError } from '../egress/errors';
import { McpError, quoted, type McpCode, type McpStage } from './errors';
import { STREAM_ENDED } from './transport/watched';

/** Codes of JSON-RPC for a request that the server has refused without doing anything. */
const REFUSALS: Readonly<Record<number, McpCode>> = {
  [-32601]: 'no_such_tool',
  [-32602]: 'bad_request',
  [-32600]: 'bad_request',
};

/** Statuses of HTTP with which a server has refused a request without doing anything. */
const STATUSES: Readonly<Record<number, McpCode>> = { 401: 'unauthorized', 403: 'unauthorized', 404: 'session_lost' };

/** Any failure of the SDK, of the way out or of a pipe as one of ours: the one place where they are told apart. */
export function mcpFault(error: unknown): McpError {
  const known = findIn(error, McpError);
  if (known) return known;
  const egress = findIn(error, EgressError);
  if (egress) return egressFault(egress);
  if (error instanceof ProtocolError) return protocolFault(error);
  if (error instanceof SdkHttpError) return statusFault(error.status, error);
  if (error instanceof SseError && error.code !== undefined) return statusFault(error.code, error);
  if (error instanceof UnauthorizedError)
    return fault('unauthorized', 'before', 'the server wants to know who asks', error);
  if (error instanceof SdkError) return sdkFault(error);
  const message = error instanceof Error ? quoted(error.message) : 'threw something that is no error';
  return fault('broken', 'sent', message, error);
}

/** The SDK wraps what a transport has thrown, some of it more than once. */
function findIn<E extends Error>(error: unknown, kind: abstract new (...args: never[]) => E): E | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++)
    if (at instanceof kind) return at;
  return undefined;
}

function egressFault(error: EgressError): McpError {
  const { code, stage, message } = error;
  if (code === 'too_large') return fault('too_large', 'answered', message, error);
  if (code === 'timeout' && stage !== 'before') return fault('timeout', 'sent', message, error);
  if (code === 'encoding' || code === 'bad_answer') return fault('bad_answer', 'answered', message, error);
  return fault(stage === 'before' ? 'unavailable' : 'broken', stage === 'before' ? 'before' : 'sent', message, error);
}

function protocolFault(error: ProtocolError): McpError {
  if (error.data instanceof EgressError) return egressFault(error.data);
  if (error.data instanceof Error)
    return fault('bad_answer', 'sent', `the answer is no MCP: ${quoted(error.data.message)}`, error);
  if (error.data === STREAM_ENDED) return fault('broken', 'sent', 'the answer ended before its end', error);
  const code = REFUSALS[error.code];
  const message = `the server answers with the error ${error.code}: ${quoted(error.message)}`;
  return code === undefined ? fault('server_error', 'answered', message, error) : fault(code, 'before', message, error);
}

function statusFault(status: number, error: Error): McpError {
  const code = STATUSES[status];
  const message = `the server answers with the status ${status}`;
  if (code !== undefined) return fault(code, 'before', message, error);
  return status >= 500 ? fault('broken', 'sent', message, error) : fault('bad_answer', 'answered', message, error);
}

function sdkFault(error: SdkError): McpError {
  const message = quoted(error.message);
  switch (error.code) {
    case SdkErrorCode.NotConnected:
    case SdkErrorCode.NotInitialized:
    case SdkErrorCode.EraNegotiationFailed:
      return fault('unavailable', 'before', message, error);
    case SdkErrorCode.ConnectionClosed:
    case SdkErrorCode.SendFailed:
      return fault('broken', 'sent', 'the connection ended before the answer', error);
    case SdkErrorCode.RequestTimeout:
      return fault('timeout', 'sent', message, error);
    case SdkErrorCode.CapabilityNotSupported:
    case SdkErrorCode.UnsupportedResultType:
    case SdkErrorCode.InputRequiredRoundsExceeded:
      return fault(
        'input_required',
        'answered',
        'the server asks something in return, which no step can answer yet',
        error,
      );
    default:
      return fault('bad_answer', 'answered', message, error);
  }
}

const fault = (code: McpCode, stage: McpStage, message: string, cause: unknown): McpError =>
  new McpError(code, stage, message, { cause });
