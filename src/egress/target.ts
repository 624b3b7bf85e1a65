import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { kindOf } from './addresses';
import { allowsAddress, type EgressAllow } from './allow';
import { EgressError, refused } from './errors';
import { hostOf, portOf } from './hosts';

/** Finds the addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** A target whose every address has been checked. Connections go to these addresses; the name is asked for once. */
export interface Target {
  url: URL;
  host: string;
  port: number;
  addresses: readonly string[];
}

/** Ports of other protocols, whose servers may take a request for theirs (those that the Fetch standard blocks). */
const BAD_PORTS: ReadonlySet<number> = new Set([
  ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109],
  ...[110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530],
  ...[531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190],
  ...[5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
]);

/** Asks the machine's resolver, with its hosts file. */
export const resolveByMachine: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** A URL that may be asked for at all: http or https, without credentials. @throws EgressError `refused` */
export function parseTarget(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw refused('only http and https addresses without credentials can be reached');
  return url;
}

/**
 * Resolves the host of a URL and checks each of its addresses: one that is not allowed refuses them all, since whoever
 * answers for the name could have it reach what it names beside the harmless ones.
 *
 * @throws EgressError `refused`, `unresolved`
 */
export async function checkTarget(url: URL, allow: EgressAllow, resolve: Resolve): Promise<Target> {
  const host = hostOf(url);
  const port = portOf(url);
  if (BAD_PORTS.has(port)) throw refused(`port ${port} of ${host} belongs to another protocol than HTTP`);
  const addresses = isIP(host) ? [host] : await addressesOf(host, resolve);
  const wrong = addresses.find((address) => !allowsAddress(allow, host, address, port));
  if (wrong !== undefined) throw refused(refusal(host, wrong, port));
  return { url, host, port, addresses };
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  let addresses: readonly string[];
  try {
    addresses = await resolve(host);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const absent = ['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA'].includes(code);
    throw new EgressError(absent ? 'unresolved' : 'unreachable', 'before', `${host} cannot be resolved (${code})`);
  }
  if (addresses.length === 0) throw new EgressError('unresolved', 'before', `${host} has no address`);
  return addresses;
}

function refusal(host: string, address: string, port: number): string {
  const kind = kindOf(address);
  const what = host === address ? `${host} is` : `${host} resolves to ${address}, which is`;
  if (kind === 'never') return `${what} no address that can be asked`;
  return `${what} not public (${kind}): the operator has to name it in EGRESS_ALLOW, with port ${port}`;
}
