/**
 * A vector in the form that a caller asked for: numbers, or 32-bit floats (little-endian) in base64. The official client
 * asks for base64 unless it is told otherwise, and many servers answer numbers all the same.
 */
export function inFormat(vector: number[] | string, format: 'float' | 'base64' = 'float'): number[] | string {
  if (format === 'base64') return typeof vector === 'string' ? vector : packed(vector);
  return typeof vector === 'string' ? unpacked(vector) : vector;
}

function packed(vector: number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, i) => bytes.writeFloatLE(value, i * 4));
  return bytes.toString('base64');
}

function unpacked(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4));
}
