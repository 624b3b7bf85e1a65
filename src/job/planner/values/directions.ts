import type { Found, Input, ValueType } from '../grammar/input';

type Way = 'asc' | 'desc';

interface Said {
  end: number;
  way: Way;
}

/** Superlatives of what is little, early or near, which come first in rising order. */
const LITTLE =
  /^(lowest|smallest|cheapest|shortest|earliest|oldest|youngest|lightest|slowest|coldest|coolest|thinnest|nearest|closest|least|poorest|weakest|fewest|soonest|narrowest|shallowest|quietest|petite?s?|basse?s?|bas|anciens?|anciennes?|courte?s?|faibles?|legers?|legeres?|froide?s?|jeunes?|vieux|vieilles?|proches?|lents?|lentes?)$/;
/** Words that end like a superlative and are none. */
const NO_SUPERLATIVE =
  /^(re)?(quest|test|guest|interest|harvest|forest|west|rest|contest|invest|protest|suggest|digest|modest|honest|manifest|crest|chest|nest|attest|arrest|ingest)$/;

const other = (way: Way): Way => (way === 'asc' ? 'desc' : 'asc');

/** "hottest", "the most recent", "les plus chauds": the end of a superlative, and what comes first by it. */
export function superlativesAt(input: Input, at: number): Said[] {
  const start = input.skip(at, 'the');
  const first = input.tokens[start]?.folded ?? '';
  const more = (input.language === 'en' ? /^(most|least)$/ : /^(plus|moins)$/).exec(first)?.[0];
  const word = more === undefined ? start : start + 1;
  const { kind, folded = '' } = input.tokens[word] ?? {};
  const isOne =
    input.language === 'en'
      ? more !== undefined || (/^\w{2,}est$/.test(folded) && !NO_SUPERLATIVE.test(folded))
      : more !== undefined;
  if (kind !== 'word' || !isOne) return [];
  const isLittle = LITTLE.test(folded) !== (more === 'moins' || more === 'least');
  return [{ end: word + 1, way: isLittle ? 'asc' : 'desc' }];
}

/** A superlative as a value: `asc` or `desc`. */
export const superlative: ValueType = (input, at) =>
  superlativesAt(input, at).map(({ end, way }) => ({ end, value: way }));

/** Token after "first", "come first", "should be at the top"; with the way turned round after "last". */
function placesAt(input: Input, at: number): { end: number; isLast: boolean }[] {
  let start = at;
  while (start < at + 4 && input.is(start, 'comes')) start = input.skip(start, 'comes');
  return [
    ...['on_top', 'top', 'best'].flatMap((concept) =>
      input.ends(start, concept).map((end) => ({ end: afterOther(input, end), isLast: false })),
    ),
    ...input.ends(start, 'at_end').map((end) => ({ end, isLast: true })),
  ];
}

/** "… and the smallest at the end": the other end of the same order. */
function afterOther(input: Input, at: number): number {
  const and = input.tokens[at]?.text === ',' ? at + 1 : input.skip(at, 'and');
  if (and === at) return at;
  const stops = superlativesAt(input, and).flatMap(({ end }) => input.ends(afterNoun(input, end), 'at_end'));
  return Math.max(at, ...stops);
}

/** Token after a word for rows or for their figure. */
const afterNoun = (input: Input, at: number): number =>
  input.skip(at, 'ones', 'data', 'total', 'counting', 'average', 'value_word', 'noun', 'one_alone');

/** Which end comes first: "descending", "newest first", "starting with the oldest", "from the highest to the lowest". */
export const direction: ValueType = (input, at) => {
  const found: Found[] = [];
  const add = (end: number, value: Way) => found.push({ end, value });
  for (const way of ['desc', 'asc'] as const)
    for (const end of input.ends(at, way === 'desc' ? 'descending' : 'ascending')) add(end, way);
  for (const started of input.ends(at, 'starting_with'))
    for (const { end, way } of superlativesAt(input, started)) add(afterNoun(input, end), way);
  for (const start of beginnings(input, at))
    for (const { end, way } of superlativesAt(input, start))
      for (const place of placesAt(input, afterNoun(input, end))) add(place.end, place.isLast ? other(way) : way);
  found.push(...ranges(input, at), ...kinds(input, at));
  return found;
};

/** A token, and the one after words by which an order is the purpose: "so that the newest come first". */
const beginnings = (input: Input, at: number): Set<number> => new Set([at, input.skip(at, 'so_that')]);

/** "from the newest to the oldest", "du plus élevé au plus faible". */
function ranges(input: Input, at: number): Found[] {
  if (!/^(from|du|de|des)$/.test(input.tokens[at]?.folded ?? '')) return [];
  return superlativesAt(input, at + 1).flatMap(({ end, way }) => {
    const noun = afterNoun(input, end);
    const to = /^down$/.test(input.tokens[noun]?.folded ?? '') ? noun + 1 : noun;
    const isTo = /^(to|a|au|aux)$/.test(input.tokens[to]?.folded ?? '');
    return isTo ? superlativesAt(input, to + 1).map((one) => ({ end: afterNoun(input, one.end), value: way })) : [];
  });
}

/** "in reverse chronological order", "par ordre décroissant", "dans l'ordre chronologique inverse". */
const kinds = (input: Input, at: number): Found[] =>
  [
    '[in|by] [reversed:reversed] (rising|falling:falling) order_word',
    '[in|by] reversed:reversed order_word',
    '[in|by] order_word (rising|falling:falling) [reversed:reversed]',
    '[in|by] order_word reversed:reversed',
  ].flatMap((shape) =>
    input.match(shape, at).map(({ end, slots }) => ({
      end,
      value: (slots['falling'] === true) !== (slots['reversed'] === true) ? 'desc' : 'asc',
    })),
  );

/** "biggest total first", "the latest shipped_at should come first": the field, and which end of it comes first. */
export const extreme: ValueType = (input, at) =>
  [...beginnings(input, at)].flatMap((start) =>
    named(input, start).flatMap(({ end, way, field }) =>
      placesAt(input, end).map((place) => ({
        end: place.end,
        value: [{ field, order: place.isLast ? other(way) : way }],
      })),
    ),
  );

/** A superlative with its field, before or behind it: "the oldest due_date", "les montants les plus élevés". */
function named(input: Input, at: number): (Said & { field: unknown })[] {
  const before = superlativesAt(input, at).flatMap(({ end, way }) =>
    input.is(end, 'ones', 'data', 'one_alone', 'single')
      ? []
      : input.values(end, 'field').map((one) => ({ end: one.end, way, field: one.value })),
  );
  if (input.language === 'en') return before;
  const behind = input
    .values(input.skip(at, 'the'), 'field')
    .flatMap(({ end, value }) => superlativesAt(input, end).map((one) => ({ ...one, field: value })));
  return [...before, ...behind];
}
