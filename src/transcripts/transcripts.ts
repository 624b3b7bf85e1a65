import type { AgentCall } from '../../schemas/agents/work';
import type { ChatMessage } from '../../schemas/llm';
import { canonicalJson, parseStored, sha256 } from '../documents/json';
import { pathsBelow } from '../documents/pages';
import type { DocumentStore } from '../documents/port';

/** A call as it is kept. `place` counts the calls of tools that the model has asked for, from 1. */
export interface KeptCall extends AgentCall {
  place?: number;
}

/**
 * What a model and an agent have said to each other about one task: the messages, and the calls that were made. It is
 * kept after each call, so that a further attempt goes on where the one before it was cut off.
 */
export interface Transcript {
  step: string;
  /** of the step, from 1 */
  round: number;
  messages: ChatMessage[];
  calls: KeptCall[];
}

/** The transcripts of a run. Every method throws DocumentError. */
export interface RunTranscripts {
  /** by the key of the step's call, which all its attempts have */
  read(key: string): Promise<Transcript | undefined>;
  write(key: string, transcript: Transcript): Promise<void>;
  /** in the order of their steps and rounds */
  list(): Promise<Transcript[]>;
}

/** The transcripts of all runs. */
export interface Transcripts {
  /** by workflow id */
  of(run: string): RunTranscripts;
}

/** Files that are read at once. */
const AT_ONCE = 16;

/** Transcripts in the document store: a file for each, called by the hash of its key. */
export function createTranscripts(store: DocumentStore): Transcripts {
  const readFile = async (path: string): Promise<Transcript | undefined> => {
    const bytes = await store.read(path);
    return bytes && (parseStored(bytes, path) as Transcript);
  };
  return {
    of(run) {
      const folder = `transcripts/${run}/`;
      const pathOf = (key: string): string => `${folder}${sha256(key).slice(0, 32)}.json`;
      return {
        read: (key) => readFile(pathOf(key)),
        write: (key, transcript) =>
          store.replace(pathOf(key), Buffer.from(canonicalJson(transcript)), { media_type: 'application/json' }),
        async list() {
          const paths = await pathsBelow(store, folder);
          const all: Transcript[] = [];
          for (let from = 0; from < paths.length; from += AT_ONCE) {
            const some = await Promise.all(paths.slice(from, from + AT_ONCE).map(readFile));
            all.push(...some.filter((one) => one !== undefined));
          }
          return all.sort((a, b) => (a.step === b.step ? a.round - b.round : a.step < b.step ? -1 : 1));
        },
      };
    },
  };
}
