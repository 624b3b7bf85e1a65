import { DECIMAL, type Anomaly, type Order, type OrderLine } from '../../schemas/order/order';
import type { Bilingual } from '../../schemas/language';
import type { Corrected, CorrectionFault, LineCorrection, OrderCorrections } from '../../schemas/order/run';
import { renumbered } from './numbering';
import { recheck } from './recheck';
import { aboutLines } from './about-lines';
import { check, dismisses } from './check';
import { replyOf } from './reply';
import { totalsOf } from './totals';
import { compare, decimal, decimalText, ZERO, type Decimal } from './understanding/decimal';

/** Anomalies that a person may not dismiss: without these values there is nothing to export. */
const NEEDED = /^(delivery\.|lines\.|line\.quantity_|line\.(reference_damaged|unnamed)$)/;

const texts = ['reference', 'ean', 'description', 'variant', 'destination', 'unit', 'note', 'delivery_date'] as const;
const figures = ['quantity', 'unit_price', 'discount_percent', 'amount'] as const;
/** Fields of a line that a person may correct. */
export const lineFields = [...texts, ...figures] as const;
export type LineField = (typeof lineFields)[number];

/** Fields of a line to which a person has given a value, and fields that they have emptied. */
interface Touched {
  given: Set<LineField>;
  taken: Set<LineField>;
}

/** A figure in the form of the contract. */
const FIGURE = new RegExp(DECIMAL);

/** Anomalies that removing a value does not mend: it stays missing, or the line can no longer be identified. */
const UNMENDED_BY_LESS = /^line\.(reference_|.*_missing$)/;

/** Fields of a line that an anomaly is about: giving one of them mends it. */
const about: [RegExp, LineField[]][] = [
  [/^line\.reference_/, ['reference', 'ean']],
  [/^line\.quantity_/, ['quantity']],
  [/^line\.price_/, ['unit_price']],
  [/^line\.amount_/, ['amount', 'quantity', 'unit_price']],
  [/^line\.unit_/, ['unit']],
  [/^line\.date_/, ['delivery_date']],
  [/^line\./, [...lineFields]],
];

/**
 * Applies a person's corrections to an order and checks it again. All or nothing: corrections with a fault change
 * nothing, and every fault has a JSON Pointer. The same order and corrections give the same draft; empty corrections
 * return the order unchanged.
 */
export function correct(given: Order, corrections: OrderCorrections, by: string): Corrected {
  const faults: CorrectionFault[] = [];
  const order = takeFiles(given, corrections.files ?? [], faults);
  const touched = new Map<string, Touched>();
  const removed = new Set<string>();
  const lines = correctLines(order, corrections.lines ?? [], { faults, touched, removed });
  const dismissed = [...order.dismissed];
  (corrections.dismiss ?? []).forEach((one, i) => {
    const isThere = order.anomalies.some((anomaly) => dismisses(one, anomaly));
    if (isDismissible(one, order.anomalies)) dismissed.push({ ...one, by });
    else {
      const message = isThere ? messages.needed(one.code) : messages.noSuchAnomaly(one.code);
      faults.push({ pointer: `/dismiss/${i}`, message });
    }
  });
  if (faults.length > 0) return { faults };

  const person = { source: 'person' as const, confidence: 1 };
  const { address, date } = corrections.delivery ?? {};
  const facts = Object.fromEntries(
    Object.entries(corrections.facts ?? {}).map(([name, value]) => [name, { value, ...person }]),
  );
  const next: Order = {
    ...order,
    delivery: {
      ...order.delivery,
      ...(address === undefined ? {} : { address: { value: address, ...person } }),
      ...(date === undefined ? {} : { date: { value: date, ...person } }),
    },
    facts: { ...order.facts, ...facts },
    lines,
    totals: totalsOf(lines, order.totals.stated, corrections.facts?.currency ?? order.facts.currency?.value),
    anomalies: recheck(
      lines,
      order.totals.stated,
      order.anomalies
        .filter((anomaly) => !isAnswered(anomaly, corrections))
        .flatMap((anomaly) => aboutLines(anomaly, (id) => !isMended(anomaly.code, id, touched, removed)) ?? []),
      new Set([...touched.keys(), ...removed]),
    ),
    dismissed,
  };
  if (isNothing(corrections)) return { order };
  const corrected: Order = { ...next, version: order.version + 1, anomalies: check(next) };
  if (order.reply_draft === undefined) return { order: corrected };
  // the reply to the old draft would ask for values that are there now
  return { order: { ...corrected, reply_draft: replyOf(corrected), reply_wording: { by: 'rules' } } };
}

