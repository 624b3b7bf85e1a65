import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Messages as Standard Webhooks say: signed, with an id by which repeats are known, and a time. */

/** Seconds by which the time of a message may differ from ours. */
export const TOLERANCE_SECONDS = 300;

/** Bytes of a secret that is made here. */
const SECRET_BYTES = 32;

export const makeSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** A message before it is sent. `timestamp`: seconds since 1970. */
export interface Message {
  id: string;
  timestamp: number;
  body: string;
}

/** Headers of a message, with a signature by each secret: receivers need to know one of them. */
export function signedHeaders(secrets: readonly string[], message: Message): Record<string, string> {
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${macOf(secret, message).toString('base64')}`).join(' '),
  };
}

/** Reason why a message is not believed. */
export type Distrust = 'unsigned' | 'forged' | 'stale';

/** A message that has come. */
export interface Received {
  id: string | undefined;
  timestamp: string | undefined;
  signatures: string | undefined;
  body: string;
}

/** Checks a message: one of its signatures has to be by one of the secrets, and its time near `now` (milliseconds). */
export function verify(secrets: readonly string[], received: Received, now: number): Distrust | undefined {
  const { id, timestamp, signatures, body } = received;
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  const macs = secrets.map((secret) => macOf(secret, { id, timestamp: Number(timestamp), body }));
  const given = signatures.split(' ').flatMap((signature) => {
    const [version, mac] = signature.split(',');
    return version === 'v1' && mac !== undefined ? [Buffer.from(mac, 'base64')] : [];
  });
  const isOurs = (mac: Buffer) => macs.some((own) => own.length === mac.length && timingSafeEqual(own, mac));
  if (!given.some(isOurs)) return 'forged';
  return Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'stale' : undefined;
}

/** The key is what follows `whsec_`, in Base64; a secret of another form is the key itself. */
function macOf(secret: string, { id, timestamp, body }: Message): Buffer {
  const [, encoded] = /^whsec_(.+)$/.exec(secret) ?? [];
  const key = encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
}
