import type { Dialect } from '../corpus/book';
import { columnsOf } from '../corpus/columns';
import { items } from '../corpus/goods';
import { fullColumns, orderPage } from '../corpus/order';
import { firm, footer, person, titleBlock } from '../corpus/page';
import { placeTable } from '../corpus/table';
import type { Draft, Trait, Variant } from '../corpus/trait';

const not = (draft: Draft, ...reasons: string[]) => {
  Object.assign(draft.golden, { outcome: 'not_an_order', reasons, lines: [] });
  // that it is not an order may also be reported per sheet
  draft.may('sheet.not_read');
};

/** Goods and prices, without a column to order in. Pack sizes and minimum quantities are no ordered quantities. */
const priceLists: Variant[] = [
  (draft) => {
    const { chance, book, golden } = draft;
    const sheet = book.sheet('Price list');
    sheet.add([{ text: `${firm(chance)}: price list 2027`, bold: true }]);
    sheet.skip();
    const c = columnsOf(chance, 'en');
    placeTable(sheet, golden, [c.reference(), c.description(), c.price()], items(chance, 60));
    not(draft, 'price_list');
  },
  (draft) => {
    const { chance, book, golden } = draft;
    draft.language('fr');
    const sheet = book.sheet('Tarif');
    sheet.add(['Tarif public 2027, hors taxes']);
    const c = columnsOf(chance, 'fr');
    placeTable(
      sheet,
      golden,
      [
        c.reference(),
        c.description(),
        c.other('Conditionnement', () => chance.pick([1, 6, 12])),
        c.price('Prix unitaire HT'),
        c.other('Prix par 100', ({ cents }) => Math.round(cents * 0.9) / 100),
      ],
      items(chance, 35, 'fr'),
    );
    not(draft, 'price_list');
  },
  (draft) => {
    const { chance, book, golden } = draft;
    const c = columnsOf(chance, 'en');
    placeTable(
      book.sheet('Prices'),
      golden,
      [
        c.reference(),
        c.description(),
        c.other('MOQ', () => chance.pick([10, 50, 100])),
        c.other('In stock', () => chance.int(0, 900)),
        c.price(),
      ],
      items(chance, 40),
    );
    not(draft, 'price_list');
  },
];

/** A form to order with, nothing filled in. */
const templates: Variant[] = [
  (draft) => {
    orderPage(draft, {
      count: 40,
      sums: false,
      columns: (c) => [c.reference(), c.description(), c.price(), c.quantity(undefined, () => undefined)],
    });
    not(draft, 'template');
  },
  (draft) => {
    orderPage(draft, {
      language: 'fr',
      count: 120,
      sums: false,
      columns: (c) => [
        c.reference(),
        c.description(),
        c.price(),
        c.quantity(undefined, () => 0),
        { ...c.amountFormula(4, 3), cell: (_item, row) => ({ formula: `C${row}*D${row}`, number: 0 }) },
      ],
    });
    not(draft, 'template');
  },
  // numbered rows to write in: "a form" and "headers without rows" are both right
  (draft) => {
    const empty = items(draft.chance, 20);
    orderPage(draft, {
      list: empty,
      sums: false,
      columns: (c) => [c.number(), ...fullColumns(c).map((column) => ({ ...column, cell: () => undefined }))],
    });
    not(draft, 'template', 'header_only');
  },
];

const headerOnly: Variant[] = [
  (draft) => {
    orderPage(draft, { list: [], sums: false, footer: false, title: false });
    not(draft, 'header_only', 'template');
  },
  (draft) => {
    draft.dialect({ writer: 'xml' });
    orderPage(draft, { list: [], sums: false, language: 'fr' });
    not(draft, 'header_only', 'template');
  },
];

const empty: Variant[] = [
  (draft) => {
    draft.book.sheet('Sheet1');
    not(draft, 'empty');
  },
  (draft) => {
    draft.dialect({ writer: 'xml', noDimension: true, noStyles: true });
    draft.book.sheet('Feuil1');
    draft.book.sheet('Feuil2');
    not(draft, 'empty');
  },
];

const letters: Variant[] = [
  (draft) => {
    const { chance } = draft;
    const sheet = draft.book.sheet('Letter');
    sheet.add([firm(chance)]);
    sheet.skip(3).add(['Dear Sir or Madam,']);
    sheet.add([
      'thank you for your visit on Monday. We will send our order of about 200 pens and 12 boxes of paper next week.',
    ]);
    sheet.add(['Please tell us your prices and the time of delivery.']);
    sheet.skip().add(['Yours sincerely']);
    sheet.add([person(chance)]);
    not(draft, 'no_table');
  },
  (draft) => {
    const { chance } = draft;
    draft.language('fr');
    const sheet = draft.book.sheet('Contacts');
    sheet.add(['Nom', 'Téléphone', 'Ville']);
    for (let i = 0; i < 8; i++)
      sheet.add([person(chance), `0${chance.digits(9)}`, chance.pick(['Lyon', 'Paris', 'Lille'])]);
    not(draft, 'no_table');
  },
];

const onlyHidden: Variant[] = (['hidden', 'veryHidden'] as const).map((state) => (draft) => {
  const { chance, book } = draft;
  const front = book.sheet('Welcome');
  front.add(['Please see our order.']);
  const sheet = book.sheet('Order', state);
  const apart = { ...draft.golden, lines: [], facts: {} };
  titleBlock(sheet, chance, apart);
  placeTable(sheet, apart, fullColumns(columnsOf(chance, 'en')), items(chance, 9));
  footer(sheet, chance);
  not(draft, 'only_hidden');
  draft.may('sheet.hidden', 'Order');
});

/** Files that the reader must refuse, each for the right reason. */
const refused =
  (dialect: Partial<Dialect>, ...reasons: string[]): Variant =>
  (draft) => {
    if (dialect.writer !== 'bytes') orderPage(draft);
    draft.dialect(dialect);
    Object.assign(draft.golden, { outcome: 'refused', reasons, lines: [], facts: {} });
  };

export const nothingTraits: Trait[] = [
  { name: 'price-list', variants: priceLists },
  { name: 'template', variants: templates },
  { name: 'header-only', variants: headerOnly },
  { name: 'empty', variants: empty },
  { name: 'no-table', variants: letters },
  { name: 'only-hidden', variants: onlyHidden },
  {
    name: 'refused',
    variants: [
      refused(
        { writer: 'bytes', bytes: Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n') },
        'not_a_spreadsheet',
      ),
      refused({ writer: 'xml', parts: { 'xl/vbaProject.bin': 'Attribute VB_Name = "Module1"' } }, 'macros'),
      refused({ writer: 'xml', cutAt: 0.6 }, 'damaged', 'unreadable', 'not_a_spreadsheet'),
      refused({ writer: 'xml', doctype: true }, 'doctype'),
    ],
  },
];
