const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a duration such as `500ms`, `30s`, `15m`, `4h`, `7d`; undefined for anything else. */
export function parseDuration(text: unknown): number | undefined {
  const match = typeof text === 'string' ? /^([0-9]{1,9})(ms|s|m|h|d)$/.exec(text) : null;
  if (!match) return undefined;
  return Number(match[1]) * units[match[2] as keyof typeof units];
}
