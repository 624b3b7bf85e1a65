import type { StoredSecret } from '../../schemas/webhooks/webhook';
import type { Sealer } from '../access/seal';
import { makeSecret } from './signature';

/** Secrets that count at once, at most: the present one, and those that it has followed. */
const MOST = 2;

/** A new secret, and the list that it heads; the one before it counts for `keepMs` more. */
export function addSecret(
  before: readonly StoredSecret[],
  { sealer, secret = makeSecret(), keepMs, now }: { sealer: Sealer; secret?: string; keepMs: number; now: number },
): { secret: string; secrets: StoredSecret[] } {
  const end = new Date(now + keepMs).toISOString();
  const kept = counting(before, now)
    .map((one) => ({ ...one, expires_at: one.expires_at !== undefined && one.expires_at < end ? one.expires_at : end }))
    .slice(0, MOST - 1);
  const added = { sealed: sealer.seal(secret), created_at: new Date(now).toISOString() };
  return { secret, secrets: counting([added, ...kept], now) };
}

/** Secrets that count at a moment, the newest first. */
export const counting = (secrets: readonly StoredSecret[], now: number): StoredSecret[] =>
  secrets.filter(({ expires_at }) => expires_at === undefined || Date.parse(expires_at) > now);

export const openSecrets = (secrets: readonly StoredSecret[], sealer: Sealer, now: number): string[] =>
  counting(secrets, now).map(({ sealed }) => sealer.open(sealed));

/** Secrets as people see them. */
export const shownSecrets = (secrets: readonly StoredSecret[], now: number) =>
  counting(secrets, now).map(({ created_at, expires_at }) => ({ created_at, expires_at }));
