import { items } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';

/**
 * Columns of numbers next to the ordered quantity. If the headers leave no doubt, nothing should be flagged; if a
 * clerk would ask (`Qty` next to `Qty delivered`), an anomaly is allowed.
 */
const competing: Variant[] = [
  (draft) =>
    orderPage(draft, {
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('Stock qty', () => draft.chance.int(0, 400)),
        c.quantity('Order qty'),
        c.price(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('Stock', () => draft.chance.int(0, 400)),
        c.other('Qté mini', () => 5),
        c.quantity('Qté commandée'),
        c.price(),
        c.amount(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('MOQ', () => draft.chance.pick([6, 12, 24])),
        c.other('Pack size', () => draft.chance.pick([1, 6, 10])),
        c.quantity('Quantity'),
        c.price(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity('Qty ordered'),
        c.other('Qty delivered', ({ quantity }) => Math.floor(quantity / 2)),
        c.other('Qty open', ({ quantity }) => quantity - Math.floor(quantity / 2)),
      ],
    }),
  (draft) => {
    draft.may('columns.uncertain');
    orderPage(draft, {
      columns: (c) => [
        c.reference(),
        c.description(),
        c.quantity('Qty'),
        c.other('Qty delivered', () => 0),
        c.price(),
        c.amount(),
      ],
    });
  },
  (draft) =>
    orderPage(draft, {
      language: 'de',
      columns: (c) => [
        c.reference('Artikelnr.'),
        c.description('Bezeichnung'),
        c.other('VPE', () => draft.chance.pick([1, 5, 10])),
        c.other('Lagerbestand', () => draft.chance.int(0, 300)),
        c.quantity('Bestellmenge'),
        c.price('Einzelpreis'),
        c.amount('Gesamtpreis'),
      ],
    }),
  // last year's order next to this year's
  (draft) =>
    orderPage(draft, {
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('Qty 2025 (last year)', () => draft.chance.int(1, 80)),
        c.quantity('Order qty 2026'),
        c.price(),
      ],
    }),
  // several prices: the list price is not what the customer pays
  (draft) =>
    orderPage(draft, {
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('List price', ({ cents }) => (cents * 2) / 100),
        c.quantity(),
        c.price('Net price'),
        c.amount(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.other('Prix public TTC', ({ cents }) => (cents * 2) / 100),
        c.price('PU HT'),
        c.quantity('Qté'),
        c.other('Poids (kg)', () => draft.chance.int(1, 40) / 10),
      ],
    }),
  // a code of the supplier and one of the customer: either may be the reference, the other is not part of the line
  (draft) => {
    draft.golden.free.push('reference');
    draft.may('columns.uncertain');
    orderPage(draft, {
      list: items(draft.chance, 9),
      columns: (c) => [
        c.other('Your code', (_item, row) => `Y${row}`),
        c.reference('Our ref.'),
        c.description(),
        c.quantity(),
        c.price(),
        c.amount(),
      ],
    });
  },
];

export const competingTraits: Trait[] = [{ name: 'competing-columns', variants: competing }];
