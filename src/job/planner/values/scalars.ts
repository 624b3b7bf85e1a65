import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED, VERBS } from '../lexicon/concepts';
import type { Format } from '../reading';
import { described } from './described';

const FORMATS: readonly Format[] = ['csv', 'json', 'xlsx', 'markdown', 'text', 'html'];
const UNITS: [string, string, number][] = [
  ['ms', 'ms', 1],
  ['second', 's', 1],
  ['minute', 'm', 1],
  ['hour', 'h', 1],
  ['day', 'd', 1],
  ['week', 'd', 7],
  ['month', 'd', 30],
  ['year', 'd', 365],
];
const NUMBERS: { [word: string]: number } = Object.fromEntries(
  [
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize . . . vingt',
  ].flatMap((line) => line.split(' ').map((word, value): [string, number] => [word, value])),
);
const MORE_NUMBERS: { [word: string]: number } = {
  une: 1,
  thirty: 30,
  fifty: 50,
  hundred: 100,
  trente: 30,
  cinquante: 50,
  cent: 100,
  half: 0.5,
  forty: 40,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  quarante: 40,
  soixante: 60,
  septante: 70,
  huitante: 80,
  octante: 80,
  nonante: 90,
};

/** The end of a sentence. */
export const end: ValueType = (input, at) =>
  at >= input.tokens.length || /^[.!;?,]$/.test(input.tokens[at]?.text ?? '') ? [{ end: at, value: true }] : [];

/** The end of what a clause says: a sign, "and", "then", or the end of the goal. */
export const stop: ValueType = (input, at) =>
  at >= input.tokens.length || input.tokens[at]?.kind === 'sign' || input.is(at, 'and', 'then')
    ? [{ end: at, value: true }]
    : [];

/** A number in figures or in words. */
export const number: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind === 'number') {
    const value = numberOf(token.text, input);
    return value === undefined ? [] : [{ end: at + 1, value }];
  }
  const value = NUMBERS[token?.folded ?? ''] ?? MORE_NUMBERS[token?.folded ?? ''];
  return token?.kind === 'word' && value !== undefined ? [{ end: at + 1, value }] : [];
};

/** `1,000` is a thousand in English, `3,5` is three and a half in French. A date is no number. */
export function numberOf(text: string, { language }: Pick<Input, 'language'>): number | undefined {
  const plain = text.replace('−', '-');
  if (/^-?\d{4}-\d\d/.test(plain)) return undefined;
  if (/^-?[1-9]\d{0,2}([ ,]\d{3})+(\.\d+)?$/.test(plain)) return Number(plain.replace(/[ ,]/g, ''));
  if (/^-?\d+,\d+$/.test(plain)) return language === 'fr' ? Number(plain.replace(',', '.')) : undefined;
  return Number(plain);
}

/** Hours and halves of them: "an hour and a half", "deux heures et demie", "half an hour", "trois quarts d'heure". */
const HALVES: [string, number][] = [
  ['$number hour and half', 0.5],
  ['$number and half hour', 0.5],
  ['hour and half', 1.5],
  ['half hour', 0.5],
  ['half_hour', 0.5],
  ['three_quarters hour', 0.75],
];

/** A duration as plans write it. */
export const duration: ValueType = (input, at) => {
  const counted = input.values(at, 'number');
  const quarter = input.match('quarter hour', at).map(({ end }) => ({ end, value: '15m' }));
  if (quarter.length > 0) return quarter;
  const bare = input.is(at, 'half');
  const halves = HALVES.flatMap(([shape, hours]) =>
    input
      .match(shape, at)
      .map(({ end, slots }) => ({ end, value: durationOf(Number(slots['number'] ?? 0) + hours, 'h') })),
  );
  if (halves.length > 0 || bare) return halves;
  // "every minute" is one, "minutes" is a number that somebody else took
  const isPlural =
    input.tokens[at]?.kind === 'word' &&
    /[^s]s$/.test(input.tokens[at]?.folded ?? '') &&
    input.values(at - 1, 'number').length > 0;
  const readings = counted.length > 0 ? counted : isPlural ? [] : [{ end: at, value: 1 }];
  return readings.flatMap(({ end, value }) =>
    UNITS.flatMap(([concept, unit, factor]) =>
      // "at 15-second intervals"
      [...input.ends(end, concept), ...(input.tokens[end]?.text === '-' ? input.ends(end + 1, concept) : [])].map(
        (after) => ({ end: after, value: durationOf(Number(value) * factor, unit) }),
      ),
    ),
  );
};

