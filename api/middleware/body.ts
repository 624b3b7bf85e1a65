import express, { type Request, type Response } from 'express';
import { ENCODINGS, strangeEncoding } from '../../src/http/encodings';
import { HttpProblem } from '../problem';

/** Kind of body in a request. */
export function bodyKind(req: Request): 'json' | 'form' | 'yaml' | 'other' | 'none' {
  const length = req.get('content-length');
  if ((length === undefined || length === '0') && req.get('transfer-encoding') === undefined) return 'none';
  const type = (req.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || /^application\/[a-z0-9.+-]+\+json$/.test(type)) return 'json';
  if (/^(application|text)\/(x-)?yaml$/.test(type)) return 'yaml';
  return type === 'multipart/form-data' ? 'form' : 'other';
}

export function unsupported(accepted: string[]): HttpProblem {
  return new HttpProblem('unsupported-media-type', `Send ${accepted.join(' or ')}, and say so in Content-Type.`, {
    headers: { Accept: accepted.join(', ') },
  });
}

/** Reads a JSON body; its size limit applies after decompression. */
export const jsonReader = (limitBytes: number) =>
  bodyReader<unknown>(express.json({ limit: limitBytes, type: () => true, strict: true, inflate: true }));

/** Reads a body as text, in the same way. */
export const textReader = (limitBytes: number) =>
  bodyReader<string>(express.text({ limit: limitBytes, type: () => true, defaultCharset: 'utf-8', inflate: true }));

function bodyReader<T>(read: ReturnType<typeof express.json>): (req: Request, res: Response) => Promise<T> {
  return (req, res) =>
    new Promise((resolve, reject) => {
      const encoding = strangeEncoding(req.get('content-encoding'));
      if (encoding !== undefined) {
        const detail = `The encoding ${encoding.slice(0, 40)} is not taken: send the body plain, or in gzip.`;
        const headers = { 'Accept-Encoding': ENCODINGS.join(', ') };
        reject(new HttpProblem('unsupported-media-type', detail, { headers }));
        return;
      }
      read(req, res, (error?: Error) => {
        if (error) reject(error);
        else resolve(req.body as T);
      });
    });
}
