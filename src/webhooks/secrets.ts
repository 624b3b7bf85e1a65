import type { NewSecret } from '../../schemas/webhooks/api';
import type { StoredSecret } from '../../schemas/webhooks/webhook';
import type { Sealer } from '../access/seal';
import type { KeptThing } from './kept';
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

/** Hours for which a secret still counts when another has followed it. */
const KEEP_HOURS = 24;

const HOUR = 3_600_000;

/** A kept thing with a new secret; the one before it counts on for a while, so that the other side can change over. */
export async function rotate<T extends KeptThing & { secrets: StoredSecret[] }>(
  kept: { change(id: string, by: string, next: (now: T) => Partial<T>): Promise<T> },
  sealer: Sealer,
  { id, by, secret: given, keep_hours = KEEP_HOURS }: NewSecret & { id: string; by: string },
): Promise<{ thing: T; secret: string }> {
  let secret = '';
  const thing = await kept.change(id, by, ({ secrets }) => {
    const added = addSecret(secrets, { sealer, secret: given, keepMs: keep_hours * HOUR, now: Date.now() });
    secret = added.secret;
    return { secrets: added.secrets } as Partial<T>;
  });
  return { thing, secret };
}

/** Secrets that count at a moment, the newest first. */
export const counting = (secrets: readonly StoredSecret[], now: number): StoredSecret[] =>
  secrets.filter(({ expires_at }) => expires_at === undefined || Date.parse(expires_at) > now);

export const openSecrets = (secrets: readonly StoredSecret[], sealer: Sealer, now: number): string[] =>
  counting(secrets, now).map(({ sealed }) => sealer.open(sealed));

/** Secrets as people see them. */
export const shownSecrets = (secrets: readonly StoredSecret[], now: number) =>
  counting(secrets, now).map(({ created_at, expires_at }) => ({ created_at, expires_at }));
