import type { Found, Input, ValueType } from '../grammar/input';
import { CLOSED } from '../lexicon/concepts';

/** The name of a field or column: `userId`, `address.city`, `the column price`, `"unit price"`. */
export const field: ValueType = (input, at) => {
  const named = input.skip(at, 'column');
  const starts = named > at ? [named, at] : [at];
  return starts.flatMap((start) => {
    const [after] = named > at && start === named ? input.ends(start, 'called') : [];
    return [...(after === undefined ? [] : nameAt(input, after)), ...nameAt(input, start)].flatMap((found) => {
      // "a level (field level_cm)": the name in brackets is the one that the data has
      const inner = input.match('open column [called|colon] $identifier:name [both_sides] close', found.end);
      if (inner.length > 0) input.asides.push([start, found.end]);
      if (inner.length > 0) return inner.map(({ end, slots }) => ({ end, value: slots['name'] }));
      const trailing = input.skip(found.end, 'column');
      return trailing > found.end ? [{ ...found, end: trailing }, found] : [found];
    });
  });
};

function nameAt(input: Input, at: number): Found[] {
  const token = input.tokens[at];
  if (!token) return [];
  if (token.kind === 'quoted' || token.kind === 'code') return [{ end: at + 1, value: token.text }];
  // "14 ou plus (champ note)": how much
  if (/^(plus|moins|more|less|fewer)$/.test(token.folded)) return [];
  // "completed is false": a state that is compared is a field
  const isState = input.is(at, 'done') && input.is(at + 1, 'be', 'equals');
  const isCompared = token.kind === 'word' && /^(?:[<>=≤≥≠]|[<>!=]=|<>)$/.test(input.tokens[at + 1]?.text ?? '');
  if (isCompared) return [{ end: at + 1, value: token.text }];
  // "la colonne tel doit …": a name, though it is a small word
  if (
    token.kind === 'word' &&
    input.is(at - 1, 'column') &&
    input.is(at, 'the') &&
    input.is(at + 1, 'becomes', 'must', 'as', 'to')
  )
    return [{ end: at + 1, value: token.text }];
  // "(colonnes agent, debut, fin)"
  const isListed = input.tokens[at - 1]?.text === ',' && input.is(at + 1, 'close') && input.is(at, 'filler');
  if (token.kind !== 'word' || (!isState && !isListed && input.means(at).some((concept) => CLOSED.has(concept))))
    return [];
  // "a" is a column where nothing follows that it could be the article of
  if (input.is(at, 'the') && input.tokens[at + 1]?.kind === 'word' && !input.is(at + 1, 'and')) return [];
  return [{ end: at + 1, value: token.text }];
}

/** Fields as prose lists them: `a, b and c`. */
export const fields: ValueType = (input, at) => listOf(input, at, 'field');

/** Columns that are chosen by their names: several, or one that only a column has, such as `id` or `due_date`. */
export const chosen: ValueType = (input, at) =>
  fields(input, at).filter(({ end, value }) => {
    const names = value as string[];
    const isNamed = input.is(input.skip(at, 'the'), 'column');
    const isPlain = input.tokens
      .slice(at, end)
      .some((_, index) => input.is(at + index, 'data', 'all', 'everything', 'counting', 'total', 'average', 'top'));
    return !isPlain && (names.length > 1 || isNamed || /_|^id$/.test(names[0] ?? ''));
  });

/** Fields that are a key together: `store + day`, `store and day`. */
export const keyFields: ValueType = (input, at) => {
  const [first] = field(input, at);
  if (first === undefined || input.tokens[first.end]?.text !== '+') return fields(input, at);
  const rest = keyFields(input, first.end + 1);
  return rest.map(({ end, value }) => ({ end, value: [first.value, ...(value as unknown[])] }));
};

