import { pointer, type Report } from './finding';

/** Members that an agent may word; everything else follows from the input. */
const wording = new Set([
  'headline',
  'text',
  'words',
  'name',
  'why',
  'message',
  'definition',
  'formula',
  'assumptions',
  'agreement',
  'change',
  'source',
  'form',
  'request_text',
  'rework',
  'method',
  'missing',
  'prerequisites',
  'findings',
  'figure',
  'questions',
]);

/** Compares every figure of a document with the one computed from the input; words are not compared. */
export function checkFigures(
  expected: unknown,
  actual: unknown,
  report: Report,
  skip: ReadonlySet<string>,
  at = '',
): void {
  if (skip.has(at)) return;
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length)
      report('figures.mismatch', `${actual.length} entries are stated, the input gives ${expected.length}`, at);
    else expected.forEach((value, index) => checkFigures(value, actual[index], report, skip, pointer(at, index)));
    return;
  }
  if (isObject(expected) && isObject(actual)) {
    for (const [key, value] of Object.entries(expected))
      if (!isWording(key, value)) checkFigures(value, actual[key], report, skip, pointer(at, key));
    return;
  }
  if (expected !== actual)
    report('figures.mismatch', `${JSON.stringify(actual)} is stated, the input gives ${JSON.stringify(expected)}`, at);
}

/** Whether a member is wording; a list of words found in texts is evidence. */
function isWording(key: string, value: unknown): boolean {
  return wording.has(key) && !(key === 'words' && Array.isArray(value));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const figure = /\d[\d.,\u202f\u00a0]*\d|\d/g;

/** Checks the figures in sentences: an author may choose words, but not numbers. */
export function checkWords(sentences: readonly { text: string; at: string }[], allowed: string, report: Report): void {
  const known = new Set(allowed.match(figure) ?? []);
  for (const { text, at } of sentences)
    for (const number of text.match(figure) ?? [])
      if (!known.has(number)) report('words.unknown_figure', `“${number}” follows from nothing in the input`, at);
}
