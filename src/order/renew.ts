import type { Bilingual } from '../../schemas/language';
import type { Anomaly, Order, OrderLine } from '../../schemas/order/order';
import type { LineCorrection, OrderCorrections } from '../../schemas/order/run';
import { check } from './check';
import { correct, isDismissible, lineFields, type LineField } from './correct';

/** Drafts of an order that is read again: as the reading before made it, as people left it, and as it is read now. */
export interface Readings {
  read: Order;
  now: Order;
  fresh: Order;
}

/** The next draft: the new reading with the corrections that still fit it. Those that were lost are anomalies in it. */
export interface Renewed {
  order: Order;
  kept: number;
  lost: number;
}

/** Corrections of one line: what they change, in words. */
interface Part {
  correction: LineCorrection;
  words: Bilingual[];
  of: OrderLine;
}

/**
 * Takes people's corrections over to a new reading. What they say of the order as a whole always fits. A correction of
 * a line fits where the file has that line in the same place, and what was corrected is read as it was. The rest is not
 * guessed: a warning names each that was lost. A dismissal goes along with its finding; one on a line that somebody has
 * added is asked for again.
 */
export function renew({ read, now, fresh }: Readings): Renewed {
  const pairs = pairsOf(read.lines, fresh.lines);
  const { fitting, lost } = partsOf(read, now, pairs);
  const whole = wholeOf(now);
  const taken = take({ ...fresh, version: now.version }, whole, fitting);
  const dismissed = now.dismissed.flatMap((one) => {
    const moved = movedTo(one, pairs);
    return moved && isDismissible(moved, taken.order.anomalies) ? [moved] : [];
  });
  const order: Order = { ...taken.order, version: now.version + 1, dismissed };
  const gone = [...lost, ...taken.lost];
  return {
    order: { ...order, anomalies: [...check(order), ...gone.flatMap(lostAnomalies)] },
    kept: wordsIn(taken.kept) + Object.keys({ ...whole.delivery, ...whole.facts }).length + dismissed.length,
    lost: wordsIn(gone),
  };
}

const wordsIn = (parts: Part[]): number => parts.reduce((sum, { words }) => sum + words.length, 0);

/** Lines of the reading before, each with the line of the new one that stands in the same place. */
function pairsOf(before: OrderLine[], after: OrderLine[]): Map<string, OrderLine> {
  const places = new Map<string, OrderLine[]>();
  for (const line of after) {
    const there = places.get(placeOf(line));
    if (there) there.push(line);
    else places.set(placeOf(line), [line]);
  }
  const pairs = new Map<string, OrderLine>();
  for (const line of before) {
    const there = places.get(placeOf(line))?.shift();
    if (there) pairs.set(line.line_id, there);
  }
  return pairs;
}

/** The place of a line: the cell of its quantity, which in a matrix shares its row with others; else its row. */
function placeOf(line: OrderLine): string {
  const { file, sheet, cell } =
    (line.quantity ?? lineFields.map((field) => line[field]).find((one) => one?.from))?.from ?? {};
  return [file, sheet, line.quantity ? cell : `row ${/\d+/.exec(cell ?? '')?.[0]}`].join('\0');
}

/** Corrections of lines: those that fit the new reading, and those that do not. */
function partsOf(read: Order, now: Order, pairs: Map<string, OrderLine>): { fitting: Part[]; lost: Part[] } {
  const present = new Map(now.lines.map((line) => [line.line_id, line]));
  const [fitting, lost]: [Part[], Part[]] = [[], []];
  for (const before of read.lines) {
    const after = present.get(before.line_id);
    const there = pairs.get(before.line_id);
    if (!after) {
      const fits = there !== undefined && lineFields.every((field) => isReadAs(before, there, field));
      (fits ? fitting : lost).push({
        ...{ correction: { line_id: there?.line_id, remove: true }, of: before, words: [removal(before)] },
      });
      continue;
    }
    const changes = changesOf(before, after);
    const stays = changes.filter(([field]) => there !== undefined && isReadAs(before, there, field));
    const goes = changes.filter((change) => !stays.includes(change));
    if (stays.length > 0) fitting.push(partOf(stays, before, there?.line_id));
    if (goes.length > 0) lost.push(partOf(goes, before));
  }
  const known = new Set(read.lines.map(({ line_id }) => line_id));
  for (const line of now.lines) {
    if (known.has(line.line_id)) continue;
    fitting.push({ ...partOf(changesOf({ line_id: '' }, line), line), words: [addition(line)] });
  }
  return { fitting, lost };
}

