import { Type, type Static } from 'typebox';
import { roles } from '../access';
import { Instant, nullable } from '../json';

/** Bodies and answers of the API of sign-in. */

/** `POST /session`. */
export const SignIn = Type.Object(
  { key: Type.String({ minLength: 1, maxLength: 512, description: 'an API key' }) },
  { $id: 'SignIn', additionalProperties: false },
);
export type SignIn = Static<typeof SignIn>;

/** Who the caller is. */
export const Session = Type.Object(
  {
    name: Type.String({ description: 'under which decisions are recorded; `local` where nobody signs in' }),
    roles: Type.Array(Type.Enum([...roles])),
    sign_in: Type.Enum(['key', 'none'], {
      description: '`none`: the server has no keys, answers this machine alone, and nobody signs in',
    }),
    csrf_token: Type.Unsafe<string | null>({
      ...nullable(Type.String()),
      description: 'to be sent as `X-CSRF-Token` with every change; null for callers without a session cookie',
    }),
    expires_at: Type.Optional(
      Type.Unsafe<string>({ ...Instant, description: 'end of the session, whatever it is used for' }),
    ),
    idle_expires_at: Type.Optional(
      Type.Unsafe<string>({ ...Instant, description: 'end of the session if no request follows' }),
    ),
  },
  { $id: 'Session' },
);
export type Session = Static<typeof Session>;

/** 200 of `DELETE /sessions`. */
export const SessionsEnded = Type.Object(
  { ended: Type.Integer({ minimum: 0, description: 'sessions that this has ended' }) },
  { $id: 'SessionsEnded' },
);
export type SessionsEnded = Static<typeof SessionsEnded>;
