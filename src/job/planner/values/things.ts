import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED, JOINTS, NOUNS, VERBS } from '../lexicon/concepts';
import type { Conditions, Ref, Source, Word } from '../reading';
import { POSSESSIVE, RESTRICTING } from '../grammar/inert';
import { listOf } from './fields';
import { CONDITION } from './conditions';
import type { TablePlace } from './tables';

/** Words at most of the name of a thing. */
const WORDS = 4;
/** Words at most between a name and the brackets that say what they mean. */
const ASIDE = 4;

const SOURCES: [string, (slots: { [name: string]: string }) => Source][] = [
  ['[place] [called] $url', ({ url = '' }) => ({ type: 'url', url })],
  [
    '[place] [called] $url [comma|open] $delimited [close]',
    ({ url = '', delimited = '' }) => ({ type: 'url', url, delimiter: delimited }),
  ],
  ['[csv|json|xlsx|text|markdown] [file] [called] $path', ({ path = '' }) => ({ type: 'path', path })],
  [
    '[xlsx] [file] [called] $path [comma|open] [in|on|with] sheet [called|colon] $name:sheet [close]',
    ({ path = '', sheet = '' }) => ({ type: 'path', path, sheet }),
  ],
  [
    'sheet [called] $name:sheet (of|in|from) [xlsx] [file] $path',
    ({ path = '', sheet = '' }) => ({ type: 'path', path, sheet }),
  ],
  [
    '[csv] [file] [called] $path [comma|open] $delimited [close]',
    ({ path = '', delimited = '' }) => ({ type: 'path', path, delimiter: delimited }),
  ],
  ['file [called] $text', ({ text = '' }) => ({ type: 'path', path: text })],
  ['$table_place', ({ table_place: place }) => ({ type: 'table', ...(place as unknown as TablePlace) })],
  [
    '[query|run|statement] $sql [(on|in|from) database [[called] $identifier:database]]',
    ({ sql = '', database }) => ({ type: 'sql', sql, database }),
  ],
  ['context data [called] $identifier:key', contextOf],
  ['data $text:key given [in|by|from] [context]', contextOf],
  ['context open [data] [called] $identifier:key close', contextOf],
  ['context colon [data] [called] $list_name:key', contextOf],
  ['context $text:key', contextOf],
  ['context possessive $identifier:key', contextOf],
  ['(what|everything) [that] [the] context (gives|has) under [column] $identifier:key', contextOf],
  ['[json|data|value_word|list] under [column|key_word] $identifier:key (in|of|from) context', contextOf],
  ['[json|data|value_word|list] (in|of|from) context under [column|key_word] $identifier:key', contextOf],
  ['what [be|there_is] under [column] $identifier:key (in|of|from) context', contextOf],
  ['database (open|colon) $sql [close]', ({ sql = '' }) => ({ type: 'sql', sql })],
  ['[all] kept_values [[that] [be] (in|by|of|from) run_word]', () => ({ type: 'kept' })],
  ['memory [value_word|data] [called] $text:name', ({ name = '' }) => ({ type: 'memory', name })],
  ['memory [called] $name', ({ name = '' }) => ({ type: 'memory', name })],
];

function contextOf({ key = '' }: { [name: string]: string }): Source {
  return { type: 'context', name: key };
}

/** A place that data comes from. */
export const source: ValueType = (input, at) => [
  ...dotted(input, at),
  ...SOURCES.flatMap(([shape, make]) =>
    input.match(shape, at).map(({ end, slots }) => ({ end, value: make(slots as { [name: string]: string }) })),
  ),
];

/** `context.orders`: a key of the context. */
function dotted(input: Input, at: number): Found[] {
  const key = /^contexte?\.(\w+)$/i.exec(input.tokens[at]?.text ?? '')?.[1];
  if (key !== undefined) return [{ end: at + 1, value: { type: 'context', name: key } }];
  const { kind, text = '' } = input.tokens[at] ?? {};
  // "everything in payroll.corrections": a table with its schema; "the values under /roster": a place of the context
  if (kind === 'word' && /^[a-z]\w*\.[a-z]\w*$/.test(text) && input.is(at - 1, 'in', 'from') && !input.is(at - 1, 'at'))
    return [{ end: at + 1, value: { type: 'table', table: text } }];
  return kind === 'path' && /^\/\w+$/.test(text)
    ? [{ end: at + 1, value: { type: 'context', name: text.slice(1) } }]
    : [];
}

