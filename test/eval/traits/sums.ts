import { amountCents, decimal, items, type Item } from '../corpus/goods';
import { sumWords } from '../corpus/headers';
import { orderPage } from '../corpus/order';
import { totals } from '../corpus/page';
import type { Draft, Trait, Variant } from '../corpus/trait';

const right: Variant[] = [
  // quantity and amount summed in one row
  (draft) => {
    const { sheet, list } = orderPage(draft, { sums: false, footer: false });
    sheet.add([
      { text: 'Total', bold: true },
      undefined,
      list.reduce((all, { quantity }) => all + quantity, 0),
      undefined,
      list.reduce((all, item) => all + amountCents(item), 0) / 100,
    ]);
  },
  // shipping, VAT and gross
  (draft) => {
    const { sheet, list } = orderPage(draft, { language: 'fr', sums: false, footer: false });
    totals(sheet, list, { label: 4, value: 5, language: 'fr', shipping: draft.chance.int(9, 60) * 100 });
  },
  (draft) => {
    const { sheet, list } = orderPage(draft, { language: 'de', sums: false, footer: false });
    totals(sheet, list, { label: 4, value: 5, language: 'de', rate: 19, shipping: 1_250, gap: 1 });
  },
  // the count of units alone
  (draft) => {
    const { sheet, list } = orderPage(draft, {
      sums: false,
      footer: false,
      columns: (c) => [c.reference(), c.description(), c.quantity()],
    });
    sheet.skip().add([undefined, 'Total units', list.reduce((all, { quantity }) => all + quantity, 0)]);
  },
];

/** A stated sum that is wrong: flagged, at its cell. */
function wrong(draft: Draft, language: 'en' | 'fr', by: number, what: 'net' | 'quantity'): void {
  const { sheet, list } = orderPage(draft, { language, sums: false, footer: false });
  const words = sumWords[language];
  const net = list.reduce((all, item) => all + amountCents(item), 0);
  const row =
    what === 'net'
      ? sheet.add([undefined, undefined, undefined, words.net, { number: (net + by) / 100, format: '0.00' }])
      : sheet.add([undefined, words.quantity, list.reduce((all, { quantity }) => all + quantity, 0) + by]);
  draft.must('total.mismatch', sheet.name, [row]);
}

/** A list in which one amount is not quantity × price; the values stay as in the file. */
function mismatch(draft: Draft, language: 'en' | 'fr', off: number): void {
  const sheet = draft.book.sheet('Order');
  const at = 4;
  orderPage(draft, {
    sheet,
    language,
    sums: false,
    count: 10,
    columns: (c) => {
      const amount = c.amount();
      const stated = (item: Item, index: number) => amountCents(item) + (index === at ? off : 0);
      return [
        c.reference(),
        c.description(),
        c.quantity(),
        c.price(),
        {
          ...amount,
          cell: (item, _row, index) => stated(item, index) / 100,
          want: (item, index) => decimal(stated(item, index)),
        },
      ];
    },
    table: { line: (line, _item, index) => index === at && draft.must('line.amount_mismatch', sheet.name, [line.row]) },
  });
}

const discounts = (['number', 'percent', 'text'] as const).map((as): Variant => (draft) => {
  const list = items(draft.chance, 10).map((item) => ({
    ...item,
    discount: draft.chance.pick([0, 5, 10, 15, 20]),
    cents: item.cents * 20,
  }));
  orderPage(draft, {
    list,
    language: as === 'text' ? 'fr' : 'en',
    columns: (c) => [c.reference(), c.description(), c.quantity(), c.price(), c.discount(as), c.amount()],
  });
});

/** Free goods are lines like any other. */
const free: Variant[] = [
  (draft) => {
    const list = items(draft.chance, 9).map((item, index) => (index % 4 === 2 ? { ...item, cents: 0 } : item));
    draft.may('line.price_zero');
    orderPage(draft, { list });
  },
  (draft) => {
    const list = items(draft.chance, 8, 'fr').map((item, index) =>
      index === 7 ? { ...item, cents: 0, description: `${item.description} (échantillon gratuit)` } : item,
    );
    draft.may('line.price_zero');
    orderPage(draft, { list, language: 'fr' });
  },
];

export const sumTraits: Trait[] = [
  { name: 'totals-right', variants: right },
  {
    name: 'totals-wrong',
    variants: [
      (d) => wrong(d, 'en', 12_000, 'net'),
      (d) => wrong(d, 'fr', -4_550, 'net'),
      (d) => wrong(d, 'en', 7, 'quantity'),
    ],
  },
  { name: 'amount-mismatch', variants: [(d) => mismatch(d, 'en', 9_900), (d) => mismatch(d, 'fr', -1_255)] },
  { name: 'discounts', variants: discounts },
  { name: 'free-goods', variants: free },
];
