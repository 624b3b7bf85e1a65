/** Scores a reading against an author's answer: what a clerk would have to find out without being told. */
import type { Anomaly, OrderLine } from '../../../schemas/order/order';
import { fields, type Case as MatchCase, type Field } from '../corpus/golden';
import { match, placeOf, rangeOf, tidy, wants } from '../scoring/match';
import type { Reading } from '../scoring/score';
import type { Answer, Case, GoldenOrder, Line } from './contract';
import { covers, isWarned, sameSheet, type Place } from './places';

export interface Mistake {
  file: string;
  kind: 'outcome' | 'value' | 'missing line' | 'extra line' | 'not asked' | 'fact' | 'needless stop';
  /** wrong, and nothing in the reading warns at its place */
  silent: boolean;
  at: string;
  expected: string;
  got: string;
}

export interface Verdict {
  file: string;
  is_order: boolean;
  /** everything as the clerk would have it, or asked where the clerk would ask */
  right: boolean;
  /** of a file that is no order: it was said */
  told: boolean;
  needless_stop: boolean;
  /** anomalies that speak of no place that the clerk would doubt, by kind */
  needless_flags: number;
  mistakes: Mistake[];
  /** each value that was read: its confidence, and whether it is right */
  values: { field: Field; confidence: number; right: boolean }[];
  ms: number;
}

/** Fields that every program words in its own way: `pcs` for `Stück`. */
const worded: ReadonlySet<Field> = new Set<Field>(['unit']);
const numeric: ReadonlySet<Field> = new Set<Field>(['quantity', 'unit_price', 'discount_percent', 'amount']);

export function judge(one: Case, reading: Reading, sheets: number, ms: number): Verdict {
  const { golden, file } = one;
  const mistakes: Mistake[] = [];
  const values: Verdict['values'] = [];
  const wrong = (kind: Mistake['kind'], silent: boolean, at: string, expected: string, got: string) =>
    mistakes.push({ file, kind, silent, at, expected, got });
  const { anomalies } = reading;
  const stops = anomalies.filter(({ severity }) => severity === 'blocking');
  const asksAboutFile = stops.some(({ code }) => /^(document|file|orders)\./.test(code));

  if (!golden.is_order) {
    const told = reading.outcome !== 'order' || asksAboutFile;
    if (!told) wrong('outcome', true, 'file', `no order (${golden.document ?? ''})`, `${reading.lines.length} lines`);
    return { file, is_order: false, right: told, told, needless_stop: false, needless_flags: 0, mistakes, values, ms };
  }
  if (reading.outcome !== 'order') {
    wrong('outcome', false, 'file', 'an order', `${reading.outcome}: ${reading.reason?.message.en ?? ''}`);
    return {
      file,
      is_order: true,
      right: false,
      told: true,
      needless_stop: true,
      needless_flags: 0,
      mistakes,
      values,
      ms,
    };
  }

  const lines = golden.orders.flatMap((order) => order.lines);
  const asMatched = matchable(one, lines, sheets);
  const { pairs, missing, extra } = match(asMatched, reading.lines);
  const lineOf = new Map(asMatched.golden.lines.map((line, i) => [line, lines[i]!]));
  for (const pair of pairs) {
    const line = lineOf.get(pair.golden)!;
    for (const field of fields) compareField(field, line, pair.got);
  }
  for (const line of missing) {
    const place = { sheet: line.sheet, row: line.row };
    const told = anomalies.some((anomaly) => covers(anomaly, place, sheets));
    wrong('missing line', !told, `${line.sheet}!${line.row}`, shown(lineOf.get(line)!.quantity), 'nothing');
  }
  for (const got of extra) {
    const place = placeOf(got);
    const asked = stops.some(
      (anomaly) =>
        anomaly.line_id === got.line_id ||
        (place && covers(anomaly, { sheet: place.sheet ?? '', row: place.row }, place.sheet ? sheets : 1)),
    );
    wrong('extra line', !asked, place ? `${place.sheet ?? ''}!${place.row}` : '?', 'nothing', textOf(got));
  }
  if (golden.orders.length > 1 && !stops.some(({ code }) => code.startsWith('orders.')))
    wrong('not asked', true, 'file', `${golden.orders.length} orders in one file`, 'nothing says so');
  if (golden.orders.length === 1) compareFacts(golden.orders[0]!);
  for (const { sheet, cells, about } of golden.doubts ?? []) {
    if (!anomalies.some((anomaly) => touches(anomaly, sheet, cells, sheets)))
      wrong('not asked', true, `${sheet}!${cells}`, about, 'nothing');
  }

  const needless = anomalies.filter((anomaly) => !isMeant(anomaly));
  const needlessStops = needless.filter(({ severity }) => severity === 'blocking');
  for (const { code, evidence, message } of needlessStops)
    wrong('needless stop', false, evidence.map(({ cell }) => cell).join(' '), 'nothing', `${code}: ${message.en}`);
  return {
    ...{ file, is_order: true, told: true, mistakes, values, ms },
    right: mistakes.length === 0,
    needless_stop: needlessStops.length > 0,
    needless_flags: new Set(needless.map(({ code }) => code)).size,
  };

  function compareField(field: Field, line: Line, got: OrderLine): void {
    const answer = line[field];
    const value = got[field]?.value === '' ? null : (got[field]?.value ?? null);
    const accepted = wants(answer);
    const place: Place = { sheet: line.sheet, row: line.row, column: columnOf(line) };
    const warned = () => isWarned(anomalies, field, place, got, sheets);
    const at = `${line.sheet}!${got[field]?.from?.cell ?? `row ${line.row}`} ${field}`;
    if (line.doubtful?.includes(field)) {
      if (!warned()) wrong('not asked', true, at, `a doubt (${shown(answer)})`, value ?? 'nothing');
      return;
    }
    // a sum that is marked as computed by us is not a reading
    if (answer === undefined && (got[field]?.source === 'computed' || worded.has(field))) return;
    if (worded.has(field)) return;
    const right = accepted.some((want) => isEqual(field, want, value));
    if (value !== null) values.push({ field, confidence: got[field]!.confidence, right });
    // a code that has one column is right as a reference and as an EAN
    if (!right && (field === 'ean' || field === 'reference') && isOtherCode(line, field, got)) return;
    if (!right)
      wrong('value', !warned(), at, accepted.map((want) => want ?? 'nothing').join(' or '), value ?? 'nothing');
  }

  function compareFacts(order: GoldenOrder): void {
    const { facts } = reading;
    const pairs: [string, Answer | undefined, string | undefined][] = [
      ['order_number', order.number, facts.order_number?.value],
      ['currency', order.currency, facts.currency?.value],
      ['order_date', order.order_date, facts.order_date?.value],
      ['delivery_date', order.delivery_date, facts.delivery_date?.value],
    ];
    for (const [fact, answer, value] of pairs) {
      // a fact that is not read is asked for in the form; only another value is wrong
      if (answer === undefined || value === undefined) continue;
      if (wants(answer).some((want) => want !== null && tidy(want) === tidy(value))) continue;
      const told = anomalies.some(
        ({ code, path }) => path?.includes(fact) || code.startsWith(fact.replace(/^.*_/, '')),
      );
      wrong('fact', !told, fact, shown(answer), value);
    }
  }

  /** True if a careful clerk would have a word about the place too. */
  function isMeant(anomaly: Anomaly): boolean {
    if (golden.orders.length > 1 && anomaly.code.startsWith('orders.')) return true;
    if ((golden.doubts ?? []).some(({ sheet, cells }) => touches(anomaly, sheet, cells, sheets))) return true;
    const doubted = lines.filter(({ doubtful }) => (doubtful ?? []).length > 0);
    const skipped = golden.not_ordered ?? [];
    if ([...doubted, ...skipped].some(({ sheet, row }) => covers(anomaly, { sheet, row }, sheets))) return true;
    const own = pairs.find(({ got }) => got.line_id === anomaly.line_id);
    return own !== undefined && (lineOf.get(own.golden)!.doubtful ?? []).length > 0;
  }
}

