import type { CellIn } from '../corpus/book';
import { amountCents, decimal, items, written, type Style } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Draft, Trait, Variant } from '../corpus/trait';

/** Expensive goods, so that thousands have separators. */
const dear = (draft: Draft, count = 10) =>
  items(draft.chance, count).map((item, index) => ({
    ...item,
    cents: index % 2 === 0 ? draft.chance.int(21_000, 90_000) * 5 : item.cents,
  }));

const texts =
  (
    style: Style,
    language: 'en' | 'fr' | 'de',
    wrap: (text: string) => string = (text) => text,
    currency?: string,
  ): Variant =>
  (draft) => {
    if (currency) draft.golden.facts.currency = currency;
    orderPage(draft, {
      list: dear(draft),
      language,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity(undefined, ({ quantity }) => String(quantity)),
        c.priceText(style, wrap),
        c.amountText(style, wrap),
      ],
    });
  };

const asText: Variant[] = [
  texts('comma', 'fr'),
  texts('fr', 'fr'),
  texts('fr-narrow', 'fr', (text) => `${text} €`, 'EUR'),
  texts('swiss', 'de', (text) => `CHF ${text}`, 'CHF'),
  texts('de', 'de', (text) => `${text} €`, 'EUR'),
  texts('en', 'en', (text) => `$${text}`),
  texts('en', 'en', (text) => `£ ${text}`, 'GBP'),
  texts('plain', 'en', (text) => ` ${text}\u00a0`),
];

/** Whole quantities with separators, which the column or the other figures make clear. */
const thousands: Variant[] = [
  (draft) => {
    const list = items(draft.chance, 9).map((item) => ({ ...item, quantity: draft.chance.int(1_100, 9_900) }));
    const shown = (quantity: number) =>
      `${Math.floor(quantity / 1_000)}\u00a0${String(quantity % 1_000).padStart(3, '0')}`;
    orderPage(draft, {
      list,
      language: 'fr',
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity(undefined, ({ quantity }) => shown(quantity)),
        c.priceText('comma'),
      ],
    });
  },
  // quantity × price = amount leaves one reading of `1,250`; a flag is allowed
  (draft) => {
    const list = items(draft.chance, 9).map((item) => ({ ...item, quantity: draft.chance.int(1_100, 9_900) }));
    draft.may('line.number_ambiguous');
    orderPage(draft, {
      list,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity(undefined, ({ quantity }) => written(quantity * 100, 'en').slice(0, -3)),
        c.price(),
        c.amount(),
      ],
    });
  },
];

/** `1,250` as text without a hint: any reading is a guess, and must be flagged. */
const ambiguous: Variant = (draft) => {
  const list = items(draft.chance, 7);
  const sheet = draft.book.sheet('Order');
  const odd = (index: number) => index === 2 || index === 5;
  orderPage(draft, {
    list,
    sheet,
    title: false,
    footer: false,
    columns: (c) => [
      c.reference(),
      c.description(),
      c.quantity('Qty', (_item, _row, index) => (odd(index) ? `${index},${250 + index}` : String(index + 3))),
    ],
    table: {
      line: (line, _item, index) => {
        line.values.quantity = odd(index)
          ? [null, `${index}.${250 + index}`, `${index}${250 + index}`]
          : String(index + 3);
        if (!odd(index)) return;
        draft.must('line.number_ambiguous', sheet.name, [line.row]);
        draft.may('line.quantity_absurd', sheet.name, [line.row]);
        draft.may('line.quantity_fractional', sheet.name, [line.row]);
      },
    },
  });
};

/** Figures with a currency, a unit or percent by number format; the value is the number. */
const formats: Variant[] = [
  (draft) => {
    draft.golden.facts.currency = 'EUR';
    orderPage(draft, {
      list: dear(draft),
      language: 'fr',
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.price(undefined, '#,##0.00 "€"'), c.amount()],
    });
  },
  (draft) =>
    orderPage(draft, {
      list: dear(draft),
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity(),
        c.price(undefined, '[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00'),
        c.amount(),
      ],
    }),
  // a unit by format may be read as one
  (draft) =>
    orderPage(draft, {
      columns: (c) => [
        c.reference(),
        c.description(),
        {
          ...c.quantity('Qty', ({ quantity }) => ({ number: quantity, format: '0" pcs"' })),
          also: () => ({ unit: [null, 'pcs'] }),
        },
        c.price(),
        c.amount(),
      ],
    }),
];

/** Rounding errors of a program: 12.299999999999999 is 12.3. */
const floats: Variant = (draft) => {
  draft.dialect({ writer: 'xml' });
  const two = (cents: number) => String(cents % 100).padStart(2, '0');
  const above = (cents: number) => `${Math.floor(cents / 100)}.${two(cents)}00000000000001`;
  const under = (cents: number) => `${Math.floor((cents - 1) / 100)}.${two(cents - 1)}99999999999999`;
  const ugly = (cents: number): CellIn => ({
    number: draft.chance.yes() ? above(cents) : under(cents),
    format: '0.00',
  });
  orderPage(draft, {
    sums: false,
    list: items(draft.chance, 8),
    columns: (c) => [
      c.reference(),
      c.description(),
      c.quantity(),
      { ...c.price(), cell: ({ cents }) => ugly(cents) },
      { ...c.amount(), cell: (item) => ugly(amountCents(item)) },
    ],
  });
};

const currencyHeaders: Variant[] = ['Price (EUR)', 'Price in USD', 'Unit price £'].map((header, index) => (draft) => {
  draft.golden.facts.currency = ['EUR', 'USD', 'GBP'][index]!;
  orderPage(draft, {
    columns: (c) => [
      c.reference(),
      c.description(),
      c.quantity(),
      c.price(header),
      c.amount(header.replace(/Unit price|Price/, 'Amount')),
    ],
  });
});

const mixedCurrencies: Variant = (draft) => {
  draft.must('currency.mixed');
  orderPage(draft, {
    sums: false,
    columns: (c) => [
      c.reference(),
      c.description(),
      c.quantity(),
      {
        ...c.price(),
        cell: ({ cents }, _row, index) => `${written(cents, 'plain')} ${index % 3 === 1 ? 'USD' : 'EUR'}`,
        want: ({ cents }) => decimal(cents),
      },
    ],
  });
};

export const numberTraits: Trait[] = [
  { name: 'numbers-as-text', variants: asText },
  { name: 'thousands', variants: thousands },
  { name: 'number-ambiguous', variants: [ambiguous] },
  { name: 'number-formats', variants: formats },
  { name: 'float-noise', variants: [floats] },
  { name: 'currency-in-header', variants: currencyHeaders },
  { name: 'currency-mixed', variants: [mixedCurrencies] },
];
