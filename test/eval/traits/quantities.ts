import type { CellIn } from '../corpus/book';
import type { Column } from '../corpus/columns';
import type { Want } from '../corpus/golden';
import { items } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Draft, Trait } from '../corpus/trait';

interface Odd {
  at: number;
  cell: CellIn;
  want: Want;
  code: string;
  /** the row is not a line */
  dropped?: boolean;
  may?: string[];
}

/** A list of ordered lines in which one quantity is odd. */
function odd(
  draft: Draft,
  language: 'en' | 'fr',
  { at, cell, want, code, dropped, may = [] }: Odd,
  priced = true,
): void {
  const sheet = draft.book.sheet('Order');
  const { rows } = orderPage(draft, {
    sheet,
    language,
    list: items(draft.chance, 14, language),
    sums: false,
    columns: (c) => {
      const quantity = c.quantity();
      const changed: Column = {
        ...quantity,
        cell: (item, row, index) => (index === at ? cell : quantity.cell(item, row, index)),
        want: (item, index) => (index === at ? want : quantity.want!(item, index)),
      };
      return [c.reference(), c.description(), changed, ...(priced ? [c.price()] : [])];
    },
    table: { isLine: (_item, index) => !(dropped && index === at) },
  });
  draft.must(code, sheet.name, [rows[at]!]);
  for (const other of may) draft.may(other, sheet.name, [rows[at]!]);
}

/** A name and its two forms: English and French. */
const both = (name: string, ...odds: Odd[]): Trait => ({
  name,
  variants: odds.map((one, index) => (draft) => odd(draft, index % 2 === 0 ? 'en' : 'fr', one, index < 2)),
});

export const quantityTraits: Trait[] = [
  both(
    'quantity-negative',
    { at: 4, cell: -3, want: '-3', code: 'line.quantity_negative' },
    { at: 9, cell: '-12', want: '-12', code: 'line.quantity_negative' },
  ),
  both(
    'quantity-absurd',
    { at: 6, cell: 9_999_999, want: '9999999', code: 'line.quantity_absurd' },
    { at: 2, cell: 250_000, want: '250000', code: 'line.quantity_absurd' },
  ),
  both(
    'quantity-missing',
    { at: 5, cell: undefined, want: null, code: 'line.quantity_missing' },
    { at: 11, cell: { text: ' ' }, want: null, code: 'line.quantity_missing' },
  ),
  both(
    'quantity-zero',
    { at: 3, cell: 0, want: null, code: 'line.quantity_zero', dropped: true },
    { at: 8, cell: '0', want: null, code: 'line.quantity_zero', dropped: true },
  ),
  both(
    'quantity-fractional',
    { at: 7, cell: 2.5, want: '2.5', code: 'line.quantity_fractional' },
    { at: 1, cell: '1,5', want: '1.5', code: 'line.quantity_fractional' },
  ),
  both(
    'quantity-unreadable',
    { at: 4, cell: 'ca. 10', want: null, code: 'line.quantity_unreadable' },
    { at: 10, cell: '2-3', want: null, code: 'line.quantity_unreadable' },
    { at: 6, cell: 'tbc', want: null, code: 'line.quantity_unreadable' },
    { at: 2, cell: 'x', want: null, code: 'line.quantity_unreadable' },
  ),
  {
    name: 'measured-goods',
    variants: [
      // a fraction of a kilogram is not odd
      (draft) => {
        const list = items(draft.chance, 8).map((item) => ({
          ...item,
          unit: draft.chance.pick(['kg', 'l', 'm'] as const),
        }));
        orderPage(draft, {
          list,
          sums: false,
          columns: (c) => [
            c.reference(),
            c.description(),
            { ...c.quantity(), cell: ({ quantity }) => quantity + 0.25, want: ({ quantity }) => `${quantity}.25` },
            c.unit(undefined, 0),
            c.price(),
          ],
        });
      },
    ],
  },
];
