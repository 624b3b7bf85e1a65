import type { Response } from 'express';
import type { Session, SessionsEnded, SignIn } from '../../schemas/sessions/api';
import { findByKey } from '../../src/access/keys-file';
import type { Sessions } from '../../src/access/sessions';
import { unauthorized, type ApiKeys, type Principal } from '../auth';
import type { Follower } from '../live/follow';
import type { Rates } from '../middleware/rates';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { sessionContracts } from './contract';
import type { SessionCookie } from './cookie';

export interface SessionDependencies {
  /** undefined: nobody signs in */
  apiKeys: ApiKeys | undefined;
  sessions: Pick<Sessions, 'open' | 'find' | 'end' | 'endAll'>;
  sessionCookie: SessionCookie;
  follower: Pick<Follower, 'beat'>;
  rates: Rates;
}

export function sessionRoutes(deps: SessionDependencies): Handlers<typeof sessionContracts> {
  const { apiKeys, sessions, sessionCookie, follower, rates } = deps;

  const viewOf = ({ name, roles, session }: Principal): Session => ({
    ...{ name, roles: [...roles], sign_in: apiKeys ? 'key' : 'none' },
    csrf_token: session?.csrfToken ?? null,
    expires_at: session && new Date(session.expiresAt).toISOString(),
    idle_expires_at: session && new Date(session.idleExpiresAt).toISOString(),
  });

  /** The caller's key, charged for the request as any other. */
  async function keyOf(presented: string, res: Response, address: string) {
    if (!apiKeys) throw new HttpProblem('conflict', 'This server has no API keys: nobody needs to sign in.');
    const keys = await apiKeys();
    const key = findByKey(keys, presented);
    rates.charge(res, 'requests', key ? `key ${key.name}` : address);
    if (!key) throw unauthorized('This key is not known here.');
    rates.charge(res, 'changes', `key ${key.name}`);
    res.locals.principal = key.name;
    return { key, keys };
  }

  return {
    async signIn({ req, res, body }) {
      const { key, keys } = await keyOf((body as SignIn).key, res, req.socket.remoteAddress ?? '');
      const before = sessionCookie.read(req);
      const replaced = before === undefined ? undefined : await sessions.find(before, keys);
      if (replaced) await sessions.end(replaced.session);
      const { secret, session } = await sessions.open(key);
      const headers = { 'Set-Cookie': sessionCookie.set(req, secret, session.expiresAt - Date.now()) };
      return { status: 201, headers, body: viewOf({ ...key, session }) };
    },

    readSession: async ({ principal }) => ({ body: viewOf(principal) }),

    async signOut({ req, res, principal: { session } }) {
      if (session) {
        await sessions.end(session);
        follower.beat();
      }
      res.status(204).set('Set-Cookie', sessionCookie.clear(req)).end();
      return undefined;
    },

    async signOutEverywhere({ req, principal }) {
      const body: SessionsEnded = { ended: apiKeys ? await sessions.endAll(principal.name) : 0 };
      follower.beat();
      return { headers: { 'Set-Cookie': sessionCookie.clear(req) }, body };
    },
  };
}
