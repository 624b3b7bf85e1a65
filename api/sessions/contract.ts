import { Session, SessionsEnded, SignIn } from '../../schemas/sessions/api';
import { define, everybody } from '../contract';

const tag = 'sessions';

/** Addresses of signing in and out by browser. */
export const sessionContracts = define({
  signIn: {
    method: 'post',
    path: '/session',
    tag,
    summary: 'Sign in: exchange an API key for a session cookie',
    description: `The cookie is \`HttpOnly\` and \`SameSite=Strict\`; over https it is \`Secure\`. It takes the key's place at every
address, event streams included. Each change (anything but GET and HEAD) that comes by it has to carry \`csrf_token\` as
\`X-CSRF-Token\`. The session ends at \`idle_expires_at\`, which each request puts off, at \`expires_at\` at the latest, and with
its key. Signing in again in the same browser takes the place of its session.`,
    roles: 'public',
    body: { json: SignIn, example: { key: 'nZ1d0wJ5W2cJm0mB6xkq0Q4T8a9Hc3Ye' } },
    answers: [{ status: 201, description: 'signed in; the cookie is in `Set-Cookie`', schema: Session }],
    problems: [401, 409, 413, 415, 422, 429, 503],
  },
  readSession: {
    method: 'get',
    path: '/session',
    tag,
    summary: 'Who I am, and what my changes have to carry',
    roles: everybody,
    entrance: 'session',
    answers: [{ status: 200, description: 'the caller, by session, by key, or as the only one', schema: Session }],
  },
  signOut: {
    method: 'delete',
    path: '/session',
    tag,
    summary: 'Sign out here',
    description: 'The session ends, also for whoever has copied its cookie. Callers by key have none, which is fine.',
    roles: everybody,
    answers: [{ status: 204, description: 'signed out' }],
  },
  signOutEverywhere: {
    method: 'delete',
    path: '/sessions',
    tag,
    summary: "Sign out everywhere: end all sessions of the caller's name",
    description: 'Other API processes refuse them within five seconds. The key stays valid.',
    roles: everybody,
    answers: [{ status: 200, description: 'signed out', schema: SessionsEnded }],
  },
});
