import { effectiveBytes, isWithin, kindOf, parseRange, type AddressKind, type Range } from './addresses';
import { isAmong, matchesHost, parseHostRule, parsePorts, type HostRule, type Ports } from './hosts';

/** Targets that the operator allows although they are not public. */
export interface EgressAllow {
  hosts: HostRule[];
  ranges: { range: Range; ports: Ports | undefined }[];
}

/** Kinds that a name opens: it may resolve to anything, so nothing that serves secrets to whoever asks. */
const BY_NAME: readonly AddressKind[] = ['loopback', 'private'];
/** Kinds that a range opens: it says exactly what is meant. */
const BY_RANGE: readonly AddressKind[] = [...BY_NAME, 'link-local', 'reserved'];

/**
 * Reads a list of targets, separated by commas or white space: `host`, `*.host`, `address`, `address/prefix`, each with
 * `:port` or `:from-to` behind it; an IPv6 address or range stands in brackets. @throws Error that names the first wrong
 * entry
 */
export function parseEgressAllow(text: string): EgressAllow {
  const allow: EgressAllow = { hosts: [], ranges: [] };
  for (const entry of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const range = parseRangeEntry(entry);
    const host = range ? undefined : parseHostRule(entry);
    if (range) allow.ranges.push(range);
    else if (host) allow.hosts.push(host);
    else throw new Error(`${JSON.stringify(entry.slice(0, 80))} is neither a host, nor an address, nor a range.`);
  }
  return allow;
}

/** True if a request to this address, under this name and at this port, is allowed. */
export function allowsAddress(allow: EgressAllow, host: string, address: string, port: number): boolean {
  const kind = kindOf(address);
  if (kind === 'public') return true;
  if (BY_NAME.includes(kind) && allow.hosts.some((rule) => matchesHost(rule, host, port))) return true;
  const bytes = effectiveBytes(address);
  if (!bytes || !BY_RANGE.includes(kind)) return false;
  return allow.ranges.some(({ range, ports }) => isWithin(bytes, range) && isAmong(port, ports));
}

/** `10.0.0.0/8`, `127.0.0.1:8080`, `[::1]:80-90`, `[fd00::/8]`. */
function parseRangeEntry(entry: string): EgressAllow['ranges'][number] | undefined {
  const [, bracketed, plain, ports] = /^(?:\[([^\]]*)\]|([0-9./]+))(?::(.*))?$/.exec(entry) ?? [];
  const range = parseRange(bracketed ?? plain ?? '');
  if (!range) return undefined;
  if (ports === undefined) return { range, ports: undefined };
  const found = parsePorts(ports);
  return found && { range, ports: found };
}
