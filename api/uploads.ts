import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { Request, Response } from 'express';
import multer from 'multer';
import type { Logger } from '../src/logging';
import { HttpProblem } from './problem';

/** A form that has arrived. Its files are in the request's own folder. */
export interface Form {
  fields: Record<string, string>;
  files: Upload[];
  /** of the request alone, and removed with it */
  folder: string;
}

export interface Upload {
  path: string;
  bytes: number;
  /** the sender's name for it, without folders and control characters; for people, never for paths */
  name: string;
}

/** A form that has come within a body. */
export interface Held {
  fields: Record<string, string>;
  files: { name: string; bytes: Uint8Array }[];
}

/** Files that a form may hold. */
export interface Taken {
  field: string;
  most: number;
}

export interface UploadLimits {
  fileBytes: number;
  /** all fields together; one of them may be a work context as JSON */
  fieldBytes: number;
  /** milliseconds without a byte after which a sender is no longer waited for; 20 s unless given */
  silence?: number;
}

const FIELDS = 20;

/** A form may hold this many files of the largest size; more of them must be smaller. */
const FULL_FILES = 3;

/** Bytes besides the files and the fields: boundaries and headers of the parts. */
const OVERHEAD = 64 * 1024;

/** Milliseconds without a byte after which a sender is no longer waited for. */
const SILENCE = 20_000;

/** Folders that a killed process has left behind are removed after this time (milliseconds). */
const STALE = 60 * 60 * 1_000;

/**
 * Receives forms with files. Every request has a folder of its own, which is removed with the
 * request, however that ends. `use` gets the form; the folder is gone once it has returned.
 */
export function createUploads(root: string, limits: UploadLimits, log: Logger) {
  async function use<T>(req: Request, res: Response, taken: Taken, work: (form: Form) => Promise<T>): Promise<T> {
    const most = Math.min(taken.most, FULL_FILES) * limits.fileBytes + limits.fieldBytes + OVERHEAD;
    if (Number(req.get('content-length') ?? 0) > most) throw tooLarge();
    return await inFolder(async (folder) => work(await receive(req, res, folder, most, taken)));
  }

  /** The same for a form whose files are there already. */
  async function hold<T>({ fields, files }: Held, work: (form: Form) => Promise<T>): Promise<T> {
    const large = files.findIndex(({ bytes }) => bytes.length > limits.fileBytes);
    if (large >= 0) throw fileTooLarge('The file', limits.fileBytes, `/files/${large}`);
    return await inFolder(async (folder) => {
      const kept: Upload[] = [];
      for (const { name, bytes } of files) {
        const path = join(folder, randomUUID());
        await writeFile(path, bytes, { mode: 0o600 });
        kept.push({ path, bytes: bytes.length, name: nameOf(name) });
      }
      return await work({ fields, folder, files: kept });
    });
  }

  async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(root, randomUUID());
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) =>
        log.error({ err: error, folder }, 'cannot remove upload folder: a start after an hour removes it'),
      );
    }
  }

  /** Whatever ends a form early (a limit, silence, a sender that leaves) ends its parser, which closes its files. */
  async function receive(req: Request, res: Response, folder: string, most: number, taken: Taken): Promise<Form> {
    let parser: Writable | undefined;
    const options: multer.Options & { streamHandler: (req: Request, parser: Writable) => void } = {
      storage: multer.diskStorage({ destination: folder, filename: (_req, _file, name) => name(null, randomUUID()) }),
      defParamCharset: 'utf8',
      limits: {
        fileSize: limits.fileBytes,
        files: taken.most,
        fields: FIELDS,
        parts: FIELDS + taken.most,
        fieldSize: limits.fieldBytes,
        fieldNameSize: 60,
        headerPairs: 20,
      },
      streamHandler(source, target) {
        parser = target;
        source.pipe(target);
      },
    };
    const read = multer(options).array(taken.field, taken.most);
    await new Promise<void>((resolve, reject) => {
      let size = 0;
      const end = (error?: unknown) => {
        clearTimeout(silence);
        res.off('close', broken);
        if (error) parser?.destroy(refusal(error, taken, limits));
        if (error) reject(refusal(error, taken, limits));
        else resolve();
      };
      const broken = () => end(new HttpProblem('bad-request', 'The form did not arrive whole.'));
      const silence = setTimeout(() => end(stalled()), limits.silence ?? SILENCE);
      // a sender that left before this listener was attached raises no event
      if (req.destroyed || res.destroyed) return broken();
      res.once('close', broken);
      read(req, res, end);
      // multer reads on after a refusal, so that slow clients see the answer; not for ever
      req.on('data', (chunk: Buffer) => {
        silence.refresh();
        size += chunk.length;
        if (size > most) end(tooLarge());
      });
    });
    const fields = fieldsOf(req.body);
    const received = (req.files ?? []) as Express.Multer.File[];
    return {
      fields,
      folder,
      files: received.map(({ path, size, originalname }) => ({ path, bytes: size, name: nameOf(originalname) })),
    };
  }

  /** Makes the folder, and removes leftovers of a killed process. */
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

  return { use, hold, prepare };
}

export type Uploads = ReturnType<typeof createUploads>;

const LARGE: Record<string, string> = { LIMIT_FILE_SIZE: 'The file', LIMIT_FIELD_VALUE: 'The field' };

const FILE_FAULTS: ReadonlySet<string> = new Set(['LIMIT_FILE_COUNT', 'LIMIT_UNEXPECTED_FILE']);

/** A file name reduced to a bare name: nothing in it can act as a path or a control character. */
export function nameOf(original: string): string {
  const last = original.toWellFormed().split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      .trim()
      .slice(0, 200) || 'file'
  );
}

const tooLarge = () => new HttpProblem('too-large', 'The form is larger than this server takes.');

function fileTooLarge(what: string, bytes: number, pointer: string, cause?: unknown): HttpProblem {
  const detail = `${what} is larger than this server takes: send at most ${bytes / 1024 ** 2} MiB.`;
  return new HttpProblem('too-large', detail, { errors: [{ pointer, detail }], cause });
}

const stalled = () => new HttpProblem('request-timeout', 'The form stopped arriving. Send it again.');

function refusal(error: unknown, { field, most }: Taken, { fileBytes, fieldBytes }: UploadLimits): Error {
  if (error instanceof multer.MulterError && error.code in LARGE) {
    const bytes = error.code === 'LIMIT_FILE_SIZE' ? fileBytes : fieldBytes;
    return fileTooLarge(LARGE[error.code] ?? '', bytes, `/${error.field ?? field}`, error);
  }
  if (error instanceof multer.MulterError && FILE_FAULTS.has(error.code)) {
    const detail = `Send ${most === 1 ? 'one file' : `at most ${most} files`}, in the field \`${field}\`.`;
    return new HttpProblem('invalid', detail, {
      errors: [{ pointer: `/${error.field ?? field}`, detail }],
      cause: error,
    });
  }
  if (error instanceof multer.MulterError || error instanceof HttpProblem) return error;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) {
    return error; // of the file system: ours, not the client's
  }
  return new HttpProblem('bad-request', 'The form cannot be read: it is not whole, or not multipart/form-data.', {
    cause: error,
  });
}

/** Text fields by name. A name with brackets, or one given twice, would have become an object or a list. */
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
