import type { ValueType } from '../grammar/input';

/** The token that an answer holds, with the name of its field where that is said: "le champ jeton", "the access_token". */
export const tokenField: ValueType = (input, at) =>
  [
    '[column:named] token [gained] [(of|from|in) (login|response|it)] [gained]',
    'column:named [called] $identifier:name (of|from|in) (login|response|it) [gained]',
  ].flatMap((shape) =>
    input.match(shape, at).map(({ end, slots }) => {
      const token = input.tokens.slice(at, end).find((_, index) => input.is(at + index, 'token'));
      const said = slots['name'] ?? (slots['named'] === true || token?.text.includes('_') === true ? token?.text : undefined);
      return { end, value: said === undefined ? {} : { name: String(said) } };
    }),
  );
