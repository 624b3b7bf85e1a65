import { items, unitWords } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';

const unitsColumn: Variant[] = [
  (draft) => {
    const list = items(draft.chance, 12).map((item) => ({
      ...item,
      unit: draft.chance.pick(['pcs', 'box', 'kg', 'carton', 'roll', 'pair', 'set'] as const),
    }));
    orderPage(draft, {
      list,
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.unit(undefined, 0), c.price(), c.amount()],
    });
  },
  (draft) => {
    const list = items(draft.chance, 10, 'fr').map((item) => ({
      ...item,
      unit: draft.chance.pick(['pcs', 'box', 'bottle', 'bag', 'pack', 'dozen'] as const),
    }));
    orderPage(draft, {
      language: 'fr',
      list,
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.unit(undefined, 1), c.price(), c.amount()],
    });
  },
  (draft) => {
    const list = items(draft.chance, 10, 'de').map((item) => ({
      ...item,
      unit: draft.chance.pick(['pallet', 'roll', 'pair', 'set', 'carton', 'l'] as const),
    }));
    orderPage(draft, {
      language: 'de',
      list,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity('Menge'),
        c.unit(undefined, 0),
        c.price(),
        c.amount(),
      ],
    });
  },
];

/** `12 kg`, `3 cartons`: the figure and its unit in one cell. */
const unitInCell: Variant[] = [
  (draft) => {
    const list = items(draft.chance, 9).map((item) => ({
      ...item,
      unit: draft.chance.pick(['kg', 'carton', 'box', 'pcs', 'l', 'roll'] as const),
    }));
    orderPage(draft, {
      list,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        {
          ...c.quantity('Quantity', ({ quantity, unit }) => `${quantity} ${unitWords[unit][0]}`),
          also: ({ unit }) => ({ unit }),
        },
        c.price(),
      ],
    });
  },
  (draft) => {
    const list = items(draft.chance, 9, 'fr').map((item) => ({
      ...item,
      unit: draft.chance.pick(['kg', 'carton', 'box', 'pack', 'm'] as const),
    }));
    orderPage(draft, {
      list,
      language: 'fr',
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        {
          ...c.quantity(
            'Quantité',
            ({ quantity, unit }) => `${quantity}${unit === 'kg' ? '' : ' '}${unitWords[unit][1]}`,
          ),
          also: ({ unit }) => ({ unit }),
        },
      ],
    });
  },
];

const unknownUnits: Variant[] = [
  (draft) => {
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      count: 9,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity('Qty'),
        {
          ...c.unit('Unit'),
          cell: (_i, _r, index) => (index % 4 === 1 ? 'zorb' : 'pcs'),
          want: (_i, index) => (index % 4 === 1 ? 'zorb' : 'pcs'),
        },
        c.price(),
        c.amount(),
      ],
      table: {
        line: (line, _item, index) => index % 4 === 1 && draft.must('line.unit_unknown', sheet.name, [line.row]),
      },
    });
  },
];

export const unitTraits: Trait[] = [
  { name: 'units-column', variants: unitsColumn },
  { name: 'unit-in-quantity', variants: unitInCell },
  { name: 'unit-unknown', variants: unknownUnits },
];
