import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { canonical, NotJson } from '../../core/canonical';
import type { Json } from '../../schemas/json';
import type { Proof } from '../../schemas/run';
import { UserError, type Config } from '../config';

/** A message to a run, by its name, such as `decide`. */
export interface Message {
  run: string;
  name: string;
  content: object;
}

/**
 * Proof that a message to a run comes from who may speak for a person: a MAC over the run, the name of the message and
 * all that it says, with a key that the API and the workers hold, and no history. Whoever reaches Temporal's port can
 * send a message of any name; without the key it proves nothing.
 */
export interface Prover {
  /** The proof of a message. Throws where the content is no JSON. */
  prove(message: Message): Proof;
  /** True if the `proof` in the content is one of this message. */
  proves(message: Message): boolean;
}

/** Bytes of a key. */
const KEY_BYTES = 32;

/** `keys`: the first makes proofs, and all are believed, so that a key can be exchanged while runs are open. */
export function createProver(keys: readonly [Buffer, ...Buffer[]]): Prover {
  const mac = (key: Buffer, { run, name, content }: Message, at: string): Buffer => {
    const { proof: _, ...says } = content as { proof?: Proof };
    const text = canonical(JSON.parse(JSON.stringify({ run, name, at, says })) as Json);
    return createHmac('sha256', key).update(text).digest();
  };
  return {
    prove(message) {
      const at = new Date().toISOString();
      return { at, mac: mac(keys[0], message, at).toString('base64url') };
    },
    proves(message) {
      const { proof } = message.content as { proof?: Proof };
      if (!proof) return false;
      const given = Buffer.from(proof.mac, 'base64url');
      try {
        return keys.some((key) => {
          const right = mac(key, message, proof.at);
          return given.length === right.length && timingSafeEqual(given, right);
        });
      } catch (error) {
        if (error instanceof NotJson) return false;
        throw error;
      }
    },
  };
}

/** The prover of this installation. */
export const openProver = async (config: Pick<Config, 'proof'>): Promise<Prover> =>
  createProver(await readProofKeys(config));

/**
 * The keys of this installation, the present one first. A key in a file is made by the first process that needs it.
 * Throws `UserError` where production has no key.
 */
export async function readProofKeys({
  proof: { keys, file },
}: Pick<Config, 'proof'>): Promise<readonly [Buffer, ...Buffer[]]> {
  const [first, ...more] = keys;
  if (first) return [first, ...more];
  if (file === undefined)
    throw new UserError(
      'The API and the workers need a common key to prove decisions in production: set AWE_PROOF_KEY to the same ' +
        'value in both, such as the output of `openssl rand -base64 32`; or AWE_PROOF_KEY_FILE to a file of both.',
    );
  return [await keyIn(file)];
}

async function keyIn(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true });
  const mine = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(mine, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  // whole, and only where there is none yet: another process may be doing the same
  await link(mine, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(mine);
  const kept = await readFile(file);
  if (kept.length === KEY_BYTES) return kept;
  throw new UserError(`${file} is no key of ${KEY_BYTES} bytes: remove it, and it is made anew at the next start.`);
}
