import type { Secret } from './declaration';

/** Blots secrets out of what comes back: they stand there as they are, or encoded. */
export interface Blotter {
  text(text: string): string;
  /** the same JSON with every string and every name blotted */
  json<T>(value: T): T;
  bytes(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** true if a text holds a secret */
  finds(text: string): boolean;
}

/** A form in which a secret may stand, and what stands there instead. */
interface Form {
  text: string;
  bytes: Buffer;
  blot: string;
}

/** Characters of a part of Base64 that is looked for: a shorter one may stand anywhere. */
const SHORTEST = 8;

export function createBlotter(secrets: readonly Pick<Secret, 'name' | 'value'>[]): Blotter {
  const forms: Form[] = secrets
    .flatMap(({ name, value }) =>
      formsOf(value).map((text) => ({ text, bytes: Buffer.from(text), blot: `[secret ${name}]` })),
    )
    .sort((a, b) => b.bytes.length - a.bytes.length); // a secret that is part of another comes after it
  const text = (value: string): string => {
    let safe = value;
    for (const form of forms) safe = safe.replaceAll(form.text, form.blot);
    return safe;
  };
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [text(name), json(member)]));
  };
  return {
    text,
    json: (value) => json(value) as typeof value,
    bytes: (body) => blotBytes(body, forms),
    finds: (value) => forms.some((form) => value.includes(form.text)),
  };
}

/** The secret as it is, and as JSON, URLs, forms, HTML, hexadecimal and Base64 write it. */
function formsOf(secret: string): string[] {
  const html = secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const named = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  const url = encodeURIComponent(secret);
  const hex = Buffer.from(secret).toString('hex');
  const base64 = [0, 1, 2].map((before) => base64Within(secret, before));
  const all = [
    ...[secret, JSON.stringify(secret).slice(1, -1), url, url.replaceAll('%20', '+'), url.toLowerCase(), html, named],
    ...[new URLSearchParams([['', secret]]).toString().slice(1), hex, hex.toUpperCase()],
    ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
  return [...new Set(all)].filter((form) => form.length >= SHORTEST);
}

/** The part of a Base64 text that is the secret's own when so many bytes (modulo 3) stand before it. */
function base64Within(secret: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return bytes.toString('base64').slice(first, last);
}

/** Holds back as many bytes as the beginning of a form may have, until the next piece is there. */
async function* blotBytes(body: AsyncIterable<Uint8Array>, forms: readonly Form[]): AsyncGenerator<Uint8Array, void> {
  const held = Math.max(0, ...forms.map(({ bytes }) => bytes.length - 1));
  let rest = Buffer.alloc(0);
  for await (const chunk of body) {
    rest = Buffer.concat([rest, chunk]);
    const { clean, from } = blotUpTo(rest, forms, rest.length - held);
    if (clean.length > 0) yield clean;
    rest = rest.subarray(from);
  }
  const { clean } = blotUpTo(rest, forms, rest.length);
  if (clean.length > 0) yield clean;
}

/** Blots every form that begins before `end`. Clean bytes, and the place where the rest begins. */
function blotUpTo(bytes: Buffer, forms: readonly Form[], end: number): { clean: Buffer; from: number } {
  const parts: Buffer[] = [];
  let at = 0;
  const next = forms.map((form) => ({ form, at: bytes.indexOf(form.bytes) }));
  for (;;) {
    for (const one of next) if (one.at >= 0 && one.at < at) one.at = bytes.indexOf(one.form.bytes, at);
    const [first] = next.filter((one) => one.at >= 0 && one.at < end).sort((a, b) => a.at - b.at);
    if (!first) break;
    parts.push(bytes.subarray(at, first.at), Buffer.from(first.form.blot));
    at = first.at + first.form.bytes.length;
  }
  const stop = Math.max(at, end, 0);
  parts.push(bytes.subarray(at, stop));
  return { clean: Buffer.concat(parts), from: stop };
}
