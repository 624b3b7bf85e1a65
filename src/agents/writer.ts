import { Type, type Static } from 'typebox';
import { sentencesOf, subjectWords } from './text';

/** Rules by which texts are written: from the facts that were given, in words of a template. Nothing is made up. */

const Language = Type.Optional(Type.Enum(['en', 'fr'], { default: 'en' }));
const Line = Type.String({ maxLength: 5_000 });
const Lines = Type.Array(Line, { maxItems: 200 });

export const EmailGiven = Type.Object({
  subject: Type.String({ minLength: 1, maxLength: 300 }),
  recipient: Type.Optional(Type.String({ maxLength: 200 })),
  sender: Type.Optional(Type.String({ maxLength: 200 })),
  points: Type.Unsafe<string[]>({ ...Lines, minItems: 1, description: 'what is to be said, a sentence each' }),
  request: Type.Optional(Type.String({ maxLength: 2_000, description: 'what the reader is asked to do' })),
  language: Language,
});

const Text = {
  text: Type.String({ description: 'the whole, ready to send' }),
  words: Type.Integer({ minimum: 0 }),
  missing: Type.Array(Type.String(), { description: 'what a reader will miss, because nobody gave it' }),
};

export const Email = Type.Object({ subject: Type.String(), body: Type.String(), ...Text });
export type Email = Static<typeof Email>;

const phrases = {
  en: { greet: (name: string) => `Hello ${name},`, nobody: 'Hello,', end: 'Kind regards,' },
  fr: { greet: (name: string) => `Bonjour ${name},`, nobody: 'Bonjour,', end: 'Cordialement,' },
};

/** A mail that says the points in their order, and then what is asked for. */
export function writeEmail({
  subject,
  recipient,
  sender,
  points,
  request,
  language = 'en',
}: Static<typeof EmailGiven>): Email {
  const { greet, nobody, end } = phrases[language];
  const body = [
    recipient === undefined ? nobody : greet(recipient),
    points.map(asSentence).join('\n'),
    ...(request === undefined ? [] : [asSentence(request)]),
    sender === undefined ? end : `${end}\n${sender}`,
  ].join('\n\n');
  const given = { recipient, sender, request };
  const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []));
  return { subject, body, text: `${subject}\n\n${body}`, words: countWords(body), missing };
}

export const ReportGiven = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 300 }),
  introduction: Type.Optional(Line),
  sections: Type.Array(
    Type.Object({
      heading: Type.String({ minLength: 1, maxLength: 300 }),
      points: Type.Optional(Lines),
      figures: Type.Optional(
        Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
      ),
    }),
    { minItems: 1, maxItems: 100 },
  ),
});

export const Report = Type.Object(Text);
export type Report = Static<typeof Report>;

/** A report in Markdown: figures as a table, points as a list, each as it was given. */
export function writeReport({ title, introduction, sections }: Static<typeof ReportGiven>): Report {
  const missing: string[] = [];
  const parts = sections.map(({ heading, points = [], figures = {} }) => {
    const rows = Object.entries(figures).map(([name, value]) => {
      if (value === null) missing.push(`${heading}: ${name}`);
      return `| ${cell(name)} | ${value === null ? 'unknown' : cell(String(value))} |`;
    });
    if (points.length + rows.length === 0) missing.push(heading);
    const table = rows.length === 0 ? [] : [['| | |', '| --- | --- |', ...rows].join('\n')];
    const list = points.length === 0 ? [] : [points.map((point) => `- ${oneLine(point)}`).join('\n')];
    return [`## ${oneLine(heading)}`, ...table, ...list].join('\n\n');
  });
  const text = [`# ${oneLine(title)}`, ...(introduction === undefined ? [] : [introduction]), ...parts].join('\n\n');
  return { text, words: countWords(text), missing };
}

export const SummaryGiven = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 500_000 }),
  sentences: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 3 })),
});

export const Summary = Type.Object({
  summary: Type.String(),
  sentences: Type.Array(Type.Object({ text: Type.String(), place: Type.Integer({ minimum: 1 }) })),
  of: Type.Integer({ minimum: 0, description: 'sentences of the whole text' }),
});
export type Summary = Static<typeof Summary>;

/** The sentences whose words occur most in the whole text, in their own order, as they stand. */
export function summarize({ text, sentences: most = 3 }: Static<typeof SummaryGiven>): Summary {
  const all = sentencesOf(text).map((sentence, at) => ({
    text: sentence,
    place: at + 1,
    words: subjectWords(sentence),
  }));
  const counts = new Map<string, number>();
  for (const { words } of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  // long sentences have more words; the square root keeps them from winning by length alone
  const weight = ({ words }: (typeof all)[number]) =>
    [...words].reduce((sum, word) => sum + ((counts.get(word) ?? 1) - 1), 0) / Math.sqrt(words.size || 1);
  const chosen = [...all]
    .sort((a, b) => weight(b) - weight(a) || a.place - b.place)
    .slice(0, most)
    .sort((a, b) => a.place - b.place)
    .map((one) => ({ text: one.text, place: one.place }));
  return { summary: chosen.map((one) => one.text).join(' '), sentences: chosen, of: all.length };
}

const countWords = (text: string): number => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)?.length ?? 0;
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const cell = (text: string): string => oneLine(text).replaceAll('|', '\\|');

function asSentence(text: string): string {
  const line = oneLine(text);
  return /[.!?…:]$/.test(line) ? line : `${line}.`;
}
