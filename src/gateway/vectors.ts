/**
 * Encodes a vector as the caller asked: numbers, or 32-bit floats (little-endian) in base64. The official client
 * asks for base64 by default, and many servers answer numbers all the same.
 */
export function encodeVector(vector: number[] | string, format: 'float' | 'base64' = 'float'): number[] | string {
  if (format === 'base64') return typeof vector === 'string' ? vector : toBase64(vector);
  return typeof vector === 'string' ? fromBase64(vector) : vector;
}

function toBase64(vector: number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes.toString('base64');
}

function fromBase64(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4));
}
