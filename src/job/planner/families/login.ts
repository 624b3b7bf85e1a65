import { address, hostOf } from '../draft/urls';
import type { Draft } from '../draft/draft';
import type { Family } from '../family';
import type { Clause } from '../grammar/clauses';
import type { JsonObject } from '../../../../schemas/json';
import { Refusal } from '../refusal';
import { AUTH_SLOTS, loginBefore, refusePlainSecret, secret } from './parts/auth';
import { BODY_SLOTS, bodyIn } from './parts/body';
import { textOf } from '../grammar/slots';

/** Signing in; later requests carry the token that it gave. */
export const loginFamily: Family = {
  name: 'log in',
  does: 'logs in at an address with a user and a secret, and keeps the token for the calls after it',
  examples: [
    'log in at https://api.example.com/login as admin with the password in ADMIN_PASSWORD, then fetch https://api.example.com/me with the token',
  ],
  heads: ['login', 'after login', '(after|before:beforehand) login'],
  slots: [
    '[(to|at|on|with|in|via|from)] [place] $url:url',
    '[(with|by)] [open] (post|send) [(to|at|on)] [$url:url] [comma]',
    ...BODY_SLOTS,
    ...AUTH_SLOTS,
    '(with|and) password [(in|from|of|called)] [secret] [called] $secret:password',
    '(with|as|and) user [(in|from|of|called)] [secret] $secret:user_secret',
    '(with|as|and) [user] [called] $name:user',
    '(with|as) $secret:user_secret and $secret:password',
  ],
  needs: [['url']],
  plan(clause, draft) {
    const at = draft.span;
    const url = textOf(clause.slots['url']);
    const step = draft.add('login', {
      uses: 'http.request',
      with: { url: address(draft, url, at), method: 'POST', ...(bodyIn(clause, draft) ?? credentials(clause, draft)) },
    });
    draft.login = { token: `steps.${step}.output.body.token`, host: hostOf(url) };
    draft.note('The answer of the login is expected to hold the token as `token`.');
    draft.make({ labels: ['login', 'response'], form: 'data', step, path: 'body', answer: true, used: true });
  },
};

/** The user, and the secret that is the password. */
function credentials({ slots }: Clause, draft: Draft): JsonObject {
  const at = draft.span;
  refusePlainSecret(slots, at);
  if (slots['password'] === undefined)
    throw new Refusal(at, 'say which secret holds the password, such as "with the password in LOGIN_PASSWORD"');
  const user =
    slots['user'] === undefined
      ? slots['user_secret'] === undefined
        ? undefined
        : secret(slots['user_secret'])
      : draft.literal(textOf(slots['user']));
  if (user === undefined) throw new Refusal(at, 'say as whom to log in, such as "as admin"');
  draft.note('The login is sent as {username, password}.');
  return { json: { username: user, password: secret(slots['password']) } };
}

/** "with this token, …": for the calls that follow. */
export const tokenFamily: Family = {
  name: 'token',
  does: 'has the calls after it carry the token that a call before gave',
  examples: [
    'POST https://api.example.com/token with {"user": "ops"}; with this token, fetch https://api.example.com/me',
  ],
  heads: ['use token [gained]', 'with token [gained] comma', 'token gained', 'fetch token [gained]', 'use it'],
  slots: ['[must] [serves] to_do', '(from|of|in) (login|response|it)'],
  plan(_, draft) {
    draft.login ??= loginBefore(draft);
    if (!draft.login) throw new Refusal(draft.span, 'it is not clear which token is meant: say where to log in');
  },
};
