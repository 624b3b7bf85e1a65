import type { Provenance, SourcedText } from '../../../schemas/order/order';
import type { UnnumberedLine } from './line';
import type { Found } from './messages';
import { currencyIn } from './numbers';
import type { Table } from './types';

interface Seen {
  count: number;
  from: Provenance;
}

/** Currency of prices and amounts, by their cells and headings; more than one is reported. */
export function currencyOf(
  tables: readonly Table[],
  drafts: readonly UnnumberedLine[],
): { currency?: SourcedText; found: Found[] } {
  const seen = new Map<string, Seen>();
  const see = (code: string | undefined, from: Provenance | undefined) => {
    if (!code || !from) return;
    const known = seen.get(code);
    if (known) known.count += 1;
    else seen.set(code, { count: 1, from });
  };
  for (const { line } of drafts) {
    for (const value of [line.unit_price, line.amount]) {
      const text = value?.from?.text;
      if (text !== undefined && /[^\d.,\s-]/.test(text)) see(currencyIn(text), value?.from);
    }
  }
  for (const { grid, header, roles } of tables) {
    for (const role of ['unit_price', 'amount'] as const) {
      const heading = header?.headings.get(roles.get(role) ?? 0);
      if (heading) see(currencyIn(heading.text), grid.from(heading.row, heading.column));
    }
  }
  const [first, ...others] = [...seen].sort(([, a], [, b]) => b.count - a.count);
  if (!first) return { found: [] };
  const [code, { from }] = first;
  const currency: SourcedText = {
    value: code,
    source: 'file',
    from,
    confidence: others.length > 0 ? 0.4 : code === 'USD' ? 0.8 : 0.9,
  };
  if (others.length === 0) return { currency, found: [] };
  const evidence = [first, ...others].slice(0, 5).map(([, each]) => each.from);
  return { currency, found: [{ code: 'currency.mixed', evidence, words: { text: [...seen.keys()].join(', ') } }] };
}
