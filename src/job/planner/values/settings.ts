import type { Input, ValueType } from '../grammar/input';
import { CLOSED } from '../lexicon/concepts';
import { listOf } from './fields';
import { numberOf } from './scalars';

/** A value that a request carries: as it stands, a secret by its name, or a value of the context. */
export type Setting = string | number | boolean | { secret: string } | { context: string };

/** Names and values as a form has them: `client_id=ops, client_secret=s3`, `user: ops and key set to the secret K`. */
export const settings: ValueType = (input, at) =>
  listOf(input, at, 'setting').map(({ end, value }) => ({
    end,
    value: Object.assign({}, ...(value as { [name: string]: Setting }[])) as { [name: string]: Setting },
  }));

/** One name and its value: `k=ZX81`, `username 'batch'`, `password : le secret ENT`. */
export const setting: ValueType = (input, at) => {
  const start = input.skip(input.skip(at, 'column'), 'the');
  const name = input.tokens[start];
  if ((name?.kind !== 'word' && name?.kind !== 'quoted') || input.is(start, 'bearer')) return [];
  const glued = gluedAt(input, start);
  if (glued) return [glued];
  const named = input.tokens[start + 1];
  const isCredential =
    input.is(start, 'user', 'password', 'secret', 'apikey', 'token', 'column') || /_/.test(name.text);
  // "… and the token from the secret X": who asks, and no part of what is sent
  const before = input.is(at - 1, 'the') ? at - 2 : at - 1;
  const isBearer = input.is(before, 'and', 'with') && input.is(start, 'token', 'bearer') && !/_/.test(name.text);
  const held = isBearer
    ? []
    : ['(from_only|in) secret [called] $secret', 'open [from_only] secret [called] $secret close']
        .flatMap((shape) => input.match(shape, start + 1))
        .map(({ end, slots }) => ({ end, value: { secret: String(slots['secret']) } }));
  const quoted = named?.kind === 'quoted' && isCredential ? valueAt(input, start + 1) : [];
  return [...held, ...quoted, ...input.ends(start + 1, 'set_to').flatMap((end) => valueAt(input, end))].map(
    ({ end, value }) => ({
      end,
      value: { [name.text]: value },
    }),
  );
};

/** Names and values of a row: `author = 'bot'`, `entry 'Gate 3 closed'`. */
export const cells: ValueType = (input, at) =>
  listOf(input, at, 'cell').map(({ end, value }) => ({
    end,
    value: Object.assign({}, ...(value as { [name: string]: Setting }[])) as { [name: string]: Setting },
  }));

export const cell: ValueType = (input, at) => {
  const start = input.skip(input.skip(at, 'column'), 'the');
  const { kind, text = '' } = input.tokens[start] ?? {};
  const value = input.tokens[start + 1];
  const isPlain =
    kind === 'word' &&
    !input.is(start, 'database', 'table', 'sheet', 'file', 'folder', 'delimiter') &&
    !/^types?$/i.test(text) &&
    (isResult(text) || !input.means(start).some((concept) => CLOSED.has(concept)));
  const isBeside = isPlain && (value?.kind === 'quoted' || value?.kind === 'number');
  return [
    ...(isBeside ? valueAt(input, start + 1) : []).map((one) => ({ end: one.end, value: { [text]: one.value } })),
    ...setting(input, at),
  ];
};

/** A column that is called as what a step gives may be. */
const isResult = (text: string): boolean => /^r[eé]sultat$|^result$/i.test(text);

/** "a row with author = 'bot'": one row by its article, and its values. */
export const newRow: ValueType = (input, at) =>
  /^(une?|an?|one)$/.test(input.tokens[at]?.folded ?? '')
    ? input
        .match('[new] (data|ones|message) (with|of|colon) $cells:row', at + 1)
        .map(({ end, slots }) => ({ end, value: slots['row'] }))
    : [];

/** `k=ZX81`: one word, as a form has it. */
function gluedAt(input: Input, at: number): { end: number; value: { [name: string]: string } } | undefined {
  if (input.tokens[at + 1]?.text !== '=' || !touches(input, at) || !touches(input, at + 1)) return undefined;
  let end = at + 3;
  while (touches(input, end - 1) && !/^[,;).&]$/.test(input.tokens[end]?.text ?? ',')) end++;
  const text = input.tokens
    .slice(at + 2, end)
    .map((token) => token.text)
    .join('');
  return { end, value: { [input.tokens[at]?.text ?? '']: text } };
}

/** A value that is written or named. */
export function valueAt(input: Input, at: number): { end: number; value: Setting }[] {
  const secrets = input.match('secret [called] $secret', at);
  if (secrets.length > 0) return secrets.map(({ end, slots }) => ({ end, value: { secret: String(slots['secret']) } }));
  const known = input.match('$identifier:key (of|in|from) context', at);
  if (known.length > 0) return known.map(({ end, slots }) => ({ end, value: { context: String(slots['key']) } }));
  const token = input.tokens[at];
  if (token?.kind === 'quoted' || token?.kind === 'code') return [{ end: at + 1, value: token.text }];
  if (token?.kind === 'number') return [{ end: at + 1, value: numberOf(token.text, input) ?? token.text }];
  if (input.is(at, 'true', 'false')) return [{ end: at + 1, value: input.is(at, 'true') }];
  const isName = token?.kind === 'word' && (input.means(at).length === 0 || input.is(at, 'noun', 'compound', 'role'));
  if (!isName || token === undefined) return [];
  const isSecret = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(token.text);
  return [{ end: at + 1, value: isSecret ? { secret: token.text } : token.text }];
}

/** True if nothing stands between a token and the one after it. */
const touches = (input: Input, at: number): boolean => input.tokens[at]?.to === input.tokens[at + 1]?.from;
