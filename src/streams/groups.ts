import type { Redis } from 'ioredis';

/** A group of a stream, for people. Idle: milliseconds since one of its consumers was last seen. */
export interface GroupView {
  name: string;
  consumers: number;
  pending: number;
  last_delivered_id: string;
  /** entries not yet delivered; unknown if entries were deleted in the middle of the stream */
  lag: number | undefined;
  idle_ms: number | undefined;
}

export async function listGroups(redis: Pick<Redis, 'xinfo'>, stream: string): Promise<GroupView[]> {
  const groups = await redis.xinfo('GROUPS', stream).catch((error: unknown) => {
    if (error instanceof Error && /no such key/i.test(error.message)) return [];
    throw error;
  });
  return await Promise.all(
    (groups as unknown[][]).map(async (flat) => {
      const group = asMap(flat);
      const name = String(group.get('name'));
      const consumers = ((await redis.xinfo('CONSUMERS', stream, name)) as unknown[][]).map(asMap);
      const lag = group.get('lag');
      return {
        name,
        consumers: consumers.length,
        pending: Number(group.get('pending')),
        last_delivered_id: String(group.get('last-delivered-id')),
        lag: typeof lag === 'number' ? lag : undefined,
        idle_ms: consumers.length === 0 ? undefined : Math.min(...consumers.map((one) => Number(one.get('idle')))),
      };
    }),
  );
}

/** Moves a group to an id (`0`: the start, `$`: only new entries); creates the group if it is missing. */
export async function resetGroup(
  redis: Pick<Redis, 'xgroup'>,
  stream: string,
  group: string,
  id: string,
): Promise<'created' | 'reset'> {
  try {
    await redis.xgroup('CREATE', stream, group, id, 'MKSTREAM');
    return 'created';
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('BUSYGROUP')) throw error;
    await redis.xgroup('SETID', stream, group, id);
    return 'reset';
  }
}

const asMap = (flat: unknown[]): Map<string, unknown> =>
  new Map(Array.from({ length: flat.length / 2 }, (_, i) => [String(flat[2 * i]), flat[2 * i + 1]]));
