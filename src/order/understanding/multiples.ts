import { asNumber } from './decimal';
import type { TableReading, UnnumberedLine } from './line';
import { figureOf } from './profile';
import { plainWords } from './text';

/** Headings of what is sold together. */
const SIZE =
  /^(?:pack|pack size|pack qty|case|case size|case qty|case pack|inner|inner qty|outer|carton qty|box qty|units per (?:case|box|carton|pack)|qty per (?:case|box|carton|pack)|multiple|multiples|order multiple|mult|spq|pcb|spcb|colisage|conditionnement|cond|multiple de commande|lot de|vendu par|par|ve|vpe|verpackungseinheit|gebinde|unidades por caja|uds caja|embalaje|multiplo|pezzi per cartone|pz crt|confezione|imballo|verpakkingseenheid|per doos|por caixa|un cx|w opakowaniu|szt w opak|forpackning|antal per kartong|stk pr kolli|v baleni|ks v baleni|vielfaches|bestellvielfaches)$/;
const LEAST = 3;

/** Warns of a quantity that is no multiple of its pack, where those of nearly all other lines are. */
export function checkMultiples({ table, drafts }: TableReading): void {
  if (table.layout !== 'rows') return;
  const taken = new Set(table.roles.values());
  const size = [...(table.header?.headings.values() ?? [])].find(
    ({ column, text }) => !taken.has(column) && SIZE.test(plainWords(text.replace(/[([].*[)\]]/, ''))),
  )?.column;
  if (size === undefined || drafts.some(({ table: { pack } }) => pack !== undefined)) return;
  const sized = drafts.filter((draft) => sizeOf(draft, size) > 1 && draft.quantity !== undefined);
  const wrong = sized.filter((draft) => draft.quantity && asNumber(draft.quantity) % sizeOf(draft, size) !== 0);
  // packs that are counted in packs are multiples by chance alone
  if (wrong.length === 0 || sized.length - wrong.length < LEAST || wrong.length > 0.35 * sized.length) return;
  for (const draft of wrong) {
    const { line, issues, row } = draft;
    if (!line.quantity?.from) continue;
    line.quantity.confidence = Math.min(line.quantity.confidence, 0.6);
    const evidence = [line.quantity.from, table.grid.from(row, size)];
    issues.push({
      ...{ code: 'line.quantity_multiple', evidence },
      words: { text: line.quantity.value, size: table.grid.text(row, size) },
    });
  }
}

const sizeOf = ({ table, row }: UnnumberedLine, column: number): number => figureOf(table.grid.cell(row, column));
