import type { Anomaly, FileReading, OrderLine } from '../../../schemas/order/order';
import { fields, type Case, type Field, type GoldenLine, type Want } from '../corpus/golden';
import { columnName } from '../corpus/book';
import { groupBy } from './group';
import { isDoubted, isExtraDoubted, isFlag, isMissingDoubted, neverSilent } from './flags';
import { match, placeOf, tidy, wants } from './match';

/** The part of a reading that is scored. */
export type Reading = Pick<FileReading, 'outcome' | 'reason' | 'lines' | 'facts' | 'anomalies'>;

export interface Failure {
  file: string;
  kind: 'outcome' | 'value' | 'missing line' | 'extra line' | 'missing flag' | 'false flag' | 'fact' | 'provenance';
  /** wrong, and nothing in the reading flags it */
  silent: boolean;
  at: string;
  expected: string;
  got: string;
}

export interface Score {
  trait: string;
  file: string;
  ms: number;
  lines: { golden: number; got: number; right: number };
  fields: Record<Field, { right: number; total: number }>;
  facts: { right: number; total: number };
  /** is an order, and a person would have nothing to correct or to answer */
  clean: boolean | undefined;
  failures: Failure[];
}

/** Compares one reading with its golden answer. */
export function score(one: Case, reading: Reading, ms = 0): Score {
  const { golden, file } = one;
  const { pairs, missing, extra } = match(one, reading.lines);
  const failures: Failure[] = [];
  const fail = (kind: Failure['kind'], silent: boolean, at: string, expected: string, got: string) =>
    failures.push({ file, kind, silent, at, expected, got });
  const result: Score = {
    trait: one.trait,
    file,
    ms,
    lines: { golden: golden.lines.length, got: reading.lines.length, right: 0 },
    fields: Object.fromEntries(fields.map((field) => [field, { right: 0, total: 0 }])) as Score['fields'],
    facts: { right: 0, total: 0 },
    clean: undefined,
    failures,
  };

  checkOutcome(one, reading, fail);
  for (const pair of pairs) {
    const wrong = wrongFields(one, pair.golden, pair.got, result);
    for (const { field, expected } of wrong) {
      const silent = !isDoubted(one, reading.anomalies, pair.golden, pair.got, field);
      const at = pair.got[field]?.from?.cell ?? cellOf(pair.golden);
      fail('value', silent, `${pair.golden.sheet}!${at} ${field}`, expected, shown(pair.got[field]?.value));
    }
    if (!wrong.some(({ field }) => identity.includes(field))) result.lines.right++;
    const place = placeOf(pair.got);
    const placed =
      place?.row === pair.golden.row &&
      (place.column === undefined || pair.golden.column === undefined || place.column === pair.golden.column);
    if (!placed)
      fail(
        'provenance',
        false,
        cellOf(pair.golden),
        cellOf(pair.golden),
        place ? cellOf({ ...pair.golden, ...place, sheet: '' }) : 'none',
      );
  }
  for (const line of missing) {
    // a file that is refused, or in which no table was found, hides nothing
    const said = reading.outcome !== 'order' || isMissingDoubted(one, reading.anomalies, line);
    fail('missing line', !said, `${line.sheet}!${cellOf(line)}`, goldenText(line), 'nothing');
  }
  for (const line of extra) {
    const place = placeOf(line);
    fail(
      'extra line',
      !isExtraDoubted(reading.anomalies, line),
      place ? `${place.sheet ?? ''}!${place.row}` : '?',
      'nothing',
      gotText(line),
    );
  }
  checkFacts(one, reading, result, fail);
  const unexpected = checkFlags(one, reading, fail);
  if (golden.outcome === 'order') {
    const harmful = failures.some(({ kind }) => !['false flag', 'missing flag', 'provenance'].includes(kind));
    result.clean = !harmful && unexpected.every(({ severity }) => severity !== 'blocking');
  }
  return result;
}

type Fail = (kind: Failure['kind'], silent: boolean, at: string, expected: string, got: string) => void;

/** The fields by which a line is the right one. */
const identity: Field[] = ['reference', 'ean', 'description', 'variant', 'destination', 'quantity'];

function checkOutcome(one: Case, reading: Reading, fail: Fail): void {
  const { outcome, reasons } = one.golden;
  const right = reading.outcome === outcome && (outcome === 'order' || reasons.includes(reading.reason?.code ?? ''));
  if (right) return;
  const said = (kind: string, codes: string[]) => (codes.length > 0 ? `${kind} (${codes.join(' or ')})` : kind);
  // an order called a price list is lost for a false reason; "refused" and "no table" make somebody look
  const lost = outcome === 'order' && reading.outcome === 'not_an_order' && reading.reason?.code !== 'no_table';
  fail(
    'outcome',
    lost,
    'file',
    said(outcome, reasons),
    said(reading.outcome, reading.reason ? [reading.reason.code] : []),
  );
}

