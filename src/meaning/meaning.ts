import type { JsonObject } from '../../schemas/json';
import { canonicalJson, sha256 } from '../documents/json';
import type { CallOptions } from '../llm/client';
import type { Embedder } from '../llm/embedder';
import { plainName } from '../names';
import { MeaningError } from './errors';
import type { Near, Remembered, VectorStore } from './port';

export { MeaningError } from './errors';

/** Limits: characters of a text, bytes of its facts, texts of a space. */
export const MEANING_LIMITS = { characters: 8_000, factBytes: 4_096, texts: 5_000 };

/** The space that all workflows share. */
export const SHARED = 'shared';

export interface NewMemory {
  text: string;
  facts?: JsonObject;
  /** milliseconds after which it is gone */
  ttlMs?: number;
}

/** Signal and time for the model of the vectors. */
export type EmbedOptions = Pick<CallOptions, 'signal' | 'timeout'>;

/** Texts that are found by their meaning, as a run sees them. A space without a name is the run's own. */
export interface Meaning {
  /** The same text again replaces what is kept of it. @throws MeaningError, DocumentError, errors of `openai` */
  remember(space: string | undefined, memory: NewMemory, options: EmbedOptions): Promise<{ id: string; space: string }>;
  search(space: string | undefined, query: string, limit: number, options: EmbedOptions): Promise<Near[]>;
  /** Removes one text, or all of the space. */
  forget(space: string | undefined, id?: string): Promise<void>;
}

export interface Meanings {
  /** by workflow id, whose budget pays for the vectors */
  of(run: string): Meaning;
}

export interface MeaningParts {
  vectors: VectorStore;
  embedder: Embedder;
  clock?: () => number;
}

export function createMeanings({ vectors, embedder, clock = Date.now }: MeaningParts): Meanings {
  return {
    of(run) {
      const spaceOf = (given = run): string => {
        const space = plainName(given);
        if (space === undefined) throw new MeaningError('bad_space', 'a name of a space has 1 to 200 characters');
        return space;
      };
      return {
        async remember(given, { text: words, facts = {}, ttlMs }, options) {
          const [space, text] = [spaceOf(given), words.trim()];
          const bytes = Buffer.byteLength(canonicalJson(facts));
          const { characters, factBytes, texts } = MEANING_LIMITS;
          if (text.length > characters || bytes > factBytes)
            throw new MeaningError(
              'too_large',
              `a text has at most ${characters} characters, and its facts ${factBytes} bytes`,
            );
          const now = clock();
          const kept: Remembered = {
            id: sha256(text).slice(0, 32),
            ...{ text, facts, kept_at: now },
            expires_at: ttlMs === undefined ? undefined : now + ttlMs,
          };
          await vectors.put(space, kept, await embedder.embed(text, { run, ...options }), texts);
          return { id: kept.id, space };
        },
        async search(given, query, limit, options) {
          return await vectors.search(spaceOf(given), await embedder.embed(query, { run, ...options }), limit);
        },
        forget: async (given, id) => await vectors.forget(spaceOf(given), id),
      };
    },
  };
}
