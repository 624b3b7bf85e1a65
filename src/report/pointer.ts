/** The JSON Pointer (RFC 6901) of a member. */
export const pointerTo = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** A name of code as words: `acceptance_criteria`, `acceptanceCriteria` are Acceptance criteria. */
export function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
  const plain = words === words.toUpperCase() ? words : words.toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
