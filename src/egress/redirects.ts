import type { IncomingMessage } from 'node:http';
import { EgressError } from './errors';
import { hostOf, portOf } from './hosts';
import { parseTarget } from './target';

/** A request to one address. */
export interface Ask {
  url: URL;
  method: string;
  headers: Headers;
  body: Uint8Array | undefined;
}

/** Headers that go along to another host. A list of what is harmless: a key may stand in a header of any name. */
const HARMLESS = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'traceparent', 'user-agent'];

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** True if an answer sends the request elsewhere. */
export function isRedirect({ statusCode, headers }: IncomingMessage): boolean {
  return REDIRECTS.has(statusCode ?? 0) && headers.location !== undefined;
}

/**
 * The request to which a redirect leads, as the Fetch standard makes it: 303 asks by GET, and so do 301 and 302 after a
 * POST; another host gets neither credentials nor other headers that may hold some. @throws EgressError `redirects`,
 * `refused`
 */
export function followed(ask: Ask, { statusCode, headers: { location = '' } }: IncomingMessage): Ask {
  const url = parseTarget(location, ask.url);
  if (ask.url.protocol === 'https:' && url.protocol === 'http:')
    throw new EgressError('redirects', 'answered', `${hostOf(ask.url)} redirects from https to http`);
  const asksAnew =
    (statusCode === 303 && ask.method !== 'HEAD') ||
    ((statusCode === 301 || statusCode === 302) && ask.method === 'POST');
  const headers = new Headers(ask.headers);
  if (!isSameHost(ask.url, url))
    for (const name of [...headers.keys()]) if (!HARMLESS.includes(name)) headers.delete(name);
  if (!asksAnew) return { ...ask, url, headers };
  for (const name of [...headers.keys()]) if (name.startsWith('content-')) headers.delete(name);
  headers.delete('idempotency-key');
  return { url, method: 'GET', headers, body: undefined };
}

/** The same host at the same port; from http to https, each at its usual one. */
function isSameHost(from: URL, to: URL): boolean {
  if (hostOf(from) !== hostOf(to)) return false;
  return portOf(from) === portOf(to) ? from.protocol === to.protocol : from.port === '' && to.port === '';
}
