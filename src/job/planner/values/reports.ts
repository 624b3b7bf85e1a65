import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED } from '../lexicon/concepts';
import type { Word } from '../reading';
import { listOf } from './fields';
import { nouns } from './things';

const KINDS = [
  ['checklist', 'checklist'],
  ['summary', 'summary'],
  ['report', 'table'],
] as const;

/** A report by its kind, and the words before it: `implementation checklist`. */
export const asked: ValueType = (input, at) => {
  const found: Found[] = [];
  const add = (start: number, words: Word[]) => {
    for (const [concept, kind] of KINDS)
      for (const end of input.ends(start, concept)) {
        const said = [...words.map(({ text }) => text), ...input.tokens.slice(start, end).map(({ text }) => text)].join(
          ' ',
        );
        const title = said.charAt(0).toUpperCase() + said.slice(1);
        // "a French summary report" is a summary
        const last = kind === 'summary' ? input.skip(end, 'report') : end;
        found.push({ end: last, value: { kind, title, words, at: [at, last] } });
      }
  };
  const table = input.skip(at, 'the');
  if (
    input.is(table, 'table') &&
    input.is(table + 1, 'of', 'with', 'to', 'called', 'markdown') &&
    !input.is(table + 1, 'destination')
  )
    found.push({
      end: input.skip(table + 1, 'markdown'),
      value: { kind: 'table', title: 'Table', words: [], at: [at, table + 1] },
    });
  const begin = input.skip(at, 'the');
  // "a summary report" is a summary
  for (const end of input.ends(begin, 'summary'))
    if (input.is(end, 'report'))
      return [
        { end: input.skip(end, 'report'), value: { kind: 'summary', title: 'Summary', words: [], at: [at, end] } },
      ];
  // "un rapport de synthèse" is one too
  for (const end of input.ends(begin, 'report'))
    if (input.is(end, 'of') && input.is(end + 1, 'summary'))
      return [{ end: end + 2, value: { kind: 'summary', title: 'Résumé', words: [], at: [at, end + 2] } }];
  // "en tableau", "as a table": nothing else is a table here
  if (
    /^(table|tableau)$/.test(input.tokens[table]?.folded ?? '') &&
    isAfter(input, at, 'as') &&
    isLast(input, table + 1)
  )
    found.push({ end: table + 1, value: { kind: 'table', title: 'Table', words: [], at: [at, table + 1] } });
  // "à partir du compte rendu": what it is made from
  if (input.is(begin, 'based_on') || isAfter(input, at, 'based_on')) return found;
  add(begin, []);
  for (const { end, words } of nouns(input, begin)) add(end, words);
  return found;
};

/** True where a phrase of a concept ends before a token: "à partir du …". */
const isAfter = (input: Input, at: number, concept: string): boolean =>
  [at - 1, at - 2, at - 3].some((start) => input.ends(start, concept).includes(at));

const isLast = (input: Input, at: number): boolean =>
  at >= input.tokens.length || input.tokens[at]?.kind === 'sign' || input.is(at, 'courtesy', 'titled', 'with', 'and');

/** Several reports: `a checklist and a summary`. */
export const reports: ValueType = (input, at) => listOf(input, at, 'asked');

/** Words that say what a report is about. */
export const subject: ValueType = (input, at) =>
  nouns(input, at).map(({ end, words }) => ({ end, value: words.map(({ text }) => text).join(' ') }));

/** What a report is about, in more words: "l'ouverture de la piscine", "opening the pool". */
export const topic: ValueType = (input, at) => {
  let end = at;
  while (end < at + 6 && input.tokens[end]?.kind === 'word' && isTopic(input, end)) end++;
  const text = input.tokens
    .slice(at, end)
    .map((token) => token.text)
    .join(' ')
    .replace(/['’] /g, "'");
  return end > at ? [{ end, value: text }] : [];
};

const isTopic = (input: Input, at: number): boolean =>
  input.is(at, 'the') ||
  input.tokens[at]?.folded === 'en' ||
  (input.is(at, 'of') && !input.is(at, 'for', 'context')) ||
  !input.means(at).some((concept) => CLOSED.has(concept) || concept === 'context' || concept === 'based_on');
