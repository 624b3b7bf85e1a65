import { pointer, type Report } from './finding';

/** Compares a document with the one made from the input: every figure, and every word. */
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
      checkFigures(value, actual[key], report, skip, pointer(at, key));
    return;
  }
  if (expected !== actual)
    report('figures.mismatch', `${shown(actual)} is stated, the input gives ${shown(expected)}`, at);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
