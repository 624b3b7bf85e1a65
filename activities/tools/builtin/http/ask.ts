import { parseDuration } from '../../../../core/plan/duration';
import type { EgressInit } from '../../../../src/egress/connector';
import type { ToolContext } from '../../tool';
import { httpError } from './errors';
import { entriesOf } from './fields';
import { multipartBody } from './multipart';
import { FILE_BYTES, INLINE_BYTES, type HttpInput } from './schema';

/** A request as it is sent, and sent again: the same bytes each time. */
export interface Prepared {
  url: URL;
  method: string;
  init: EgressInit;
}

const BODIES = ['json', 'form', 'text', 'multipart'] as const;

/** Makes the request of a call. @throws ToolError `http.bad_request` of class `input` */
export async function prepareRequest(
  input: HttpInput,
  context: Pick<ToolContext, 'documents' | 'key'>,
): Promise<Prepared> {
  const { method = 'GET' } = input;
  const bodies = BODIES.filter((name) => input[name] !== undefined);
  if (bodies.length > 1) throw badRequest(`a request has one body, not ${bodies.join(' and ')}`);
  if (bodies.length > 0 && (method === 'GET' || method === 'HEAD')) throw badRequest(`a ${method} has no body`);
  const headers = headersOf(input);
  const body = await bodyOf(input, context);
  if (body && !headers.has('content-type')) headers.set('content-type', body.type);
  if (!headers.has('accept')) headers.set('accept', input.response === 'json' ? 'application/json' : '*/*');
  if (method !== 'GET' && method !== 'HEAD' && !headers.has('idempotency-key'))
    headers.set('idempotency-key', context.key);
  const { response, max_bytes: most } = input;
  const timeout = timeoutOf(input);
  return {
    url: urlOf(input),
    method,
    init: {
      method,
      headers,
      body: body?.content,
      redirects: input.redirects,
      limits: {
        headersMs: timeout,
        silenceMs: timeout,
        // a file takes as long as it takes: the step's own time limit ends it
        totalMs: response === 'file' || response === undefined ? 24 * 3_600_000 : timeout,
        bodyBytes: most ?? (response === 'json' || response === 'text' ? INLINE_BYTES : FILE_BYTES.usual),
      },
    },
  };
}

/** Milliseconds that each request of a call may take. */
export const timeoutOf = ({ timeout }: HttpInput): number => parseDuration(timeout) ?? 30_000;

function urlOf({ url: text, query }: HttpInput): URL {
  if (!URL.canParse(text)) throw badRequest('the address is not a URL, such as https://api.example.com/users');
  const url = new URL(text);
  for (const [name, value] of entriesOf(query)) url.searchParams.append(name, value);
  return url;
}

function headersOf({ headers = {} }: HttpInput): Headers {
  const made = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      made.append(name, value);
    } catch {
      throw badRequest(`${JSON.stringify(name.slice(0, 80))} is no header, or has a value that no header can have`);
    }
  }
  return made;
}

async function bodyOf(
  { json, form, text, multipart }: HttpInput,
  { documents }: Pick<ToolContext, 'documents'>,
): Promise<{ type: string; content: string | Uint8Array } | undefined> {
  if (json !== undefined) return { type: 'application/json', content: JSON.stringify(json) };
  if (form !== undefined)
    return { type: 'application/x-www-form-urlencoded', content: new URLSearchParams(entriesOf(form)).toString() };
  if (text !== undefined) return { type: 'text/plain; charset=utf-8', content: text };
  return multipart && (await multipartBody(multipart, documents));
}

const badRequest = (message: string) => httpError('input', 'http.bad_request', message);
