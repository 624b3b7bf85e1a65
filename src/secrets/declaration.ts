import { hostOf, matchesHost, parseHostRule, portOf, type HostRule } from '../egress/hosts';

/** A secret, and where it may go. */
export interface Secret {
  name: string;
  value: string;
  hosts: SecretHost[];
  /** tools that may be given it; undefined: every tool that takes secrets */
  tools: string[] | undefined;
}

/** A host that a secret may be sent to, and the protocol. */
export interface SecretHost {
  protocol: 'http:' | 'https:';
  rule: HostRule;
}

/** Names that secrets may have, in plans and in the environment. */
export const SECRET_NAME = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Characters of a secret at least: a shorter one stands in ordinary words, and could not be blotted out of answers. */
const SHORTEST = 8;
const LONGEST = 8_192;

/** Parts of a secret as the operator writes them. */
export interface Written {
  value: string;
  hosts: string | undefined;
  tools: string | undefined;
}

/** Reads a secret with its declaration. @throws Error whose message says what is wrong, never the value */
export function readSecretParts(name: string, { value, hosts, tools }: Written): Secret {
  if (!SECRET_NAME.test(name)) throw new Error('is no name of a secret: A to Z, 0 to 9 and _, at most 64 characters.');
  if (value.length < SHORTEST || value.length > LONGEST)
    throw new Error(`has ${value.length} characters. A secret has ${SHORTEST} to ${LONGEST}.`);
  // eslint-disable-next-line no-control-regex -- it looks for them
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) throw new Error('holds a control character.');
  const declared = listOf(hosts).map((entry) => readHost(entry));
  if (declared.length === 0) throw new Error('may go nowhere: say to which hosts, such as api.example.com.');
  return { name, value, hosts: declared, tools: tools === undefined ? undefined : listOf(tools) };
}

/** True if a secret may be part of a request to this address. */
export function mayGoTo({ hosts }: Secret, url: URL): boolean {
  const port = portOf(url);
  return hosts.some(
    ({ protocol, rule }) =>
      protocol === url.protocol &&
      (rule.ports !== undefined || url.port === '') &&
      matchesHost(rule, hostOf(url), port),
  );
}

/** `api.example.com`, `*.example.com`, `api.example.com:8443`; over TLS, at its usual port, unless it says otherwise. */
function readHost(entry: string): SecretHost {
  const [, scheme = 'https', rest = ''] = /^(?:(https?):\/\/)?(.*)$/.exec(entry) ?? [];
  const rule = parseHostRule(rest);
  if (!rule) throw new Error(`names ${JSON.stringify(entry.slice(0, 80))}, which is no host. Write api.example.com.`);
  return { protocol: scheme === 'http' ? 'http:' : 'https:', rule };
}

const listOf = (text = ''): string[] => text.split(/[\s,]+/).filter((entry) => entry !== '');
