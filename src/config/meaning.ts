import { readSecret } from './secret';
import { text, url } from './kinds';
import { section, type ValuesOf } from './sections';

const meaning = section('Memory by meaning: texts that memory.search finds');

/** Variables of the memory by meaning. */
export const meaningVariables = {
  QDRANT_URL: meaning.optional(
    url(['http:', 'https:'], 'http://127.0.0.1:6333'),
    'The URL of a Qdrant that keeps the vectors.',
    { absent: 'the document store keeps them' },
  ),
  QDRANT_API_KEY: meaning.optional(text('a key'), 'The key for it, if it has one.', { secret: true }),
  QDRANT_API_KEY_FILE: meaning.optional(text('a file'), 'A file that holds this key, if QDRANT_API_KEY is not set.'),
};

/** The Qdrant that was named; undefined: none. */
export function meaningConfig(values: ValuesOf<typeof meaningVariables>, path: (file: string) => string) {
  const { QDRANT_URL, QDRANT_API_KEY, QDRANT_API_KEY_FILE: file } = values;
  if (QDRANT_URL === undefined) return undefined;
  return { url: QDRANT_URL, apiKey: QDRANT_API_KEY ?? readSecret('QDRANT_API_KEY_FILE', file && path(file)) };
}
