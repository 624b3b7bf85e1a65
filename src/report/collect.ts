import type { Json, JsonObject } from '../../schemas/json';
import { readBullets, readLines } from './bullets';
import {
  entriesOf,
  entriesOfMap,
  entryOfObject,
  isObject,
  isTask,
  LONGEST_FACT,
  titleText,
  type Entry,
  type Noted,
} from './entries';
import { shorten } from './markdown';
import { isCriteria, isWork } from './names';
import { pointerTo, wordsOf } from './pointer';

/** A list of a context. `criteria`: it says when the work is accepted. */
export interface Section {
  name: string;
  criteria: boolean;
  entries: Entry[];
}

/** Something that a context says, and that is nothing to be done: a value, or how many entries a list has. */
export interface Fact {
  name: string;
  value: string | number;
  source: string;
}

/** Contents of a context, each with its place. */
export interface Collected extends Noted {
  sections: Section[];
  facts: Fact[];
}

const DEEPEST = 20;
const SHOWN = 10;

/** Finds what a context says is to be done, and what else it says. Nothing is added to it. */
export function collect(context: Json): Collected {
  const found: Collected = { sections: [], facts: [], unnamed: [], criteria: false };
  walk(context, { pointer: '', names: [], work: true, criteria: false, depth: 0 }, found);
  return found;
}

interface Place {
  pointer: string;
  /** names of the members that lead here, as words */
  names: string[];
  /** lists here are work to be done */
  work: boolean;
  /** lists here say when the work is accepted */
  criteria: boolean;
  depth: number;
}

function walk(value: Json, place: Place, found: Collected): void {
  if (value === null || place.depth > DEEPEST) return;
  if (typeof value === 'string') walkText(value, place, found);
  else if (Array.isArray(value)) walkList(value, place, found);
  else if (typeof value === 'object') walkObject(value, place, found);
  else addFact(String(value), place, found);
}

function walkText(text: string, place: Place, found: Collected): void {
  const read = readBullets(text);
  const inside = place.work && place.pointer !== '';
  const { bullets, prose } = inside && read.bullets.length === 0 ? readLines(text) : read;
  const entries = bullets.map((bullet): Entry => ({ ...bullet, source: place.pointer, more: [], children: [] }));
  addSection(entries, place, found);
  if (prose !== '') addFact(prose, place, found);
}

function walkList(list: Json[], place: Place, found: Collected): void {
  if (list.length === 0) return;
  if (place.work || list.some(isTask)) {
    const entries = entriesOf(list, place.pointer, found);
    addSection(entries, place, found);
  } else if (list.every((one) => typeof one !== 'object')) {
    const more = list.length > SHOWN ? `, … (${list.length})` : '';
    addFact(`${list.slice(0, SHOWN).map(String).join(', ')}${more}`, place, found);
  } else {
    found.facts.push({ name: nameOf(place), value: list.length, source: place.pointer });
    for (const [i, one] of list.entries()) {
      const title = isObject(one) ? titleText(one) : undefined;
      const name = title ?? String(i + 1);
      if (isObject(one) && Object.entries(one).some(([member, inner]) => isWork(member) && inner !== null))
        walkObject(one, below(place, i, name), found);
    }
  }
}

function walkObject(object: JsonObject, place: Place, found: Collected): void {
  if (place.work && place.pointer !== '' && !Object.keys(object).some(isWork)) {
    const single = titleText(object) !== undefined && Object.values(object).every((value) => !isObject(value));
    const one = single ? entryOfObject(object, place.pointer, found) : undefined;
    const entries = one ? [one] : entriesOfMap(object, place.pointer, found);
    addSection(entries, place, found);
    return;
  }
  for (const [name, value] of Object.entries(object)) {
    if (isCriteria(name) && value !== null) found.criteria = true;
    const inner = below(place, name, wordsOf(name));
    walk(value, { ...inner, work: isWork(name), criteria: isCriteria(name) }, found);
  }
}

const below = (place: Place, member: string | number, name: string): Place => ({
  pointer: pointerTo(place.pointer, member),
  names: [...place.names, name],
  work: false,
  criteria: false,
  depth: place.depth + 1,
});

const nameOf = ({ names }: Place): string => names.join(' · ');

function addSection(entries: Entry[], place: Place, found: Collected): void {
  if (entries.length > 0) found.sections.push({ name: nameOf(place), criteria: place.criteria, entries });
}

function addFact(value: string, place: Place, found: Collected): void {
  if (value.trim() === '') return;
  found.facts.push({ name: nameOf(place), value: shorten(value, LONGEST_FACT), source: place.pointer });
}
