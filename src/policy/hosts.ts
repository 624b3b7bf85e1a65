import type { Touch } from '../../schemas/job/touches';
import { hostOf, matchesHost, parseHostRule, type HostRule } from '../egress/hosts';

/** Ports of an address that does not say one. */
const USUAL_PORTS = [80, 443];

/** What a list of banned hosts says of a touch: banned, or that it cannot tell. */
export function bannedHost(
  hosts: readonly string[],
  { kind, target }: Pick<Touch, 'kind' | 'target'>,
): 'banned' | 'unknown' | undefined {
  if (hosts.length === 0 || (kind !== 'host' && kind !== 'webhook')) return undefined;
  const address = `http://${target}/`;
  if (target === 'unknown' || target.includes('*') || !URL.canParse(address)) return 'unknown';
  const url = new URL(address);
  const ports = url.port === '' ? USUAL_PORTS : [Number(url.port)];
  const rules = hosts.map(parseHostRule).filter((rule): rule is HostRule => rule !== undefined);
  const isBanned = rules.some((rule) => ports.some((port) => matchesHost(rule, hostOf(url), port)));
  return isBanned ? 'banned' : undefined;
}
