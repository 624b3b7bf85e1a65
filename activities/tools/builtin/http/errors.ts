import type { ErrorClass } from '../../../../schemas/tool';
import { ToolError, type ToolErrorOptions } from '../../errors';
import { safeMessage } from '../../redact';

/** Errors of requests by HTTP; besides them `http.status_<status>` for each other status that was not expected. */
export const httpErrors = {
  'http.bad_request': 'input',
  'http.unresolved': 'permanent',
  'http.unreachable': 'transient',
  'http.tls': 'permanent',
  'http.timeout': 'transient',
  'http.broken': 'transient',
  'http.too_large': 'permanent',
  'http.encoding': 'permanent',
  'http.bad_answer': 'permanent',
  'http.bad_json': 'permanent',
  'http.redirects': 'permanent',
  'http.rate_limited': 'transient',
  'http.status_404': 'permanent',
  'http.status_500': 'transient',
  'http.status_502': 'transient',
  'http.status_503': 'transient',
  'http.status_504': 'transient',
  'http.bad_paging': 'permanent',
  'http.paging_loop': 'permanent',
} satisfies Record<string, ErrorClass>;

export function httpError(
  errorClass: ErrorClass,
  type: string,
  message: string,
  more: Pick<ToolErrorOptions, 'details' | 'retryAfterMs'> = {},
): ToolError {
  return new ToolError({ class: errorClass, type, message, ...more });
}

/** Statuses after which another try may have another end. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Characters of an unexpected answer that are told. */
const SHOWN = 500;

/** What a status that was not expected says. */
export interface Unexpected {
  status: number;
  host: string;
  /** milliseconds that the server asks to wait */
  wait: number | undefined;
  body: string;
  /** the call may have had an effect that must not be had twice */
  once: boolean;
}

export function statusError({ status, host, wait, body, once }: Unexpected): ToolError {
  const unknown = once && PASSING.has(status) && !isUndone(status, wait);
  const passing = PASSING.has(status) && !unknown;
  const said = safeMessage(body.slice(0, SHOWN)).trim();
  const words = `${host} answered ${status}${said === '' ? '' : `: ${said}`}`;
  return httpError(
    passing ? 'transient' : 'permanent',
    status === 429 ? 'http.rate_limited' : `http.status_${status}`,
    unknown ? `${words} (it is not known whether the effect has happened)` : words,
    { details: { status, ...(unknown ? { outcome: 'unknown' } : {}) }, retryAfterMs: passing ? wait : undefined },
  );
}

/**
 * True where a server says that it has done nothing, so that even what must not be done twice may be sent again. Behind
 * a 503 without `Retry-After` may stand a proxy whose server has done it.
 */
export const isUndone = (status: number, wait: number | undefined): boolean =>
  status === 425 || status === 429 || (status === 503 && wait !== undefined);
