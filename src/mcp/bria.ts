import type { McpConfig } from '../config/mcp';
import { LARGEST_VALUE } from '../../schemas/refs';
import { identityOf, NOTHING_ALLOWED, type McpPlace, type McpServer, type ToolRules } from './servers';

/** Milliseconds for which Bria's server works on one call, with some to spare: it waits for its own results. */
const USUAL = 330_000;
const LONG: Record<string, number> = { ad_to_layers: 390_000, ad_resize: 1_230_000, erase_from_video: 630_000 };

const within = (ms: number): ToolRules => ({ timeoutMs: ms, maxMs: ms });

/**
 * The server of Bria, from its address and token. What its tools say of themselves is no reason to repeat one: the paid
 * ones, too, call themselves idempotent and without effect.
 */
export function briaServer({ url, token, header }: NonNullable<McpConfig['bria']>): McpServer {
  const address = new URL(url);
  const place: McpPlace = {
    kind: isOldAddress(address) ? 'sse' : 'http',
    url: address,
    headers: token === undefined ? {} : { [header]: [{ text: header === 'api_token' ? token : `Bearer ${token}` }] },
    protocol: 'auto',
  };
  return {
    name: 'bria',
    place,
    rules: within(USUAL),
    tools: new Map(Object.entries(LONG).map(([tool, ms]) => [tool, within(ms)])),
    allow: NOTHING_ALLOWED,
    maxBytes: LARGEST_VALUE,
    identity: identityOf(place),
  };
}

/** Servers of 2024 have this address, and do not understand a request of today there. */
export const isOldAddress = ({ pathname }: URL): boolean => /\/sse\/?$/.test(pathname);
