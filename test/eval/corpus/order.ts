import type { Sheet } from './book';
import { columnsOf, type Column, type Columns } from './columns';
import { items, type Item } from './goods';
import type { Language } from './headers';
import { footer, titleBlock, totals } from './page';
import { placeTable, type Placed, type TableOptions } from './table';
import type { Draft } from './trait';

export interface OrderOptions {
  language?: Language;
  sheet?: string | Sheet;
  list?: Item[];
  count?: number;
  columns?: (columns: Columns) => Column[];
  title?: boolean;
  sums?: boolean;
  footer?: boolean;
  table?: TableOptions;
}

const sheetNames: Record<Language, string[]> = {
  en: ['Sheet1', 'Order', 'PO'],
  fr: ['Feuil1', 'Commande', 'Bon de commande'],
  de: ['Tabelle1', 'Bestellung'],
  tr: ['Sayfa1', 'Sipariş'],
  es: ['Hoja1', 'Pedido'],
  it: ['Foglio1', 'Ordine'],
  zh: ['Sheet1', '订单'],
  ja: ['Sheet1', '注文書'],
};

/** A page like those of most customers: title, table, sums, foot. A trait passes in its own parts. */
export function orderPage(
  draft: Draft,
  options: OrderOptions = {},
): Placed & { sheet: Sheet; list: Item[]; columns: Column[] } {
  const { chance, book, golden } = draft;
  const language = options.language ?? 'en';
  if (language === 'fr') draft.language('fr');
  const sheet =
    typeof options.sheet === 'object' ? options.sheet : book.sheet(options.sheet ?? chance.pick(sheetNames[language]));
  const list = options.list ?? items(chance, options.count ?? chance.int(6, 18), language);
  const columns = (options.columns ?? fullColumns)(columnsOf(chance, language));
  if (options.title ?? true) titleBlock(sheet, chance, golden, language, columns.length);
  const placed = placeTable(sheet, golden, columns, list, options.table);
  const amount = columns.findIndex(({ field }) => field === 'amount');
  const left = options.table?.left ?? 1;
  if ((options.sums ?? true) && amount > 0) {
    totals(sheet, list, { label: left + amount - 1, value: left + amount, language, gap: chance.int(0, 1) });
  }
  if (options.footer ?? true) footer(sheet, chance, language);
  return { ...placed, sheet, list, columns };
}

export const fullColumns = (c: Columns) => [c.reference(), c.description(), c.quantity(), c.price(), c.amount()];
export const shortColumns = (c: Columns) => [c.reference(), c.description(), c.quantity()];
