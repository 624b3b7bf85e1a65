import { Type } from 'typebox';
import type { Request } from 'express';
import { isFromHere, isOwnName } from '../src/access/here';
import { findByKey, watchKeys, type HashedKey } from '../src/access/keys-file';
import { isSame, type Session, type Sessions } from '../src/access/sessions';
import type { Config } from '../src/config';
import type { Logger } from '../src/logging';
import { roles, type Role } from '../schemas/access';
import { HttpProblem } from './problem';
import type { SessionCookie } from './sessions/cookie';

/** The caller. */
export interface Principal {
  name: string;
  roles: readonly Role[];
  /** by which a browser asks */
  session?: Session;
}

/** `again`: the request is under way and is only looked at once more, which is no use of its session. */
export type Authenticate = (req: Request, again?: 'again') => Promise<Principal>;

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

type Key = Pick<Principal, 'name' | 'roles'> & HashedKey;

/** The keys as they are now. */
export type ApiKeys = () => Promise<Key[]>;

/** The API keys of this installation; undefined where the configuration names none. */
export async function openApiKeys(config: Config, log: Logger): Promise<ApiKeys | undefined> {
  const file = config.http.apiKeysFile;
  if (file === undefined) return undefined;
  return await watchKeys({
    file,
    what: 'file of API keys',
    schema: KeysFile,
    keysOf: ({ keys }) =>
      keys.map(({ name, sha256, roles }): Key => ({ name, roles, hash: Buffer.from(sha256, 'hex') })),
    remedy: 'It reads {"keys": [{"name", "sha256", "roles"}]}.',
    log,
  });
}

export interface AuthenticatorParts {
  env: Config['env'];
  /** undefined: only this machine is answered */
  apiKeys: ApiKeys | undefined;
  sessions: Pick<Sessions, 'find' | 'use'>;
  sessionCookie: Pick<SessionCookie, 'read'>;
}

/**
 * The caller, by API key, or by the session that was begun with one; or `local` with every role, if the configuration
 * says development or test, names no keys, and the connection comes from this very machine.
 */
export function createAuthenticator(parts: AuthenticatorParts): Authenticate {
  const { env, apiKeys, sessions, sessionCookie } = parts;
  if (!apiKeys) return async (req) => localPrincipal(env, req);

  async function bySession(req: Request, secret: string, keys: readonly Key[], again: boolean): Promise<Principal> {
    const found = await sessions.find(secret, keys);
    if (!found) throw unauthorized('This session has ended: sign in again.');
    const { key, session } = found;
    assertCsrfToken(req, session);
    return { name: key.name, roles: key.roles, session: again ? session : await sessions.use(session) };
  }

  return async (req, again) => {
    const presented = keyOf(req);
    const secret = presented === undefined ? sessionCookie.read(req) : undefined;
    if (secret !== undefined) return await bySession(req, secret, await apiKeys(), again !== undefined);
    if (presented === undefined)
      throw unauthorized('Sign in, or send your key as `Authorization: Bearer …` or as `X-API-Key`.');
    const key = findByKey(await apiKeys(), presented);
    if (!key) throw unauthorized('This key is not known here.');
    return { name: key.name, roles: key.roles };
  };
}

function keyOf(req: Request): string | undefined {
  const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(req.get('authorization') ?? '');
  return bearer?.[1] ?? (req.get('x-api-key')?.slice(0, 512) || undefined);
}

export const unauthorized = (detail: string) =>
  new HttpProblem('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="awe"' } });

function localPrincipal(env: Config['env'], req: Request): Principal {
  if (env === 'production' || !isFromHere(req)) {
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

const isChange = ({ method }: Request): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';

/** Refuses changes that a browser sends with its cookie, but not from a page that was told the session's token. */
function assertCsrfToken(req: Request, { csrfToken }: Session): void {
  if (!isChange(req) || isSame(req.get('x-csrf-token') ?? '', csrfToken)) return;
  throw new HttpProblem(
    'forbidden',
    'A change that comes with a session cookie needs its token: send `csrf_token` of GET /session as `X-CSRF-Token`.',
  );
}

/** Refuses requests that another site makes a browser send. */
export function assertSameOrigin(req: Request): void {
  if (!isChange(req)) return;
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