type Change = [LineField, string | null];

/** Values that people have given a line, or have taken from it. */
function changesOf(before: OrderLine, after: OrderLine): Change[] {
  const changes = lineFields.flatMap((field): Change[] => {
    const value = after[field];
    if (value?.source === 'person') return [[field, value.value]];
    return value === undefined && before[field] !== undefined ? [[field, null]] : [];
  });
  // an amount goes by itself when its figures change
  const moves = changes.some(
    ([field]) => field === 'quantity' || field === 'unit_price' || field === 'discount_percent',
  );
  return moves ? changes.filter(([field, value]) => field !== 'amount' || value !== null) : changes;
}

const isReadAs = (before: OrderLine, there: OrderLine, field: LineField): boolean =>
  before[field]?.value === there[field]?.value;

const partOf = (changes: Change[], of: OrderLine, line_id?: string): Part => ({
  correction: { line_id, ...Object.fromEntries(changes) },
  words: changes.map(([field, value]) => change(of, field, value)),
  of,
});

/** What people have said of the order as a whole. */
function wholeOf({ delivery, facts }: Order): Pick<OrderCorrections, 'delivery' | 'facts'> {
  const said = (values: Order['delivery'] | Order['facts']) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, { value, source }]) => (source === 'person' ? [[name, value]] : [])),
    );
  return { delivery: said(delivery), facts: said(facts) };
}

/** Applies corrections; those that cannot be are left out. */
function take(order: Order, whole: OrderCorrections, parts: Part[]): { order: Order; kept: Part[]; lost: Part[] } {
  const result = correct(order, { ...whole, lines: parts.map(({ correction }) => correction) }, '');
  if ('order' in result) return { order: result.order, kept: parts, lost: [] };
  const faulty = new Set(result.faults.map(({ pointer }) => Number(pointer.split('/')[2])));
  const rest = take(
    order,
    whole,
    parts.filter((_, i) => !faulty.has(i)),
  );
  return { ...rest, lost: [...rest.lost, ...parts.filter((_, i) => faulty.has(i))] };
}

type Dismissal = Order['dismissed'][number];

/** A dismissal on the line as it is called now; undefined where the line is gone. */
function movedTo({ path, line_id, ...one }: Dismissal, pairs: Map<string, OrderLine>): Dismissal | undefined {
  if (line_id === undefined) return { ...one, ...(path === undefined ? {} : { path }) };
  const there = pairs.get(line_id);
  return there && { ...one, line_id: there.line_id };
}

const lostAnomalies = ({ words, of }: Part): Anomaly[] => {
  const from = lineFields.map((field) => of[field]?.from).find((place) => place !== undefined);
  return words.map(({ en, fr }) => ({
    code: 'correction.lost',
    severity: 'warning',
    message: { en: `Lost when the order was read again: ${en}.`, fr: `Perdu à la relecture de la commande : ${fr}.` },
    evidence: from ? [from] : [],
  }));
};

const nameOf = ({ reference, ean, description, line_id }: OrderLine): string =>
  (reference ?? ean ?? description)?.value ?? line_id;

const change = (line: OrderLine, field: LineField, value: string | null): Bilingual =>
  value === null
    ? { en: `${field} was taken from ${nameOf(line)}`, fr: `${field} retiré de ${nameOf(line)}` }
    : { en: `${field} “${value}” of ${nameOf(line)}`, fr: `${field} « ${value} » de ${nameOf(line)}` };
const removal = (line: OrderLine): Bilingual => ({
  en: `${nameOf(line)} was removed`,
  fr: `la suppression de ${nameOf(line)}`,
});
const addition = (line: OrderLine): Bilingual => ({
  en: `${nameOf(line)} was added`,
  fr: `l'ajout de ${nameOf(line)}`,
});
