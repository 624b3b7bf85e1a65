import type { Found, ValueType } from '../grammar/input';
import type { Ref } from '../reading';
import { literal, listAt } from './literals';
import { nouns } from './things';

/** Elements that stand in the goal: `the stores Lille, Lyon and Nice`, `ids 3, 7 and 12`. */
export const listed: ValueType = (input, at) => {
  const found: Found[] = [];
  const add = (end: number, label: string, words: Ref & { kind: 'thing' }) => {
    const start = input.skip(end, 'colon', 'open', 'be');
    for (const list of listAt(input, start)) {
      const values = (list.value as (string | number)[]).map((one) => one);
      const close = start > end ? input.skip(list.end, 'close') : list.end;
      found.push({ end: close, value: { ...words, label, source: { type: 'list', values }, at: [at, close] } });
    }
  };
  const number = input.values(input.skip(at, 'the'), 'number').map(({ end }) => end);
  for (const begin of [at, ...number])
    for (const { end: stop, words } of nouns(input, begin)) {
      // "the rates of EUR, USD and CHF"
      const of = input.match('(of|for)', stop)[0]?.end;
      const end = of !== undefined && /^\p{Lu}/u.test(input.tokens[of]?.text ?? '') ? of : stop;
      const label = words.map(({ text }) => text).join(' ');
      const isName = words.every(({ text }) => !/^\p{Lu}/u.test(text) || words.length === 1);
      const isCounted = words.length > 1 && input.values(words[0]?.token ?? at, 'number').length > 0;
      if (isName && !isCounted && literal(input, input.skip(end, 'colon', 'open', 'be')).length > 0)
        add(end, label, { kind: 'thing', label, words, at: [at, end] });
    }
  return found;
};

/** "row by row", "ligne par ligne": each of them by itself. */
export const rowwise: ValueType = (input, at) => {
  const [first, by, second] = input.tokens.slice(at, at + 3);
  return first?.kind === 'word' && /^(by|par)$/.test(by?.folded ?? '') && first.folded === second?.folded
    ? [{ end: at + 3, value: true }]
    : [];
};
