const none = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const three = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** Decimals of a currency's smallest unit (ISO 4217). */
export function decimalsOf(currency: string): number {
  return none.has(currency) ? 0 : three.has(currency) ? 3 : 2;
}
