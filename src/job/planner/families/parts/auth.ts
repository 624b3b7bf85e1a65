import type { JsonObject } from '../../../../../schemas/json';
import type { Draft } from '../../draft/draft';
import type { Clause } from '../../family';
import { hostOf } from '../../draft/urls';
import { Refusal } from '../../refusal';
import { textOf } from '../../grammar/slots';
import type { Credential } from '../../values/credentials';

/** Credentials and headers of a request, as goals say them. */
export const AUTH_SLOTS = [
  '[comma|open] $credential:credential [close]',
  'with [bearer] token [(in|from|of|called|equals)] [secret] [called] $secret:token',
  'token be (in|called|equals) [secret] [called] $secret:token',
  'apikey be (in|called|equals) [secret] [called] $secret:apikey',
  'with secret [called] $secret:token',
  'with apikey [(in|from|of|called|equals)] [secret] [called] $secret:apikey [(as|in|with) [header] [called] $header_name:apiheader [header]]',
  '[with] header [called] $header_name:apiheader [(be|colon|equals|set_to|from|to|of|in)] [secret] [called] $secret:apikey',
  'with [secret] $secret:apikey (in|as) header [called] $header_name:apiheader',
  '[with] header [called] $header_name:header_name [(equals|to|of)] $literal:header_value',
  'with header $text:header_text',
  'and $credential:credential',
  '(with|use) token:login_token [gained] [(of|from|in) (login|response|it)]',
  '(with|use) token:login_token [gained] open column [called|colon] $identifier:token_name [(of|from|in) (response|it)] close',
  '(with|use) same:same_token [same] (token|apikey) [(as|in) bearer]',
  '(with|use) (it|that|token) (as|for) [bearer] token:login_token',
  '[with|as|in] bearer:login_token',
  '[comma] token:login_token (in|as|with) bearer [colon] [bearer]',
  'with it:login_token',
  'with header [called] $header_name:header_name (colon|equals) bearer:bearer $literal:header_value',
  'with [user] $name:user [and|with] [(and|with)] password [(in|from|of|called)] [secret] $secret:password',
  'with (token|apikey|password|secret) [(called|equals|of)] $plain:plain_secret',
  'as [user] $name:user [and|with] [with] password [(in|from|of|called)] [secret] [called] $secret:password',
] as const;

/** Headers of a request, with secrets by name. @throws Refusal for a secret that stands in the goal itself */
export function headersOf({ slots, start, end }: Clause, draft: Draft, url?: string): JsonObject {
  refusePlainSecret(slots, [start, end]);
  const headers: JsonObject = {};
  const credential = slots['credential'] as Credential | undefined;
  const query = credential === undefined ? {} : carry(draft, credential, headers);
  if (slots['token'] !== undefined) headers['authorization'] = `Bearer ${secret(slots['token'])}`;
  if (slots['apikey'] !== undefined)
    headers[textOf(slots['apiheader'] ?? 'x-api-key').toLowerCase()] = secret(slots['apikey']);
  if (slots['apikey'] !== undefined && slots['apiheader'] === undefined)
    draft.note('The API key goes into the header x-api-key, since none was named.');
  if (slots['header_name'] !== undefined)
    headers[textOf(slots['header_name']).toLowerCase()] =
      (slots['bearer'] === true ? 'Bearer ' : '') + draft.literal(textOf(slots['header_value']));
  if (slots['header_text'] !== undefined) {
    const [, name, value] = /^([\w-]+)\s*[:=]\s*(.+)$/.exec(textOf(slots['header_text'])) ?? [];
    if (name === undefined || value === undefined) throw new Refusal([start, end], 'write a header as `Name: value`');
    headers[name.toLowerCase()] = draft.literal(value);
  }
  if (slots['same_token'] === true) return sameAsBefore(draft);
  const isAsked = slots['login_token'] === true || draft.login?.asked === true;
  const login = draft.login ?? (isAsked ? loginBefore(draft) : undefined);
  if (isAsked && !login)
    throw new Refusal(
      [start, end],
      'it is not clear which token is meant: name it, such as API_TOKEN, or say where to log in',
    );
  // a token goes to those who gave it, and to others only where the goal says so
  if (login && slots['token_name'] !== undefined) nameToken(login, textOf(slots['token_name']));
  if (login && (isAsked || url === undefined || siteOf(hostOf(url)) === siteOf(login.host)))
    headers[login.header ?? 'authorization'] ??= `${login.header === undefined ? 'Bearer ' : ''}\${{ ${login.token} }}`;
  if (login) login.asked = false;
  return { ...query, ...(Object.keys(headers).length === 0 ? {} : { headers }) };
}

/** "with the same token": what the last request carried to say who asks. @throws Refusal where none did */
function sameAsBefore(draft: Draft): JsonObject {
  for (const { with: args } of [...draft.steps.all].reverse()) {
    const kept = Object.entries((args?.['headers'] as JsonObject | undefined) ?? {}).filter(([, value]) =>
      /\$\{\{ (secrets\.|steps\.|default\()/.test(textOf(value)),
    );
    if (kept.length > 0) return { headers: Object.fromEntries(kept) };
  }
  throw new Refusal(draft.span, 'it is not clear which token is meant: no request before this carries one');
}

/** The token is the field of the answer that the goal names. */
export function nameToken(login: NonNullable<Draft['login']>, name: string): void {
  login.token = login.token.replace(/^.*?(steps\.\w+\.output\.body).*$/, `$1.${name}`);
}

/** Puts a credential into the headers of a request. @returns what else the request holds: parameters of its address */
export function carry(draft: Draft, { secret: name, way, name: place }: Credential, headers: JsonObject): JsonObject {
  if (way === 'query') return { query: { [place ?? 'key']: secret(name) } };
  if (way === 'bearer') headers['authorization'] = `Bearer ${secret(name)}`;
  else headers[(place ?? 'x-api-key').toLowerCase()] = secret(name);
  if (way === 'header' && place === undefined)
    draft.note('The API key goes into the header x-api-key, since none was named.');
  return {};
}

/** The last two parts of a host: whose it is. */
const siteOf = (host: string): string => host.split('.').slice(-2).join('.');

/** The token that the last request which sent something was answered with. */
export function loginBefore(draft: Draft): Draft['login'] {
  const step = draft.steps.all.findLast(
    ({ uses, with: args }) => uses === 'http.request' && args?.['method'] === 'POST',
  );
  if (!step) return undefined;
  const body = `steps.${step.id}.output.body`;
  draft.note(`The token is expected in the answer of ${step.id} as \`access_token\` or \`token\`.`);
  return {
    token: `default(${body}.access_token, default(${body}.token, ""))`,
    host: hostOf(textOf(step.with?.['url'])),
  };
}

/** The expression of a secret, by itself. */
export const secret = (name: unknown): string => `\${{ secrets.${textOf(name)} }}`;

/** A secret is named, never written. */
export function refusePlainSecret(slots: Clause['slots'], at: [number, number]): void {
  if (slots['plain_secret'] === undefined) return;
  const { at: where } = slots['plain_secret'] as { at: [number, number] };
  throw new Refusal(
    where.length === 2 ? where : at,
    'a secret does not stand in a goal: keep it in the environment or a file and name it, such as API_TOKEN',
  );
}
