import type { Json } from '../../schemas/json';
import type { RecordedFault } from '../../schemas/recordings/recording';
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

/** The body of an answer as it was read: whole, or up to where it broke or nobody wanted more. */
export type RecordedBody = ({ base64: string } | { file: string }) & { fault?: RecordedFault };

/** The file of the body of a recorded answer, where it has one. */
export function bodyFileOf(answer: Json | undefined): string | undefined {
  const { body } = (answer ?? {}) as { body?: { file?: unknown } | null };
  return typeof body?.file === 'string' ? body.file : undefined;
}
