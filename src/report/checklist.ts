import type { Json } from '../../schemas/json';
import type { Language } from '../../schemas/language';
import { collect, type Collected, type Section } from './collect';
import { flat, type Entry } from './entries';
import { code, documentOf, inline } from './markdown';
import { phrases, type Phrases } from './phrases';
import { questionsOf } from './questions';

/** A line of a checklist, and the place in the context that it comes from. */
export interface ChecklistItem {
  text: string;
  done: boolean;
  /** JSON Pointer into the context */
  source: string;
  /** of a text with several items, from 1 */
  line?: number;
}

export interface Checklist {
  markdown: string;
  items: ChecklistItem[];
  /** what the context does not say */
  questions: string[];
}

/** A checklist of what a context says is to be done. What it does not say is asked, never made up. */
export function checklist(given: { title: string; subject?: string; context: Json; language?: Language }): Checklist {
  const { title, subject, context, language = 'en' } = given;
  const words = phrases[language];
  const found = collect(context);
  const entries = flat(found.sections.flatMap((section) => section.entries));
  const done = entries.filter((entry) => entry.done).length;
  const questions = questionsOf(found, words);
  const isEmpty = entries.length === 0 && found.facts.length === 0 && found.unnamed.length === 0;
  const markdown = documentOf([
    `# ${inline(title)}`,
    subject !== undefined && `**${words.subject}:** ${inline(subject)}`,
    entries.length > 0
      ? `${words.progress(done, entries.length)} ${words.source}`
      : isEmpty
        ? words.empty
        : words.nothing,
    ...found.sections.map((section) => sectionText(section, words)),
    questions.length > 0 && [`## ${words.questions}`, '', ...questions.map((one) => `- ${one}`)].join('\n'),
    found.facts.length > 0 && factsText(found, words),
  ]);
  const items = entries.map(({ text, done: isDone, source, line }) => ({
    ...{ text, done: isDone, source },
    ...(line === undefined ? {} : { line }),
  }));
  return { markdown, items, questions };
}

function sectionText({ name, entries }: Section, words: Phrases): string {
  return [`## ${inline(name || words.list)}`, '', ...entries.flatMap((entry) => linesOf(entry, words, ''))].join('\n');
}

function linesOf(entry: Entry, words: Phrases, indent: string): string[] {
  const { text, done, owner, due, status, more, source, line, children } = entry;
  const facts = [
    owner !== undefined && inline(owner),
    due !== undefined && words.due(inline(due)),
    status !== undefined && inline(status),
    ...more.map(([name, value]) => `${inline(name)}: ${inline(value)}`),
  ].filter(Boolean);
  const told = facts.length > 0 ? ` — ${facts.join(' · ')}` : '';
  const from = `${placeText(source, words)}${line === undefined ? '' : words.line(line)}`;
  return [
    `${indent}- [${done ? 'x' : ' '}] ${inline(text)}${told} (${from})`,
    ...children.flatMap((child) => linesOf(child, words, `${indent}  `)),
  ];
}

function factsText({ facts }: Collected, words: Phrases): string {
  const lines = facts.map(
    ({ name, value, source }) =>
      `- ${name === '' ? '' : `${inline(name)}: `}${valueText(value, words)} (${placeText(source, words)})`,
  );
  return [`## ${words.facts}`, '', ...lines].join('\n');
}

const valueText = (value: string | number, words: Phrases): string =>
  typeof value === 'number' ? words.entries(value) : inline(value);

/** A place in the context; the pointer of the whole is an empty text, which nobody sees. */
const placeText = (pointer: string, words: Phrases): string => (pointer === '' ? words.whole : code(pointer));
