import type { Json } from '../../schemas/json';
import { sha256 } from '../../src/documents/json';

/** Characters of a text that stands in a recording as it is, so that a difference can be shown. */
const SHOWN = 64 * 1024;

/** A body of a request as it is compared: a text as it is, JSON as its value, anything else by its hash. */
export function comparedBody(body: string | Uint8Array): Json {
  const bytes = Buffer.from(body);
  const text = bytes.toString();
  if (bytes.length > SHOWN || !Buffer.from(text).equals(bytes)) return { sha256: sha256(bytes), bytes: bytes.length };
  try {
    return { json: JSON.parse(text) as Json };
  } catch {
    return { text };
  }
}
