import type { LlmError, LlmErrorCode } from '../../schemas/llm';

/** The default HTTP status of each code, and OpenAI's name for its kind. */
const kinds: Record<LlmErrorCode, readonly [number, string]> = {
  bad_request: [400, 'invalid_request_error'],
  unauthorized: [401, 'authentication_error'],
  budget_exceeded: [402, 'insufficient_quota'],
  context_too_long: [413, 'invalid_request_error'],
  refused: [422, 'content_filter'],
  rate_limited: [429, 'rate_limit_error'],
  unavailable: [502, 'server_error'],
};

export interface More {
  /** if it differs from the code's own */
  status?: number;
  /** the case of the code */
  reason?: string;
  retryAfterMs?: number;
  /** true if the provider may charge for the call all the same; default false */
  charged?: boolean;
  headers?: Record<string, string>;
}

/** An error that a caller may see. Its message holds no keys, and nothing that a model was told or has said. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly status: number;

  constructor(
    readonly code: LlmErrorCode,
    message: string,
    readonly more: More = {},
  ) {
    super(message);
    this.status = more.status ?? kinds[code][0];
  }

  body(): LlmError {
    const { reason, retryAfterMs } = this.more;
    return {
      error: {
        message: this.message,
        type: kinds[this.code][1],
        code: this.code,
        param: null,
        ...(reason === undefined ? {} : { reason }),
        ...(retryAfterMs === undefined ? {} : { retry_after_ms: Math.ceil(retryAfterMs) }),
      },
    };
  }

  headers(): Record<string, string> {
    const { retryAfterMs, headers } = this.more;
    if (retryAfterMs === undefined) return { ...headers };
    return { ...headers, 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
  }
}

/** The caller has gone away, so there is nobody to answer. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone';
}
