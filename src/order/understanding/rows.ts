import { isBlank, saysNothing, textOf, type GridRow } from './grid';
import { isLabelled } from './header-rows';
import { factLabelOf } from './lexicon/facts';
import { rowLabelOf, type LabelFound } from './lexicon/labels';
import { figureOf } from './profile';
import { plainWords } from './text';
import type { Table } from './types';
import { unitCode } from './units';

/** Kinds of rows in a table. */
export type RowKind =
  | { is: 'blank' | 'text' | 'comment' | 'labels' }
  | { is: 'line'; quantity: 'there' | 'zero' | 'missing' }
  | { is: 'total'; label: LabelFound['label']; text: string }
  /** figures without a word: perhaps a sum */
  | { is: 'figures' }
  | { is: 'unknown' };

/** Contents of a row by the roles of its columns. */
interface Contents {
  present: number[];
  texts: number[];
  id: boolean;
  codes: boolean;
  described: boolean;
  priced: boolean;
  amount: number;
  /** state of its quantity, or of all quantities of a matrix */
  quantity: 'there' | 'zero' | 'missing';
  figures: number;
  /** it has a number of its own, and a known unit */
  numbered: boolean;
  unit: boolean;
}

export function kindOf(table: Table, row: GridRow): RowKind {
  if (table.codeRows.has(row.number) || table.dayRows.has(row.number)) return { is: 'labels' };
  const here = contentsOf(table, row);
  if (here.present.length === 0) return { is: 'blank' };
  if (isSentence(row, here) || isFactAlone(row, here) || countsPeople(row, here)) return { is: 'text' };
  const label = labelOf(row, here);
  if (label) {
    const kind = labelledKind(table, row, here, label);
    if (kind) return kind;
  }
  const named = here.id || here.described;
  if (here.quantity === 'there') {
    // a numbered row with a quantity and a unit orders something that it does not name
    if (named || (here.priced && here.amount > 0) || (here.numbered && here.unit))
      return { is: 'line', quantity: 'there' };
    return onlyFigures(here) ? { is: 'figures' } : { is: 'unknown' };
  }
  // only a line number and sums of zero: an empty row of a numbered form
  if (!named && !here.priced && !(here.amount > 0) && here.figures === 0)
    return here.texts.length > 0 ? { is: 'text' } : { is: 'blank' };
  if (here.amount > 0 && named && (here.id || here.priced || here.quantity === 'missing'))
    return { is: 'line', quantity: here.quantity };
  if (here.id && (here.codes || here.described || here.priced)) return { is: 'line', quantity: here.quantity };
  if (here.described && (here.priced || here.quantity === 'zero' || standsAlone(table, row, here)))
    return { is: 'line', quantity: here.quantity };
  if (here.texts.length === here.present.length) return { is: 'text' };
  if (onlyFigures(here)) return here.amount > 0 ? { is: 'figures' } : { is: 'blank' };
  return here.figures === 0 ? { is: 'text' } : { is: 'unknown' };
}

/** Whether nothing but a sentence stands in a row: a remark, in whatever column. */
const isSentence = ({ cells }: GridRow, { present, texts }: Contents): boolean =>
  present.length === 1 && texts.length === 1 && SENTENCE.test(textOf(cells[texts[0] ?? 0]));

const SENTENCE = /^(?=(?:\S+\s+){5})\P{Lu}*\p{Lu}?[^.]*(?:[.:!?]|\p{Ll}{3}.*\p{Ll}{3}.*\p{Ll}{3})/u;

/** Whether nothing but a label with its value behind a colon stands in a row: `Order: 5512`. */
const isFactAlone = ({ cells }: GridRow, { present, texts }: Contents): boolean => {
  const [label, value] = textOf(cells[texts[0] ?? 0]).split(/\s*[:：]\s*/);
  return present.length === 1 && texts.length === 1 && value !== undefined && factLabelOf(label ?? '') !== undefined;
};

/** Words for the people who are fed or clothed, whose number stands above what is ordered for them. */
const PEOPLE =
  /^(?:nombre de (?:repas|couverts|convives|eleves|enfants|personnes|rationnaires)|nb (?:repas|couverts|convives|eleves|enfants)|effectifs?(?: prevus?)?|number of (?:meals|covers|guests|pupils|children|people|persons)|head ?count|covers|anzahl (?:essen|mahlzeiten|gaste|kinder|personen)|essenszahl(?:en)?|teilnehmer(?:zahl)?|numero (?:pasti|coperti|alunni|presenze|de comidas|de comensales|de refeicoes)|n (?:pasti|coperti)|coperti|presenze|comensales|aantal (?:maaltijden|gasten|personen|kinderen)|numero de alunos|liczba (?:posilkow|osob|dzieci)|pocet (?:jidel|osob|deti)|antal (?:portioner|personer|born|gaster))(?: |$)/;

