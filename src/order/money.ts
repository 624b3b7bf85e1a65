import { decimal, decimalText, roundTo, type Decimal } from './understanding/decimal';

/** Digits after the point of a currency's smallest unit (ISO 4217); two for those that are not listed. */
const PLACES = new Map<string, number>([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map(pair(0)),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map(pair(3)),
  ...'CLF UYW'.split(' ').map(pair(4)),
]);

function pair(places: number): (currency: string) => [string, number] {
  return (currency) => [currency, places];
}

/** Digits after the point that amounts of a currency have. Without a currency, or with an unknown one, two. */
export const placesOf = (currency: string | undefined): number => PLACES.get(currency?.toUpperCase() ?? '') ?? 2;

/** Rounds a computed amount to the currency's unit, a half away from zero. */
export const roundMoney = (amount: Decimal, currency: string | undefined): Decimal =>
  roundTo(amount, placesOf(currency));

/** Writes an amount or a price with at least the digits of the currency's unit: `2.5` is `2.50`; none is cut. */
export function moneyText(text: string, currency: string | undefined): string {
  const exact = decimal(text);
  const plain = exact && decimalText(exact);
  if (plain === undefined) return text;
  const [whole = '', fraction = ''] = plain.split('.');
  const places = placesOf(currency);
  return places === 0 && fraction === '' ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
}