const contextAt = (input: Input, at: number): number[] => input.match('context', at).map(({ end }) => end);

/** Conditions that stand by a name: `whose x is 1`, `(x = 1)`. */
const RESTRICTIONS = [
  '(whose|that) $conditions:where',
  'without $lacking:where',
  '(has) $conditions:where',
  'that has $held:where',
  'open [whose] $conditions:where close',
  '(stated|of|in) $stated:where',
  '(of|in|for|with) $signed:where',
  '[that] $measured:where',
  CONDITION,
];

/** Words after "with" that say how something is done, and restrict nothing. */
const MANNERS = [
  'title',
  'delimiter',
  'message',
  'template',
  'timeout',
  'parameter',
  'header',
  'response',
  'data',
  'question',
  'column',
  'highest',
  'maximum',
  'minimum',
];

/** "…, save those of DE in de.csv", once something was read: where they go, not where they come from. */
const isGoal = (input: Input, at: number, { type }: Source): boolean =>
  (type === 'path' || type === 'memory') &&
  /^(in|dans|en)$/.test(input.tokens[at]?.folded ?? '') &&
  input.tokens.slice(0, at).some(({ kind }) => /^(url|path|sql)$/.test(kind));

/** A thing by itself, and with the conditions that stand by it. */
function restricted(input: Input, found: Found[]): Found[] {
  return found.flatMap((one) => {
    const ref = one.value as Ref;
    if (ref.kind !== 'thing' || ref.where !== undefined || ref.ranked !== undefined) return [one];
    // "with the parameters day=… and site=…": what the address is asked with
    if (ref.words.some(({ token }) => input.is(token, 'parameter'))) return [one];
    if (input.is(one.end, 'with') && input.is(input.skip(one.end + 1, 'the'), ...MANNERS)) return [one];
    return [
      ...RESTRICTIONS.flatMap((shape) => input.match(shape, one.end)).flatMap(({ end, slots }) => {
        const where = slots['where'] as Conditions[];
        // "the open incidents (state is "open")": the brackets say what its name says
        const explained = ref.explained === true || input.is(one.end, 'open');
        const here = { end, value: { ...ref, where, explained, at: [ref.at[0], end] } satisfies Ref };
        // "the orders above 500 (field total) out of orders.json": the place stands behind what restricts it
        const placed =
          ref.source === undefined
            ? input
                .match('((from_only|from|in|of) $source|open [(from_only|from|in|of)] $source close)', end)
                .filter(({ slots: found }) => !isGoal(input, end, found['source'] as Source))
            : [];
        return [
          ...placed.map((match) => ({
            end: match.end,
            value: {
              ...ref,
              where,
              explained,
              source: match.slots['source'] as Source,
              at: [ref.at[0], match.end],
            } satisfies Ref,
          })),
          here,
        ];
      }),
      one,
    ];
  });
}

/** A thing that a clause is about: a pronoun, a figure, something with a name, or a place by itself. */
export const thing: ValueType = (input, at) => {
  const start = input.skip(at, 'all');
  const found: Found[] = [];
  for (const begin of new Set([at, start])) {
    found.push(
      ...input.values(begin, 'figure'),
      ...input.values(begin, 'ranked'),
      ...pronouns(input, begin),
      ...restricted(input, bare(input, begin)),
      ...input.values(begin, 'outcome'),
      ...restricted(input, named(input, begin)),
      ...whatever(input, begin),
    );
  }
  for (const end of input.ends(at, 'each_one'))
    for (const one of [...pronouns(input, end), ...named(input, end)])
      found.unshift({ end: one.end, value: { ...(one.value as Ref), each: true } });
  return found;
};

/** A thing without conditions of its own, for clauses whose conditions mean something else than "those alone". */
export const whole: ValueType = (input, at) =>
  input.values(at, 'thing').filter(({ value }) => (value as Ref).kind !== 'thing' || !('where' in (value as object)));

/** A thing with conditions of its own: "the orders above 500 (field total)". */
export const limited: ValueType = (input, at) =>
  input.values(at, 'thing').filter(({ value }) => (value as Ref).kind === 'thing' && 'where' in (value as object));

