import { round, shift, digitsText, type Digits } from './decimal';
import type { Format, Token } from './format';

/**
 * Shows a number in a common format: leading zeros, places, thousands, percent, currency signs, units, digits in
 * groups. `undefined` if the format adds nothing to the digits or is of another kind (scientific, fractions,
 * conditions).
 */
export function show(number: Digits, { sections }: Format): string | undefined {
  const [positive, negative, zero] = sections;
  if (!positive || sections.some((section) => section.some(({ is }) => is === 'condition'))) return undefined;
  const isZero = number.whole === '' && number.fraction === '';
  const own = number.negative && !isZero && negative !== undefined;
  const section = own ? negative : isZero && zero !== undefined ? zero : positive;
  const text = render({ ...number, negative: false }, section);
  if (text === undefined) return undefined;
  const signed = (number.negative && !isZero && !own ? `-${text}` : text).trim();
  return signed === '' || signed === digitsText(number) ? undefined : signed;
}

function render(number: Digits, section: Token[]): string | undefined {
  if (section.some(({ is }) => is === 'exponent' || is === 'part' || is === 'text')) return undefined;
  const first = section.findIndex(({ is }) => is === 'place' || is === 'general');
  if (first < 0) return section.length === 0 ? undefined : literals(section);
  if (section[first]?.is === 'general') {
    return literals(section.slice(0, first)) + digitsText(number) + literals(section.slice(first + 1));
  }
  const last = section.findLastIndex(({ is }) => is === 'place');
  if (section.slice(first, last).some(({ is }) => is === 'slash')) return undefined;
  const body = section.slice(first, last + 1);
  const point = body.findIndex(({ is }) => is === 'point');
  const whole = point < 0 ? body : body.slice(0, point);
  const places = point < 0 ? [] : body.slice(point + 1).filter(({ is }) => is === 'place');

  const percents = section.filter(({ is }) => is === 'percent').length;
  // a comma after the last digit leaves out thousands; one between digits separates every three
  const after = section.slice(last + 1);
  const behind = after.findIndex(({ is }) => is !== 'comma');
  const thousands = behind < 0 ? after.length : behind;
  const grouped = whole
    .slice(
      0,
      whole.findLastIndex(({ is }) => is === 'place'),
    )
    .some(({ is }) => is === 'comma');
  const value = round(shift(number, 2 * percents - 3 * thousands), places.length);

  const head = literals(section.slice(0, first));
  const tail = literals(after.slice(thousands));
  const leading = point === 0 || whole.length === 0 ? value.whole : wholePart(value.whole, whole, grouped);
  const decimals = fractionPart(value.fraction, places);
  return `${head}${leading}${decimals === '' && point < 0 ? '' : decimals === '' ? '' : `.${decimals}`}${tail}`;
}

/** Fills places from the right, one digit each; the leftmost takes the rest. Literals between places stay. */
function wholePart(digits: string, section: Token[], grouped: boolean): string {
  const places = section.filter(({ is }) => is === 'place').length;
  const least =
    places -
    section.filter(({ is }) => is === 'place').findIndex((token) => token.is === 'place' && token.mark === '0');
  const zeros = section.some((token) => token.is === 'place' && token.mark === '0') ? least : 0;
  let rest = digits.padStart(zeros, '0');
  if (grouped) return rest.replace(/\B(?=(\d{3})+$)/g, ',');
  let left = places;
  let text = '';
  for (const token of section.toReversed()) {
    if (token.is === 'place') {
      left -= 1;
      const taken = left === 0 ? rest : rest.slice(-1);
      rest = left === 0 ? '' : rest.slice(0, -1);
      text = taken + text;
    } else if (token.is === 'literal') text = token.text + text;
  }
  return text;
}

function fractionPart(digits: string, places: Token[]): string {
  const least = places.findLastIndex((token) => token.is === 'place' && token.mark === '0') + 1;
  return digits.padEnd(least, '0');
}

const literals = (tokens: Token[]): string =>
  tokens
    .map((token) =>
      token.is === 'literal'
        ? token.text
        : token.is === 'percent'
          ? '%'
          : token.is === 'slash'
            ? '/'
            : token.is === 'point'
              ? '.'
              : '',
    )
    .join('');
