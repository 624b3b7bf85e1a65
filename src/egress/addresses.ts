import { isIP } from 'node:net';

/**
 * Kind of an address. `private` is that of networks of one's own, those of carriers (CGNAT) included; `reserved` is
 * for documentation and measurements; `never` has no business in a request: unspecified, multicast, broadcast, tunnels.
 */
export type AddressKind = 'public' | 'loopback' | 'private' | 'link-local' | 'reserved' | 'never';

/** A range of addresses of one family: its first address in bytes (4 or 16), and the bits that they share. */
export interface Range {
  bytes: readonly number[];
  bits: number;
}

/** Ranges by kind; the first that fits counts. Of IPv4, what is in none is public. (IANA's registries, RFC 6890.) */
const V4 = table([
  ['0.0.0.0/8', 'never'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.88.99.0/24', 'never'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/3', 'never'],
]);

/** Of IPv6, only global unicast (`2000::/3`) is public, and not all of it. */
const V6 = table([
  ['::/128', 'never'],
  ['::1/128', 'loopback'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['fec0::/10', 'private'],
  ['2001::/32', 'never'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['2002::/16', 'never'],
  ['3fff::/20', 'reserved'],
  ['2000::/3', 'public'],
  ['::/0', 'never'],
]);

/** IPv6 addresses that stand for one of IPv4 in their last four bytes: mapped ones, and those of NAT64. */
const EMBEDDING = ['::ffff:0:0/96', '64:ff9b::/96'].map(rangeOf);

/** Kind of an address as a resolver or a URL writes it. An address with a zone, and anything else, is `never`. */
export function kindOf(address: string): AddressKind {
  const bytes = effectiveBytes(address);
  if (!bytes) return 'never';
  const [, kind = 'public'] = (bytes.length === 4 ? V4 : V6).find(([range]) => isWithin(bytes, range)) ?? [];
  return kind;
}

/** Bytes of an address; of one that stands for an IPv4 address those of that. */
export function effectiveBytes(address: string): readonly number[] | undefined {
  const bytes = bytesOf(address);
  return bytes && EMBEDDING.some((range) => isWithin(bytes, range)) ? bytes.slice(12) : bytes;
}

/** True if an address, in bytes, lies in a range. */
export function isWithin(bytes: readonly number[], range: Range): boolean {
  if (bytes.length !== range.bytes.length) return false;
  return range.bytes.every((byte, i) => {
    const mask = 0xff & (0xff00 >> Math.min(8, Math.max(0, range.bits - i * 8)));
    return ((byte ^ (bytes[i] ?? 0)) & mask) === 0;
  });
}

/** Reads an address, or one with the length of a prefix (`10.0.0.0/8`). Undefined where it is neither. */
export function parseRange(text: string): Range | undefined {
  const [address = '', length, ...more] = text.split('/');
  const bytes = bytesOf(address);
  if (!bytes || more.length > 0) return undefined;
  const most = bytes.length * 8;
  if (length === undefined) return { bytes, bits: most };
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  return bits <= most ? { bytes, bits } : undefined;
}

function bytesOf(address: string): readonly number[] | undefined {
  const family = isIP(address);
  if (family === 4) return address.split('.').map(Number);
  if (family === 6 && !address.includes('%')) return bytesOfV6(address);
  return undefined;
}

/** The URL parser writes every form in one: groups of hexadecimal digits, the longest run of zeros as `::`. */
function bytesOfV6(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail] = canonical.split('::').map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail ? new Array<string>(8 - head.length - tail.length).fill('0') : [];
  return [...head, ...zeros, ...(tail ?? [])].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function rangeOf(text: string): Range {
  const range = parseRange(text);
  if (!range) throw new Error(`${text} is not a range`);
  return range;
}

function table(rows: [string, AddressKind][]): [Range, AddressKind][] {
  return rows.map(([range, kind]) => [rangeOf(range), kind]);
}
