import type { ValueType } from '../grammar/input';
import { textOf } from '../grammar/slots';

const SIGNS = { semicolon: ';', tab: '\t', pipe: '|', comma_sign: ',' } as const;

const SIGN = `(${Object.keys(SIGNS)
  .map((name) => `${name}:${name}`)
  .join('|')}|$text:text)`;

/** The letter between the columns of a CSV: "separated by semicolons", "séparateur « ; »", "tab-separated". */
export const delimited: ValueType = (input, at) =>
  [
    `[it] [be] [with|by] delimiter [(be|called|colon|of|equals)] ${SIGN}`,
    `[it] [be] [with|by] ${SIGN} (as|for) delimiter`,
    `[it] [be] separated [by|with] ${SIGN}`,
    `[it] [be] (tab:tab|semicolon:semicolon|pipe:pipe) separated`,
    `[it] [be] (tabbed:tab|semicoloned:semicolon)`,
    `with (semicolon:semicolon|tab:tab|pipe:pipe)`,
    `[with] (semicolon:semicolon|tab:tab|pipe:pipe|comma_sign:comma_sign) between [column|data]`,
  ].flatMap((shape) =>
    input.match(shape, at).flatMap(({ end, slots }) => {
      const named = Object.entries(SIGNS).find(([name]) => slots[name] === true)?.[1];
      const sign = named ?? textOf(slots['text']);
      return sign.length === 1 ? [{ end, value: sign }] : [];
    }),
  );
