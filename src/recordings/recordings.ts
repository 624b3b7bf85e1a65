import type { RecordedStep } from '../../schemas/recordings/recording';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pagesOf } from '../documents/pages';
import { DocumentError } from '../documents/errors';
import type { DocumentStore, DocumentStream } from '../documents/port';

/**
 * Parts of a recording besides the steps: `drafts` are answers of the planner, `decisions` lines of the ledger, `run` the
 * request that began it and, of a recording that came from elsewhere, the record of the run.
 */
export type Part = 'drafts' | 'decisions' | 'run';

/** The recording of a run. Every method throws `DocumentError`. */
export interface RunRecording {
  /** The last attempt of an execution counts. */
  writeStep(step: RecordedStep): Promise<void>;
  readStep(key: string): Promise<RecordedStep | undefined>;
  /** in the order of their files */
  steps(): AsyncGenerator<RecordedStep>;
  write(part: Part, name: string, value: object): Promise<void>;
  read<T>(part: Part, name: string): Promise<T | undefined>;
  /** Keeps the body of an answer under its hash, as it comes. */
  keepBody(body: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }>;
  /** @throws DocumentError `not_found` */
  streamBody(hash: string): Promise<DocumentStream>;
  /** names of all its files, such as `steps/….json`, by pages */
  names(): AsyncGenerator<string[]>;
  /** the bytes of a file, by its name */
  readFile(name: string): Promise<Buffer | undefined>;
  /** Puts a file of a recording that came from elsewhere. `exists`: another one of that name is there. */
  putFile(name: string, bytes: Uint8Array): Promise<'created' | 'same' | 'exists'>;
}

/** The recordings of all runs. */
export interface Recordings {
  /** by workflow id */
  of(run: string): RunRecording;
}

/** The name of the request that began a recorded run. */
export const REQUEST = 'request';

/** The name of a file of a recording. */
export const recordingFile = (part: Part | 'steps', name: string): string =>
  `${part}/${sha256(name).slice(0, 32)}.json`;

const JSON_FILE = { media_type: 'application/json' };

/** Bytes of a file of a recording that is read as a whole, at most. */
const LARGEST = 256 * 1024 * 1024;

/** Recordings in the document store: a small file for each execution of a step that has exchanged anything. */
export function createRecordings(store: DocumentStore): Recordings {
  return {
    of(run) {
      const root = `recordings/${run}/`;
      const fileOf = (part: Part | 'steps', name: string): string => `${root}${recordingFile(part, name)}`;
      const bodyOf = (hash: string): string => `${root}bodies/${hash}`;
      const put = (path: string, value: object): Promise<void> =>
        store.replace(path, Buffer.from(canonicalJson(value)), JSON_FILE);
      const readPath = async <T>(path: string): Promise<T | undefined> => {
        const bytes = await store.read(path, { maxBytes: LARGEST });
        return bytes && (parseStored(bytes, path) as T);
      };

      return {
        writeStep: (step) => put(fileOf('steps', step.key), step),
        readStep: (key) => readPath(fileOf('steps', key)),
        async *steps() {
          for await (const page of pagesOf(store, `${root}steps/`))
            for (const path of page) {
              const step = await readPath<RecordedStep>(path);
              if (step) yield step;
            }
        },
        write: (part, name, value) => put(fileOf(part, name), value),
        read: (part, name) => readPath(fileOf(part, name)),
        keepBody: (body) =>
          store.createByHash(body, bodyOf, { maxBytes: Infinity, media_type: 'application/octet-stream' }),
        async streamBody(hash) {
          const found = await store.stream(bodyOf(hash));
          if (found) return found;
          throw new DocumentError('not_found', `the recording of ${run} lacks the body ${hash}`);
        },
        async *names() {
          for await (const page of pagesOf(store, root)) yield page.map((path) => path.slice(root.length));
        },
        readFile: (name) => store.read(`${root}${name}`, { maxBytes: LARGEST }),
        async putFile(name, bytes) {
          if ((await store.create(`${root}${name}`, bytes)) === 'created') return 'created';
          const there = await store.read(`${root}${name}`, { maxBytes: LARGEST });
          return there?.equals(bytes) ? 'same' : 'exists';
        },
      };
    },
  };
}
