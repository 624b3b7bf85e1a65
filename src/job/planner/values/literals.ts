import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED } from '../lexicon/concepts';
import type { Computed, Literal } from '../reading';
import { numberOf } from './scalars';

/** One value: a number (with its currency, which is left out), a date, a text in quotes, a name, true, false, null. */
export const literal: ValueType = (input, at) => {
  const token = input.tokens[at];
  if (!token) return [];
  if (token.kind === 'quoted' || token.kind === 'code') return [{ end: at + 1, value: token.text }];
  if (token.kind === 'number') {
    const value = numberOf(token.text, input) ?? token.text;
    return [{ end: unitAt(input, at + 1), value }];
  }
  const currency = input.skip(at, 'euro');
  if (currency > at && input.tokens[currency]?.kind === 'number') return literal(input, currency);
  for (const [concept, value] of [
    ['true', true],
    ['false', false],
    ['null', null],
  ] as const)
    if (input.is(at, concept)) return input.ends(at, concept).map((end) => ({ end, value }));
  return words(input, at);
};

/** Words that judge, and are no value of a field. */
const VAGUE =
  /^(reasonable|odd|strange|weird|abnormal|suspicious|sensible|unusual|excessive|raisonnables?|anormale?s?|anormaux|bizarres?|étranges?|suspecte?s?|douteux|douteuses?|excessi(f|ve)s?|inhabituel(le)?s?)$/i;

/** Who does what comes next, and no value: "those over 30, and you save them", "…, et tu m'enregistres …". */
const PRONOUN = { en: /^(i|we|you|he|she|they)$/i, fr: /^(je|tu|il|elle|on|nous|vous|ils|elles)$/i };

/** A word, and capitalised words that follow: `open`, `New York`. */
function words(input: Input, at: number): Found[] {
  const first = input.tokens[at];
  if (first?.kind !== 'word' || PRONOUN[input.language].test(first.text)) return [];
  const capital = /^\p{Lu}/u.test(first.text);
  const isOk = /^ok$/i.test(first.text);
  if (
    !capital &&
    !isOk &&
    input.means(at).some((concept) => (CLOSED.has(concept) && concept !== 'done') || concept === 'the')
  )
    return [];
  // "sont à insérer": what is to be done
  if (
    input.language === 'fr' &&
    /^(a|à)$/.test(input.tokens[at - 1]?.folded ?? '') &&
    /(er|ir|re)$/.test(first.folded) &&
    input.beginsClause(at)
  )
    return [];
  let end = at + 1;
  while (capital && input.tokens[end]?.kind === 'word' && /^\p{Lu}/u.test(input.tokens[end]?.text ?? '')) end++;
  if (VAGUE.test(first.text)) return [];
  if (/^(inférieure?s?|supérieure?s?|plus|moins|less|more|greater|fewer|lower|higher|above|below)$/i.test(first.text))
    return [];
  const texts = input.tokens.slice(at, end).map(({ text }) => text);
  return [{ end, value: texts.join(' ') }];
}

/** Values between commas and "or": `a, b or c`. */
export function listAt(input: Input, at: number): Found[] {
  const values: Literal[] = [];
  let end = at;
  for (;;) {
    const opening = values.length === 0 && /^[([]$/.test(input.tokens[end]?.text ?? '') ? end + 1 : end;
    const [found] = literal(input, opening);
    if (!found) break;
    values.push(found.value as Literal);
    end = found.end;
    const comma = input.tokens[end]?.text === ',' ? end + 1 : end;
    const next = input.skip(comma, 'or', 'and');
    if (next === end || literal(input, next).length === 0 || input.beginsClause(next)) break;
    end = next;
  }
  if (values.length < 2) return [];
  return [{ end: /^[)\]]$/.test(input.tokens[end]?.text ?? '') ? end + 1 : end, value: values }];
}

/** A currency or a unit after a number says nothing that is compared. */
export const unitAt = (input: Input, at: number): number => {
  const degree = input.tokens[at]?.text === '°' ? at + 1 : at;
  return input.skip(degree, 'euro', 'unit');
};

/** The present day, as dates are written. */
const DAY = '$substring($now(), 0, 10)';

/** The present moment: `now()`, `today`, `CURRENT_DATE`. */
export function momentAt(input: Input, at: number): Found[] {
  const token = input.tokens[at];
  if (token?.kind === 'moment') {
    const isDay = /^current_date$/i.test(token.text);
    const jsonata = /interval/i.test(token.text) ? undefined : isDay ? DAY : '$now()';
    return [{ end: at + 1, value: { sql: token.text, jsonata } satisfies Computed }];
  }
  return input.ends(at, 'now').map((end) => {
    const isDay = /today|date|jour|aujourd/.test(input.tokens[at]?.folded ?? '');
    const value: Computed = isDay ? { sql: 'CURRENT_DATE', jsonata: DAY } : { sql: 'now()', jsonata: '$now()' };
    return { end, value };
  });
}

/** Another field, which only a size can be compared with by its bare name: `actual > budget`. */
export function fieldAsValue(input: Input, at: number): Found[] {
  const token = input.tokens[at];
  if (token?.kind !== 'word' || input.is(at, 'true', 'false', 'null', 'who_me')) return [];
  return input.values(at, 'field').map(({ end, value }) => {
    const name = String(value);
    const computed: Computed = { field: name };
    return { end, value: computed };
  });
}

export const hasOr = (input: Input, from: number, to: number): boolean =>
  Array.from({ length: to - from }, (_, index) => from + index).some((at) => input.is(at, 'or'));
