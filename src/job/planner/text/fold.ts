/** A text in lower case, without accents, with one kind of apostrophe. */
export function fold(text: string): string {
  // a sign keeps its stroke: "≠" is not "="
  return text
    .normalize('NFD')
    .replace(/(?<=\p{L}\p{M}*)\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll('œ', 'oe');
}

/** Two names are the same but for case, separators and the plural. */
export function sameName(a: string, b: string): boolean {
  return nameKey(a) === nameKey(b);
}

function nameKey(name: string): string {
  const plain = fold(name).replace(/[\s_-]+/g, '');
  return plain.replace(/ies$/, 'y').replace(/(?<=.{2})[sx]$/, '');
}

/** A name for a step or a field out of words: lower case, digits and underscores. */
export function slug(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
}
