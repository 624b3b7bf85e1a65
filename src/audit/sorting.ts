import { Type, type Static } from 'typebox';
import type { Json, JsonObject } from '../../schemas/json';
import type { Language } from '../../schemas/language';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Finding } from '../../schemas/tool';
import type { WorkContext } from '../../schemas/audit/work-context';
import { answerOf, oneOf } from '../llm/choices';
import { promptRef, type Prompt } from '../llm/prompt';
import { readEvidence } from './evidence';
import { oneLine, shorten } from './format';
import { type Waste, wastes } from './lexicon/topics';
import { normalise } from './normalise';
import { contentWords, wordsOf } from './words';

/** Rows that a model has sorted: for each a waste, and the words of the row that speak for it. */
export const Sorting = Type.Array(
  Type.Object(
    { row: Type.Integer({ minimum: 1 }), waste: Type.Enum([...wastes]), words: Type.String({ maxLength: 120 }) },
    { additionalProperties: false },
  ),
);
export type Sorting = Static<typeof Sorting>;

/** A row that the rules leave, as a model sees it. */
export interface LeftRow extends JsonObject {
  row: number;
  category: string;
  text: string;
}

/** Rows of a batch, and batches of an audit: the longest rows come first, and those beyond stay unclassified. */
export const BATCH = 40;
export const MOST_BATCHES = 5;

/** Longest words that a model may quote, and characters of a text that it sees. */
const LONGEST = { quote: 120, text: 300 };

/** Rows without evidence by the rules, longest first, at most as many as are asked about. */
export function leftRows(context: WorkContext, language: Language): LeftRow[] {
  const left = normalise(context, language).counted.filter(
    ({ text, category, micros }) =>
      micros > 0n && text.trim() !== '' && readEvidence(text, language, category).waste === undefined,
  );
  return left
    .sort((a, b) => (a.micros === b.micros ? a.row - b.row : a.micros > b.micros ? -1 : 1))
    .slice(0, BATCH * MOST_BATCHES)
    .map(({ row, category, text }) => ({ row, category: shorten(oneLine(category), 80), text: shownText(text) }));
}

/** Text of a row as a model sees and quotes it. */
export const shownText = (text: string): string => shorten(oneLine(text.slice(0, 2_000)), LONGEST.text);

/** Asks a model which of these rows give evidence of a waste, by words that it quotes. */
export function sortQuestion(rows: readonly LeftRow[], prompt: Prompt): LlmQuestion {
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ rows }) },
    ],
    schema: answerOf({
      sorted: {
        type: 'array',
        items: answerOf({
          row: { type: 'integer' },
          waste: oneOf(wastes.map((id) => ({ id }))),
          words: { type: 'string' },
        }),
      },
    }),
    max_tokens: 4_000,
    facts: { rows: [...rows] },
  };
}

/** Faults of a model's sorting: its quotations have to stand in their rows, word for word. Findings never quote it. */
export function judgeSorting(value: Json, facts: Json): Finding[] {
  const sorted = (value as { sorted?: unknown } | null)?.sorted;
  if (!Array.isArray(sorted)) return [{ code: 'schema', message: 'there is no list of rows', pointer: '/sorted' }];
  const rows = new Map((facts as { rows: LeftRow[] }).rows.map((row) => [row.row, row]));
  const seen = new Set<number>();
  return (sorted as Partial<Sorting[number]>[]).flatMap((entry, i) => {
    const { row = 0, waste, words } = entry ?? {};
    const fault = (name: string, code: string, message: string) => [{ code, message, pointer: `/sorted/${i}/${name}` }];
    const shown = rows.get(row);
    if (!shown || seen.has(row)) return fault('row', 'row', 'it has to be one of the rows, each once');
    seen.add(row);
    if (!wastes.includes(waste as Waste)) return fault('waste', 'waste', 'it has to be one of the wastes');
    return typeof words === 'string' && isQuotation(words, shown.text)
      ? []
      : fault('words', 'quotation', 'the words have to stand in the text of that row, exactly, and say something');
  });
}

/** Entries of a sorting that passes the checks again here; else none. */
export function sortedRows(value: Json, facts: Json): Sorting {
  return judgeSorting(value, facts).length > 0 ? [] : (value as { sorted: Sorting }).sorted;
}

/** Whether words stand in a text as whole words, and are more than small words and numbers. */
export function isQuotation(words: string, text: string): boolean {
  if (words.trim() !== words || words.length > LONGEST.quote) return false;
  const content = [...contentWords(wordsOf(words))].filter((word) => word !== '#' && word.length > 2);
  if (content.length === 0) return false;
  const inWord = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!inWord.test(text.charAt(at - 1)) && !inWord.test(text.charAt(at + words.length))) return true;
  return false;
}
