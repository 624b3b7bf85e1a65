import type { Json, JsonObject } from '../../schemas/json';
import { readBox } from './bullets';
import { shorten } from './markdown';
import { isCriteria, isWork, isWorkState, roleOf, saysDone, titleOf } from './names';
import { pointerTo, wordsOf } from './pointer';

/** Something to be done, as a context says it. */
export interface Entry {
  text: string;
  done: boolean;
  /** JSON Pointer into the context */
  source: string;
  /** of a text with several items, from 1 */
  line?: number;
  owner?: string;
  due?: string;
  /** as the context words it */
  status?: string;
  /** other members, as they are */
  more: [name: string, value: string][];
  children: Entry[];
}

/** What is noted while entries are read. */
export interface Noted {
  /** places of entries without a title */
  unnamed: string[];
  /** it is said when the work is accepted */
  criteria: boolean;
}

/** Letters of a member that are told. */
export const LONGEST_FACT = 300;

/** Entries with those below them, in the order of the page. */
export const flat = (entries: readonly Entry[]): Entry[] =>
  entries.flatMap((entry) => [entry, ...flat(entry.children)]);

/** An object that says by itself that it is work: it has a title, and is done or not, or has a person or a time limit. */
export const isTask = (value: Json): boolean =>
  isObject(value) &&
  titleText(value) !== undefined &&
  Object.entries(value).some(([name, member]) => {
    const role = roleOf(name);
    return role === 'status' ? isWorkState(member) : role !== undefined;
  });

export function entriesOf(list: readonly Json[], pointer: string, noted: Noted): Entry[] {
  return list.flatMap((one, i) => entryOf(one, pointerTo(pointer, i), noted) ?? []);
}

/** Work by its names: `{"login": true, "search": {"status": "open"}}`. */
export function entriesOfMap(object: JsonObject, pointer: string, noted: Noted): Entry[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const source = pointerTo(pointer, name);
    const text = wordsOf(name);
    if (isObject(value)) return entryOfObject({ title: text, ...value }, source, noted) ?? [];
    if (Array.isArray(value)) return { ...bare(text, source), children: entriesOf(value, source, noted) };
    if (value === null || typeof value === 'boolean') return { ...bare(text, source), done: value === true };
    return { ...bare(text, source), done: saysDone(value), status: String(value) };
  });
}

function entryOf(value: Json, source: string, noted: Noted): Entry | Entry[] | undefined {
  if (Array.isArray(value)) return entriesOf(value, source, noted);
  if (isObject(value)) return entryOfObject(value, source, noted);
  const text = value === null ? '' : String(value).trim();
  if (text !== '') return { ...bare('', source), ...readBox(text) };
  noted.unnamed.push(source);
  return undefined;
}

export function entryOfObject(object: JsonObject, source: string, noted: Noted): Entry | undefined {
  const title = titleOf(Object.keys(object));
  const text = titleText(object);
  if (title === undefined || text === undefined) {
    noted.unnamed.push(source);
    return undefined;
  }
  const entry = bare(text, source);
  for (const [name, value] of Object.entries(object)) {
    if (name === title || value === null) continue;
    if (isCriteria(name)) noted.criteria = true;
    if (Array.isArray(value) && (isWork(name) || value.some(isTask)))
      entry.children.push(...entriesOf(value, pointerTo(source, name), noted));
    else readMember(entry, name, value);
  }
  return entry;
}

function readMember(entry: Entry, name: string, value: Exclude<Json, null>): void {
  const role = roleOf(name);
  const text = scalarText(value);
  if (text === undefined || text === '') return;
  if (role === 'done') entry.done ||= saysDone(value);
  else if (role === 'status') {
    entry.done ||= saysDone(value);
    entry.status = text;
  } else if (role) entry[role] = text;
  else entry.more.push([wordsOf(name), shorten(text, LONGEST_FACT)]);
}

/** A value in words; a person may be an object with a name. Undefined for what is nested. */
function scalarText(value: Json): string | undefined {
  if (isObject(value)) return titleText(value);
  if (!Array.isArray(value)) return value === null ? undefined : String(value).trim();
  return value.every((one) => typeof one !== 'object') ? value.map(String).join(', ') : undefined;
}

export function titleText(object: JsonObject): string | undefined {
  const title = titleOf(Object.keys(object));
  const value = title === undefined ? null : (object[title] ?? null);
  const text = value === null || typeof value === 'object' ? '' : String(value).trim();
  return text === '' ? undefined : text;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const bare = (text: string, source: string): Entry => ({ text, done: false, source, more: [], children: [] });
