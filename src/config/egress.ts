import { parseEgressAllow } from '../egress/allow';
import { readSecretParts, SECRET_NAME, type Secret } from '../secrets/declaration';
import type { ConfigProblem } from './errors';
import type { Kind } from './kinds';
import { text } from './kinds';
import { section, type ValuesOf } from './sections';

const network = section('Requests of tools to the network. See docs/configuration.md');

const egressAllow: Kind<ReturnType<typeof parseEgressAllow>> = {
  describe: 'a list of hosts, addresses and ranges, with ports where they matter',
  parse(value) {
    try {
      return parseEgressAllow(value);
    } catch (error) {
      const example = 'localhost:3000, *.corp.example, 10.0.0.0/8:443, [fd00::/8]';
      throw new Error(`${(error as Error).message} Write for example ${example}.`);
    }
  },
};

/** Variables of the tools that reach the network. */
export const egressVariables = {
  EGRESS_ALLOW: network.optional(
    egressAllow,
    'Hosts, addresses and ranges that tools may reach although they are private or on this machine, separated by commas.',
    { absent: 'public addresses alone' },
  ),
  AWE_SECRETS_DIR: network.optional(
    text('a folder'),
    'A folder of secrets for tools: a file NAME with the value, and NAME.hosts with the hosts that it may be sent to. Others are in AWE_SECRET_<NAME> and AWE_SECRET_<NAME>_HOSTS.',
    { absent: 'secrets come from the environment alone' },
  ),
};

/** Settings of the way out. */
export const egressConfig = (values: ValuesOf<typeof egressVariables>) => ({
  allow: values.EGRESS_ALLOW ?? parseEgressAllow(''),
});

/** The beginning of the variables of secrets, and the ends of those that declare one. */
export const SECRET_PREFIX = 'AWE_SECRET_';
const DECLARATIONS = ['_HOSTS', '_TOOLS'] as const;

/** Reads the secrets of an environment, or lists what is wrong with them; values are never repeated. */
export function readGivenSecrets(env: Readonly<Record<string, string | undefined>>): {
  secrets: Record<string, Secret>;
  problems: ConfigProblem[];
} {
  const secrets: Record<string, Secret> = {};
  const problems: ConfigProblem[] = [];
  const given = Object.keys(env).filter((name) => name.startsWith(SECRET_PREFIX) && env[name]?.trim());
  for (const variable of given.sort()) {
    const end = DECLARATIONS.find((one) => variable.endsWith(one));
    if (end) {
      if (!given.includes(variable.slice(0, -end.length)))
        problems.push({ name: variable, message: `declares ${variable.slice(0, -end.length)}, which is not set.` });
      continue;
    }
    const name = variable.slice(SECRET_PREFIX.length);
    const [hosts, tools] = DECLARATIONS.map((one) => env[`${variable}${one}`]);
    try {
      if (SECRET_NAME.test(name) && !hosts?.trim())
        throw new Error(`may go nowhere. Set ${variable}_HOSTS to the hosts that it is for, such as api.example.com.`);
      secrets[name] = readSecretParts(name, { value: env[variable]?.trim() ?? '', hosts, tools });
    } catch (error) {
      problems.push({ name: variable, message: (error as Error).message });
    }
  }
  return { secrets, problems };
}
