import type { Found, Input, ValueType } from '../grammar/input';

/** A secret that a request carries, and where: as a bearer, in a header, or as a parameter of the address. */
export interface Credential {
  secret: string;
  way: 'bearer' | 'header' | 'query';
  /** the name of the header or of the parameter; a key without one goes into the usual header */
  name?: string;
}

/** What was said of one so far. */
interface Heard extends Partial<Credential> {
  isKey?: boolean;
  isToken?: boolean;
  isBearer?: boolean;
}

/** A name that only a header has: `X-Api-Key`. */
const HEADER = /^X(-[A-Z][A-Za-z]*)+$/;

/** Tokens at most of what is said of one. */
const LONGEST = 24;

/** Concepts of words between the parts of it. */
const JOINTS = [
  'be',
  'has',
  'in',
  'as',
  'at',
  'of',
  'to',
  'from',
  'with',
  'by',
  'that',
  'it',
  'she',
  'the',
  'called',
  'goes',
  'passed',
  'given',
  'located',
  'serves',
  'needs',
  'must',
  'equals',
  'colon',
  'open',
  'close',
  'light',
  'found',
  'request_word',
] as const;
const WORDS =
  /^(authori[sz]ed|authenticated|auth|authentication|kept|stored|named|needed|required|uses?|using|sits|lies|range|rangee|stocke|stockee|garde|gardee|mis|mise|enregistre|authentifie|autorise|etre|necessaire|belongs|comme|authenticate|authentication|authorization|authorisation|set|setting|value|pass|passing|carr(y|ies|ying)|contain(s|ing)?|hold(s|ing)?|bear(s|ing)|tak(e|en|ing)|read|sent|send(ing)?|put(ting)?|com(es|ing)|supplied|provid(ed|es|ing)|own|it|authentification|mettant|mettre|mets|port(e|er|ant)|conten(ant|ue?)|contient|valeur|tiree?|lue?|lire|prise?|conservee?|fournie?|fourni(t|ssant)|pass(e|er|ant)|dont|qui|que|renseign(e|er|ant)|figure|vaut|suivi|etant)$/;

/**
 * A credential however it is said: "key goes in the header X-Api-Key, it's secret KEY", "bearer, secret HELPDESK", "la clé
 * (secret CLE) se transmet dans l'en-tête X-Cle". It names a secret, and is a token, a key, or goes somewhere.
 */
export const credential: ValueType = (input, at) => {
  const found: Found[] = [];
  const part: Heard = {};
  let depth = 0;
  for (let token = at; token < Math.min(input.tokens.length, at + LONGEST);) {
    const next = stepOver(input, token, part);
    if (next === token) break;
    if (input.is(token, 'open')) depth++;
    if (input.is(token, 'close')) depth--;
    if (depth < 0) break;
    token = next;
    const { secret, name, isKey, isToken } = part;
    // "the header Authorization: Bearer, token in the secret KEY"
    const isBearer = part.isBearer === true && /^authorization$/i.test(name ?? '');
    const way = isBearer ? 'bearer' : (part.way ?? (isToken ? 'bearer' : isKey ? 'header' : undefined));
    const isEnd = !input.is(token - 1, 'in', 'as', 'of', 'to', 'from', 'with', 'by', 'that', 'the', 'open', 'be');
    if (secret !== undefined && way !== undefined && depth === 0 && isEnd && input.tokens[token - 1]?.text !== ',')
      found.push({
        end: token,
        value: { secret, way, ...(name === undefined || isBearer ? {} : { name }) } satisfies Credential,
      });
  }
  return found.reverse();
};

/** Token after the next part; `at` itself for a word that says something else. What was learnt is kept in `part`. */
function stepOver(input: Input, at: number, part: Heard): number {
  const token = input.tokens[at];
  if (/^(GET|POST|PUT|PATCH|DELETE)$/.test(token?.text ?? '')) return at;
  const named = input.match('header [called|colon] $header_name', at)[0];
  if (named !== undefined && !input.is(at, 'bearer') && part.name === undefined) {
    part.way = 'header';
    part.name = String(named.slots['header_name']);
    return named.end;
  }
  const after = HEADER.test(token?.text ?? '') && part.name === undefined;
  if (after) {
    part.way = 'header';
    part.name = token?.text ?? '';
    return input.skip(at + 1, 'header');
  }
  const parameter = input.match('parameter [called|colon] $identifier', at)[0];
  if (parameter !== undefined && part.name === undefined) {
    part.way = 'query';
    part.name = String(parameter.slots['identifier']);
    return parameter.end;
  }
  for (const shape of ['secret [called|colon] $secret', '$secret [open] secret [close]'])
    for (const { end, slots } of input.match(shape, at))
      if (part.secret === undefined) {
        part.secret = String(slots['secret']);
        return end;
      }
  const isName = /^\$?[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(token?.text ?? '');
  if (isName && part.secret === undefined) {
    part.secret = (token?.text ?? '').replace('$', '');
    return at + 1;
  }
  if (input.is(at, 'apikey') && !input.is(at, 'token')) part.isKey = true;
  const credential = input.skip(at, 'bearer', 'token', 'apikey');
  if (credential > at) {
    part.isToken ||= input.is(at, 'bearer', 'token');
    part.isBearer ||= input.is(at, 'bearer');
    return credential;
  }
  const forgotten = input.match('refuse_not forget', at)[0];
  if (forgotten !== undefined) return forgotten.end;
  if (input.is(at, 'header')) return input.skip(at, 'header');
  // a comma parts what is said of it, where another part follows
  if ((token?.text === ',' || input.is(at, 'and')) && !input.beginsClause(at + 1)) return at + 1;
  if (input.is(at, 'secret')) return input.skip(at, 'secret');
  if (WORDS.test(token?.folded ?? '')) return at + 1;
  return input.skip(at, ...JOINTS);
}