/** Compares the fields of a line, counting each that has a value on either side. */
function wrongFields(
  one: Case,
  golden: GoldenLine,
  got: OrderLine,
  { fields: counts }: Score,
): { field: Field; expected: string }[] {
  const wrong: { field: Field; expected: string }[] = [];
  for (const field of fields) {
    if (one.golden.free.includes(field)) continue;
    const value = got[field] && got[field].value !== '' ? got[field].value : null;
    const want =
      golden.code !== undefined && (field === 'reference' || field === 'ean')
        ? codeWant(golden.code, got, field)
        : golden.values[field];
    // a sum that is marked as computed by us is not a reading
    if (want === undefined && (field === 'amount' || field === 'unit_price') && got[field]?.source === 'computed')
      continue;
    const accepted = wants(want);
    if (value === null && accepted.includes(null)) continue;
    counts[field].total++;
    const equal = (text: string) => (field === 'description' ? tidy(text) === tidy(value ?? '') : text === value);
    if (value !== null && accepted.some((text) => text !== null && equal(text))) counts[field].right++;
    else wrong.push({ field, expected: accepted.map(shown).join(' or ') });
  }
  return wrong;
}

/** Checks a single column of codes: the code must be the reference, the ean or both. */
function codeWant(code: string, got: OrderLine, field: 'reference' | 'ean'): Want {
  const other = field === 'ean' ? got.reference : got.ean;
  return other?.value === code ? [code, null] : field === 'ean' ? code : [code, null];
}

function checkFacts(one: Case, reading: Reading, result: Score, fail: Fail): void {
  for (const [fact, want] of Object.entries(one.golden.facts) as [keyof Case['golden']['facts'], Want][]) {
    const got = reading.facts[fact];
    result.facts.total++;
    if (got && wants(want).includes(got.value)) result.facts.right++;
    // a missing fact is asked for in the form; only a different value is wrong
    else if (got) {
      const doubted = reading.anomalies.some(
        ({ code, path }) =>
          path?.includes(fact) ||
          (fact === 'currency' ? code === 'currency.mixed' : fact.endsWith('date') && code.startsWith('date.')),
      );
      fail(
        'fact',
        !doubted,
        `${got.from?.sheet ?? ''}!${got.from?.cell ?? '?'} ${fact}`,
        wants(want).map(shown).join(' or '),
        got.value,
      );
    }
  }
}

/** Returns the unexpected anomalies. */
function checkFlags(one: Case, reading: Reading, fail: Fail): Anomaly[] {
  const lines = new Map(reading.lines.map((line) => [line.line_id, line]));
  const { must, may } = one.golden;
  const byCode = groupBy(reading.anomalies, ({ code }) => code);
  for (const flag of must) {
    if ((byCode.get(flag.code) ?? []).some((anomaly) => isFlag(one, anomaly, flag, lines))) continue;
    const at = flag.rows ? `${flag.sheet}!${flag.rows.join(',')}` : (flag.sheet ?? 'file');
    fail('missing flag', neverSilent.has(flag.code), at, flag.code, 'nothing');
  }
  const expected = groupBy([...must, ...may], ({ code }) => code);
  const unexpected = reading.anomalies.filter(
    (anomaly) => !(expected.get(anomaly.code) ?? []).some((flag) => isFlag(one, anomaly, flag, lines)),
  );
  for (const { code, severity, evidence, message } of unexpected) {
    const at = evidence.map(({ sheet, cell }) => `${sheet ?? ''}!${cell ?? ''}`).join(' ');
    fail('false flag', false, at === '' ? 'file' : at, 'nothing', `${code} (${severity}): ${message.en}`);
  }
  return unexpected;
}

const cellOf = ({ row, column }: GoldenLine) => (column === undefined ? `row ${row}` : `${columnName(column)}${row}`);
const shown = (value: string | null | undefined) => (value == null ? 'nothing' : JSON.stringify(value));
const goldenText = ({ code, values }: GoldenLine) =>
  [code ?? wants(values.reference)[0], wants(values.description)[0], wants(values.quantity)[0]]
    .filter((text) => text != null)
    .join(' | ');
const gotText = ({ reference, ean, description, quantity }: OrderLine) =>
  [reference, ean, description, quantity].flatMap((value) => (value ? [value.value] : [])).join(' | ');
