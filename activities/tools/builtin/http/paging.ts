import { createHash } from 'node:crypto';
import type { Json } from '../../../../schemas/json';
import { httpError } from './errors';
import type { Paging } from './schema';

/** A page as it came. */
export interface Page {
  /** the address that was asked */
  url: URL;
  body: Json;
  /** its `Link` header */
  link: string | null;
}

/** Bounds where the call names none; reaching one of these is an error, for something would be lost in silence. */
const USUAL = { pages: 1_000, items: 100_000 };

/** All pages together. */
export interface Pages {
  items: Json[];
  pages: number;
  complete: boolean;
}

/** Collects the items of page after page. @throws ToolError `http.bad_paging`, `http.paging_loop`, `http.too_large` */
export async function collectPages(paging: Paging, first: URL, read: (url: URL) => Promise<Page>): Promise<Pages> {
  const items: Json[] = [];
  const asked = new Set<string>();
  let before = '';
  let next: URL | undefined = firstPage(paging, first);
  for (let pages = 0; ; pages++) {
    if (!next) return { items, pages, complete: true };
    const stop = boundOf(paging, pages, items.length);
    if (stop === 'said') return { items: items.slice(0, paging.max_items), pages, complete: false };
    if (stop) throw httpError('permanent', 'http.too_large', `there are more than ${stop}: say max_pages or max_items`);
    if (asked.has(next.href)) throw loop(`page ${pages + 1} has the address of an earlier one`);
    asked.add(next.href);
    assertSameHost(next, first);
    const page = await read(next);
    const found = itemsOf(page.body, paging);
    const hash = createHash('sha256').update(JSON.stringify(page.body)).digest('hex');
    if (found.length > 0 && hash === before) throw loop(`page ${pages + 1} is the same as the one before it`);
    before = hash;
    items.push(...found);
    next = nextPage(paging, page, { pages: pages + 1, found: found.length, items: items.length });
    if (!next && paging.max_items !== undefined && items.length > paging.max_items)
      return { items: items.slice(0, paging.max_items), pages: pages + 1, complete: false };
  }
}

/** The bound that is reached: `said` by the call, or a usual one in words. */
function boundOf({ max_pages, max_items }: Paging, pages: number, items: number): string | undefined {
  if (pages >= (max_pages ?? Infinity) || items >= (max_items ?? Infinity)) return 'said';
  if (max_pages === undefined && pages >= USUAL.pages) return `${USUAL.pages} pages`;
  return max_items === undefined && items >= USUAL.items ? `${USUAL.items} items` : undefined;
}

function firstPage({ by, param, start }: Paging, url: URL): URL {
  if (by === 'page') return withParam(url, param ?? 'page', String(start ?? 1));
  if (by === 'offset') return withParam(url, param ?? 'offset', String(start ?? 0));
  return url;
}

interface Progress {
  pages: number;
  /** items of this page */
  found: number;
  items: number;
}

function nextPage(paging: Paging, { url, body, link }: Page, { pages, found, items }: Progress): URL | undefined {
  const { by, param, start, size, cursor } = paging;
  switch (by) {
    case 'link': {
      const next = nextLink(link);
      return next === undefined ? undefined : resolved(next, url);
    }
    case 'cursor': {
      if (cursor === undefined)
        throw httpError('input', 'http.bad_paging', 'paging by cursor says where the cursor is');
      const found = valueAt(body, cursor);
      if (found === undefined || found === null || found === '' || found === false) return undefined;
      if (typeof found !== 'string' && typeof found !== 'number')
        throw httpError('permanent', 'http.bad_paging', `the cursor at ${cursor} is neither text nor a number`);
      return param === undefined ? resolved(String(found), url) : withParam(url, param, String(found));
    }
    case 'page':
    case 'offset':
      if (found === 0 || (size !== undefined && found < size)) return undefined;
      if (by === 'page') return withParam(url, param ?? 'page', String((start ?? 1) + pages));
      return withParam(url, param ?? 'offset', String((start ?? 0) + items));
  }
}

function itemsOf(body: Json, { items: pointer = '' }: Paging): Json[] {
  const found = valueAt(body, pointer);
  if (found === undefined || found === null) return [];
  if (Array.isArray(found)) return found;
  const place = pointer === '' ? 'the body' : `the body at ${pointer}`;
  throw httpError('permanent', 'http.bad_paging', `${place} is no list of items: say where they are with paging.items`);
}

/** Value at a JSON Pointer; undefined if there is none. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (at === null || typeof at !== 'object') return undefined;
    at = Object.hasOwn(at, name) ? (at as Record<string, Json>)[name] : undefined;
  }
  return at;
}

const LINKS = /<([^<>]*)>((?:\s*;\s*[^;,"=<>]+(?:=(?:"[^"]*"|[^;,"<>]*))?)*)/g;
const PARAMETERS = /;\s*([^;,"=<>\s]+)\s*(?:=\s*(?:"([^"]*)"|([^;,"<>\s]*)))?/g;

/** Address of the link whose relation is `next` (RFC 8288). */
export function nextLink(header: string | null): string | undefined {
  for (const [, address, parameters = ''] of (header ?? '').matchAll(LINKS)) {
    const [rel] = [...parameters.matchAll(PARAMETERS)].filter(([, name]) => name?.toLowerCase() === 'rel');
    const relations = (rel?.[2] ?? rel?.[3] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return address;
  }
  return undefined;
}

/** An address that a server gives for its next page. */
function resolved(text: string, base: URL): URL {
  const url = URL.canParse(text, base.href) ? new URL(text, base) : undefined;
  if (!url) throw httpError('permanent', 'http.bad_paging', 'the address of the next page is none');
  // behind a proxy, servers do not know that they were asked over TLS
  if (url.host === base.host && base.protocol === 'https:') url.protocol = base.protocol;
  return url;
}

/** A next page is asked for with the same headers, so it must be of the same host. */
function assertSameHost({ host, protocol }: URL, first: URL): void {
  if (host === first.host && protocol === first.protocol) return;
  const from = `${first.protocol}//${first.host}`;
  throw httpError('permanent', 'http.bad_paging', `the next page is not at ${from}: it is not asked for`);
}

function withParam(url: URL, name: string, value: string): URL {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed;
}

function loop(message: string) {
  return httpError('permanent', 'http.paging_loop', `${message}: the pages go round in a circle`);
}