/** Elements of a type, between commas and "and"; all lists from the longest to a single one. */
export function listOf(input: Input, at: number, type: string): Found[] {
  const lists: Found[] = [];
  const go = (start: number, before: unknown[]) => {
    const [from] = [input.values(start, type).length > 0 ? start : input.skip(start, 'the')];
    for (const { end, value } of input.values(from ?? start, type).slice(0, 2)) {
      // "by city, and chart the result": a verb that nobody knows, and no further field
      if (type === 'field' && before.length > 0 && input.is(end, 'the', 'it', 'them', 'clitic')) continue;
      // "by name, output: x.csv": a label
      if (before.length > 0 && input.tokens[end]?.text === ':' && input.is(end - 1, 'output', 'title', 'file'))
        continue;
      const values = [...before, value];
      lists.push({ end, value: values });
      const next = afterSeparator(input, end);
      if (
        next > end &&
        values.length < 40 &&
        (!input.beginsClause(next) || isFigure(input, type, next)) &&
        !isPlace(input, next) &&
        !isInfinitive(input, next) &&
        !isOther(input, type, next)
      )
        go(next, values);
    }
  };
  go(at, []);
  return lists.sort((a, b) => b.end - a.end);
}

/** "and the average of price": a further figure, though its name is a verb as well. */
const isFigure = (input: Input, type: string, at: number): boolean =>
  (type === 'figure' && input.is(at, 'the') && input.values(at, 'figure').length > 0) ||
  // "les élèves de https://… et les notes de https://…": a name that is a verb as well
  (type === 'thing' &&
    input.is(at, 'the') &&
    !/(er|ir|re|ez)$/.test(input.tokens[input.skip(at, 'the')]?.folded ?? '') &&
    input.values(at, 'sourced').length > 0);

/** "on sku, the prices from prices.csv": what stands beside the fields, and no further one. */
const isOther = (input: Input, type: string, at: number): boolean =>
  (type === 'field' || type === 'pair') &&
  input.is(at, 'the') &&
  input.values(input.is(at, 'of') ? at + 1 : at, 'sourced').length > 0;

/** "… par date et de le mettre dans x.csv": what is done next. */
function isInfinitive(input: Input, at: number): boolean {
  const verb = input.skip(input.skip(at, 'to_do'), 'clitic');
  return input.language === 'fr' && input.is(at, 'to_do') && verb > at + 1 && input.beginsClause(verb);
}

/** "…, csv to x.csv", "…, sortie x.csv": where things go, and no further element. */
const isPlace = (input: Input, at: number): boolean =>
  input.match('(output|file_name|source_word) [colon] ($path|$url)', at).length > 0 ||
  input.match('$format [file] (to|in|as|destination) [file] $path', at).length > 0 ||
  input.match('file [called] $path', at).length > 0;

/** Token after a comma, "and", or both. */
export function afterSeparator(input: Input, at: number): number {
  const comma = /^[,/]$/.test(input.tokens[at]?.text ?? '') ? at + 1 : at;
  return input.skip(comma, 'and');
}

/** `price descending`, `name`, `highest price first`; a list of them. */
export const orders: ValueType = (input, at) => listOf(input, at, 'order');

/** One field to sort by. */
export const order: ValueType = (input, at) =>
  [
    '[it|that] [column] $field [comma|open] [with|from|in|by] $direction [close]',
    '[it|that] [column] $field',
    '$direction [of] $field',
    '[in|by] order_word of $field',
  ].flatMap((shape) =>
    input.match(shape, at).map(({ end, slots }) => ({
      end,
      value: { field: slots['field'], ...(slots['direction'] === undefined ? {} : { order: slots['direction'] }) },
    })),
  );

/** `x to y`, `x as y`: old and new names. */
export const renames: ValueType = (input, at) => listOf(input, at, 'rename');

export const rename: ValueType = (input, at) =>
  input.match('$field:old (to|as|into|called) $field:new', at).map(({ end, slots }) => ({
    end,
    value: { old: slots['old'], new: slots['new'] },
  }));

/** `total = price * quantity`; the part after the sign may stand in quotes. */
export const assignment: ValueType = (input, at) => [...bracketed(input, at), ...assigned(input, at)];

/** "a field total (prix multiplié par quantite)": what it is made of stands in brackets. */
const bracketed = (input: Input, at: number): Found[] =>
  input.match('column $field:name open', at).flatMap(({ end, slots }) =>
    formulaAt(input, end)
      .filter((found) => input.is(found.end, 'close') && /[-+*/]/.test(String(found.value)))
      .map((found) => ({ end: found.end + 1, value: { name: slots['name'], expression: found.value } })),
  );

