import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { strangeEncoding } from '../http/encodings';
import { EgressError } from './errors';
import type { EgressLimits } from './limits';

/** Headers that are true of the body before it is decoded alone. */
export const DECODED = ['content-encoding', 'content-length'];

export interface Reading {
  limits: EgressLimits;
  signal: AbortSignal;
  blot?: ((body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>) | undefined;
}

/** The body of an answer, decoded and within its limits. @throws EgressError, here or while it is read */
export function bodyOf(answer: IncomingMessage, { limits, blot }: Reading): AsyncIterable<Uint8Array> {
  const declared = Number(answer.headers['content-length'] ?? 0);
  if (declared > limits.bodyBytes) throw tooLarge(limits);
  const body = bounded(answer, limits);
  return blot ? blot(body) : body;
}

async function* bounded(answer: IncomingMessage, limits: EgressLimits): AsyncGenerator<Uint8Array, void> {
  let bytes = 0;
  const silence = new Silence(answer, limits.silenceMs);
  try {
    const decoded = await decode(answer, silence);
    for await (const chunk of silence.watched(decoded)) {
      bytes += chunk.length;
      if (bytes > limits.bodyBytes) throw tooLarge(limits);
      yield chunk;
    }
  } catch (error) {
    throw bodyFault(error);
  } finally {
    answer.destroy();
  }
}

/** Ends an answer that stays silent while somebody waits for its next bytes. */
class Silence {
  constructor(
    private readonly answer: IncomingMessage,
    private readonly ms: number,
  ) {}

  /** Waits for work; the answer breaks off when that takes too long. */
  async during<T>(work: Promise<T>): Promise<T> {
    const timer = setTimeout(
      () => this.answer.destroy(new EgressError('timeout', 'answered', `no byte of the answer for ${this.ms} ms`)),
      this.ms,
    );
    return await work.finally(() => clearTimeout(timer));
  }

  async *watched(stream: Readable): AsyncGenerator<Buffer, void> {
    const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    try {
      for (;;) {
        const next = await this.during(iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      stream.destroy();
    }
  }
}

async function decode(answer: IncomingMessage, silence: Silence): Promise<Readable> {
  const encoding = (answer.headers['content-encoding'] ?? '').trim().toLowerCase();
  const strange = strangeEncoding(encoding) ?? (encoding.includes(',') ? encoding : undefined);
  if (strange !== undefined)
    throw new EgressError('encoding', 'answered', `the encoding ${strange.slice(0, 40)} is not unpacked here`);
  if (encoding === '' || encoding === 'identity') return answer;
  if (encoding !== 'deflate') return decodedBy(answer, createGunzip());
  const first = await silence.during(firstByte(answer));
  // `deflate` means zlib, whose first byte ends in 8; some servers send the bare stream
  return decodedBy(answer, first === undefined || (first & 0x0f) === 8 ? createInflate() : createInflateRaw());
}

function decodedBy(answer: IncomingMessage, decoder: Transform): Readable {
  return pipeline(answer, decoder, () => undefined);
}

/** The first byte of a body, which stays in it. */
async function firstByte(answer: IncomingMessage): Promise<number | undefined> {
  for (;;) {
    const chunk = answer.read() as Buffer | null;
    if (chunk) {
      answer.unshift(chunk);
      return chunk[0];
    }
    if (answer.readableEnded || answer.destroyed) return undefined;
    await new Promise<void>((resolve, reject) => {
      const done = (act: () => void) => () => {
        answer.off('readable', onReadable).off('end', onReadable).off('error', onError).off('close', onReadable);
        act();
      };
      const onReadable = done(resolve);
      const onError = (error: Error) => done(() => reject(error))();
      answer.once('readable', onReadable).once('end', onReadable).once('error', onError).once('close', onReadable);
    });
  }
}

function tooLarge({ bodyBytes }: EgressLimits): EgressError {
  return new EgressError('too_large', 'answered', `the answer has over ${bodyBytes} bytes`);
}

function bodyFault(error: unknown): unknown {
  if (error instanceof EgressError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code.startsWith('Z_'))
    return new EgressError('bad_answer', 'answered', `the answer cannot be unpacked (${code})`);
  if (code.startsWith('HPE_')) return new EgressError('bad_answer', 'answered', `the answer is not HTTP (${code})`);
  return new EgressError('broken', 'answered', `the answer ended too early (${code || 'closed'})`, { cause: error });
}
