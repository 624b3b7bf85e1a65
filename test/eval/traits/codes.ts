import { items, type Item } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';
import { books, isbn } from './isbn';

const isbns: Variant[] = [
  (draft) =>
    orderPage(draft, {
      list: books(draft),
      columns: (c) => [
        isbn('ISBN', ({ ean }) => ({ number: ean })),
        c.description('Title'),
        c.quantity(),
        c.price(),
        c.amount(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      list: books(draft),
      columns: (c) => [isbn('ISBN-13', ({ ean }) => ean), c.description('Title'), c.quantity()],
    }),
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const list = books(draft);
    orderPage(draft, {
      list,
      columns: (c) => [
        isbn('ISBN', ({ ean }) => ({ number: ean, format: '0.00E+00' })),
        c.description('Title'),
        c.quantity(),
        c.price(),
      ],
      sums: false,
    });
  },
  // the number written with an exponent and all its digits: nothing is lost
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const list = books(draft);
    orderPage(draft, {
      list,
      columns: (c) => [
        isbn('EAN', ({ ean }) => ({ number: `${ean[0]}.${ean.slice(1)}E12`, format: '0' })),
        c.description(),
        c.quantity(),
      ],
    });
  },
  // next to a reference
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      columns: (c) => [
        c.reference(),
        { header: 'Code EAN', cell: ({ ean }) => ({ number: ean, format: '0' }), field: 'ean', want: ({ ean }) => ean },
        c.description(),
        c.quantity(),
        c.price(),
        c.amount(),
      ],
    }),
  // with hyphens: as shown, or its digits
  (draft) => {
    draft.golden.free.push('ean', 'reference');
    orderPage(draft, {
      list: books(draft),
      columns: (c) => [
        c.other('ISBN', ({ ean }) => `978-${ean[3]}-${ean.slice(4, 8)}-${ean.slice(8, 12)}-${ean[12]}`),
        c.description('Title'),
        c.quantity(),
      ],
    });
  },
];

const zeros = (item: Item, index: number) => String(index * 37 + 11).padStart(6, '0');
const leadingZeros: Variant[] = [
  (draft) =>
    orderPage(draft, {
      columns: (c) => [
        { ...c.reference(), cell: (item, _row, index) => zeros(item, index), want: zeros },
        c.description(),
        c.quantity(),
      ],
    }),
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      columns: (c) => [
        {
          ...c.reference(),
          cell: (_item, _row, index) => ({ number: index * 37 + 11, format: '000000' }),
          want: zeros,
        },
        c.description(),
        c.quantity(),
        c.price(),
        c.amount(),
      ],
    }),
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const short = (_item: Item, index: number) => `AB-${String(index + 1).padStart(4, '0')}`;
    orderPage(draft, {
      sums: false,
      columns: (c) => [
        { ...c.reference(), cell: (_item, _row, index) => ({ number: index + 1, format: '"AB-"0000' }), want: short },
        c.description(),
        c.quantity(),
        c.price(),
      ],
    });
  },
  // plain numbers as references
  (draft) => {
    const begin = draft.chance.int(10_000, 90_000);
    orderPage(draft, {
      columns: (c) => [
        {
          ...c.reference(),
          cell: (_item, _row, index) => begin + index * 3,
          want: (_item, index) => String(begin + index * 3),
        },
        c.description(),
        c.quantity(),
        c.price(),
        c.amount(),
      ],
    });
  },
];

const missing: Variant[] = ['en', 'fr'].map((given) => (draft) => {
  const language = given as 'en' | 'fr';
  const list = items(draft.chance, 12, language);
  const bare = new Set(draft.chance.some(list, 2));
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    language,
    list,
    columns: (c) => {
      const reference = c.reference();
      return [
        {
          ...reference,
          cell: (item) => (bare.has(item) ? undefined : item.reference),
          want: (item) => (bare.has(item) ? null : item.reference),
        },
        c.description(),
        c.quantity(),
        c.price(),
        c.amount(),
      ];
    },
    table: { line: (line, item) => bare.has(item) && draft.must('line.reference_missing', sheet.name, [line.row]) },
  });
});

const duplicates: Variant[] = [
  (draft) => {
    const list = items(draft.chance, 11);
    list[7] = { ...list[7]!, reference: list[2]!.reference, description: list[2]!.description, cents: list[2]!.cents };
    const { rows, sheet } = orderPage(draft, { list });
    draft.must('line.reference_duplicate', sheet.name, [rows[2]!, rows[7]!]);
  },
  (draft) => {
    const list = items(draft.chance, 8, 'fr');
    list[5] = { ...list[5]!, reference: list[4]!.reference };
    const { rows, sheet } = orderPage(draft, { list, language: 'fr' });
    draft.must('line.reference_duplicate', sheet.name, [rows[4]!, rows[5]!]);
  },
];

/** Reference and description in one cell: whole as the description, or taken apart, is right. */
const together: Variant[] = ['Article', 'Product'].map((header, index) => (draft) => {
  draft.may('references.none');
  draft.may('columns.uncertain');
  const join = index === 0 ? ' ' : ' - ';
  orderPage(draft, {
    sums: false,
    columns: (c) => [
      { header, cell: ({ reference, description }) => `${reference}${join}${description}` },
      c.quantity(),
      c.price(),
    ],
    table: {
      line: (line, { reference, description }) => {
        line.values.reference = [null, reference];
        line.values.description = [`${reference}${join}${description}`, description];
      },
    },
  });
});

const descriptionOnly: Variant[] = ['en', 'fr', 'de'].map((language) => (draft) => {
  draft.must('references.none');
  draft.may('line.reference_duplicate');
  orderPage(draft, {
    language: language as 'en',
    columns: (c) => [c.description(), c.quantity(), ...(language === 'en' ? [] : [c.price(), c.amount()])],
  });
});

export const codeTraits: Trait[] = [
  { name: 'isbn', variants: isbns },
  { name: 'leading-zeros', variants: leadingZeros },
  { name: 'reference-missing', variants: missing },
  { name: 'reference-duplicate', variants: duplicates },
  { name: 'reference-in-description', variants: together },
  { name: 'description-only', variants: descriptionOnly },
];
