import type { Command } from 'commander';
import type { ApiClient } from '../src/http/api-client';
import { counted } from '../src/words';
import { parseCount, withApiOptions, type ApiOptions } from './options';

/** Options that every list of runs has. */
export interface ListOptions extends ApiOptions {
  limit: number;
  status?: string;
}

/** A page of the API. */
interface Page {
  counts?: { [status: string]: number };
  next_cursor?: string;
}

/** Entries that one answer may hold. */
const PAGE = 200;

export const withListOptions = (command: Command): Command =>
  withApiOptions(command)
    .option('--status <status>', 'only those of a status, such as waiting, completed or failed')
    .option('--limit <n>', 'the most to list', parseCount, 50);

/** Reads pages until there are as many entries as asked for, or no more. `query`: besides the status. */
export async function readList<P extends Page, T>(
  client: ApiClient,
  path: string,
  { limit, status, ...query }: Pick<ListOptions, 'limit' | 'status'> & { [name: string]: string | number | undefined },
  entriesOf: (page: P) => T[],
): Promise<{ entries: T[]; counts: Page['counts'] }> {
  const entries: T[] = [];
  let counts: Page['counts'];
  for (let cursor: string | undefined, first = true; first || (cursor !== undefined && entries.length < limit);) {
    const given = { ...query, status, cursor, limit: String(Math.min(PAGE, limit - entries.length)) };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(given)) if (value !== undefined) search.set(name, String(value));
    const page: P = await client.get<P>(`${path}?${search.toString()}`);
    entries.push(...entriesOf(page));
    counts ??= page.counts;
    cursor = page.next_cursor;
    first = false;
  }
  return { entries, counts };
}

/** The last line of a list: how many are shown, and how many there are by status. */
export function sumLine(shown: number, word: string, counts: Page['counts'] = {}): string {
  const all = Object.entries(counts).map(([status, number]) => `${number} ${status}`);
  return all.length === 0 ? counted(shown, word) : `${counted(shown, word)} shown; there are now ${all.join(', ')}`;
}
