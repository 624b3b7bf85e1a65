import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Static, TSchema } from 'typebox';
import { UserError } from '../config';
import { validatorFor } from '../contracts/validators';
import type { Logger } from '../logging';

/** A key as its file keeps it: its SHA-256, never the key itself. */
export interface HashedKey {
  hash: Buffer;
}

export interface KeysFile<S extends TSchema, K extends HashedKey> {
  file: string;
  /** for messages, such as `file of API keys` */
  what: string;
  schema: S;
  /** reads the keys; throws `UserError` for faults that the schema cannot express */
  keysOf(value: Static<S>): K[];
  /** the last sentence of the message about a wrong file */
  remedy: string;
  log: Pick<Logger, 'error'>;
}

/** Milliseconds after which the file is read again, so that a key can be withdrawn without a restart. */
const LOOK_AGAIN = 5_000;

/**
 * Returns a function that answers the current keys of a file. Throws `UserError` if the file cannot be read at the
 * start; if it cannot be read later, the keys known before stay valid.
 */
export async function watchKeys<S extends TSchema, K extends HashedKey>(
  source: KeysFile<S, K>,
): Promise<() => Promise<K[]>> {
  const { file, what, log } = source;
  let { text, keys } = await load(source);
  let looked = Date.now();
  return async () => {
    if (Date.now() - looked > LOOK_AGAIN) {
      looked = Date.now();
      try {
        ({ text, keys } = await load(source, { text, keys }));
      } catch (error) {
        log.error(
          { err: error, file },
          `the ${what} cannot be read: the keys known before stay valid, and changes do not take effect`,
        );
      }
    }
    return keys;
  };
}

/** The file's text and its keys; those that are known already if the text is the same. */
interface Loaded<K> {
  text: string;
  keys: K[];
}

async function load<S extends TSchema, K extends HashedKey>(
  { file, what, schema, keysOf, remedy }: KeysFile<S, K>,
  known?: Loaded<K>,
): Promise<Loaded<K>> {
  let text: string;
  let parsed: unknown;
  try {
    text = await readFile(file, 'utf8');
    if (text === known?.text) return known;
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UserError(`The ${what} ${file} cannot be read: ${(error as Error).message}`);
  }
  const checked = validatorFor(schema)(parsed);
  if (!checked.ok) {
    const faults = checked.errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
    throw new UserError(`The ${what} ${file} is wrong: ${faults}. ${remedy}`);
  }
  const keys = keysOf(checked.value);
  const empty = keys.findIndex(({ hash }) => hash.equals(NOTHING));
  if (empty >= 0)
    throw new UserError(
      `The ${what} ${file} is wrong: /keys/${empty}/sha256 is the hash of nothing. Hash a key that is not empty.`,
    );
  return { text, keys };
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

/** The hash of an empty key, which comes about where `$KEY` is not set: whoever sends none would have it. */
const NOTHING = hashOf('');

/** Finds a key by its hash. Compares with every key, so that the time it takes tells nothing. */
export function findByKey<K extends HashedKey>(keys: K[], presented: string): K | undefined {
  const hash = hashOf(presented);
  let found: K | undefined;
  for (const key of keys) if (timingSafeEqual(key.hash, hash)) found = key;
  return found;
}
