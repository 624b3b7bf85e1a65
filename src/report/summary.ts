import type { Json, JsonObject } from '../../schemas/json';
import type { Language } from '../../schemas/language';
import type { Item } from '../transform/fields';
import { fieldFacts, type Extreme, type FieldFacts } from './figures';
import { code, documentOf, inline, shorten, table } from './markdown';
import { numberText, phrases, type Phrases } from './phrases';
import { pointerTo, wordsOf } from './pointer';

/** A file that a summary lists. */
export interface ListedArtifact {
  path: string;
  media_type?: string;
  bytes?: number;
  sha256?: string;
}

/** A list or a single value of a context, and its place. */
interface Found {
  lists: { name: string; source: string; items: Json[] }[];
  values: { name: string; source: string; value: string }[];
}

/** Rows of a table, letters of a value and values of a list that are shown. */
const ROWS = 200;
const LONGEST = 200;
const SHOWN = 10;
const DEEPEST = 20;

/** A summary of a context: its values, and the counts, totals and extremes of its lists; and files, if there are any. */
export function summary(given: {
  title: string;
  context: Json;
  artifacts?: readonly ListedArtifact[];
  language?: Language;
}): string {
  const { title, context, artifacts = [], language = 'en' } = given;
  const words = phrases[language];
  const found: Found = { lists: [], values: [] };
  walk(context, { pointer: '', name: '', depth: 0 }, found);
  const held = [
    found.values.length > 0 && words.fields(found.values.length),
    found.lists.length > 0 && words.lists(found.lists.length),
  ].filter((part) => part !== false);
  return documentOf([
    `# ${inline(title)}`,
    held.length > 0 ? words.holds(held.join(words.and)) : words.none,
    found.values.length > 0 && `## ${words.values}\n\n${valuesTable(found.values, words)}`,
    ...found.lists.map((list) => listText(list, words, language)),
    `## ${words.artifacts}`,
    artifacts.length > 0 ? artifactsText(artifacts, words, language) : words.noArtifacts,
  ]);
}

function walk(value: Json, place: { pointer: string; name: string; depth: number }, found: Found): void {
  const { pointer: source, name, depth } = place;
  if (value === null || depth > DEEPEST) return;
  if (Array.isArray(value)) {
    if (value.length > 0) found.lists.push({ name, source, items: value });
  } else if (typeof value === 'object') {
    for (const [member, inner] of Object.entries(value)) {
      const inside = name === '' ? wordsOf(member) : `${name} · ${wordsOf(member)}`;
      walk(inner, { pointer: pointerTo(source, member), name: inside, depth: depth + 1 }, found);
    }
  } else if (value !== '') found.values.push({ name, source, value: String(value) });
}

function valuesTable(values: Found['values'], words: Phrases): string {
  const rows = values
    .slice(0, ROWS)
    .map(({ name, source, value }) => [
      inline(name),
      inline(shorten(value, LONGEST)),
      source === '' ? words.whole : code(source).replaceAll('|', '\\|'),
    ]);
  const more = values.length > ROWS ? `\n\n${words.more(values.length - ROWS)}` : '';
  return `${table([words.field, words.value, words.place], rows, [false, false, false])}${more}`;
}

function listText({ name, source, items }: Found['lists'][number], words: Phrases, language: Language): string {
  const place = source === '' ? words.whole : code(source);
  const head = `## ${inline(name || words.list)}\n\n${words.entries(items.length)} (${place}).`;
  const objects = items.filter(
    (item): item is Item => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
  if (objects.length === 0) {
    const shown = items.slice(0, SHOWN).map((item) => `- ${inline(shorten(textOf(item), LONGEST))}`);
    const more = items.length > SHOWN ? [`- ${words.more(items.length - SHOWN)}`] : [];
    return [head, '', ...shown, ...more].join('\n');
  }
  const rows = fieldFacts(objects).map((facts) => [
    inline(facts.name),
    `${facts.filled}/${items.length}`,
    words.kinds[facts.kind],
    aboutText(facts, words, language),
  ]);
  const shape = table([words.field, words.filled, words.kind, words.about], rows, [false, true, false, false]);
  return `${head}\n\n${shape}`;
}

function aboutText(facts: FieldFacts, words: Phrases, language: Language): string {
  const { kind, range, figures, counts, distinct } = facts;
  const shown = (value: string | number) => (typeof value === 'number' ? numberText(value, language) : inline(value));
  const extreme = ({ value, item }: Extreme) =>
    item === undefined || item === String(value) ? shown(value) : `${shown(value)} (${inline(shorten(item, 40))})`;
  if (kind === 'nested' || kind === 'mixed') return '';
  if (kind === 'flag') {
    const count = (flag: string) => counts?.find(([value]) => value === flag)?.[1] ?? 0;
    return words.flags(count('true'), count('false'));
  }
  if (range) {
    const span = words.range(extreme(range.least), extreme(range.most));
    return figures ? `${words.figures(shown(figures.sum), shown(figures.mean))}, ${span}` : span;
  }
  if (counts) return counts.map(([value, count]) => `${inline(shorten(value, 40))} ${count}`).join(', ');
  return distinct === 0 ? '' : words.distinct(distinct);
}

function artifactsText(artifacts: readonly ListedArtifact[], words: Phrases, language: Language): string {
  const bytes = artifacts.reduce((sum, artifact) => sum + (artifact.bytes ?? 0), 0);
  const rows = artifacts.map(({ path, media_type, bytes: size, sha256 }) => [
    inline(path),
    inline(media_type ?? ''),
    size === undefined ? '' : numberText(size, language),
    sha256 === undefined ? '' : code(sha256),
  ]);
  const list = table([words.file, words.type, words.bytes, 'SHA-256'], rows, [false, false, true, false]);
  return `${words.allBytes(artifacts.length, numberText(bytes, language))}\n\n${list}`;
}

const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A file as tools give it: an artifact, or the output of a tool that has written one. */
export function listedArtifact(given: JsonObject): ListedArtifact {
  const file = typeof given.file === 'object' && given.file !== null && !Array.isArray(given.file) ? given.file : {};
  const { path, media_type, bytes, sha256, artifact_id } = { ...file, ...given };
  const text = (value: Json | undefined) => (typeof value === 'string' && value !== '' ? value : undefined);
  const hash = text(sha256) ?? text(artifact_id);
  return {
    path: text(path) ?? hash ?? '?',
    ...(text(media_type) === undefined ? {} : { media_type: text(media_type) }),
    ...(typeof bytes === 'number' ? { bytes } : {}),
    ...(hash === undefined ? {} : { sha256: hash }),
  };
}
