import type { Collected } from './collect';
import { flat, type Entry } from './entries';
import { code, inline } from './markdown';
import type { Phrases } from './phrases';

/** Entries and places that a question names. */
const NAMED = 5;

/** Questions about what a context does not say, as Markdown. */
export function questionsOf({ sections, unnamed, criteria }: Collected, words: Phrases): string[] {
  const entries = flat(sections.flatMap((section) => section.entries));
  const open = sections.flatMap((section) => (section.criteria ? [] : section.entries)).filter(({ done }) => !done);
  const asked: string[] = [];
  if (entries.length === 0) asked.push(words.askWork, words.askOwner, words.askDue);
  const unowned = open.filter(({ owner }) => owner === undefined);
  if (unowned.length > 0) asked.push(words.askOwners(unowned.length, open.length, named(unowned, words)));
  const endless = open.filter(({ due }) => due === undefined);
  if (endless.length > 0) asked.push(words.askDues(endless.length, open.length, named(endless, words)));
  if (!criteria) asked.push(words.askCriteria);
  if (unnamed.length > 0) asked.push(words.askUnnamed(few(unnamed.map(code), words)));
  for (const twice of repeated(entries))
    asked.push(
      words.askTwice(
        inline(twice[0]?.text ?? ''),
        few(
          twice.map(({ source }) => code(source)),
          words,
        ),
      ),
    );
  return asked;
}

const named = (entries: readonly Entry[], words: Phrases): string =>
  few(
    entries.map(({ text }) => inline(text)),
    words,
    '; ',
  );

function few(texts: readonly string[], words: Phrases, separator = ', '): string {
  const more = texts.length > NAMED ? [words.more(texts.length - NAMED)] : [];
  return [...texts.slice(0, NAMED), ...more].join(separator);
}

/** Entries with the same words, at different places. */
function repeated(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = entry.text.toLowerCase().replaceAll(/\s+/g, ' ');
    const known = groups.get(key);
    if (known) known.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
