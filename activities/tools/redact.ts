import { withoutSecrets } from '../../src/redact';

/** Characters of a message that go into histories and events. */
const LONGEST = 2000;

/** A message that may be kept for good: likely secrets removed, at most 2,000 characters. */
export function safeMessage(message: string): string {
  let safe = withoutSecrets(message);
  if (safe.length > LONGEST) safe = `${safe.slice(0, LONGEST - 1)}…`;
  return Buffer.from(safe).toString(); // half a character at a cut becomes U+FFFD
}
