import type { Input, ValueType } from '../grammar/input';
import { textOf } from '../grammar/slots';

/** The token that an answer holds, with the name of its field where that is said: "le champ jeton", "the access_token". */
export const tokenField: ValueType = (input, at) =>
  [
    '[gained] [column:named] token [gained] [(of|from|in) (login|response|it)] [gained]',
    'column:named [called] $identifier:name (of|from|in) (login|response|it) [gained]',
  ].flatMap((shape) =>
    input
      .match(shape, at)
      .filter(({ end }) => !isSecret(input, end))
      .map(({ end, slots }) => {
        const token = input.tokens.slice(at, end).find((_, index) => input.is(at + index, 'token'));
        const said =
          slots['name'] ?? (slots['named'] === true || token?.text.includes('_') === true ? token?.text : undefined);
        return { end, value: said === undefined ? {} : { name: textOf(said) } };
      }),
  );

/** "the token in API_TOKEN" is a secret, and not what an answer holds. */
const isSecret = (input: Input, at: number): boolean =>
  input.match('[be] (in|from|called|equals) [secret] [called] $secret', at).length > 0 ||
  input.match('$secret', at).length > 0;
