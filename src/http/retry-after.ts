/** Milliseconds beyond which nobody waits for a server that asks for patience. */
export const LONGEST_WAIT = 3_600_000;

/** Milliseconds that a server asks to wait: `Retry-After` in seconds, or as a date. Undefined where it is neither. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  const text = (header ?? '').trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // the three forms of RFC 9110 begin with the name of a day; Date.parse takes much more than dates
  const at = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text.replace(/-/g, ' ')) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
