import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { Type } from 'typebox';
import type { Request } from 'express';
import { UserError, type Config } from '../src/config';
import { validatorFor } from '../src/contracts/validators';
import type { Logger } from '../src/logging';
import { roles, type Role } from './contract-parts';
import { HttpProblem } from './problem';

/** Whoever asks. */
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

interface Key extends Principal {
  hash: Buffer;
}

/** Milliseconds after which the file is looked at again, so that a key can be withdrawn without a restart. */
const LOOK_AGAIN = 5_000;

/**
 * Who asks, by API key; or `local` with every role, where the configuration says development or test, names no keys,
 * and the connection comes from this very machine.
 */
export async function createAuthenticator(config: Config, log: Logger): Promise<Authenticate> {
  const file = config.http.apiKeysFile;
  if (file === undefined) return async (req) => localPrincipal(config, req);

  let { keys, changed } = await loadKeys(file);
  let looked = Date.now();
  async function current(): Promise<Key[]> {
    if (Date.now() - looked > LOOK_AGAIN) {
      looked = Date.now();
      try {
        if ((await stat(file as string)).mtimeMs !== changed) ({ keys, changed } = await loadKeys(file as string));
      } catch (error) {
        log.error({ err: error, file }, 'the file of API keys cannot be read; the keys known before stay valid');
      }
    }
    return keys;
  }
  return async (req) => {
    const presented = keyOf(req);
    if (presented === undefined) throw unauthorized('Send your key as `Authorization: Bearer …` or as `X-API-Key`.');
    const principal = match(await current(), presented);
    if (!principal) throw unauthorized('This key is not known here.');
    return principal;
  };
}

async function loadKeys(file: string): Promise<{ keys: Key[]; changed: number }> {
  let parsed: unknown;
  let changed: number;
  try {
    changed = (await stat(file)).mtimeMs;
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`The file of API keys ${file} cannot be read: ${(error as Error).message}`);
  }
  const checked = validatorFor(KeysFile)(parsed);
  if (!checked.ok) {
    const what = checked.errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
    throw new UserError(
      `The file of API keys ${file} is wrong: ${what}. It reads {"keys": [{"name", "sha256", "roles"}]}.`,
    );
  }
  const { keys } = checked.value;
  return { changed, keys: keys.map(({ name, sha256, roles }) => ({ name, roles, hash: Buffer.from(sha256, 'hex') })) };
}

function keyOf(req: Request): string | undefined {
  const bearer = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(req.get('authorization') ?? '');
  return bearer?.[1] ?? req.get('x-api-key')?.slice(0, 512);
}

/** Looks at every key, so that the time it takes says nothing. */
function match(keys: Key[], presented: string): Principal | undefined {
  const hash = createHash('sha256').update(presented).digest();
  let found: Key | undefined;
  for (const key of keys) if (timingSafeEqual(key.hash, hash)) found = key;
  return found && { name: found.name, roles: found.roles };
}

const unauthorized = (detail: string) =>
  new HttpProblem('unauthorized', detail, { headers: { 'WWW-Authenticate': 'Bearer realm="awe"' } });

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;

function localPrincipal(config: Config, req: Request): Principal {
  const here = LOOPBACK.test(req.socket.remoteAddress ?? '') && req.headers['x-forwarded-for'] === undefined;
  if (config.env === 'production' || !here) {
    throw unauthorized('Without API keys this server answers only programs on its own machine: set AWE_API_KEYS_FILE.');
  }
  return { name: 'local', roles };
}

const OWN_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/**
 * Without keys the only guard is where a connection comes from, and a browser on this machine connects from here too,
 * whatever page it shows. So the name that was asked for has to be ours (a page cannot choose it: DNS rebinding).
 */
export function assertOwnHost(req: Request): void {
  if (!OWN_NAMES.test(req.get('host') ?? '')) {
    throw new HttpProblem('forbidden', 'Without API keys this server answers only to localhost and 127.0.0.1.');
  }
}

/** Refuses what another site makes a browser send. */
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

/** Whether somebody may. */
export function assertRole(principal: Principal, allowed: readonly Role[]): void {
  if (principal.roles.some((role) => allowed.includes(role))) return;
  throw new HttpProblem(
    'forbidden',
    `This needs the role ${allowed.join(' or ')}; your key has ${principal.roles.join(', ')}.`,
  );
}