function durationOf(amount: number, unit: string): string {
  if (Number.isInteger(amount)) return `${amount}${unit}`;
  const smaller: { [unit: string]: [number, string] } = { d: [24, 'h'], h: [60, 'm'], m: [60, 's'], s: [1000, 'ms'] };
  const [factor, next] = smaller[unit] ?? [1, 'ms'];
  return durationOf(Math.round(amount * factor * 1e6) / 1e6, next);
}

export const url: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind === 'url') return [...extended(input, at, token.text), { end: at + 1, value: token.text }];
  // "on the same address": the one that was named last
  const last = input.tokens.slice(0, at).findLast(({ kind }) => kind === 'url');
  const same = last === undefined ? [] : input.match('same place', at);
  return same.length > 0 ? same.map(({ end }) => ({ end, value: last?.text })) : described(input, at, 'url');
};

/** "https://…/plants/ followed by the code": the address with a place for a field. */
const extended = (input: Input, at: number, text: string): Found[] =>
  /[/=]$/.test(text)
    ? input
        .match('followed_by [column] $field:field', at + 1)
        .map(({ end, slots }) => ({ end, value: `${text}{${String(slots['field'])}}` }))
    : [];

/** A path in the workspace; `output/` and `/output` are folders of it. */
export const path: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (!token) return [];
  if (token.kind === 'path' && !/^and\/or$/i.test(token.text)) return [{ end: at + 1, value: token.text }];
  const named =
    (token.kind === 'quoted' || token.kind === 'code') &&
    /^[^\s:]+$|\.\w{2,5}$/.test(token.text) &&
    !/^https?:/.test(token.text);
  if (named && /[./]/.test(token.text)) return [{ end: at + 1, value: token.text }];
  return token.kind === 'word' ? described(input, at, 'path') : [];
};

/** Words that say in prose what a call is for: `open a ticket`. */
export const description: ValueType = (input, at) => {
  const found: Found[] = [];
  const verb = input.skip(at, 'clitic');
  if (input.is(verb, 'save', 'insert', 'send') && !input.is(verb, 'generate', 'login')) return [];
  for (let end = at; end < at + 7; end++) {
    const isNumbered = end > at && input.tokens[end]?.kind === 'number' && input.tokens[end - 1]?.kind === 'word';
    const isPlain = isNumbered || (input.tokens[end]?.kind === 'word' && !input.is(end, ...BINDING));
    if (!isPlain || input.values(end, 'method').length > 0) break;
    found.push({ end: end + 1, value: { at: [at, end + 1] } });
  }
  return found;
};

/** Words that a description does not hold: they would say when, for which ones or whether. */
const BINDING = [
  'and',
  'or',
  'not',
  'only',
  'except',
  'without',
  'if',
  'unless',
  'before',
  'after',
  'until',
  'then',
  'each',
  'each_one',
  'whose',
  'by',
  'with',
  'all',
  'every',
  'each_one',
  'per',
];

/** Files by what their names end in: `.md`, as a pattern. */
export const extension: ValueType = (input, at) => {
  const { kind, text = '' } = input.tokens[at] ?? {};
  if (kind === 'path' && /^\.\w+$/.test(text)) return [{ end: at + 1, value: `*${text}` }];
  // "yaml files", "fichiers log": a word that files end in
  const isEnding = kind === 'word' && /^(ya?ml|logs?|xml|docx|zip|png|jpe?g|gif|tmp|bak|sql|tsv|pdf)$/i.test(text);
  const isNamed = isEnding && (input.is(at + 1, 'file') || input.is(at - 1, 'file'));
  return isNamed ? [{ end: at + 1, value: `*.${text.toLowerCase().replace(/^logs$/, 'log')}` }] : [];
};

/** A pattern of names: `*.csv`. */
export const glob: ValueType = (input, at) => path(input, at).filter(({ value }) => String(value).includes('*'));

/** An object as JSON. */
export const json: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind !== 'json') return [];
  try {
    return [{ end: at + 1, value: JSON.parse(token.text) }];
  } catch {
    return [];
  }
};

/** Text in quotes. */
export const text: ValueType = (input, at) => {
  const token = input.tokens[at];
  return token?.kind === 'quoted' || token?.kind === 'code' ? [{ end: at + 1, value: token.text }] : [];
};

/** Text in quotes that has places to be filled in. */
export const template: ValueType = (input, at) =>
  text(input, at).filter(({ value }) => /\{\{.+\}\}/.test(String(value)));

