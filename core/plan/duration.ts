const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const FORM = /^([0-9]{1,9})(ms|s|m|h|d)$/;

/** Milliseconds of a duration such as `500ms`, `30s`, `15m`, `4h`, `7d`; undefined for anything else. */
export function parseDuration(text: unknown): number | undefined {
  const match = typeof text === 'string' ? FORM.exec(text) : null;
  if (!match) return undefined;
  return Number(match[1]) * units[match[2] as keyof typeof units];
}

/** A duration twice as long, in the same unit; anything else as it is. */
export function doubledDuration(text: string): string {
  return text.replace(FORM, (_, number: string, unit: string) => `${Number(number) * 2}${unit}`);
}