/** The name of the elements that something is done for: `per row`, and not "par POST". */
export const element: ValueType = (input, at) =>
  input.values(input.skip(at, 'the'), 'method').length > 0 ||
  (/^(by|par)$/.test(input.tokens[at - 1]?.folded ?? '') && input.values(at, 'pronoun').length > 0)
    ? []
    : input.values(at, 'thing').filter(({ value }) => {
        const ref = value as Ref;
        // "each one individually"
        const isManner = ref.kind === 'thing' && ref.words.some(({ token }) => input.is(token, 'one_by_one'));
        return !isManner && (ref.kind === 'current' || (ref.kind === 'thing' && ref.source === undefined));
      });

/** The same with its place, which is no address: `per row of the table t`. */
export const placedElement: ValueType = (input, at) =>
  input
    .values(at, 'sourced')
    .filter(({ value }) => /^(table|path|context)$/.test((value as { source: Source }).source.type));

/** "it", "them": what was made last. */
export const pronoun: ValueType = (input, at) =>
  input.values(at, 'thing').filter(({ value }) => (value as Ref).kind === 'current');

/** A thing that says where it comes from. */
export const sourced: ValueType = (input, at) =>
  input.values(at, 'thing').filter(({ value }) => {
    const ref = value as Ref;
    return (
      ref.kind === 'thing' &&
      ref.source !== undefined &&
      (ref.article === true ||
        ref.words.every(
          ({ known, text }) => known || JSON.stringify(ref.source).toLowerCase().includes(text.toLowerCase()),
        ))
    );
  });

/** Rows of a table: "the rows of the table t where x = 1". */
export const tableRows: ValueType = (input, at) =>
  input.values(at, 'thing').filter(({ value }) => {
    const ref = value as Ref;
    return ref.kind === 'thing' && ref.source?.type === 'table' && ref.words.length + (ref.where ?? []).length > 0;
  });

/** A table, and no other place. */
export const tableSource: ValueType = (input, at) =>
  input.values(at, 'source').filter(({ value }) => (value as Source).type === 'table');

/** Things, each of which says where it comes from. */
export const sourceds: ValueType = (input, at) =>
  listOf(input, at, 'sourced').filter(({ value }) => (value as Ref[]).length > 1);

/** "two endpoints at the same time, https://… and https://…": the places, after what they are together. */
const enumerated = (input: Input, at: number): Found[] =>
  input
    .match(
      '[$number|both] (noun|place|data|file|response|table) [in_parallel] [comma|colon|open] $sourceds [close]',
      at,
    )
    .map(({ end, slots }) => ({ end, value: slots['sourceds'] }));

/** Several things: `the users and the orders`. After the first one a bare word could be a verb that nobody knows. */
export const things: ValueType = (input, at) => [
  ...enumerated(input, at),
  ...listOf(input, at, 'thing').filter(({ value }) => {
    const [first, ...rest] = value as Ref[];
    // a figure after a source is what is computed of it
    return rest.every(
      (ref) =>
        (ref.kind === 'figure' ? first?.kind === 'figure' : isSurelyThing(ref)) &&
        !isDetail(input, ref) &&
        !(isPlaced(first) && isBare(ref)),
    );
  }),
];

const isPlaced = (ref: Ref | undefined): boolean => ref?.kind === 'thing' && ref.source !== undefined;

/** A noun by itself, which after a place may be a verb as well: "fetch https://…, order them". */
const isBare = (ref: Ref): boolean => ref.kind === 'thing' && ref.source === undefined && ref.article !== true;

/** "…, the header X-Api-Key is …": how it is asked, and not a further thing. */
const isDetail = (input: Input, ref: Ref): boolean =>
  ref.kind === 'thing' &&
  input.is(ref.words[0]?.token ?? -1, 'header', 'sheet', 'delimiter', 'title', 'column', 'token');

const isSurelyThing = (ref: Ref): boolean => ref.kind === 'figure' || (ref.kind === 'thing' && isSurelyNamed(ref));

const isSurelyNamed = (ref: Ref & { kind: 'thing' }): boolean =>
  ref.article === true || ref.words.every(({ known }) => known) || (ref.source !== undefined && ref.words.length < 2);

