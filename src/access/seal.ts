import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { UserError, type Config } from '../config';
import { readProofKeys } from './proof';

/** Seals texts that the document store keeps, such as secrets of webhooks: whoever reads the store cannot read them. */
export interface Sealer {
  seal(text: string): string;
  /** @throws UserError where none of the keys has sealed it */
  open(sealed: string): string;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `keys`: the first seals, and all open, so that a key can be exchanged. */
export function createSealer(keys: readonly [Buffer, ...Buffer[]]): Sealer {
  const derived = keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', 'awe.seal.v1', 32)));
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, derived[0] as Buffer, iv, { authTagLength: TAG_BYTES });
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      for (const key of derived) {
        try {
          const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
          decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
          return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString();
        } catch {
          // sealed with another key
        }
      }
      throw new UserError(
        'A stored secret was sealed with a key that is not known here: add the earlier key to AWE_PROOF_KEY, after the present one.',
      );
    },
  };
}

/** The sealer of this installation, by the keys of its proofs. */
export const openSealer = async (config: Pick<Config, 'proof'>): Promise<Sealer> =>
  createSealer(await readProofKeys(config));
