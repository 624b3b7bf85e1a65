/** Hosts by which requests are allowed: a name, the names below one (`*.example.com`), or an address. */

/** A host with the ports at which it is meant; every port where none is said. */
export interface HostRule {
  /** in the form of URLs, without brackets; below a wildcard without its `*` */
  host: string;
  /** true: the names below `host`, and not `host` itself */
  below: boolean;
  ports: Ports | undefined;
}

export interface Ports {
  from: number;
  to: number;
}

const NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** Host of a URL as rules name it: without brackets, and without the dot at its end. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** Port of a URL. */
export function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** Reads `host`, `*.host`, `host:port` or `host:from-to`. Undefined where it is none of them. */
export function parseHostRule(text: string): HostRule | undefined {
  const [, wildcard, name = '', ports] = /^(\*\.)?(\[[^\]]*\]|[^:/[\]]+)(?::(.*))?$/.exec(text.trim()) ?? [];
  const host = canonicalHost(name);
  const range = ports === undefined ? undefined : parsePorts(ports);
  if (host === undefined || (ports !== undefined && !range)) return undefined;
  return { host, below: wildcard !== undefined, ports: range };
}

/** True if a rule means this host at this port. */
export function matchesHost({ host, below, ports }: HostRule, name: string, port: number): boolean {
  return (below ? name.endsWith(`.${host}`) : name === host) && isAmong(port, ports);
}

export const isAmong = (port: number, ports: Ports | undefined): boolean =>
  !ports || (port >= ports.from && port <= ports.to);

/** Reads a port, or two with a hyphen between them. */
export function parsePorts(text: string): Ports | undefined {
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const ports = { from: Number(first), to: Number(last) };
  return ports.from >= 1 && ports.from <= ports.to && ports.to <= 65_535 ? ports : undefined;
}

/** A host in the one form that URLs have: lower case, international names in ASCII. */
function canonicalHost(text: string): string | undefined {
  if (!URL.canParse(`http://${text}/`)) return undefined;
  const url = new URL(`http://${text}/`);
  const host = hostOf(url);
  if (url.port !== '' || url.username !== '' || url.pathname !== '/') return undefined;
  return text.startsWith('[') || NAME.test(host) ? host : undefined;
}