const columnOf = ({ column }: Line) => (column === undefined ? undefined : rangeOf(`${column}1`)?.left);

function touches(anomaly: Anomaly, sheet: string, cells: string, sheets: number): boolean {
  const wanted = rangeOf(cells.split(/[ ,]/)[0]);
  return anomaly.evidence.some((evidence) => {
    if (!sameSheet(sheets, sheet, evidence.sheet)) return false;
    const range = rangeOf(evidence.cell);
    if (!wanted || !range) return true;
    return range.top <= wanted.bottom && range.bottom >= wanted.top;
  });
}

function isEqual(field: Field, want: string | null, value: string | null): boolean {
  if (want === null || value === null) return want === value;
  if (numeric.has(field)) return isSameNumber(Number(want), Number(value));
  const plain = (text: string) => tidy(field === 'variant' ? withoutSigns(text) : text).toLowerCase();
  return plain(want) === plain(value);
}

/** Parts of a variant, however they are put together: `Camel / 36` and `Camel 36`. */
const withoutSigns = (text: string): string => text.replaceAll(/\s*[/,;|·]\s+|\s+-\s+/g, ' ');

/** Equal but for the noise of an author's floating point: 0.0715 and 0.07150000000000001. */
const isSameNumber = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

/** A file with one column of codes: the code is right as a reference and as an EAN. */
function isOtherCode(line: Line, field: 'ean' | 'reference', got: OrderLine): boolean {
  const other = field === 'ean' ? 'reference' : 'ean';
  if ((line[field] === undefined) === (line[other] === undefined)) return false;
  const code = wants(line[field] ?? line[other]);
  return line[field] === undefined
    ? code.includes(got[field]?.value ?? null)
    : got[field] === undefined && code.includes(got[other]?.value ?? null);
}

/** The author's case in the form that pairing of lines knows. */
function matchable({ file, language }: Case, lines: Line[], sheets: number): MatchCase {
  const golden = lines.map((line) => ({
    sheet: line.sheet,
    row: line.row,
    column: columnOf(line),
    values: Object.fromEntries(fields.map((field) => [field, line[field]])),
  }));
  const book = { sheets: Array.from({ length: sheets }, () => ({})) } as unknown as MatchCase['book'];
  return {
    ...{ trait: '', file, language, book },
    golden: { outcome: 'order', reasons: [], lines: golden, must: [], may: [], facts: {}, free: [] },
  };
}

const shown = (answer: Answer | undefined) =>
  wants(answer)
    .map((want) => want ?? 'nothing')
    .join(' or ');
const textOf = ({ reference, ean, description, quantity }: OrderLine) =>
  [reference, ean, description, quantity].flatMap((value) => (value ? [value.value] : [])).join(' | ');