/** The order with the lines of files that a person calls orders although they say that they are none. */
function takeFiles(order: Order, files: NonNullable<OrderCorrections['files']>, faults: CorrectionFault[]): Order {
  return files.reduce((taken, { file }, i) => {
    const at = taken.files.findIndex((one) => one.file === file && one.set_aside !== undefined);
    const aside = taken.files[at]?.set_aside;
    if (!aside) {
      faults.push({ pointer: `/files/${i}/file`, message: messages.noSuchFile(file) });
      return taken;
    }
    const last = Math.max(0, ...taken.lines.map(({ line_id }) => Number(line_id.slice(1)) || 0));
    const { lines, totals, anomalies } = renumbered(aside, { lines: last });
    const all = [...taken.lines, ...lines];
    const { set_aside: _, reason: __, ...rest } = taken.files[at] as Order['files'][number];
    const read = { ...rest, outcome: 'order' as const };
    const { delivery_address: address, delivery_date: date } = aside.facts;
    const facts = { ...aside.facts, ...taken.facts };
    return {
      ...taken,
      lines: all,
      facts,
      delivery: { ...(address ? { address } : {}), ...(date ? { date } : {}), ...taken.delivery },
      files: taken.files.map((one, index) => (index === at ? read : one)),
      totals: totalsOf(all, [...taken.totals.stated, ...totals], facts.currency?.value),
      anomalies: [...taken.anomalies, ...anomalies],
    };
  }, order);
}

/** Whether a dismissal has a finding to go with, and none that an export needs to be mended. */
export function isDismissible(one: { code: string; line_id?: string; path?: string }, anomalies: Anomaly[]): boolean {
  const meant = anomalies.filter((anomaly) => dismisses(one, anomaly));
  return meant.length > 0 && !(NEEDED.test(one.code) && meant.some(({ severity }) => severity === 'blocking'));
}

/** Whether corrections are empty in any form: `{}`, `{"lines": []}`, `{"delivery": {}}`. */
function isNothing({ delivery = {}, facts = {}, lines = [], files = [], dismiss = [] }: OrderCorrections): boolean {
  return [delivery, facts, lines, files, dismiss].every((part) => Object.keys(part).length === 0);
}

interface Notes {
  faults: CorrectionFault[];
  touched: Map<string, Touched>;
  removed: Set<string>;
}

function correctLines(order: Order, corrections: LineCorrection[], notes: Notes): OrderLine[] {
  const lines = new Map(order.lines.map((line) => [line.line_id, line]));
  let last = Math.max(0, ...order.lines.map(({ line_id }) => Number(line_id.slice(1)) || 0));
  const named = new Set<string>();
  corrections.forEach((correction, i) => {
    const pointer = `/lines/${i}`;
    const { line_id, remove, ...values } = correction;
    const fault = (name: string, message: Bilingual) => notes.faults.push({ pointer: `${pointer}${name}`, message });
    if (line_id !== undefined && !lines.has(line_id)) return void fault('/line_id', messages.noSuchLine(line_id));
    if (line_id !== undefined && named.has(line_id)) return void fault('/line_id', messages.twice(line_id));
    if (line_id !== undefined) named.add(line_id);
    if (remove) {
      if (line_id === undefined) fault('/line_id', messages.whichLine);
      else if (Object.keys(values).length > 0) fault('/remove', messages.removedWithValues);
      else {
        lines.delete(line_id);
        notes.removed.add(line_id);
      }
      return;
    }
    if (line_id === undefined && values.quantity === undefined) fault('/quantity', messages.newLine('quantity'));
    if (line_id === undefined && values.reference == null && values.ean == null && values.description == null)
      fault('/reference', messages.newLine('reference'));
    const id = line_id ?? `L${++last}`;
    const line = correctLine(lines.get(id) ?? { line_id: id }, values, fault);
    const fields = Object.keys(values) as LineField[];
    const taken = new Set(fields.filter((field) => values[field] === null));
    notes.touched.set(id, { taken, given: new Set(fields.filter((field) => !taken.has(field))) });
    lines.set(id, line);
  });
  return [...lines.values()];
}

