import type { Input, ValueType } from '../grammar/input';
import { listOf } from './fields';

/** Names and values as a form has them: `client_id=ops, client_secret=s3`. */
export const settings: ValueType = (input, at) =>
  listOf(input, at, 'setting').map(({ end, value }) => ({
    end,
    value: Object.assign({}, ...(value as { [name: string]: string }[])) as { [name: string]: string },
  }));

/** One name and its value: `k=ZX81`, `username 'batch'`. */
export const setting: ValueType = (input, at) => {
  const name = input.tokens[at];
  if (name?.kind !== 'word') return [];
  const quoted = input.tokens[at + 1];
  if (quoted?.kind === 'quoted' && input.is(at, 'user', 'password', 'secret', 'apikey', 'token', 'column'))
    return [{ end: at + 2, value: { [name.text]: quoted.text } }];
  if (quoted?.text !== '=' || !touches(input, at) || !touches(input, at + 1)) return [];
  let end = at + 3;
  while (touches(input, end - 1) && !/^[,;).&]$/.test(input.tokens[end]?.text ?? ',')) end++;
  const text = input.tokens
    .slice(at + 2, end)
    .map((token) => token.text)
    .join('');
  return [{ end, value: { [name.text]: text } }];
};

/** True if nothing stands between a token and the one after it. */
const touches = (input: Input, at: number): boolean => input.tokens[at]?.to === input.tokens[at + 1]?.from;
