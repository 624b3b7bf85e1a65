import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { Logger } from '../src/logging';
import { HttpProblem } from './problem';

/** A form that has arrived. `dispose` removes its file; it is called on every end. */
export interface Form {
  fields: Record<string, string>;
  file?: { path: string; bytes: number };
}

export interface UploadLimits {
  fileBytes: number;
  /** all fields together; one of them may be a work context as JSON */
  fieldBytes: number;
}

const FIELDS = 20;

/** Beyond the file and the fields: boundaries and headers of the parts. */
const OVERHEAD = 64 * 1024;

/** Folders that a killed process has left behind are removed after this time (milliseconds). */
const STALE = 60 * 60 * 1_000;

/**
 * Receives forms with at most one file. Every request has a folder of its own, and what lies in it goes with the
 * request, however that ends. `use` gets the form; the folder is gone when it has returned.
 */
export function createUploads(root: string, limits: UploadLimits, log: Logger) {
  async function use<T>(req: Request, res: Response, work: (form: Form) => Promise<T>): Promise<T> {
    const most = limits.fileBytes + limits.fieldBytes + OVERHEAD;
    if (Number(req.get('content-length') ?? 0) > most) throw tooLarge();
    const folder = join(root, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      return await work(await receive(req, res, folder, most));
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
        log.error({ err: error, folder }, 'an upload could not be removed'),
      );
    }
  }

  async function receive(req: Request, res: Response, folder: string, most: number): Promise<Form> {
    const read = multer({
      storage: multer.diskStorage({ destination: folder, filename: (_req, _file, name) => name(null, 'upload') }),
      limits: {
        fileSize: limits.fileBytes,
        files: 1,
        fields: FIELDS,
        parts: FIELDS + 1,
        fieldSize: limits.fieldBytes,
        fieldNameSize: 60,
        headerPairs: 20,
      },
    }).single('file');
    await new Promise<void>((resolve, reject) => {
      let size = 0;
      const end = (error?: unknown) => {
        if (error) reject(refusal(error));
        else resolve();
      };
      read(req, res, end);
      // multer reads on after it has refused, so that slow clients see the answer; not for ever
      req.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) end(tooLarge());
      });
      req.once('close', () => {
        if (!req.complete) end(new HttpProblem('bad-request', 'The form did not arrive whole.'));
      });
    });
    const fields = fieldsOf(req.body);
    return req.file ? { fields, file: { path: req.file.path, bytes: req.file.size } } : { fields };
  }

  /** Makes the folder, and removes what a killed process has left there. */
  async function prepare(): Promise<void> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    for (const name of await readdir(root)) {
      const age = await stat(join(root, name)).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > STALE) await rm(join(root, name), { recursive: true, force: true });
    }
  }

  return { use, prepare };
}

export type Uploads = ReturnType<typeof createUploads>;

const tooLarge = () => new HttpProblem('too-large', 'The form is larger than this server takes.');

function refusal(error: unknown): Error {
  if (error instanceof multer.MulterError || error instanceof HttpProblem) return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) {
    return error; // of the file system: ours, not the client's
  }
  return new HttpProblem('bad-request', 'The form cannot be read: it is not whole, or not multipart/form-data.', {
    cause: error,
  });
}

/** Text fields by name. A name with brackets, or one that comes twice, would have become an object or a list. */
function fieldsOf(body: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string') {
      const detail = 'must come once, as plain text';
      throw new HttpProblem('invalid', `The field ${name.slice(0, 60)} ${detail}.`, {
        errors: [{ pointer: `/${name}`, detail }],
      });
    }
    fields[name] = value;
  }
  return fields;
}
