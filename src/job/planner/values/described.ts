import type { Found, Input } from '../grammar/input';
import { isInert } from '../grammar/inert';

/** Words at most that say what an address or a file is. */
const WORDS = 6;
/** Formats, which a path may be called by before it is named: "an Excel file, orders.xlsx". */
const FORMATS = ['csv', 'json', 'xlsx', 'markdown', 'text', 'file', 'folder'] as const;

/**
 * An address or a path after words that say what it is: "the national register, https://…", "the board's hook at
 * https://…", "an Excel file (totals.xlsx)". The words are kept as an aside, for the notes.
 */
export function described(input: Input, at: number, kind: 'url' | 'path'): Found[] {
  const first = input.skip(at, 'the');
  let end = first;
  while (end < first + WORDS && isDescription(input, end, kind)) end++;
  if (end === at || input.is(end - 1, 'of') || !isNamed(input, at, first, end)) return [];
  const opened = input.skip(end, 'open');
  const linked = opened > end ? opened : afterLink(input, end);
  // "and the users at https://…": a thing and its place
  const isSigned = opened > end || /^[,:]$/.test(input.tokens[end]?.text ?? '');
  if (!isSigned && !input.is(at - 1, 'to', 'from', 'in', 'at', 'as', 'on', 'of', 'destination')) return [];
  const token = input.tokens[linked];
  // "a copy of the file at x.json": the file was spoken of before
  const isFile = kind === 'path' && input.is(end - 1, ...FORMATS, 'data', 'response');
  if (isFile && input.is(end, 'at')) return [];
  if (token?.kind !== kind || token.text.includes('*')) return [];
  if (opened > end && !input.is(linked + 1, 'close')) return [];
  input.asides.push([at, end]);
  return [{ end: opened > end ? linked + 2 : linked + 1, value: token.text }];
}

/** An article, or a word that is known, says that it is a name: words of another language are none. */
const isNamed = (input: Input, at: number, first: number, end: number): boolean =>
  first > at || input.tokens.slice(at, end).some((_, index) => input.means(at + index).length > 0);

/** Words that stand for things, or begin another one. */
const APART = [
  'it',
  'them',
  'clitic',
  'who_me',
  'she',
  'the',
  'midway',
  'filler',
  'all',
  'there',
  'here',
  'now',
  'also',
  'both',
];

function isDescription(input: Input, at: number, kind: 'url' | 'path'): boolean {
  if (input.is(at, 'of')) return true;
  if (kind === 'path' && input.is(at, ...FORMATS)) return true;
  if (input.is(at, ...APART) && !input.is(at - 1, 'of')) return false;
  return isInert(input, at) && !input.beginsClause(at);
}

/** Token after what joins a name to its place: a comma, a colon, "at", "called", "which is at". */
const afterLink = (input: Input, at: number): number =>
  input.match('[comma|colon] [that] [be] [(place|called|located)]', at)[0]?.end ?? at;
