/** The kinds of values that a variable may have: each reads text, and explains a wrong value. */

/** Reads text into a value, or throws an `Error` whose message completes "VARIABLE: …". */
export interface Kind<T> {
  /** For the documentation: "a whole number from 1 to 65535". */
  describe: string;
  parse(text: string): T;
}

function wrongValue(text: string, kind: { describe: string }, example: string): Error {
  return new Error(`${quote(text)} is not ${kind.describe}. Write for example ${example}.`);
}

/** Quotes a value for a message, shortened for a person. */
function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

export function integer(min: number, max: number, example: number): Kind<number> {
  const kind: Kind<number> = {
    describe: `a whole number from ${min} to ${max}`,
    parse(text) {
      const value = /^\d{1,12}$/.test(text) ? Number(text) : NaN;
      if (!(value >= min && value <= max)) throw wrongValue(text, kind, String(example));
      return value;
    },
  };
  return kind;
}

export function port(example: number): Kind<number> {
  const inner = integer(1, 65_535, example);
  const kind: Kind<number> = {
    describe: 'a port, a whole number from 1 to 65535',
    parse(text) {
      // Kubernetes sets such values in a container for every Service of the namespace.
      if (/^(tcp|udp):\/\//.test(text)) {
        throw new Error(
          `${quote(text)} comes from a Kubernetes Service of that name, not from you. ` +
            `Set "enableServiceLinks: false" in the pod, or the variable itself to a port like ${example}.`,
        );
      }
      return inner.parse(text);
    },
  };
  return kind;
}

export function oneOf<const T extends string>(...values: T[]): Kind<T> {
  const kind: Kind<T> = {
    describe: `one of ${values.join(', ')}`,
    parse(text) {
      const found = values.find((value) => value === text);
      if (found === undefined) throw wrongValue(text, kind, values[0] ?? '');
      return found;
    },
  };
  return kind;
}

export function pattern(describe: string, regex: RegExp, example: string): Kind<string> {
  const kind: Kind<string> = {
    describe,
    parse(text) {
      if (!regex.test(text)) throw wrongValue(text, kind, example);
      return text;
    },
  };
  return kind;
}

const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `500ms`, `30s`, `15m`, `4h`, `7d`; the value is in milliseconds. */
export function duration(example: string, min = 1): Kind<number> {
  const kind: Kind<number> = {
    describe: 'a duration (a number and one of ms, s, m, h, d)',
    parse(text) {
      const match = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text);
      const value = match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? NaN) : NaN;
      if (!(value > 0)) throw wrongValue(text, kind, example);
      if (value < min) throw new Error(`${quote(text)} is too short. Write for example ${example}.`);
      if (value > 3_650 * 86_400_000)
        throw new Error(`${quote(text)} is over ten years. Write for example ${example}.`);
      return value;
    },
  };
  return kind;
}

/** A number of seconds; a duration like `30d` is understood too. The value is in seconds. */
export function seconds(example: number): Kind<number> {
  const plain = integer(1, 315_360_000, example);
  const kind: Kind<number> = {
    describe: 'a number of seconds (or a duration like 30d)',
    parse(text) {
      if (/^\d+$/.test(text)) return plain.parse(text);
      try {
        return Math.ceil(duration('30d').parse(text) / 1_000);
      } catch {
        throw wrongValue(text, kind, String(example));
      }
    },
  };
  return kind;
}

/** Text without control characters. The value may be a secret, so no message repeats it. */
export function text(describe: string, maxLength = 4_096): Kind<string> {
  return {
    describe,
    parse(value) {
      // eslint-disable-next-line no-control-regex -- it looks for them
      if (/[\u0000-\u001f\u007f]/.test(value)) throw new Error('holds a control character. Write it again by hand.');
      if (value.length > maxLength) throw new Error(`is longer than ${maxLength} characters.`);
      return value;
    },
  };
}

/** Keys of at least 32 bytes as base64, separated by commas. They are secret, so no message repeats them. */
export const secretKeys: Kind<string> = {
  describe: 'keys of 32 bytes or more as base64, separated by commas',
  parse(value) {
    const short = value.split(',').some((key) => Buffer.from(key, 'base64').length < 32);
    if (short) throw new Error('holds a key of less than 32 bytes. Write the output of `openssl rand -base64 32`.');
    return value;
  },
};

/** `host:port`, for gRPC. */
export function address(example: string): Kind<string> {
  const kind: Kind<string> = {
    describe: 'an address like host:port',
    parse(value) {
      const match = /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(value);
      if (!match || Number(match[2]) < 1 || Number(match[2]) > 65_535) throw wrongValue(value, kind, example);
      return value;
    },
  };
  return kind;
}

/** A URL with one of the given protocols. It may hold a secret, so no message repeats it. */
export function url(protocols: string[], example: string): Kind<string> {
  return {
    describe: `a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    parse(value) {
      const parsed = URL.canParse(value) ? new URL(value) : undefined;
      if (!parsed || !protocols.includes(parsed.protocol) || parsed.hostname === '') {
        throw new Error(
          `is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}. Write for example ${example}.`,
        );
      }
      return value;
    },
  };
}
