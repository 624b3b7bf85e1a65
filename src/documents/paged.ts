import type { Json, JsonObject } from '../../schemas/json';
import type { Paged, Ref } from '../../schemas/refs';
import type { ValueStore } from './values';

/**
 * Values with lists of up to a hundred thousand entries. Each list of more than a page is kept in pages, values of
 * their own, so that nobody has to read or write all of it to show or change a part; pages that are equal are one file.
 * A value with short lists alone is stored as it is.
 */

/** Entries of a page. */
export const PAGE = 1_000;

/** Pages that are written at once: each is a file with its flushes. */
const AT_ONCE = 8;

/** A long list, as it stands in its place in the stored value. */
interface LongList {
  $pages: Ref[];
  length: number;
}

type Reader = Pick<ValueStore, 'getValue'>;
type Writer = Pick<ValueStore, 'putValue'>;

/** Stores a value. */
export async function putPaged<T extends object>(values: Writer, value: T): Promise<Ref<Paged<T>>> {
  return await values.putValue((await paged(values, value as unknown as Json)) as Paged<T>);
}

async function paged(values: Writer, value: Json): Promise<Json> {
  if (!someNode(value, isLong)) return value;
  if (!Array.isArray(value)) return await mapMembers(value as JsonObject, (member) => paged(values, member));
  if (!isLong(value)) return await mapEntries(value, (entry) => paged(values, entry));
  const $pages: Ref[] = [];
  for (let from = 0; from < value.length; from += PAGE * AT_ONCE) {
    const starts = Array.from({ length: AT_ONCE }, (_, i) => from + i * PAGE).filter((at) => at < value.length);
    const put = async (at: number) =>
      await values.putValue(await mapEntries(value.slice(at, at + PAGE), (entry) => paged(values, entry)));
    $pages.push(...(await Promise.all(starts.map(put))));
  }
  return { $pages, length: value.length };
}

/** The whole value. For threads and children: all of a large one takes seconds and hundreds of megabytes. */
export async function getPaged<T>(values: Reader, ref: Ref<Paged<T>>): Promise<T> {
  return (await whole(values, await values.getValue(ref))) as T;
}

async function whole(values: Reader, value: Json): Promise<Json> {
  if (!someNode(value, isLongList)) return value;
  if (Array.isArray(value)) return await mapEntries(value, (entry) => whole(values, entry));
  if (!isLongList(value)) return await mapMembers(value as JsonObject, (member) => whole(values, member));
  const list: Json[] = [];
  for (const page of value.$pages) for (const entry of await readPage(values, page)) list.push(entry);
  return list;
}

async function readPage(values: Reader, page: Ref): Promise<Json[]> {
  return (await whole(values, await values.getValue(page))) as Json[];
}

/**
 * A part of a value: of its members `lists`, `limit` entries from `from` on; of every other list its first page.
 * `more`: one of the lists goes on.
 */
export async function getPart<T>(
  values: Reader,
  ref: Ref<Paged<T>>,
  lists: readonly (keyof T & string)[],
  { from, limit }: { from: number; limit: number },
): Promise<{ part: T; more: boolean }> {
  const part = (await values.getValue(ref)) as JsonObject;
  let more = false;
  for (const name of lists) {
    const list = part[name] as Json[] | (LongList & Json);
    more ||= list.length > from + limit;
    part[name] = await begun(
      values,
      isLongList(list) ? await entries(values, list, from, limit) : list.slice(from, from + limit),
    );
  }
  return { part: (await begun(values, part)) as T, more };
}

async function entries(values: Reader, { $pages }: LongList, from: number, limit: number): Promise<Json[]> {
  const first = Math.floor(from / PAGE);
  const found: Json[] = [];
  for (const page of $pages.slice(first, Math.ceil((from + limit) / PAGE)))
    found.push(...((await values.getValue(page)) as Json[]));
  return found.slice(from - first * PAGE, from - first * PAGE + limit);
}

/** The value with the first page of each long list in it. */
async function begun(values: Reader, value: Json): Promise<Json> {
  if (!someNode(value, isLongList)) return value;
  if (Array.isArray(value)) return await mapEntries(value, (entry) => begun(values, entry));
  if (!isLongList(value)) return await mapMembers(value as JsonObject, (member) => begun(values, member));
  const [first] = value.$pages;
  return first ? await begun(values, await values.getValue(first)) : [];
}

const isLong = (value: Json): boolean => Array.isArray(value) && value.length > PAGE;

const isLongList = (value: Json): value is LongList & Json =>
  typeof value === 'object' && value !== null && '$pages' in value;

/** Whether a value, or one within it, is what is looked for. */
function someNode(value: Json, is: (node: Json) => boolean): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (is(value)) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) if (someNode(member, is)) return true;
  return false;
}

async function mapEntries(list: Json[], change: (entry: Json) => Promise<Json>): Promise<Json[]> {
  const changed: Json[] = [];
  for (const entry of list) changed.push(typeof entry === 'object' ? await change(entry) : entry);
  return changed;
}

async function mapMembers(value: JsonObject, change: (member: Json) => Promise<Json>): Promise<JsonObject> {
  const changed: JsonObject = {};
  for (const [name, member] of Object.entries(value)) changed[name] = await change(member);
  return changed;
}