function correctLine(
  line: OrderLine,
  values: Omit<LineCorrection, 'line_id' | 'remove'>,
  fault: (name: string, message: Bilingual) => unknown,
): OrderLine {
  const next: OrderLine = { ...line };
  const person = { source: 'person' as const, confidence: 1 };
  for (const name of texts) {
    const value = values[name];
    if (value === null) delete next[name];
    else if (value !== undefined) next[name] = { value, ...person };
  }
  for (const name of figures) {
    const value = values[name];
    if (value === undefined) continue;
    if (value === null) {
      delete next[name];
      continue;
    }
    const exact = decimal(String(value));
    const text = exact && figureText(exact);
    if (!exact || text === undefined) fault(`/${name}`, messages.noNumber);
    else if (name === 'quantity' && compare(exact, ZERO) <= 0) fault(`/${name}`, messages.aboveZero);
    else next[name] = { value: text, ...person };
  }
  // an amount computed from the old figures is no longer true
  const moved = (['quantity', 'unit_price', 'discount_percent'] as const).some((name) => values[name] !== undefined);
  if (moved && values.amount === undefined) delete next.amount;
  return next;
}

/** A figure in the form of the contract; undefined if it has more digits, which would be rounded in silence. */
function figureText(exact: Decimal): string | undefined {
  const text = decimalText(exact);
  const kept = text === undefined ? undefined : decimal(text);
  return text !== undefined && FIGURE.test(text) && kept && compare(kept, exact) === 0 ? text : undefined;
}

/** Whether a person has decided what the words of a mail left open. */
const isAnswered = ({ code }: Anomaly, { delivery = {} }: OrderCorrections): boolean =>
  (delivery.date !== undefined && (code === 'mail.date_differs' || code === 'delivery.dates_several')) ||
  (delivery.address !== undefined && code === 'delivery.addresses_several');

function isMended(code: string, line_id: string, touched: Map<string, Touched>, removed: Set<string>): boolean {
  if (removed.has(line_id)) return true;
  const line = touched.get(line_id);
  const fields = about.find(([codes]) => codes.test(code))?.[1] ?? [];
  const lessMends = !UNMENDED_BY_LESS.test(code);
  return line !== undefined && fields.some((field) => line.given.has(field) || (lessMends && line.taken.has(field)));
}

const messages = {
  noSuchFile: (file: string): Bilingual => ({
    en: `no file called ${file} has lines that were set aside`,
    fr: `aucun fichier nommé ${file} n'a de lignes mises de côté`,
  }),
  noSuchLine: (id: string): Bilingual => ({
    en: `there is no line ${id}; leave line_id out to add a line`,
    fr: `il n'y a pas de ligne ${id} ; sans line_id une ligne est ajoutée`,
  }),
  twice: (id: string): Bilingual => ({ en: `line ${id} is corrected twice`, fr: `la ligne ${id} figure deux fois` }),
  whichLine: { en: 'say which line to remove', fr: 'quelle ligne est à supprimer' },
  newLine: (name: string): Bilingual => ({
    en: `a new line needs a ${name}`,
    fr: `une nouvelle ligne exige : ${name === 'quantity' ? 'quantité' : 'référence'}`,
  }),
  removedWithValues: {
    en: 'a line that is removed takes no values: leave them out, or leave remove out',
    fr: 'une ligne supprimée ne prend pas de valeurs : retirez-les, ou retirez remove',
  },
  noNumber: {
    en: 'a decimal number such as 12.5, of at most 18 digits before the point and 9 after it',
    fr: 'un nombre décimal tel que 12.5, de 18 chiffres au plus avant la virgule et 9 après',
  },
  aboveZero: { en: 'a quantity above zero', fr: 'une quantité supérieure à zéro' },
  noSuchAnomaly: (code: string): Bilingual => ({
    en: `the order has no such anomaly: ${code}`,
    fr: `la commande n'a pas cette anomalie : ${code}`,
  }),
  needed: (code: string): Bilingual => ({
    en: `${code} cannot be dismissed: give the value, or remove the line`,
    fr: `${code} ne peut pas être écartée : donnez la valeur, ou supprimez la ligne`,
  }),
};
