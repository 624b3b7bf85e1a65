import { asNumber } from './decimal';
import { compactDay, dateIn } from './dates';
import { isBlank, saysNothing, textOf, type Grid, type GridCell, type GridRow } from './grid';
import { numberIn, type Notation } from './numbers';
import { holdsMeasure, unitCode } from './units';

/** Counts over the cells of a column (all cells of a short column, a sample of a long one). */
export interface Profile {
  column: number;
  /** cells that hold something */
  filled: number;
  /** cells looked at; the shares below are of these */
  seen: number;
  numbers: number;
  /** numbers that are text */
  numberTexts: number;
  whole: number;
  /** two decimals, or a currency */
  money: number;
  percents: number;
  zeros: number;
  dates: number;
  texts: number;
  /** crosses and check marks */
  ticks: number;
  eans: number;
  /** short, with a digit and without spaces, like references */
  codes: number;
  units: number;
  /** texts with a measure, such as `12 x 375 mL` */
  measures: number;
  /** places on a circuit board, such as `C1-C8, C11`, and those of them with several */
  places: number;
  several: number;
  /** texts that name a pack with what it holds, and numbers with a unit or a word behind them */
  packs: number;
  counts: number;
  /** one more than the cell before */
  steps: number;
  /** not less than the cell before, and equal to it */
  rises: number;
  same: number;
  /** the first number, and the first difference if every other one is the same */
  first: number;
  even?: number;
  /** numbers of lines, each with its alternatives: 1, 2, 2b, 3 */
  positions: number;
  /** numbers after zeros or letters, which are not counts */
  padded: number;
  distinct: number;
  letters: number;
  largest: number;
  smallest: number;
}

const LOOK_AT = 300;

/** Profiles of the columns `left` to `right` of some rows. */
export function profilesOf(rows: readonly GridRow[], left: number, right: number): Map<number, Profile> {
  const profiles = new Map<number, Profile>();
  for (let column = left; column <= right; column += 1) {
    const cells: GridCell[] = [];
    for (const { cells: all } of rows) {
      const cell = all[column];
      if (cell && !isBlank(cell)) cells.push(cell);
    }
    profiles.set(column, { ...profileOf(column, cells.filter(saysSomething)), filled: cells.length });
  }
  return profiles;
}

/** A dash for an empty cell says nothing about its column. */
const saysSomething = (cell: GridCell): boolean => !saysNothing(cell);

function profileOf(column: number, cells: readonly GridCell[]): Profile {
  const profile: Profile = {
    column,
    filled: cells.length,
    ...{ seen: 0, numbers: 0, numberTexts: 0, whole: 0, money: 0, percents: 0, zeros: 0, dates: 0, texts: 0, ticks: 0 },
    ...{
      eans: 0,
      codes: 0,
      units: 0,
      measures: 0,
      places: 0,
      several: 0,
      packs: 0,
      counts: 0,
      steps: 0,
      rises: 0,
      same: 0,
      first: Number.NaN,
      positions: 0,
      padded: 0,
    },
    ...{ distinct: 0, letters: 0, largest: 0, smallest: Infinity },
  };
  const stride = Math.max(1, Math.floor(cells.length / LOOK_AT));
  const texts = new Set<string>();
  const differences = new Set<number>();
  let before = Number.NaN;
  let position = 0;
  for (let index = 0; index < cells.length; index += stride) {
    const cell = cells[index];
    if (!cell) continue;
    profile.seen += 1;
    const text = textOf(cell);
    texts.add(text);
    const [, digits, letter] = POSITION.exec(text) ?? [];
    const at = Number(digits);
    if (letter ? at === position : at === position + 1) {
      profile.positions += 1;
      position = at;
    }
    const number = countNumber(profile, cell, text);
    if (number === before + stride) profile.steps += 1;
    if (number >= before) profile.rises += 1;
    if (number === before) profile.same += 1;
    if (profile.seen === 1) profile.first = number;
    else differences.add(number - before);
    before = number;
    countText(profile, cell, text, Number.isNaN(number));
  }
  profile.distinct = texts.size;
  if (differences.size === 1) [profile.even] = differences;
  return profile;
}

/** A number of a line, or of an alternative to it: `4`, `4b`, `4.`. */
const POSITION = /^([1-9]\d{0,3})\s?([a-z])?[.)]?$/i;

function countNumber(profile: Profile, cell: GridCell, text: string): number {
  const number = figureOf(cell);
  if (Number.isNaN(number)) return number;
  profile.numbers += 1;
  if (cell.value.is === 'text') profile.numberTexts += 1;
  if (Number.isInteger(number)) profile.whole += 1;
  if (number === 0) profile.zeros += 1;
  if (/^(?:0\d|\p{L})/u.test(text)) profile.padded += 1;
  if (Math.abs(number) > profile.largest) profile.largest = Math.abs(number);
  if (number < profile.smallest) profile.smallest = number;
  if (/%\s*$/.test(text)) profile.percents += 1;
  else if (/[€$£₺¥]|[.,]\d\d(?:\D|$)|\b[A-Z]{3}\b/.test(text)) profile.money += 1;
  return number;
}

