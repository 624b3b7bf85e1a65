import { plainWords } from './text';
import type { HeaderBlock } from './types';
import { unitCode } from './units';

const PER = /(?:\b(?:per|par|pro|je|por|za|pr|al|od)\s+|\/\s*|à\s+(?:la\s+|l['’]\s*)?)([\p{L}.]+)\s*(?:\(.*\))?$/iu;
const PRICE_OF = /^(?:pu|prix|price|preis|ep|prezzo|precio|preco|prijs|pris|cena)\b.*\s([\p{L}.]{2,})$/iu;

/** Whether the price is for one of what a column counts: `£ per tray` and `Trays`, `PU HT btl` and `Bouteilles`. */
export function isPricedUnit(header: HeaderBlock | undefined, price: number | undefined, quantity: number): boolean {
  const text = header?.headings.get(price ?? 0)?.text ?? '';
  const counted = plainWords(header?.headings.get(quantity)?.text ?? '').split(' ');
  const of = plainWords((PER.exec(text) ?? PRICE_OF.exec(text))?.[1] ?? '');
  if (of.length < 2) return false;
  const code = unitCode(of);
  return counted.some((word) => (code !== undefined && unitCode(word) === code) || haveSameStem(word, of));
}

const haveSameStem = (a: string, b: string): boolean =>
  a.length >= 4 && b.length >= 4 && a.slice(0, 4) === b.slice(0, 4) && Math.abs(a.length - b.length) <= 3;
