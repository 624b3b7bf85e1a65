/**
 * Money is a whole number of millionths of a millionth of the currency (10^-12), because a price is given for a million
 * tokens with up to six decimals: tokens times that price is exact, and nothing is ever rounded.
 */
export type Money = bigint;

const DECIMALS = 12;

/** `0.15` → 150000000000n. @throws RangeError for what is not a plain, non-negative decimal */
export function parseMoney(text: string): Money {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw new RangeError(`${JSON.stringify(text.slice(0, 40))} is not a decimal such as 2.50`);
  return BigInt((match[1] ?? '') + (match[2] ?? '').padEnd(DECIMALS, '0'));
}

/** 150000000000n → `0.15`; no trailing zeros. */
export function formatMoney(money: Money): string {
  const sign = money < 0n ? '-' : '';
  const digits = (money < 0n ? -money : money).toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return sign + digits.slice(0, -DECIMALS) + (fraction === '' ? '' : `.${fraction}`);
}

/** The cost of tokens at a price per million. Exact for prices with up to six decimals. */
export function priceOf(tokens: number, perMillion: Money): Money {
  return (BigInt(tokens) * perMillion) / 1_000_000n;
}