const countsPeople = ({ cells }: GridRow, { texts, id }: Contents): boolean =>
  !id && texts.slice(0, 2).some((column) => PEOPLE.test(plainWords(textOf(cells[column]))));

const onlyFigures = ({ texts }: Contents): boolean => texts.length === 0;

/** Whether a description without a quantity is a product rather than a heading: it has a unit or variant beside it. */
const standsAlone = (table: Table, { cells }: GridRow, { present }: Contents): boolean =>
  present.length >= 2 && ['unit', 'variant'].some((role) => !saysNothing(cells[table.roles.get(role as 'unit') ?? 0]));

function contentsOf(table: Table, row: GridRow): Contents {
  const { roles, labels, left, right } = table;
  const at = (column: number | undefined) => (column === undefined ? undefined : row.cells[column]);
  const present: number[] = [];
  const texts: number[] = [];
  let figures = 0;
  const number = roles.get('line_number');
  for (let column = left; column <= Math.min(right, row.cells.length - 1); column += 1) {
    const cell = row.cells[column];
    if (!cell || isBlank(cell) || (saysNothing(cell) && cell.value.is === 'text')) continue;
    present.push(column);
    if (cell.value.is === 'text' && Number.isNaN(figureOf(cell))) texts.push(column);
    else if (column !== number && !table.known.has(column) && figureOf(cell) !== 0) figures += 1;
  }
  const quantity: State =
    labels.length > 0
      ? strongestState(labels.map(({ column }) => stateOf(at(column))))
      : stateOf(at(roles.get('quantity')) ?? at(table.originals?.get('quantity')));
  // a reference merged over several rows counts in each of them that has a quantity
  const shared = (column: number | undefined) =>
    column !== undefined && quantity === 'there' && isBlank(row.cells[column])
      ? table.grid.cell(table.grid.tallMerge(row.number, column)?.top ?? row.number, column)
      : at(column);
  const reference = shared(roles.get('reference'));
  const ean = shared(roles.get('ean'));
  const price = at(roles.get('unit_price'));
  const amount = figureOf(at(roles.get('amount')));
  const priced = !saysNothing(price) && figureOf(price) !== 0;
  // what a form computes below zero, or of nothing, and that costs nothing, is not ordered
  const none = amount === 0 && (figureOf(at(roles.get('quantity'))) < 0 || (quantity === 'missing' && priced));
  return {
    present,
    texts,
    figures,
    id:
      !saysNothing(reference) ||
      !saysNothing(ean) ||
      table.codeRows.has(row.number - 1) ||
      table.constants !== undefined,
    codes: /^\S*\d\S*$/.test(textOf(reference)) || /\d/.test(textOf(ean)),
    described:
      !saysNothing(at(table.kinds)) ||
      !saysNothing(
        shared(
          roles.get(labels.some(({ description }) => description !== undefined) ? personRole(table) : 'description'),
        ),
      ),
    priced,
    amount: Number.isNaN(amount) ? 0 : amount,
    quantity: none ? 'zero' : quantity,
    numbered: number !== undefined && !saysNothing(row.cells[number]),
    unit: unitCode(textOf(at(roles.get('unit')))) !== undefined,
  };
}

/** Role of the names in the rows of a grid whose columns are articles: shops, or people. */
const personRole = ({ roles }: Table): 'destination' | 'note' => (roles.has('destination') ? 'destination' : 'note');

type State = Contents['quantity'];

/** Words in place of a quantity by which nothing is ordered. */
const NONE =
  /^(?:ruhetag|feiertag|betriebsruhe|day off|bank holiday|holiday|jour ferie|ferie|jour de fermeture|festivo|giorno di chiusura|dia de cierre|feestdag|sluitingsdag|feriado|helligdag|svatek|swieto|closed|shut|none|no|zero|ferme|fermee|non|aucun|aucune|rien|geschlossen|zu|kein|keine|keiner|nein|nichts|chiuso|chiusa|no|niente|nessuno|cerrado|cerrada|ninguno|nada|gesloten|dicht|geen|niets|fechado|nenhum|stangt|ingen|inget|lukket|ingen|zamkniete|nie|brak|zavreno)$/;

/** Whether a cell of quantities orders nothing: it is empty, or says so. */
export const ordersNothing = (cell: GridRow['cells'][number]): boolean =>
  saysNothing(cell) || (cell?.value.is === 'text' && NONE.test(plainWords(cell.value.text)));

function stateOf(cell: GridRow['cells'][number]): State {
  if (ordersNothing(cell)) return 'missing';
  return figureOf(cell) === 0 ? 'zero' : 'there';
}

const strongestState = (states: readonly State[]): State =>
  states.includes('there') ? 'there' : states.includes('zero') ? 'zero' : 'missing';

