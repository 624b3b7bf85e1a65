import { createHash } from 'node:crypto';

export const MOCK_DIMENSIONS = 256;

/**
 * A vector of a text by feature hashing: each word, and each pair of neighbours at half the weight, counts in one place
 * with a sign, both chosen by its hash; the length is scaled to 1. Texts that share words are near each other, and
 * nothing more is claimed.
 */
export function embed(text: string, dimensions = MOCK_DIMENSIONS): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const [i, word] of words.entries()) {
    add(vector, word, 1);
    if (i > 0) add(vector, `${words[i - 1] ?? ''} ${word}`, 0.5);
  }
  // all texts without words share one vector
  if (vector.every((value) => value === 0)) add(vector, '\u0000', 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

function add(vector: number[], feature: string, weight: number): void {
  const hash = createHash('sha256').update(feature).digest();
  const place = hash.readUInt32BE(0) % vector.length;
  vector[place] = (vector[place] ?? 0) + ((hash[4] ?? 0) & 1 ? weight : -weight);
}
