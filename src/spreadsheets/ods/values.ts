import type { CellValue } from '../workbook';
import { parseIso } from '../xlsx/calendar';
import { digitsOf, digitsText } from '../xlsx/decimal';
import { textValue } from '../xlsx/values';
import { attribute, ownText, type Tag } from '../xlsx/xml';

const DURATION = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?)?$/;

/** Value of a cell by its attributes. @param text what the cell shows */
export function odsValue(tag: Tag, text: string): CellValue {
  switch (attribute(tag, 'office:value-type') ?? attribute(tag, 'calcext:value-type')) {
    case 'float':
    case 'percentage':
    case 'currency':
      return numberOf(attribute(tag, 'office:value') ?? '', text);
    case 'date': {
      const date = parseIso(attribute(tag, 'office:date-value') ?? '', false);
      return date ? { is: 'date', ...date } : textValue(text);
    }
    case 'time': {
      const minutes = minutesOf(attribute(tag, 'office:time-value') ?? '');
      return minutes === undefined ? textValue(text) : { is: 'time', minutes };
    }
    case 'boolean':
      return { is: 'boolean', boolean: attribute(tag, 'office:boolean-value') === 'true' };
    default:
      if (attribute(tag, 'calcext:value-type') === 'error') return { is: 'error', error: ownText(text) };
      return textValue(attribute(tag, 'office:string-value') ?? text);
  }
}

/** A number as the file writes it; what it shows counts where it adds a unit, a currency or leading zeros. */
function numberOf(raw: string, text: string): CellValue {
  const number = Number(raw);
  if (raw === '' || !Number.isFinite(number)) return textValue(text || raw);
  const digits = digitsOf(raw);
  const plain = ownText(digits ? digitsText(digits) : raw);
  const adds = /\p{L}|\p{Sc}|%/u.test(text) || /^0\d/.test(text);
  return adds ? { is: 'number', number, digits: plain, shown: ownText(text) } : { is: 'number', number, digits: plain };
}

function minutesOf(duration: string): number | undefined {
  const parts = DURATION.exec(duration);
  if (!parts) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = parts;
  const all = Number(days) * 1_440 + Number(hours) * 60 + Number(minutes) + Number(`${seconds}.${fraction}0`) / 60;
  return sign === '-' ? -all : all;
}

/** A formula in the form of workbooks: `of:=[.C5]*[.D5]` as `C5*D5`. Texts in it stay as they are. */
export function odsFormula(text: string): string {
  const body = text.replace(/^(?:[a-z]+:)?=?/i, '');
  return ownText(
    body
      .split(/("(?:[^"]|"")*")/)
      .map((piece) => (piece.startsWith('"') ? piece : piece.replace(/\[([^\]]*)\]/g, reference).replaceAll(';', ',')))
      .join(''),
  );
}

/** `.A1:.B2` as `A1:B2`, `$Sheet.A1` as `Sheet!A1`. */
const reference = (_: string, inside: string): string =>
  inside
    .split(':')
    .map((cell) => cell.replace(/^\./, '').replace(/^\$?(.+)\.(\$?[A-Za-z]+\$?\d+)$/, '$1!$2'))
    .join(':');