function labelOf(row: GridRow, { texts }: Contents): (LabelFound & { column: number; text: string }) | undefined {
  for (const column of texts.slice(0, 4)) {
    const text = textOf(row.cells[column]);
    const found = rowLabelOf(text);
    if (found) return { ...found, column, text };
  }
  return undefined;
}

/** Kind of a row with a label such as `Total` or `Shipping`; undefined if a product has that name. */
function labelledKind(
  table: Table,
  row: GridRow,
  here: Contents,
  label: LabelFound & { column: number; text: string },
): RowKind | undefined {
  const { roles } = table;
  const isId = label.column === roles.get('reference') || label.column === roles.get('ean');
  // `SUM-12-345` is a reference in spite of its first letters
  if (isId && CODE.test(label.text)) return undefined;
  const isText =
    label.column === roles.get('note') || label.column === roles.get('unit') || label.column === roles.get('variant');
  if (isText && here.texts.length > 1) return undefined;
  const other = ['reference', 'ean'].some((role) => {
    const column = roles.get(role as 'ean');
    return column !== undefined && column !== label.column && !saysNothing(row.cells[column]);
  });
  const total: RowKind = { is: 'total', label: label.label, text: label.text };
  if (other) return label.whole && isBesideWords(table, row, here, label.column) ? total : undefined;
  if (label.label === 'comment')
    return here.quantity === 'there' || here.priced || here.figures > 0 ? undefined : { is: 'comment' };
  // the whole reference is such a label: a total, unless it has the figures of a line
  if (label.whole && isId)
    return here.described && here.quantity === 'there' && here.priced ? undefined : totalIfFigured(here, total);
  const sum = ['total', 'subtotal', 'net', 'gross', 'carry'].includes(label.label);
  const line = here.quantity === 'there' && here.priced && (here.amount > 0 || !roles.has('amount'));
  // a quantity of one may be a charge with its price; more are a product of that name
  const count = Math.abs(quantityOf(table, row));
  if (!sum && count > 0 && count !== 1) return undefined;
  if (label.whole) return totalIfFigured(here, total);
  // `Total chairs` under the references, with a sum and no price
  if (isId)
    return sum && /\s/.test(label.text) && !here.described && !here.priced ? totalIfFigured(here, total) : undefined;
  if (sum) return line ? undefined : totalIfFigured(here, total);
  return here.quantity === 'there' ? undefined : here.figures > 0 ? total : undefined;
}

/** Whether a label has its figure right of it, and words without a figure left of it: `All prices in GBP | Total | 181`. */
function isBesideWords({ roles }: Table, { cells }: GridRow, { present, quantity }: Contents, column: number): boolean {
  const after = present.filter((at) => at > column);
  const before = present.filter((at) => at < column);
  return (
    (quantity === 'missing' || column === roles.get('quantity')) &&
    after.length > 0 &&
    after.every((at) => !Number.isNaN(figureOf(cells[at]))) &&
    before.every((at) => cells[at]?.value.is === 'text' && !/\d/.test(textOf(cells[at]))) &&
    !before.includes(roles.get('description') ?? 0)
  );
}

const CODE = /^(?=.*\d)[^\s:=%]+$/;

const quantityOf = ({ roles }: Table, { cells }: GridRow): number => figureOf(cells[roles.get('quantity') ?? 0]);

/** `Total HT : 1 234,50 €` in one cell. */
const IN_TEXT = /[:=]\s*[^\p{L}\d]{0,3}\d[^\p{L}]*(?:€|\$|£|[A-Z]{3})?\s*$/u;

/** The total if its row has a figure; without one the label is a text. */
const totalIfFigured = (here: Contents, total: RowKind): RowKind =>
  (total.is === 'total' && IN_TEXT.test(total.text)) ||
  here.figures > 0 ||
  here.amount !== 0 ||
  here.quantity !== 'missing'
    ? total
    : { is: 'text' };

/** Whether a row is a label with a value beside it: `Signature: | L. Romano`. */
export const isSigned = ({ roles, left, right }: Table, { cells }: GridRow): boolean =>
  isLabelled(cells, left, right, Number.isNaN(figureOf(cells[roles.get('quantity') ?? 0])));

/**
 * Whether a row after a gap or a sum belongs to the foot (addresses, conditions, signatures): it begins with such a
 * label, or has no figure for a quantity, price or amount and no code for a reference.
 */
export function isFoot(table: Table, row: GridRow): boolean {
  if (isSigned(table, row)) return true;
  const { roles, labels } = table;
  const { cells } = row;
  const columns = [
    ...labels.map(({ column }) => column),
    ...(['quantity', 'unit_price', 'amount'] as const).map((role) => roles.get(role)),
  ];
  if (columns.some((column) => column !== undefined && !Number.isNaN(figureOf(cells[column])))) return false;
  const codes = (['reference', 'ean'] as const).map((role) => textOf(cells[roles.get(role) ?? 0]));
  return !codes.some((code) => /\d/.test(code) && !/\s/.test(code));
}
