import { randomBytes } from 'node:crypto';

/** A new epoch of the streams: a UUID of version 7, which holds the time when they began. */
export function newEpoch(now = Date.now()): string {
  const hex = now.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}

/** The time when an epoch began, UTC milliseconds; 0 if it holds none. */
export function epochBegan(epoch: string): number {
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(epoch);
  return match ? parseInt(`${match[1]}${match[2]}`, 16) : 0;
}
