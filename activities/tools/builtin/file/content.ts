import type { Json } from '../../../../schemas/json';
import { mediaTypeOf } from '../../../../src/documents/media-types';
import { decode } from '../../../../src/spreadsheets/encoding';
import { fileError } from './error';

export type Form = 'auto' | 'text' | 'json' | 'artifact';

/** Media types of texts whose names do not say so. */
const TEXTS = /^(text\/|application\/(jsonl|yaml|xml)$)|\+xml$/;

/** Bytes in which a binary file shows what it is. */
const LOOKED_AT = 8_192;

/** The form in which a file is read if none is asked for. */
export function formOf(path: string, bytes: Buffer): Exclude<Form, 'auto'> {
  const type = mediaTypeOf(path);
  if (type === 'application/json') return 'json';
  if (TEXTS.test(type)) return 'text';
  return type === 'application/octet-stream' && isText(bytes) ? 'text' : 'artifact';
}

/** False for a file whose name says that it is none that people read: a picture, a workbook. */
export function mayBeText(path: string): boolean {
  const type = mediaTypeOf(path);
  return TEXTS.test(type) || type === 'application/json' || type === 'application/octet-stream';
}

/** UTF-8 without the zeros that binary files have. */
function isText(bytes: Buffer): boolean {
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The content of a file as a step sees it; null for what stays an artifact. */
export function readContent(path: string, bytes: Buffer, form: Exclude<Form, 'auto'>): Json {
  if (form === 'artifact') return null;
  const { text } = decode(bytes);
  if (form === 'text') return text;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw fileError(
      'file.bad_json',
      `${path} should be JSON and is not (read it as text): ${(error as Error).message}`,
    );
  }
}
