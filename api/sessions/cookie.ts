import type { Request } from 'express';

/** The cookie of a session. Its secret is its value. */
export interface SessionCookie {
  /** The secret that a request brings. */
  read(req: Request): string | undefined;
  /** `Set-Cookie` with a secret, for so many milliseconds. */
  set(req: Request, secret: string, ms: number): string;
  /** `Set-Cookie` that takes the cookie away again. */
  clear(req: Request): string;
}

const PLAIN = 'awe_session';

/** A browser takes this name only over https and from this very host: no neighbour can set it. */
const SECURE = `__Host-${PLAIN}`;

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** `secure`: whether browsers reach the API over https; undefined: they say so themselves when they sign in. */
export function createSessionCookie(secure: boolean | undefined): SessionCookie {
  const nameFor = (req: Request): string =>
    (secure ?? req.get('origin')?.startsWith('https:') ?? valueOf(req, SECURE) !== undefined) ? SECURE : PLAIN;
  const write = (name: string, value: string, seconds: number): string => {
    const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${seconds}`];
    return [...parts, ...(name === SECURE ? ['Secure'] : [])].join('; ');
  };
  return {
    read(req) {
      const value = valueOf(req, SECURE) ?? (secure ? undefined : valueOf(req, PLAIN));
      return value !== undefined && SECRET.test(value) ? value : undefined;
    },
    set: (req, secret, ms) => write(nameFor(req), secret, Math.floor(ms / 1_000)),
    clear: (req) => write(nameFor(req), '', 0),
  };
}

function valueOf(req: Request, name: string): string | undefined {
  const pairs = (req.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
