import { createHash } from 'node:crypto';
import { smallWords } from '../../words';
import { stem } from './stem';

export const MOCK_DIMENSIONS = 512;

/** Weights of the features of a text: its stems, pairs of neighbours, and pieces of words. */
const WEIGHTS = { stem: 1, pair: 0.4, piece: 0.25, small: 0.1 };

/**
 * A vector of a text by feature hashing: each feature counts in one place with a sign, both chosen by its hash; the
 * length is scaled to 1. Features are stems of words without accents, pairs of neighbours, and pieces of three and four
 * letters, so that texts are near each other that share words, or forms and parts of words. Nothing more is claimed: a
 * synonym is another word.
 */
export function embed(text: string, dimensions = MOCK_DIMENSIONS): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const words =
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = words.map(stem);
  for (const [i, word] of words.entries()) {
    const weight = smallWords.has(word) ? WEIGHTS.small : 1;
    add(vector, stems[i] ?? word, weight * WEIGHTS.stem);
    if (i > 0) add(vector, `${stems[i - 1] ?? ''} ${stems[i] ?? ''}`, weight * WEIGHTS.pair);
    if (weight === 1) for (const piece of piecesOf(word)) add(vector, piece, WEIGHTS.piece);
  }
  // all texts without words share one vector
  if (vector.every((value) => value === 0)) add(vector, '\u0000', 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Runs of three and four letters, with marks where the word begins and ends. */
function piecesOf(word: string): string[] {
  const marked = `<${word}>`;
  return [3, 4].flatMap((size) =>
    Array.from({ length: Math.max(0, marked.length - size + 1) }, (_, at) => `#${marked.slice(at, at + size)}`),
  );
}

function add(vector: number[], feature: string, weight: number): void {
  const hash = createHash('sha256').update(feature).digest();
  const place = hash.readUInt32BE(0) % vector.length;
  vector[place] = (vector[place] ?? 0) + ((hash[4] ?? 0) & 1 ? weight : -weight);
}
