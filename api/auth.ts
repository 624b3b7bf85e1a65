import { Type } from 'typebox';
import type { Request } from 'express';
import { isFromHere, isOwnName } from '../src/access/here';
import { findByKey, watchKeys, type HashedKey } from '../src/access/keys-file';
import type { Config } from '../src/config';
import type { Logger } from '../src/logging';
import { roles, type Role } from '../src/access/roles';
import { HttpProblem } from './problem';

/** The caller. */
export interface Principal {
  name: string;
  roles: readonly Role[];
}

export type Authenticate = (req: Request) => Promise<Principal>;

/** The file of keys. Only their hashes are kept: `printf %s "$KEY" | sha256sum`. */
const KeysFile = Type.Object(
  {
    keys: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 200 }),
          sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
          roles: Type.Array(Type.Enum([...roles]), { minItems: 1 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
  { additionalProperties: false },
);

type Key = Principal & HashedKey;

/**
 * The caller, by API key; or `local` with every role, if the configuration says development or test, names no keys,
 * and the connection comes from this very machine.
 */
export async function createAuthenticator(config: Config, log: Logger): Promise<Authenticate> {
  const file = config.http.apiKeysFile;
  if (file === undefined) return async (req) => localPrincipal(config, req);

  const current = await watchKeys({
    file,
    what: 'file of API keys',
    schema: KeysFile,
    keysOf: ({ keys }) =>
      keys.map(({ name, sha256, roles }): Key => ({ name, roles, hash: Buffer.from(sha256, 'hex') })),
    remedy: 'It reads {"keys": [{"name", "sha256", "roles"}]}.',
    log,
  });
  return async (req) => {
    const presented = keyOf(req);
    if (presented === undefined) throw unauthorized('Send your key as `Authorization: Bearer …` or as `X-API-Key`.');
    const key = findByKey(await current(), presented);
    if (!key) throw unauthorized('This key is not known here.');
    return { name: key.name, roles: key.roles };
  };
}

function keyOf(req: Request): string | undefined {
  const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(req.get('authorization') ?? '');
  return bearer?.[1] ?? (req.get('x-api-key')?.slice(0, 512) || undefined);
}

const unauthorized = (detail: string) =>
  new HttpProblem('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="awe"' } });

function localPrincipal(config: Config, req: Request): Principal {
  if (config.env === 'production' || !isFromHere(req)) {
    throw unauthorized('Without API keys this server answers only programs on its own machine: set AWE_API_KEYS_FILE.');
  }
  return { name: 'local', roles };
}

/**
 * Without keys the only guard is a connection's origin, and a browser on this machine connects from here too,
 * whatever page it shows. So the requested host must be ours (a page cannot choose it: DNS rebinding).
 */
export function assertOwnHost(req: Request): void {
  if (!isOwnName(req.get('host'))) {
    throw new HttpProblem('forbidden', 'Without API keys this server answers only to localhost and 127.0.0.1.');
  }
}

/** Refuses requests that another site makes a browser send. */
export function assertSameOrigin(req: Request): void {
  if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS') return;
  const origin = req.get('origin');
  const site = req.get('sec-fetch-site');
  const foreign = origin !== undefined && hostOf(origin) !== req.get('host')?.toLowerCase();
  if (foreign || site === 'cross-site' || site === 'same-site') {
    throw new HttpProblem('forbidden', 'This request comes from a page of another site.');
  }
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined; // such as `null`
  }
}

/** True if the caller may. */
export function assertRole(principal: Principal, allowed: readonly Role[]): void {
  if (principal.roles.some((role) => allowed.includes(role))) return;
  throw new HttpProblem(
    'forbidden',
    `This needs the role ${allowed.join(' or ')}; your key has ${principal.roles.join(', ')}.`,
  );
}
