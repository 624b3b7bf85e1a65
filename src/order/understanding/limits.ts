import { asNumber } from './decimal';
import type { TableReading, UnnumberedLine } from './line';
import { figureOf } from './profile';
import { plainWords } from './text';

/** Headings of what there is left to order: a balance, what is free, the most. */
const LIMIT =
  /^(?:balance|bal|balance left|remaining|qty remaining|remaining qty|outstanding|available|avail|available qty|qty available|max|max qty|maximum|max order|allocation|your allocation|allowance|solde|reste|restant|qte restante|disponible|dispo|qte dispo|qte disponible|maxi|rest|restmenge|offene menge|verfugbar|verfugbare menge|hochstmenge|residuo|disponibile|disponibilita|massimo|saldo|pendiente|cantidad disponible|maximo|restant aantal|beschikbaar|maximum|saldo restante|disponivel|dostepne|dostepna ilosc|pozostalo|maks|k dispozici|zbyva|tillgangligt|rest kvar|disponibel)$/;
const LEAST = 3;

/** Warns of a quantity beyond what a column says there is, where nearly all others stay within it. */
export function checkLimits({ table, drafts }: TableReading): void {
  if (table.layout !== 'rows') return;
  const taken = new Set(table.roles.values());
  for (const { column, text } of table.header?.headings.values() ?? []) {
    if (taken.has(column) || !LIMIT.test(plainWords(text))) continue;
    const limited = drafts.filter((draft) => draft.quantity && limitOf(draft, column) >= 0);
    const beyond = limited.filter((draft) => draft.quantity && asNumber(draft.quantity) > limitOf(draft, column));
    if (beyond.length === 0 || limited.length - beyond.length < LEAST || beyond.length > 0.35 * limited.length)
      continue;
    for (const { line, issues, row } of beyond) {
      if (!line.quantity?.from) continue;
      line.quantity.confidence = Math.min(line.quantity.confidence, 0.6);
      const evidence = [line.quantity.from, table.grid.from(row, column)];
      const words = { text: line.quantity.value, label: text, size: table.grid.text(row, column) };
      issues.push({ code: 'line.quantity_limit', evidence, words });
    }
  }
}

const limitOf = ({ table, row }: UnnumberedLine, column: number): number => figureOf(table.grid.cell(row, column));