function pronouns(input: Input, at: number): Found[] {
  const of = (many: boolean) => (end: number) => ({
    end,
    value: { kind: 'current', many, at: [at, end] } satisfies Ref,
  });
  // "until result equals 'green'": a field of the answer
  const isField =
    /^(result|outcome|resultat|reply)$/.test(input.tokens[at]?.folded ?? '') &&
    (input.is(at - 1, 'column') || input.is(at + 1, 'equals', 'be', 'not', 'differs'));
  const isOwned = POSSESSIVE.test(input.tokens[at - 1]?.folded ?? '');
  if (isField && (isOwned || !input.is(at - 1, 'the'))) return [];
  const ends = [
    ...input.ends(at, 'them').map((end) => ({ end, many: true })),
    ...input.ends(at, 'it').map((end) => ({ end, many: false })),
  ];
  return ends.flatMap(({ end, many }): Found[] => [
    ...input.match('of $source', end).map((match): Found => ({
      end: match.end,
      value: {
        kind: 'thing',
        label: '',
        words: [],
        source: match.slots['source'] as Source,
        at: [at, match.end],
      } satisfies Ref,
    })),
    of(many)(end),
  ]);
}

function bare(input: Input, at: number): Found[] {
  const contexts = contextAt(input, input.skip(at, 'the')).map((end) => ({
    end,
    value: { type: 'context' } satisfies Source,
  }));
  return [
    ...input
      .match('$source', at)
      .filter(({ end, slots }) => !isNamedPlace(input, at, end, slots['source'] as Source))
      .map(({ end, slots }) => ({ end, value: slots['source'] as Source })),
    ...contexts,
    ...[
      'everything (of|from_only) $source',
      'what $source gives',
      'what gives [by|from] $source',
      'what be given [by|from] $source',
      '(what|everything) [that] (be|located) (in|from) $source',
      '(what|everything) located $source',
    ].flatMap((shape) => input.match(shape, at).map(({ end, slots }) => ({ end, value: slots['source'] as Source }))),
  ].flatMap(({ end, value }) => [
    {
      end,
      value: { kind: 'thing', label: '', words: [], source: value, at: [at, end] } satisfies Ref,
    },
    ...called(input, at, end, value),
  ]);
}

/** Words in brackets behind a place that say how it is asked or read, and not what is there. */
const DETAILS = [
  'column',
  'key_word',
  'join_key',
  'header',
  'sheet',
  'delimiter',
  'title',
  'token',
  'secret',
  'format_word',
];

/** "https://… (customers)", "https://… for the grades": a place, and what is there. */
const called = (input: Input, at: number, placed: number, source: Source): Found[] =>
  source.type !== 'url' && source.type !== 'path'
    ? []
    : [
        ...nouns(input, input.tokens[placed]?.text === '(' ? placed + 1 : -1)
          .filter(({ end }) => input.is(end, 'close') && !input.is(placed + 1, ...DETAILS))
          .map((one) => ({ ...one, end: one.end + 1 })),
        ...(input.is(placed, 'for') && input.is(placed + 1, 'the') ? nouns(input, placed + 1) : []),
      ].map(({ end, words }) => ({
        end,
        value: {
          kind: 'thing',
          label: words.map(({ text }) => text).join(' '),
          words,
          article: true,
          source,
          at: [at, end],
        } satisfies Ref,
      }));

/** "whatever has state = 'ready' in our table invoices", "anything with a price over 10 in x.csv". */
const whatever = (input: Input, at: number): Found[] =>
  [
    '(what|everything|any) (has|with|that|whose) $conditions:where (in|from|of) [the] $source',
    '(what|everything|any) (in|from|of) $source (has|with|that|whose) $conditions:where',
  ].flatMap((shape) =>
    input
      .match(shape, at)
      .filter(({ end, slots }) => !isGoal(input, end - 2, slots['source'] as Source))
      .map(({ end, slots }) => ({
        end,
        value: {
          kind: 'thing',
          label: '',
          words: [],
          source: slots['source'] as Source,
          where: slots['where'] as Conditions[],
          at: [at, end],
        } satisfies Ref,
      })),
  );

