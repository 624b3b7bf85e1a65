import type { JsonObject } from '../../schemas/json';

/** A text that is kept, with facts about it. */
export interface Remembered {
  /** made of the text, so that the same text in a space is kept once */
  id: string;
  text: string;
  facts: JsonObject;
  /** UTC milliseconds */
  kept_at: number;
  /** UTC milliseconds; undefined: for good */
  expires_at?: number;
}

/** A text that is near what was searched. `score`: the cosine of the two vectors, 1 for the same. */
export interface Near extends Remembered {
  score: number;
}

/** A vector, and the model that has made it: vectors of different models say nothing about each other. */
export interface Embedded {
  vector: readonly number[];
  model: string;
}

/** A space, the texts in it that have not expired, and the bytes of texts and facts, without vectors. */
export interface SpaceCounts {
  space: string;
  texts: number;
  bytes: number;
}

/** Vectors of texts, in spaces. Expired texts are never found. Every method throws `MeaningError` or `DocumentError`. */
export interface VectorStore {
  /** Keeps a text; one with the same id in the space is replaced. `most`: texts that the space may hold. */
  put(space: string, text: Remembered, embedded: Embedded, most: number): Promise<void>;
  /** The nearest first. */
  search(space: string, embedded: Embedded, limit: number): Promise<Near[]>;
  /** Removes one text, or all of the space. */
  forget(space: string, id?: string): Promise<void>;
  /** All spaces that hold texts, by their names. */
  spaces(): Promise<SpaceCounts[]>;
}
