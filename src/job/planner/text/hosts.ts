/** Where a host of an address lies, as far as its name says: in public, in a network of one's own, or where no job goes. */
export type HostKind = 'public' | 'own' | 'never';

const OWN =
  /^localhost$|\.localhost$|^127\.|^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^\[(::1|f[cd][\da-f]{2}:.*)\]$/i;
const NEVER = /^169\.254\.|^0\.|^(22[4-9]|2[3-5]\d)\.|^\[(::|fe80:.*)\]$/i;

/** Kind of a host by how it is written; a name may resolve to anything, which is looked at when the step runs. */
export function hostKind(host: string): HostKind {
  const isAddress = /^[\d.]+$|^\[/.test(host);
  if (isAddress && NEVER.test(host)) return 'never';
  return OWN.test(host) && (isAddress || /localhost$/i.test(host)) ? 'own' : 'public';
}
