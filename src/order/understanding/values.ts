import { DELIVERED } from './day-labels';
import { compactDay, dateIn, dayOrderOf, isMonth, type DayOrder } from './dates';
import { fromDigits, fromNumber, times, decimalText, type Decimal } from './decimal';
import { plainDigits, saysNothing, textOf, type GridCell } from './grid';
import { currencyCode, currencyIn, numberIn, type Notation } from './numbers';
import { isEan } from './profile';
import { collapseSpaces } from './text';
import { unitCode } from './units';

/** Number of a cell, or the reason why there is none. */
export interface Figure {
  value?: Decimal;
  /** the other number that a text such as `1,234` can be */
  other?: Decimal;
  text: string;
  fault?: 'unreadable' | 'error' | 'formula';
  computed?: boolean;
  unit?: string;
  currency?: string;
  percent?: boolean;
}

/** Reads a number from a cell; undefined if it is empty. `notation` is that of the column or of the file. */
export function figureIn(
  cell: GridCell | undefined,
  notation: Notation | undefined,
  decided: boolean,
): Figure | undefined {
  if (!cell || saysNothing(cell)) return undefined;
  const text = textOf(cell);
  const { value } = cell;
  const more = cell.computed ? { computed: true } : {};
  switch (value.is) {
    case 'number': {
      const number = fromDigits(value.digits) ?? fromNumber(value.number);
      if (!number || decimalText(number) === undefined) return { text, fault: 'unreadable', ...more };
      const shown = value.shown === undefined ? undefined : collapseSpaces(value.shown);
      const percent = shown?.endsWith('%');
      return {
        value: percent ? times(number, { units: 100n, scale: 0 }) : number,
        text,
        ...more,
        ...(percent ? { percent } : {}),
        ...(shown === undefined ? {} : shownUnit(shown)),
      };
    }
    case 'text':
      return { ...figureInText(value.text, notation, decided), ...more };
    case 'error':
      return { text, fault: 'error' };
    case 'none':
      return { text: `=${cell.formula ?? ''}`.slice(0, 200), fault: 'formula' };
    default:
      return { text, fault: 'unreadable' };
  }
}

