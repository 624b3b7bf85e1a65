import { address, fetchUrl, hostOf } from '../draft/urls';
import type { Draft } from '../draft/draft';
import type { Family, Clause } from '../family';
import type { JsonObject } from '../../../../schemas/json';
import { Refusal } from '../refusal';
import { AUTH_SLOTS, carry, headersOf, loginBefore, nameToken, refusePlainSecret, secret } from './parts/auth';
import { BODY_SLOTS, bodyIn } from './parts/body';
import { textOf } from '../grammar/slots';
import type { Credential } from '../values/credentials';

/** Signing in; later requests carry the token that it gave. */
export const loginFamily: Family = {
  name: 'log in',
  does: 'logs in at an address with a user and a secret, and keeps the token for the calls after it',
  examples: [
    'log in at https://api.example.com/login as admin with the password in ADMIN_PASSWORD, then fetch https://api.example.com/me with the token',
  ],
  heads: [
    'login',
    'after login',
    '(after|before:beforehand) login',
    '(fetch|ask) $token_field:field (at|from|in) [place] $url:url',
    '(fetch|ask) $token_field:field [colon|comma] [by|with] [single] [form:form] (post|send) [(to|at|on)] $url:url',
    'login [first_of_all] [colon|comma] [by|with] [single] [form:form] (post|send) [(to|at|on)] $url:url',
  ],
  slots: [
    '[(to|at|on|with|in|via|from)] [place] $url:url',
    '[(with|by)] [open] [single] (post|send) [(to|at|on)] [$url:url] [(as|in) $format:format] [comma]',
    '[(with|by)] [open] [single] (post|send) [[as|in] $format:format] [(to|at|on)] [$url:url] [comma]',
    '[(with|by)] [open] [single] $format:format (post|send) [(to|at|on)] [$url:url] [comma]',
    '(as|in) json:as_json',
    ...BODY_SLOTS,
    ...AUTH_SLOTS,
    '(with|and) password [(in|from|of|called)] [secret] [called] $secret:password',
    '(with|as|and) user [(in|from|of|called)] [secret] $secret:user_secret',
    '[comma|open] user [called|colon|equals] $name:user',
    '[comma|open] password [(in|from|of|called|colon|equals)] [secret] [called] $secret:password',
    'open form:form',
    '(with|as|and) [user] [called] $login_name:user',
    '(with|as) $secret:user_secret and $secret:password',
  ],
  tails: [
    '[comma|open] [with|as|and] user [called|colon|equals] $name:user [comma|and] [and] [with] password [(in|from|of|called|colon|equals)] [secret] [called] $secret:password [close]',
    'open [by|with] [single] (post|send) [(as|in) $format:format] [comma|close]',
    'open [by|with] [single] (post|send) [json:as_json|form:form] [colon|comma]',
    '[open|comma] [with] $settings:settings [close]',
    '[comma] $fields:context_fields given [in|by|from] context [close]',
  ],
  needs: [['url']],
  plan(clause, draft) {
    const at = draft.span;
    const url = textOf(clause.slots['url']);
    const step = draft.add('login', {
      uses: 'http.request',
      with: { url: address(draft, url, at), method: 'POST', ...bodyOf(clause, draft) },
    });
    const { name = 'token' } = (clause.slots['field'] as { name?: string } | undefined) ?? {};
    draft.login = { token: `steps.${step}.output.body.${name}`, host: hostOf(url) };
    draft.note(`The answer of the login is expected to hold the token as \`${name}\`.`);
    draft.make({ labels: ['login', 'response'], form: 'data', step, path: 'body', answer: true, used: true });
  },
};

/** What is sent: what the goal says, with the user where he is said beside it, or the user and the secret. */
function bodyOf(clause: Clause, draft: Draft): JsonObject {
  const body = clause.slots['password'] === undefined ? bodyIn(clause, draft) : undefined;
  const { user } = clause.slots;
  if (body === undefined || user === undefined) return body ?? credentials(clause, draft);
  const { tokens } = draft.input;
  const at = tokens.findIndex(({ text }, token) => token > clause.start && text === textOf(user));
  const named = draft.input.is(at - 1, 'user') ? (tokens[at - 1]?.text ?? '') : 'username';
  const [kind = 'json', value] = Object.entries(body)[0] ?? [];
  return { [kind]: { [named]: draft.literal(textOf(user)), ...(value as JsonObject) } };
}

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
  if (slots['format'] !== undefined && slots['format'] !== 'json')
    throw new Refusal(at, 'a login is sent as JSON or as a form');
  if (user === undefined) throw new Refusal(at, 'say as whom to log in, such as "as admin"');
  draft.note('The login is sent as {username, password}.');
  return { [slots['form'] === true ? 'form' : 'json']: { username: user, password: secret(slots['password']) } };
}

