import type { Input, ValueType } from '../grammar/input';
import type { Conditions } from '../reading';
import { comparisonAt, conditions, NAMING } from './conditions';
import { literal } from './literals';

/** Conditions whose signs say that they are some, whatever stands before them: "for carrier = DHL", but not "on a = b". */
export const signed: ValueType = (input, at) =>
  (/^(on|sur|by|par)$/.test(input.tokens[at - 1]?.folded ?? '') ? [] : input.values(at, 'conditions')).filter(
    ({ end, value }) =>
      (value as Conditions[]).every(({ all }) =>
        all.every(({ at: [from, to] }) =>
          input.tokens.slice(from, Math.min(to, end)).some(({ text }) => /^([<>=≤≥≠]|[<>!=]==?|===|<>)$/.test(text)),
        ),
      ),
  );

/** A field and its value, with nothing or a sign between them: `statut 'open'`, `sku = 'A-1'`. */
export const stated: ValueType = (input, at) =>
  NAMING.some((concept) => input.is(input.skip(at, 'the'), concept))
    ? []
    : input.values(at, 'field').flatMap(({ end: named, value }) => {
        const end = input.tokens[named]?.text === '=' ? named + 1 : named;
        const token = input.tokens[end];
        if (token?.kind !== 'quoted' && token?.kind !== 'number' && !input.is(end, 'true', 'false')) return [];
        return literal(input, end).map((found) => ({
          end: found.end,
          value: [{ match: 'all', all: [{ field: String(value), op: 'eq', value: found.value, at: [at, found.end] }] }],
        }));
      });

/** True of a row, said of the row itself: `completed`, `not active`. In French such words agree, and name no field. */
export const flag: ValueType = (input, at) => {
  if (input.language !== 'en') return [];
  const denied = input.skip(at, 'not');
  const said =
    input.is(denied, 'done') && input.tokens[denied]?.kind === 'word'
      ? [{ end: denied + 1, value: input.tokens[denied]?.text }]
      : input.values(denied, 'identifier');
  return said.map(({ end, value }) => ({
    end,
    value: [{ match: 'all', all: [{ field: value, op: 'eq', value: denied === at, at: [at, end], flag: true }] }],
  }));
};

/** "that have an owner field", "that have an e-mail": there is one; "that have orders" is of another list. */
export const held: ValueType = (input, at) => {
  const start = input.skip(at, 'the');
  const isOther = input.is(start, 'noun', 'none', 'duplicate', 'data', 'no_field');
  return input
    .values(start, 'field')
    .filter(({ end }) => (!isOther || input.is(end - 1, 'column')) && comparisonAt(input, end).length === 0)
    .map(({ end, value }) => ({
      end,
      value: [{ match: 'all', all: [{ field: String(value), op: 'exists', at: [at, end] }] }] satisfies Conditions[],
    }));
};

/** "sans accéder à la base", "without touching the table": what is not to be done, and no field. */
const isDeed = (input: Input, at: number): boolean =>
  input.tokens[at]?.kind === 'word' &&
  (input.language === 'en'
    ? /ing$/.test(input.tokens[at]?.folded ?? '') &&
      /^(the|an?|any.*|to|it|them|other|all|these|those)$/.test(input.tokens[at + 1]?.folded ?? '')
    : /(er|ir|re)$/.test(input.tokens[at]?.folded ?? '') &&
      /^(a|aux?|un|une|l[ea]s?|l'|l’|qui|par|rien|personne)$/.test(input.tokens[at + 1]?.folded ?? ''));

/** Rows "without a price", "sans emplacement": the field is missing. */
export const lacking: ValueType = (input, at) =>
  isDeed(input, at) ||
  input.is(
    input.skip(at, 'the'),
    'duplicate',
    'header',
    'no_body',
    'token',
    'message',
    'data',
    'approval',
    'partner',
  ) ||
  /^(other|autres?)$/.test(input.tokens[input.skip(at, 'the')]?.folded ?? '')
    ? []
    : input.values(input.skip(at, 'the'), 'field').flatMap(({ end, value }) =>
        // "without an order" is of another list, unless a field is named for it
        [
          ...(input.is(input.skip(at, 'the'), 'noun') && !input.is(end - 1, 'close') ? [] : [{ end, field: value }]),
          ...bracketed(input, end),
        ].map((one) => ({
          end: one.end,
          value: [{ match: 'all', all: [{ field: String(one.field), op: 'missing', at: [at, one.end] }] }],
        })),
      );

/** "without an invoice (field invoice_id empty)": the name that the data has. */
const bracketed = (input: Input, at: number): { end: number; field: unknown }[] =>
  input
    .match('open column [called|colon] $identifier [be] [missing] close', at)
    .map(({ end, slots }) => ({ end, field: slots['identifier'] }));

/** "the cancelled ones": a state by its participle; "the good ones" is a judgement. */
export const state: ValueType = (input, at) =>
  flag(input, at).filter(({ end }) => /(ed|able|ible|ive|done|open|sent)$/.test(input.tokens[end - 1]?.folded ?? ''));

/** Groups by the size of their only figure: "of fewer than 5 members". */
export const sized: ValueType = (input, at) =>
  conditions(input, at).flatMap(({ end, value }) => {
    const all = (value as Conditions[]).flatMap((one) => one.all);
    const after = input.skip(end, 'data', 'noun');
    return all.every(({ field }) => field === undefined) ? [{ end: after, value }] : [];
  });
