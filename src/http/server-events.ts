/** An event of a stream. */
export interface ServerEvent {
  /** its name, if it has one */
  event: string | undefined;
  data: string;
  /** the stream ended in its last line, so its data may be cut off */
  cut: boolean;
}

/** True if the data, which should be JSON, ends too early because the stream did. */
export function isCutOff({ data, cut }: ServerEvent): boolean {
  if (!cut) return false;
  try {
    JSON.parse(data);
    return false;
  } catch {
    return true;
  }
}

/** Limits of a stream. */
export interface StreamLimits {
  /** characters of an event */
  event: number;
  /** bytes of the whole stream */
  stream: number;
}

/** A stream is longer than its limit. */
export class StreamTooLong extends Error {
  override readonly name = 'StreamTooLong';
}

/**
 * Reads Server-Sent Events. Other than a browser, it gives the last event even if no blank line follows: some servers
 * end so. The work grows with the bytes alone, however they come in chunks. @throws StreamTooLong
 */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  limits: StreamLimits,
): AsyncGenerator<ServerEvent, void> {
  let event: string | undefined;
  let data: string[] = [];
  let length = 0;
  let cut = false;
  for await (const lines of readLines(body, limits)) {
    cut = lines.at(-1) !== '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) yield { event, data: data.join('\n'), cut: false };
        event = undefined;
        data = [];
        length = 0;
        continue;
      }
      const colon = line.indexOf(':');
      const name = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (name === 'event') event = value;
      if (name !== 'data') continue;
      data.push(value);
      length += value.length;
      if (length > limits.event) throw new StreamTooLong(`an event of more than ${limits.event} characters`);
    }
  }
  if (data.length > 0) yield { event, data: data.join('\n'), cut };
}

/** The lines that each chunk completes; at the end what is left, if only an empty line. */
async function* readLines(body: AsyncIterable<Uint8Array>, limits: StreamLimits): AsyncGenerator<string[], void> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  let bytes = 0;
  let afterReturn = false;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > limits.stream) throw new StreamTooLong(`a stream of more than ${limits.stream} bytes`);
    const text = decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    const lines = (afterReturn && text.startsWith('\n') ? text.slice(1) : text).split(/\r\n|\n|\r/);
    afterReturn = text.endsWith('\r');
    const [first = ''] = lines;
    pieces.push(first);
    length += first.length;
    if (length > limits.event) throw new StreamTooLong(`a line of more than ${limits.event} characters`);
    if (lines.length === 1) continue;
    const rest = lines.pop() ?? '';
    lines[0] = pieces.join('');
    yield lines;
    pieces = [rest];
    length = rest.length;
  }
  yield [pieces.join('') + decoder.decode()];
}