/** A secret for the request before it, or for the one after it, in a part of its own: "the key is the secret KEY". */
export const credentialFamily: Family = {
  name: 'credential',
  does: 'says which secret a request carries, and where',
  examples: [
    'fetch https://api.example.com/x; the key (secret X_KEY) goes into the header X-Key. Save to x.json',
    'avec le jeton rangé dans le secret CRM_TOKEN, lis https://api.example.com/x',
  ],
  heads: [],
  bare: ['[with|by] $credential:credential', '[with|by] $credential:credential (on|for|at) $url:url'],
  slots: [],
  plan({ slots }, draft) {
    const given = slots['credential'] as Credential;
    if (slots['url'] !== undefined) {
      const headers: JsonObject = {};
      const more = carry(draft, given, headers);
      const url = textOf(slots['url']);
      fetchUrl(draft, { url }, '', draft.span, { ...more, ...(Object.keys(headers).length === 0 ? {} : { headers }) });
      return;
    }
    const open = draft.steps.all.filter(
      ({ uses, with: args }) => uses === 'http.request' && (args?.['headers'] as JsonObject | undefined) === undefined,
    );
    const [step, second] = open;
    if (step?.with === undefined) throw new Refusal(draft.span, 'no address is asked before this: say it after one');
    if (second !== undefined)
      throw new Refusal(draft.span, 'it is not clear which of the requests this is for: say it with each of them');
    const headers: JsonObject = {};
    Object.assign(step.with, carry(draft, given, headers), Object.keys(headers).length === 0 ? {} : { headers });
  },
};

/** "with this token, …": for the calls that follow. */
export const tokenFamily: Family = {
  name: 'token',
  does: 'has the calls after it carry the token that a call before gave',
  examples: [
    'POST https://api.example.com/token with {"user": "ops"}; with this token, fetch https://api.example.com/me',
  ],
  heads: [
    '(use|with) $token_field:field [comma] [(as|in|for) bearer] [comma]',
    '(use|with) $token_field:field as [bearer] token',
    '(use|with|send|save|set_word) $token_field:field (in|to|as) header [called] $header_name:header [comma]',
    '(use|with|send) (it|them|that|clitic) (as|for) [bearer] token',
    '(use|with|send) (it|them|that|clitic) (as|in) bearer',
    'clitic (use|send) (as|in|to) bearer',
    '$token_field:field gained',
    'fetch $token_field:field [gained]',
    'use it',
    '$token_field:field [must|be] serves',
  ],
  bare: [
    '(it|response|login) (gives|has|contains) $token_field:field',
    '(gained|there_is) $token_field:field',
    '$token_field:field [must|be] bearer [token] of $url:url',
    '$subject:place (needs|wishes) $token_field:field',
  ],
  slots: [
    '[must] serves to_do',
    '(from|of|in) (login|response|it)',
    '[and] (send|use) [it|clitic] (as|in) bearer',
    '(as|in|for) bearer [token]',
    'bearer',
    '(in|as) header [called] $header_name:header',
  ],
  plan({ slots, lead }, draft) {
    // "the portal wants a token" tells why somebody logs in, before it is said where
    if (draft.steps.all.length === 0 && slots['place'] !== undefined) return;
    draft.login ??= loginBefore(draft);
    if (draft.login && slots['header'] !== undefined) draft.login.header = textOf(slots['header']).toLowerCase();
    const { name } = (slots['field'] as { name?: string } | undefined) ?? {};
    if (draft.login && name !== undefined) nameToken(draft.login, name);
    // "with this token, read https://…": it goes there, whosever site that is
    if (draft.login && (slots['header'] !== undefined || draft.input.is(lead.at, 'use', 'with')))
      draft.login.asked = true;
    if (slots['url'] !== undefined)
      fetchUrl(draft, { url: textOf(slots['url']) }, '', draft.span, headersOf({ slots: {} } as Clause, draft));
    if (!draft.login) throw new Refusal(draft.span, 'it is not clear which token is meant: say where to log in');
  },
};
