import type { CellValue } from '../workbook';
import { isoOf, parseClock, parseIso } from './calendar';
import { digitsOf, written } from './decimal';
import { show } from './show';
import { plainStyle, type Style } from './styles';
import { ownText, unescapeLetters } from './xml';

export const NONE: CellValue = { is: 'none' };

/** Values that are kept for each style, so that the same number is one object in all its cells. */
const KEPT = 10_000;

/** Turns what cells hold into values. Equal values may be the same object: they are not to be changed. */
export class Values {
  private readonly kept = new Map<Style, Map<string, CellValue>>();

  constructor(
    private readonly strings: CellValue[],
    private readonly styles: Style[],
    private readonly date1904: boolean,
  ) {}

  style(number: string | undefined): Style {
    return (number === undefined ? this.styles[0] : this.styles[Number(number)]) ?? plainStyle;
  }

  /**
   * @param type the cell's attribute `t`
   * @param raw the letters of its `v`, or of its `is`
   * @returns `undefined` where the cell refers to a text that is not there
   */
  of(type: string, raw: string, style: Style): CellValue | undefined {
    switch (type) {
      case 's':
        return raw.trim() === '' ? NONE : this.strings[Number(raw)];
      case 'str':
      case 'inlineStr':
        return this.keep(plainStyle, `"${raw}`, () => text(unescapeLetters(raw)));
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

export const text = (letters: string): CellValue => (letters === '' ? NONE : { is: 'text', text: ownText(letters) });

function isoValue(raw: string, date1904: boolean): CellValue {
  const date = parseIso(raw, date1904);
  if (date) return { is: 'date', ...date };
  const minutes = parseClock(raw);
  return minutes === undefined ? text(raw) : { is: 'time', minutes };
}

/** A number too large or too small for its digits to be written out. */
const POWER = /^[+-]?\d*\.?\d+[eE][+-]?\d+$/;

/** A number as its format means it. What is no number is kept as text, so that nothing is lost. */
export function numberValue(raw: string, { format }: Style, date1904: boolean): CellValue {
  if (raw === '') return NONE;
  const digits = digitsOf(raw);
  const number = Number(raw);
  if (!Number.isFinite(number) || (!digits && !POWER.test(raw))) return text(raw);
  if (format.meaning !== 'number' && format.meaning !== 'text') {
    const value = moment(number, format.meaning, date1904);
    if (value) return value;
  }
  const plain = ownText(digits ? written(digits) : raw);
  const shown = digits && format.sections.length > 0 ? show(digits, format) : undefined;
  return shown === undefined ? { is: 'number', number, digits: plain } : { is: 'number', number, digits: plain, shown };
}

function moment(number: number, meaning: 'date' | 'time' | 'either', date1904: boolean): CellValue | undefined {
  if (meaning === 'time' || (meaning === 'either' && number < 1)) return { is: 'time', minutes: minutesOf(number) };
  const iso = isoOf(number, date1904);
  return iso === undefined ? undefined : { is: 'date', iso, serial: number };
}

/** Days as minutes, to the millisecond: a day's fraction is never exact. */
const minutesOf = (days: number): number => Math.round(days * 86_400_000) / 60_000;