/** An SQL statement: in quotes, in backticks, or as it is. */
export const sql: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (token?.kind === 'sql') return [{ end: at + 1, value: token.text }];
  const quoted = token?.kind === 'quoted' || token?.kind === 'code';
  return quoted &&
    /^\s*(select|with|insert|update|delete|create|alter|drop|truncate|merge|values|explain|table)\b/i.test(token.text)
    ? [{ end: at + 1, value: token.text.trim().replace(/;$/, '') }]
    : [];
};

/** The name of a secret: `API_TOKEN`, `secrets.API_TOKEN`, `$API_TOKEN`. */
export const secret: ValueType = (input, at) => {
  const token = input.tokens[at];
  const found = /^\$?(?:secrets\.|env\.)?([A-Z][A-Z0-9_]{1,63})$/.exec(token?.text ?? '')?.[1];
  return found !== undefined && token?.kind !== 'number' ? [{ end: at + 1, value: found }] : [];
};

export const format: ValueType = (input, at) =>
  FORMATS.flatMap((value) => input.ends(at, value).map((end) => ({ end, value })));

const NO_PERSON = new Set(['the', 'has', 'possessive', 'approval', 'any', 'none', 'url', 'let']);

/** Words that say who: a name or two, `me`, `the manager`. */
export const person: ValueType = (input, at) => {
  const me = input.ends(at, 'who_me');
  if (me.length > 0) return me.map((end) => ({ end, value: undefined }));
  const role = input.ends(at, 'role').map((end) => ({
    end,
    value: input.tokens
      .slice(at, end)
      .map(({ text }) => text)
      .join(' '),
  }));
  const words: string[] = [];
  for (let end = at; end < at + 3; end++) {
    const token = input.tokens[end];
    const isName = token?.kind === 'word' && /^\p{Lu}/u.test(token.text);
    if (
      !isName ||
      input.means(end).some((concept) => CLOSED.has(concept) || VERBS.has(concept) || NO_PERSON.has(concept))
    )
      break;
    words.push(token.text);
  }
  return [...role, ...words.map((_, index) => ({ end: at + index + 1, value: words.slice(0, index + 1).join(' ') }))];
};

/** The name of a header: `X-Api-Key`. */
export const headerName: ValueType = (input, at) => {
  const token = input.tokens[at];
  return token !== undefined &&
    /^[A-Za-z][A-Za-z-]*[A-Za-z]$/.test(token.text) &&
    !input.is(at, 'secret', 'in', 'called')
    ? [{ end: at + 1, value: token.text }]
    : [];
};

/** A secret that stands in the goal itself. */
export const plain: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (!token || token.kind === 'sign' || secret(input, at).length > 0) return [];
  if (token.kind === 'word' && input.means(at).some((concept) => CLOSED.has(concept))) return [];
  let end = at + 1;
  while (
    input.tokens[end]?.from === input.tokens[end - 1]?.to &&
    end < input.tokens.length &&
    !/[,.;]/.test(input.tokens[end]?.text ?? '')
  )
    end++;
  return [{ end, value: { at: [at, end] } }];
};

/** A place in an answer: `meta.next`, `/meta/next`. */
export const pointer: ValueType = (input, at) => {
  const token = input.tokens[at];
  return token && token.kind !== 'sign' && /^[\w./-]+$/.test(token.text) ? [{ end: at + 1, value: token.text }] : [];
};

/** A place in an answer, as `/meta/next`. */
export const jsonPointer: ValueType = (input, at) =>
  /^\/[\w/]+$/.test(input.tokens[at]?.text ?? '') ? [{ end: at + 1, value: input.tokens[at]?.text }] : [];

/** A method of HTTP, in capitals or not. */
export const method: ValueType = (input, at) => {
  const found = /^(GET|POST|PUT|PATCH|DELETE|HEAD)(?:t?ing)?$/i.exec(input.tokens[at]?.text ?? '')?.[1];
  return found === undefined ? [] : [{ end: at + 1, value: found.toUpperCase() }];
};

/** A day or an instant, as plans write it. */
export const instant: ValueType = (input, at) => {
  const found = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(input.tokens[at]?.text ?? '');
  if (!found) return [];
  const [whole, time, seconds, , zone] = found;
  const value =
    time === undefined
      ? `${whole}T00:00:00Z`
      : zone === undefined
        ? `${whole}${seconds === undefined ? ':00' : ''}Z`
        : whole;
  return [{ end: at + 1, value }];
};
