import { duration, url } from './kinds';
import { section, type ValuesOf } from './sections';

const sessions = section('Sign-in by browser. See docs/configuration.md');

/** Variables of the sessions of people who have signed in by browser. */
export const sessionVariables = {
  AWE_PUBLIC_URL: sessions.optional(
    url(['http:', 'https:'], 'https://awe.example.com'),
    'The address that browsers ask. With https, session cookies are `Secure`, and no others are taken.',
    { absent: 'they are `Secure` where the browser says that it has signed in over https' },
  ),
  AWE_SESSION_LIMIT: sessions.defaulted(duration('12h', 1_000), '12h', 'The time after which a session ends.'),
  AWE_SESSION_IDLE_LIMIT: sessions.defaulted(
    duration('1h', 1_000),
    '1h',
    'The time without a request after which a session ends. An open stream of events is no request.',
  ),
};

/** Settings of sessions. `secure`: undefined where nobody has said how browsers reach the API. */
export const sessionConfig = (values: ValuesOf<typeof sessionVariables>) => ({
  secure: values.AWE_PUBLIC_URL === undefined ? undefined : new URL(values.AWE_PUBLIC_URL).protocol === 'https:',
  limitMs: values.AWE_SESSION_LIMIT,
  idleMs: values.AWE_SESSION_IDLE_LIMIT,
});
