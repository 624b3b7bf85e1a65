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
        found.push({ end, value: { kind, title, words, at: [at, end] } });
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
  add(begin, []);
  for (const { end, words } of nouns(input, begin)) add(end, words);
  return found;
};

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
