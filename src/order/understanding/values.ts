import type { DayOrder } from './dates';
import { dateIn } from './dates';
import { fromDigits, fromNumber, times, written, type Decimal } from './decimal';
import { plainDigits, saysNothing, textOf, type GridCell } from './grid';
import { currencyCode, currencyIn, numberIn, type Notation } from './numbers';
import { isEan } from './profile';
import { collapsed } from './text';
import { unitCode } from './units';

/** A number from a cell, or why there is none. */
export interface Figure {
  value?: Decimal;
  /** `1,234`: the other number it can be */
  other?: Decimal;
  text: string;
  fault?: 'unreadable' | 'error' | 'formula';
  computed?: boolean;
  unit?: string;
  currency?: string;
  percent?: boolean;
}

/** Reads a number out of a cell. Undefined where nothing stands. `notation` is that of the column or of the file. */
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
      if (!number || written(number) === undefined) return { text, fault: 'unreadable', ...more };
      const shown = value.shown === undefined ? undefined : collapsed(value.shown);
      const percent = shown?.endsWith('%');
      return {
        value: percent ? times(number, { units: 100n, scale: 0 }) : number,
        text,
        ...more,
        ...(percent ? { percent } : {}),
        ...(shown === undefined ? {} : beside(shown)),
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
  const text = collapsed(raw);
  const read = numberIn(raw, notation);
  if (!read || written(read.value) === undefined) return { text, fault: 'unreadable' };
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

/** A unit that we know, or one word; `cartons de 6` is more than a unit. */
const isUnitText = (text: string): boolean => unitCode(text) !== undefined;

/** Unit or currency that a number's format shows: `12 kg`, `€ 12.00`. */
function beside(shown: string): Pick<Figure, 'unit' | 'currency'> {
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

/** Rounded by a program on its way here: many zeros, and the last digit does not check the others. */
const isRounded = (text: string): boolean => /^\d{7,9}0{5,}$/.test(text) && !isEan(text);

/** As programs write it, with a sign or a fraction; `1E5` alone is a reference like others. */
const LOSSY = /^\d(?:[.,]\d+)?[eE]\+\d{1,3}$|^\d[.,]\d+[eE]\d{1,3}$/;
/** `1E5` typed into a cell became 100000 with a scientific format. */
const SWALLOWED = /^\d{1,4}0{3,}$/;
/** A spreadsheet keeps no more digits of a number than this. */
const DIGITS = 15;

/** A reference or barcode as it is shown; a number that lost digits, or a code that became a day, is damaged. */
export function identifierIn(cell: GridCell | undefined): Identifier | undefined {
  if (!cell || saysNothing(cell)) return undefined;
  const { value } = cell;
  const more = cell.computed ? { computed: true } : {};
  switch (value.is) {
    case 'number': {
      const digits = plainDigits(value.digits);
      const shown = value.shown === undefined ? undefined : collapsed(value.shown);
      const whole = digits.replace(/[-.].*$/, '').replace(/^0+/, '');
      const damaged = whole.length > DIGITS || digits.replace(/[^\d]/g, '').replace(/^0+/, '').length > DIGITS;
      // a scientific format hides digits that are there
      const use =
        shown !== undefined && !/[eE]\+/.test(shown) && !shown.includes('#') && sameDigits(shown, digits)
          ? shown
          : digits;
      const swallowed = shown !== undefined && /[eE]\+/.test(shown) && SWALLOWED.test(digits);
      return { text: use, damaged: damaged || isRounded(digits) || swallowed, ...more };
    }
    case 'text': {
      const text = collapsed(value.text);
      return { text, damaged: LOSSY.test(text) || isRounded(text), ...more };
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

/** A format may add zeros and signs between the digits, but not take digits away. */
const sameDigits = (shown: string, digits: string): boolean => {
  const [a, b] = [shown.replace(/\D/g, '').replace(/^0+/, ''), digits.replace(/\D/g, '').replace(/^0+/, '')];
  return a === b && !/[,%€$£]/.test(shown);
};

export interface DayRead {
  day?: string;
  other?: string;
  text: string;
}

/** A day from a cell. Undefined where nothing stands; without `day` if it cannot be read. */
export function dayIn(cell: GridCell | undefined, order: DayOrder | undefined): DayRead | undefined {
  if (!cell || saysNothing(cell)) return undefined;
  const text = textOf(cell);
  if (cell.value.is === 'date') return { day: cell.value.iso.slice(0, 10), text };
  if (cell.value.is !== 'text') return { text };
  const read = dateIn(text, order);
  return read ? { day: read.day, text, ...(read.other ? { other: read.other } : {}) } : { text };
}
