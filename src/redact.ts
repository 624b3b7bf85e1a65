/** Read at most: the patterns run over all of it. */
const READ = 16_000;

/**
 * What looks like a secret wherever it stands. Fields are known by their names; these are for the words
 * of errors, into which libraries write addresses, headers and bodies. Every pattern is linear in the text.
 */
const SECRETS: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g, '[secret]'],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@]{1,400}@/gi, '$1[secret]@'],
  [/\b(bearer|basic|digest|negotiate)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [secret]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{2,}(\.[A-Za-z0-9_-]*)?/g, '[secret]'],
  [/\b(sk|pk|rk|ghp|gho|ghs|glpat|npm|whsec|hf|xox[abprs])[-_][A-Za-z0-9_-]{12,}/g, '[secret]'],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, '[secret]'],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, '[secret]'],
  [
    /((?:pass(?:word|wd)?|secret|token|api[-_]?key|access[-_]?key|credential|authorization|cookie|signature)["']?\s{0,3}[:=]\s{0,3})("[^"]*"?|'[^']*'?|[^\s,;&"'}\])]+)/gi,
    '$1[secret]',
  ],
];

/** A text without what looks like a secret. What is longer than 16,000 characters is cut. */
export function withoutSecrets(text: string): string {
  let safe = text.slice(0, READ);
  for (const [pattern, replacement] of SECRETS) safe = safe.replace(pattern, replacement);
  return safe;
}

/** True if a text holds what looks like a secret, in its first 16,000 characters. */
export const hasSecret = (text: string): boolean => withoutSecrets(text) !== text.slice(0, READ);
