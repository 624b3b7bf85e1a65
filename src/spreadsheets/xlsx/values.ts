import type { CellValue } from '../workbook';
import { isoOf, parseClock, parseIso } from './calendar';
import { digitsOf, digitsText } from './decimal';
import { show } from './show';
import { plainStyle, type Style } from './styles';
import { ownText, unescapeLetters } from './xml';

export const NONE: CellValue = { is: 'none' };

/** Values kept per style, so that the same number is one object in all its cells. */
const KEPT = 10_000;

/** Turns the contents of cells into values. Equal values may be the same object, so do not change them. */
export class Values {
  private readonly kept = new Map<Style, Map<string, CellValue>>();

  constructor(
    private readonly strings: CellValue[],
    private readonly styles: Style[],
    private readonly date1904: boolean,
  ) {}

  styleOf(number: string | undefined): Style {
    return (number === undefined ? this.styles[0] : this.styles[Number(number)]) ?? plainStyle;
  }

  /**
   * @param type attribute `t` of the cell
   * @param raw letters of its `v` or `is`
   * @returns `undefined` if the cell refers to a text that does not exist
   */
  cellValue(type: string, raw: string, style: Style): CellValue | undefined {
    switch (type) {
      case 's':
        return raw.trim() === '' ? NONE : this.strings[Number(raw)];
      case 'str':
      case 'inlineStr':
        return this.keep(plainStyle, `"${raw}`, () => textValue(unescapeLetters(raw)));
      case 'b':
        return raw.trim() === '' ? NONE : { is: 'boolean', boolean: raw.trim() === '1' || raw.trim() === 'true' };
      case 'e':
        return raw.trim() === '' ? NONE : { is: 'error', error: ownText(raw.trim()) };
      case 'd':
        return isoValue(raw.trim(), this.date1904);
      default:
        return this.keep(style, raw, () => numberValue(raw.trim(), style, this.date1904));
    }
  }

  private keep(style: Style, raw: string, make: () => CellValue): CellValue {
    if (raw.length > 24) return make();
    let values = this.kept.get(style);
    if (!values) this.kept.set(style, (values = new Map<string, CellValue>()));
    const known = values.get(raw);
    if (known) return known;
    const value = make();
    if (values.size < KEPT) values.set(ownText(raw), value);
    return value;
  }
}

export const textValue = (letters: string): CellValue =>
  letters === '' ? NONE : { is: 'text', text: ownText(letters) };

function isoValue(raw: string, date1904: boolean): CellValue {
  const date = parseIso(raw, date1904);
  if (date) return { is: 'date', ...date };
  const minutes = parseClock(raw);
  return minutes === undefined ? textValue(raw) : { is: 'time', minutes };
}

/** A number too large or too small to write out. */
const POWER = /^[+-]?\d*\.?\d+[eE][+-]?\d+$/;

/** Value of a number in its format. Anything else is kept as text, so that nothing is lost. */
export function numberValue(raw: string, { format }: Style, date1904: boolean): CellValue {
  if (raw === '') return NONE;
  const digits = digitsOf(raw);
  const number = Number(raw);
  if (!Number.isFinite(number) || (!digits && !POWER.test(raw))) return textValue(raw);
  if (format.meaning !== 'number' && format.meaning !== 'text') {
    const value = momentValue(number, format.meaning, date1904);
    if (value) return value;
  }
  const plain = ownText(digits ? digitsText(digits) : raw);
  const shown = digits && format.sections.length > 0 ? show(digits, format) : undefined;
  return shown === undefined ? { is: 'number', number, digits: plain } : { is: 'number', number, digits: plain, shown };
}

function momentValue(number: number, meaning: 'date' | 'time' | 'either', date1904: boolean): CellValue | undefined {
  if (meaning === 'time' || (meaning === 'either' && number < 1)) return { is: 'time', minutes: minutesOf(number) };
  const iso = isoOf(number, date1904);
  return iso === undefined ? undefined : { is: 'date', iso, serial: number };
}

/** Days as minutes, rounded to the millisecond because fractions of a day are not exact. */
const minutesOf = (days: number): number => Math.round(days * 86_400_000) / 60_000;