function figureInText(raw: string, notation: Notation | undefined, decided: boolean): Figure {
  const text = collapseSpaces(raw);
  const pence = /^(\d{1,4})\s?p$/.exec(text);
  if (pence) return { value: { units: BigInt(pence[1] ?? 0), scale: 2 }, text, currency: 'GBP' };
  const read = numberIn(raw, notation);
  if (!read || decimalText(read.value) === undefined) return { text, fault: 'unreadable' };
  const unit = read.rest;
  if (unit !== undefined && !isUnitText(unit)) return { text, fault: 'unreadable' };
  return {
    value: read.value,
    text,
    ...(read.other && !decided ? { other: read.other } : {}),
    ...(read.currency ? { currency: read.currency } : {}),
    ...(read.percent ? { percent: true } : {}),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** Whether a text is a known unit; `cartons de 6` is more than a unit. */
const isUnitText = (text: string): boolean => unitCode(text) !== undefined;

/** Unit or currency in the format of a number: `12 kg`, `€ 12.00`. */
function shownUnit(shown: string): Pick<Figure, 'unit' | 'currency'> {
  const letters = shown.replace(/[\d.,\s'’()+-]/g, '').trim();
  if (letters === '' || letters === '%') return {};
  const currency = currencyIn(shown) ?? currencyCode(letters);
  if (currency) return { currency };
  const after = /\d\s*([^\d\s][^\d]*)$/.exec(shown)?.[1]?.trim();
  return after && unitCode(after) ? { unit: after } : {};
}

export interface Identifier {
  text: string;
  damaged: boolean;
  fault?: 'error' | 'formula';
  computed?: boolean;
}

/** Whether a program rounded a barcode: many zeros and a wrong check digit. */
const isRounded = (text: string): boolean => /^\d{7,9}0{5,}$/.test(text) && !isEan(text);

/** Scientific notation as programs write it, with a sign or a fraction; a bare `1E5` may be a reference. */
const LOSSY = /^\d(?:[.,]\d+)?[eE]\+\d{1,3}$|^\d[.,]\d+[eE]\d{1,3}$/;
/** `1E5` typed into a cell becomes 100000 in a scientific format. */
const SWALLOWED = /^\d{1,4}0{3,}$/;
/** Digits that a spreadsheet keeps of a number. */
const DIGITS = 15;

/** Reads a reference or barcode as shown; a number that lost digits, or a code that became a date, is damaged. */
export function identifierIn(cell: GridCell | undefined): Identifier | undefined {
  if (!cell || saysNothing(cell)) return undefined;
  const { value } = cell;
  const more = cell.computed ? { computed: true } : {};
  switch (value.is) {
    case 'number': {
      const digits = plainDigits(value.digits);
      const shown = value.shown === undefined ? undefined : collapseSpaces(value.shown);
      const whole = digits.replace(/[-.].*$/, '').replace(/^0+/, '');
      const damaged = whole.length > DIGITS || digits.replace(/[^\d]/g, '').replace(/^0+/, '').length > DIGITS;
      // a scientific format hides digits
      const use =
        shown !== undefined && !/[eE]\+/.test(shown) && !shown.includes('#') && sameDigits(shown, digits)
          ? shown
          : digits;
      const swallowed = shown !== undefined && /[eE]\+/.test(shown) && SWALLOWED.test(digits);
      return { text: use, damaged: damaged || isRounded(digits) || swallowed, ...more };
    }
    case 'text': {
      const text = collapseSpaces(value.text);
      return { text, damaged: LOSSY.test(text) || isRounded(text) || isDayText(text), ...more };
    }
    case 'date':
      return { text: value.iso.slice(0, 10), damaged: true };
    case 'error':
      return { text: value.error, damaged: false, fault: 'error' };
    case 'none':
      return { text: '', damaged: false, fault: 'formula' };
    default:
      return { text: textOf(cell), damaged: true };
  }
}

/** A barcode without the signs and spaces between its groups of digits: `978-80-00-06123-8`; any other text as it is. */
export function barcodeIn(text: string): string {
  const digits = text.replace(/[\s\u00ad\u2010-\u2015-]/g, '');
  return /^(?:\d{8}|\d{9}[\dX]|\d{12,14})$/i.test(digits) ? digits : text;
}

/** Whether a format only adds zeros and signs, and takes no digits away. */
const sameDigits = (shown: string, digits: string): boolean => {
  const [a, b] = [shown.replace(/\D/g, '').replace(/^0+/, ''), digits.replace(/\D/g, '').replace(/^0+/, '')];
  return a === b && !/[,%€$£]/.test(shown);
};

/** `06.Aug`, `02-Mrz`: a size `6-8` or a code `2-3` that a spreadsheet program turned into a day. */
function isDayText(text: string): boolean {
  const [, a, b] = /^(\d{1,2}|\p{L}{3,4})[.\-/ ]\s?(\p{L}{3,4}|\d{1,2})\.?$/u.exec(text) ?? [];
  if (a === undefined || b === undefined) return false;
  const word = /\d/.test(a) ? b : a;
  // no program writes a month in capitals: `MAR-05` is a code
  if (word === word.toUpperCase()) return false;
  // `20 Set` are twenty sets: a program puts no space between a day and its month
  if (/^\d+ \p{L}/u.test(text) && unitCode(word) !== undefined) return false;
  const number = Number(/\d/.test(a) ? a : b);
  return number >= 1 && number <= 31 && isMonth(word);
}

/** Whether a cell that is no date holds a day all the same. */
export const becameDay = (cell: GridCell | undefined): boolean =>
  cell?.value.is === 'date' || (cell?.value.is === 'text' && isDayText(cell.value.text.trim()));

export interface DayRead {
  day?: string;
  other?: string;
  text: string;
}

/** Reads a day from a cell; undefined if it is empty, without `day` if it is unreadable. */
export function dayIn(cell: GridCell | undefined, order: DayOrder | undefined): DayRead | undefined {
  if (!cell || saysNothing(cell)) return undefined;
  const text = textOf(cell);
  if (cell.value.is === 'date') return { day: cell.value.iso.slice(0, 10), text };
  const compact = compactDay(text);
  if (compact) return { day: compact, text };
  if (cell.value.is !== 'text') return { text };
  const read = dateIn(text, order) ?? dateIn(text.replace(DELIVERED, ''), order);
  return read ? { day: read.day, text, ...(read.other ? { other: read.other } : {}) } : { text };
}

/** Days of the cells of a column, by the order of day and month that they show together. */
export function daysIn(cells: readonly GridCell[]): (DayRead | undefined)[] {
  const order = dayOrderOf(cells.map(textOf));
  return cells.map((cell) => dayIn(cell, order === 'mixed' ? undefined : order));
}
