import { columnsOf } from '../corpus/columns';
import { items } from '../corpus/goods';
import { fullColumns, orderPage, shortColumns } from '../corpus/order';
import { placeTable } from '../corpus/table';
import type { Draft, Trait, Variant } from '../corpus/trait';

/** The same columns on several sheets; each sheet's goods have references of their own. */
function several(draft: Draft, names: string[], language: 'en' | 'fr', conditions?: string): void {
  names.forEach((name, index) => {
    const list = items(draft.chance, draft.chance.int(4, 10), language).map((item) => ({
      ...item,
      reference: `${index + 1}${item.reference}`,
    }));
    orderPage(draft, { sheet: name, language, list, title: index === 0, footer: index === 0, sums: language === 'fr' });
  });
  if (conditions === undefined) return;
  const sheet = draft.book.sheet(conditions);
  sheet.add([{ text: 'General conditions', bold: true }]);
  sheet.add(['1. Prices are firm for the year.']);
  sheet.add(['2. Goods are delivered free to the address of the order.']);
  draft.may('sheet.not_read', conditions);
}

/** A sheet that looks like an order and is hidden: left out, and flagged. */
function hidden(draft: Draft, state: 'hidden' | 'veryHidden', name: string): void {
  orderPage(draft);
  const sheet = draft.book.sheet(name, state);
  const apart = { ...draft.golden, lines: [] };
  placeTable(sheet, apart, fullColumns(columnsOf(draft.chance, 'en')), items(draft.chance, 8));
  draft.must('sheet.hidden', name);
}

/** A hidden sheet of lists and settings, as in many forms: nothing to flag. */
const settings: Variant = (draft) => {
  orderPage(draft, {
    columns: (c) => [c.reference(), c.description(), c.quantity(), c.unit()],
    list: items(draft.chance, 9),
  });
  const sheet = draft.book.sheet('Lists', 'hidden');
  for (const unit of ['pcs', 'box', 'kg']) sheet.add([unit]);
  draft.may('sheet.hidden', 'Lists');
};

const hiddenRows: Variant[] = [
  (draft) => {
    const sheet = draft.book.sheet('Order');
    const { lineRows } = orderPage(draft, { sheet, count: 14, sums: false });
    for (const row of draft.chance.some(lineRows, 3)) {
      sheet.hiddenRows.add(row);
      draft.must('line.hidden', sheet.name, [row]);
    }
  },
  // a catalogue filtered to the ordered rows: the hidden rows have no quantity and need no flag
  (draft) => {
    const { chance } = draft;
    const sheet = draft.book.sheet('Order');
    const list = items(chance, 60);
    const chosen = new Set(chance.some(list, 12));
    orderPage(draft, {
      sheet,
      list,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.price(),
        c.quantity(undefined, (item) => (chosen.has(item) ? item.quantity : undefined)),
      ],
      table: {
        isLine: (item) => chosen.has(item),
        row: (row, item) => void (chosen.has(item) || sheet.hiddenRows.add(row)),
      },
    });
  },
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const sheet = draft.book.sheet('Commande');
    const { lineRows } = orderPage(draft, { sheet, language: 'fr', count: 10, sums: false, columns: shortColumns });
    const row = draft.chance.pick(lineRows);
    sheet.hiddenRows.add(row);
    draft.must('line.hidden', sheet.name, [row]);
  },
];

/** A hidden column must not be taken for the visible one. */
const hiddenColumns: Variant[] = [
  (draft) => {
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('Qty', () => draft.chance.int(1, 90)),
        c.quantity('Order qty'),
        c.price(),
        c.amount(),
      ],
    });
    sheet.hiddenColumns.add(3);
  },
  (draft) => {
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity('Qty'),
        c.other('Purchase price', ({ cents }) => Math.round(cents * 0.6) / 100),
        c.price('Unit price'),
      ],
    });
    sheet.hiddenColumns.add(4);
  },
];

export const sheetTraits: Trait[] = [
  {
    name: 'several-sheets',
    variants: [
      (d) => several(d, ['Spring', 'Summer', 'Autumn'], 'en'),
      (d) => several(d, ['Papeterie', 'Mobilier'], 'fr'),
      (d) => several(d, ['Order 1', 'Order 2'], 'en', 'Conditions'),
    ],
  },
  {
    name: 'hidden-sheets',
    variants: [(d) => hidden(d, 'hidden', 'Old order'), (d) => hidden(d, 'veryHidden', 'Draft'), settings],
  },
  { name: 'hidden-rows', variants: hiddenRows },
  { name: 'hidden-columns', variants: hiddenColumns },
];