const assigned = (input: Input, at: number): Found[] =>
  input.match('$field:name [called] assign', at).flatMap(({ end, slots }) => {
    const token = input.tokens[end];
    if (token?.kind === 'quoted' || token?.kind === 'code') {
      // a word in quotes is a text, and not the name of a column
      const isText = token.kind === 'quoted' && /^[\p{L}\s'’-]+$/u.test(token.text);
      return [
        { end: end + 1, value: { name: slots['name'], expression: isText ? JSON.stringify(token.text) : token.text } },
      ];
    }
    const [formula] = formulaAt(input, end);
    return formula ? [{ end: formula.end, value: { name: slots['name'], expression: formula.value } }] : [];
  });

/** Words of arithmetic between two names. */
const OPERATIONS: [string, string][] = [
  ['added_to', '+'],
  ['less_by', '-'],
  ['multiply', '*'],
  ['over_by', '/'],
];

/** `1,2` in French is 1.2 in an expression. */
const decimal = (input: Input, text: string): string =>
  input.language === 'fr' && /^\d+,\d+$/.test(text) ? text.replace(',', '.') : text;

/** Names and numbers between signs of arithmetic. */
function formulaAt(input: Input, at: number): Found[] {
  const parts: string[] = [];
  let end = at;
  for (let expectsSign = false; ; expectsSign = !expectsSign) {
    const token = input.tokens[end];
    if (!token) break;
    const said = OPERATIONS.find(([concept]) => expectsSign && input.is(end, concept));
    const sign = said !== undefined || /^[-+*/×x]$/.test(token.text);
    if (expectsSign !== sign) break;
    if (!expectsSign && token.kind !== 'word' && token.kind !== 'number') break;
    if (!expectsSign && parts.length > 0 && input.is(end, 'the')) {
      end++;
      expectsSign = !expectsSign;
      continue;
    }
    parts.push(
      said?.[1] ?? (token.text === '×' || (expectsSign && token.text === 'x') ? '*' : decimal(input, token.text)),
    );
    end = said ? input.skip(end, said[0]) : end + 1;
  }
  if (parts.length % 2 === 0) {
    parts.pop();
    end--;
  }
  return parts.length === 0 ? [] : [{ end, value: parts.join(' ') }];
}

/** Several paths: `a.json and a.csv`; not "x/a.csv and b.csv to x/b.csv", where another file goes somewhere. */
export const paths: ValueType = (input, at) =>
  listOf(input, at, 'path').filter(
    ({ end, value }) =>
      (value as unknown[]).length < 2 || input.match('(to|as|destination) [file] [called] $path', end).length === 0,
  );

/** Two fields or more, where one alone could be anything. */
export const columns: ValueType = (input, at) =>
  listOf(input, at, 'field').filter(({ value }) => (value as unknown[]).length > 1);

/** Fields of two sets that are equal: `id = user_id`, or one name for both. */
export const pairs: ValueType = (input, at) => listOf(input, at, 'pair');

/** The same where both are named: `accounts.id with invoices.account_id`. */
export const equalities: ValueType = (input, at) => listOf(input, at, 'equality');

export const equality: ValueType = (input, at) =>
  input.match('$pair', at).flatMap(({ end, slots }) => {
    const words = input.tokens.slice(at, end);
    // "shipments with carriers": two lists, and no fields
    const isPlain = input.is(at + 1, 'paired') && !words.some(({ text, kind }) => /[._]/.test(text) || kind !== 'word');
    return end - at > 2 && !isPlain ? [{ end, value: slots['pair'] }] : [];
  });

export interface Pair {
  left: string;
  right: string;
  /** what stands before the point of each: the names of their lists */
  of?: [string, string];
  at: [number, number];
}

export const pair: ValueType = (input, at) => {
  return ['$field:left [be] (equals|with|paired|be) $field:right', '$field:both'].flatMap((shape) =>
    input.match(shape, at).map(({ end, slots }) => {
      const side = (name: unknown): string => String(name).split('.').at(-1) ?? '';
      const [left, right] =
        slots['both'] === undefined ? [slots['left'], slots['right']] : [slots['both'], slots['both']];
      const list = (name: unknown): string =>
        String(name).includes('.') ? (String(name).split('.').at(-2) ?? '') : '';
      const of: [string, string] = [list(left), list(right)];
      const value: Pair = {
        left: side(left),
        right: side(right),
        at: [at, end],
        ...(of.join('') === '' ? {} : { of }),
      };
      return { end, value };
    }),
  );
};