/** "the users at https://…": a name and its place, which is no place by itself. */
const isNamedPlace = (input: Input, at: number, end: number, { type }: Source): boolean =>
  (type === 'url' || type === 'path') &&
  input.is(input.skip(at, 'the'), 'noun', 'data', 'compound') &&
  !input.tokens.slice(at, end - 1).some(({ kind, text }) => kind !== 'word' && /^[,:(]$/.test(text));

/** Words with or without a place: `the users`, `the users from https://…`, `the email in the context`. */
function named(input: Input, at: number): Found[] {
  const found: Found[] = [];
  for (const noun of nouns(input, at)) {
    // a summary of x is not x
    if (noun.words.some(({ token, text }) => input.is(token, 'summary') || /^check/i.test(text))) continue;
    if (input.is(noun.words[0]?.token ?? -1, 'semicolon', 'tab', 'pipe', 'comma_sign', 'delimiter')) continue;
    const label = noun.words.map(({ text }) => text).join(' ');
    const value = (end: number, given: Source | undefined): Found => {
      const article = (noun.words[0]?.token ?? at) > at;
      const ref: Ref = {
        kind: 'thing',
        label,
        words: noun.words,
        article,
        at: [at, end],
        ...(given ? { source: given } : {}),
      };
      return { end, value: ref };
    };
    found.push(value(noun.end, undefined));
    // "the texts found"
    for (const { end } of input.match('[that] found', noun.end)) found.push(value(end, undefined));
    // "the table orders to x.csv": it is a place itself
    const isTable = noun.words.length > 1 && noun.words.some(({ token }) => input.is(token, 'table'));
    for (const { end, slots } of isTable ? [] : input.match('(from|in|of|colon) $source', noun.end))
      if (!isGoal(input, noun.end, slots['source'] as Source) || (slots['source'] as Source).type === 'path')
        found.push(value(end, slots['source'] as Source));
    // "the list that https://… returns", "la liste que renvoie https://…", "le catalogue https://…"
    for (const shape of [
      'that $source gives',
      '$source gives',
      'that gives $source',
      '[comma] that [be] located [at|in|on|place] $source',
      'that be (from|in|given) [by|from|in] $source',
      'given [by|in|from|at] $source',
      'given (by|in|from|at) $method:aside [at|on|to] $source',
    ])
      for (const { end, slots } of input.match(shape, noun.end)) found.push(value(end, slots['source'] as Source));
    if (noun.words.every(({ known }) => known))
      for (const { end, slots } of input.match('$url', noun.end))
        found.push(value(end, { type: 'url', url: String(slots['url']) }));
    for (const shape of [
      '(from|in|of) context [comma|open] under [column] $identifier:key [close]',
      '[comma] [that] [who_me] [has] given [(under|as|in|called|by)] [name] $text:key',
      'open [look] $text:key [in|of|from] context close',
      'open [data] $identifier:key (in|of|from) context close',
      'open context [colon] [data] [called] $identifier:key [comma] [column $identifier:field] close',
      'open [look] [context] [comma] [at|in|under] $json_pointer:key [in|of|from] [context] close',
    ])
      for (const { end, slots } of input.match(shape, noun.end))
        found.push(value(end, { type: 'context', name: String(slots['key']).replace(/^\//, '') }));
    for (const shape of [
      '[below_word] open [in|from] context close',
      'given [by|in|from] context',
      'that be (in|given) [in|by] context',
    ])
      for (const { end } of input.match(shape, noun.end)) found.push(value(end, { type: 'context', name: label }));
    for (const { end, source, where } of bracketed(input, noun.end)) {
      const whole = value(end, source);
      found.push({ end, value: { ...(whole.value as Ref & { kind: 'thing' }), where, explained: true } });
    }
    if (input.tokens[noun.end]?.text === '(')
      for (const { end, slots } of input.match('$source', noun.end + 1))
        if (input.tokens[end]?.text === ')') found.push(value(end + 1, slots['source'] as Source));
    for (const { end } of input.match('(from|in|of) context', noun.end))
      found.push(value(end, { type: 'context', name: label }));
    for (const { end } of input.match('(from|in|of) memory', noun.end))
      if (!isGoal(input, noun.end, { type: 'memory', name: label }))
        found.push(value(end, { type: 'memory', name: label }));
    const isOn = /^(on|at|sur|under|sous)$/.test(input.tokens[noun.end]?.folded ?? '');
    for (const { end, slots } of isOn ? [] : input.match('(of|in) $thing', noun.end)) {
      const inner = slots['thing'] as Ref;
      const isKept = inner.kind === 'thing' && inner.source?.type === 'memory' && isGoal(input, noun.end, inner.source);
      if (isKept) continue;
      const isFormat =
        inner.kind === 'thing' &&
        inner.words.length === 1 &&
        input.values(inner.words[0]?.token ?? 0, 'format').length > 0;
      if (!isFormat && noun.words.every(({ known }) => known) && inner.kind === 'thing' && isPlain(input, noun.words))
        found.push({ end, value: { ...inner, at: [at, end] } satisfies Ref });
    }
  }
  return found;
}

/** "… (table invoices, paid is false)", "… en rupture (table articles, stock = 0)": a place, and which of it. */
function bracketed(input: Input, at: number): { end: number; source: Source; where: Conditions[] }[] {
  let opened = at;
  while (opened < at + ASIDE && input.tokens[opened]?.kind === 'word' && !input.is(opened, 'and', 'or', 'then', 'if'))
    opened++;
  return input
    .match('open [[all] data (of|in|from)] [the] $source [comma] [whose|with|that|for] $conditions:where close', opened)
    .map(({ end, slots }) => ({ end, source: slots['source'] as Source, where: slots['where'] as Conditions[] }));
}

/** "the list of", "the contents of": words that say nothing more than what they are of. */
const isPlain = (input: Input, words: Word[]): boolean =>
  words.every(({ token }) => input.is(token, 'data', 'response', 'file'));

/** Names of things: a few words, none of which does anything. The longest first. */
export function nouns(input: Input, at: number): { end: number; words: Word[] }[] {
  const determiner = input.skip(at, 'the');
  // "the finished letter"
  const isFinished =
    determiner > at && /^(finished|completed|filled|final)$/.test(input.tokens[determiner]?.folded ?? '');
  const article = isFinished ? determiner + 1 : determiner;
  const readings: { end: number; words: Word[] }[] = [];
  for (const start of new Set([article, at])) {
    const words: Word[] = [];
    for (let end = start; end < input.tokens.length && words.length < WORDS;) {
      const next = wordAt(input, end, words.length === 0 && start > at);
      if (next === undefined) break;
      const token = input.tokens[end];
      words.push({
        text: token?.text ?? '',
        token: end,
        known:
          isKept(input, end) ||
          input.is(end, 'data', 'noun', 'compound', 'response', 'file', 'total', 'page', 'table', 'report'),
      });
      end = next;
      readings.push({ end, words: [...words] });
    }
    if (readings.length > 0) break;
  }
  return readings.reverse();
}

/** "keep moves with kind = x": what is kept, though nobody knows it, or knows it as a verb. */
const isKept = (input: Input, at: number): boolean =>
  input.is(at - 1, 'keep', 'filter', 'select', 'remove', 'only') &&
  input.is(at + 1, 'whose') &&
  /[sx]$/.test(input.tokens[at]?.folded ?? '') &&
  !RESTRICTING.test(input.tokens[at]?.text ?? '');

function wordAt(input: Input, at: number, afterArticle: boolean): number | undefined {
  const token = input.tokens[at];
  if (token?.kind !== 'word' || /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(token.text)) return undefined;
  // "with the method PUT"
  if (input.is(at, 'request_word') && input.values(at + 1, 'method').length > 0) return undefined;
  // "the parameters day=…": what an address is asked with
  if (input.is(at, 'parameter') && input.tokens[at + 2]?.text === '=') return undefined;
  if (input.language === 'en' && !afterArticle && /^(away|down|off)$/.test(token.folded)) return undefined;
  const meanings = input.means(at);
  const isNoun = meanings.some((concept) => NOUNS.has(concept));
  if (meanings.some((concept) => CLOSED.has(concept) || (JOINTS.has(concept) && !isKept(input, at))) && !isNoun)
    return undefined;
  if (meanings.some((concept) => VERBS.has(concept)) && !isNoun && !afterArticle && !isKept(input, at))
    return undefined;
  return Math.max(at + 1, input.skip(at, 'data'));
}

/** What is counted: a name, a pronoun or a place, and no figure again. */
export const counted: ValueType = (input, at) =>
  isPaged(input, at)
    ? []
    : [...pronouns(input, at), ...restricted(input, bare(input, at)), ...restricted(input, named(input, at))];

/** "the first 3 pages": how much of an answer is asked for, and no rows. */
const isPaged = (input: Input, at: number): boolean =>
  input.is(at, 'page') &&
  ((input.is(at - 1, 'top') && input.values(at - 2, 'number').length > 0) ||
    (input.is(at - 2, 'top') && input.values(at - 1, 'number').length > 0));