/** A cross or a check mark in a form. */
export const isTick = (text: string): boolean =>
  /^(?:[xX×✓✔✗✘☑☒●■√]|\(x\)|\[x\]|oui|yes|ja|sì|si|sí|sim|tak|ok|true|vrai)$/i.test(text.trim());

/** `2 sacks`, `6 x 2.5kg`, `½ box`, but no code. */
const COUNT = /^(?:\d{1,4}(?:[.,]\d{1,2})?|[½¼¾])\s?[x×]?\s?(?:\d{1,4}(?:[.,]\d+)?\s?)?\p{L}[\p{L}\s.()]{0,14}$/u;
const MEASURE =
  /\d[\s-]?(?:ml|cl|dl|l|lt|ltr|g|gr|kg|mg|lb|lbs|oz|gal|mm|cm|m|ct|st|stk|pcs|pz|uds?|szt|ks|stuks?|pack)\b/i;

const PLACES =
  /^[A-Z]{1,4}\d{1,4}(?:\s*[-–]\s*[A-Z]{1,4}\d{1,4})?(?:[\s,;]+[A-Z]{1,4}\d{1,4}(?:\s*[-–]\s*[A-Z]{1,4}\d{1,4})?)*$/;

/** `A-1005`, `10024417`, `RS-FRD`: one word with a figure, or letters in groups. */
const isCode = (text: string): boolean =>
  text.length <= 24 &&
  (/^(?=.*\d)\S+$/.test(text) ? !/^\d+[.,]\d+$/.test(text) : /^[A-Z]{1,6}(?:-[A-Z]{2,8}){1,3}$/.test(text));

/** Whether a text names a pack with what it holds: `caja 50`, `12kg carton`. */
function isPack(text: string): boolean {
  return holdsMeasure(text) || (/\p{L}{2}/u.test(text) && unitCode(text.split(/\s/, 1)[0] ?? '') !== undefined);
}

function countText(profile: Profile, cell: GridCell, text: string, notNumber: boolean): void {
  if (isTick(text)) profile.ticks += 1;
  if (cell.value.is === 'date') profile.dates += 1;
  else if (notNumber) {
    if (dateIn(text)) profile.dates += 1;
    else profile.texts += 1;
  }
  profile.letters += text.length;
  if (isEan(text)) profile.eans += 1;
  if (isCode(text)) profile.codes += 1;
  if (notNumber && unitCode(text)) profile.units += 1;
  if (MEASURE.test(text)) profile.measures += 1;
  if (PLACES.test(text)) {
    profile.places += 1;
    if (/[,;\s-]/.test(text)) profile.several += 1;
  }
  if (notNumber && isPack(text)) profile.packs += 1;
  if (notNumber && COUNT.test(text) && !dateIn(text)) profile.counts += 1;
}

/** Number of a cell in any notation; NaN if it has none. `notation` decides `48.000`. */
export function figureOf(cell: GridCell | undefined, notation: Notation = 'comma'): number {
  if (!cell) return Number.NaN;
  if (cell.value.is === 'number') return cell.value.number;
  if (cell.value.is !== 'text') return Number.NaN;
  const { text } = cell.value;
  if (!/\p{Nd}/u.test(text) || text.length > 40) return Number.NaN;
  const read = numberIn(text, notation);
  if (!read || (read.rest !== undefined && !unitCode(read.rest))) return Number.NaN;
  return asNumber(read.value);
}

/** Whether a text has 8, 12, 13 or 14 digits with a valid check digit. */
export function isEan(text: string): boolean {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits) || compactDay(digits)) return false;
  let sum = 0;
  for (let index = digits.length - 2, weight = 3; index >= 0; index -= 1, weight = 4 - weight) {
    sum += (digits.charCodeAt(index) - 48) * weight;
  }
  return (10 - (sum % 10)) % 10 === digits.charCodeAt(digits.length - 1) - 48;
}

export const share = (
  profile: Profile,
  what:
    | 'numbers'
    | 'whole'
    | 'money'
    | 'percents'
    | 'dates'
    | 'texts'
    | 'eans'
    | 'codes'
    | 'units'
    | 'measures'
    | 'packs'
    | 'counts'
    | 'steps'
    | 'distinct'
    | 'zeros',
): number => (profile.seen === 0 ? 0 : profile[what] / profile.seen);

/** Rows of the grid from `first` to `last`. */
export function rowsBetween(grid: Grid, first: number, last: number): GridRow[] {
  const { rows } = grid;
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.number ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < rows.length && (rows[end]?.number ?? 0) <= last) end += 1;
  return rows.slice(low, end);
}
