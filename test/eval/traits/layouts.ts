import { columnsOf } from '../corpus/columns';
import { amountCents, decimal, items, type Item } from '../corpus/goods';
import { sumWords, type Language } from '../corpus/headers';
import { fullColumns, orderPage, shortColumns } from '../corpus/order';
import { footer, titleBlock, totals } from '../corpus/page';
import { placeTable } from '../corpus/table';
import type { Draft, Trait, Variant } from '../corpus/trait';

const sumOf = (list: Item[]) => list.reduce((all, item) => all + amountCents(item), 0);

/** Two tables side by side, as on a form that saves paper. */
function sideBySide(draft: Draft, language: Language, withAmount: boolean): void {
  const { chance, book, golden } = draft;
  if (language === 'fr') draft.language('fr');
  const sheet = book.sheet('Order');
  titleBlock(sheet, chance, golden, language, 9);
  const top = sheet.at;
  const c = columnsOf(chance, language);
  const columns = withAmount
    ? [c.reference(), c.description(), c.quantity(), c.price(), c.amount()]
    : [c.reference(), c.description(), c.quantity()];
  const list = items(chance, 22, language);
  placeTable(sheet, golden, columns, list.slice(0, 12));
  sheet.at = top;
  placeTable(sheet, golden, columns, list.slice(12), { left: columns.length + 2 });
  sheet.at = top + 13;
  footer(sheet, chance, language);
}

/** One below the other, the second with a title of its own and, in one variant, other columns. */
function below(draft: Draft, other: boolean): void {
  const { chance, golden } = draft;
  const { sheet } = orderPage(draft, { count: chance.int(4, 9), footer: false, sums: false });
  sheet.skip(2).add([{ text: chance.pick(['Additional items', 'Second delivery', 'Spare parts']), bold: true }]);
  const c = columnsOf(chance, 'en');
  const columns = other
    ? [c.quantity('Qty'), c.reference('SKU'), c.description('Product'), c.price('Price')]
    : fullColumns(c);
  const list = items(chance, chance.int(3, 8)).map((item) => ({ ...item, reference: `Z${item.reference}` }));
  placeTable(sheet, golden, columns, list);
  footer(sheet, chance);
}

/** Sections with a heading and a subtotal each, the sums right. */
function sections(draft: Draft, language: Language): void {
  const { chance, book, golden } = draft;
  if (language === 'fr') draft.language('fr');
  const sheet = book.sheet('Order');
  titleBlock(sheet, chance, golden, language);
  const list = items(chance, 15, language);
  const cut = 5;
  const words = sumWords[language];
  const subtotal = (from: number) => {
    sheet.put(sheet.at, 4, { text: words.subtotal, bold: true });
    sheet.put(sheet.at++, 5, { number: sumOf(list.slice(from, from + cut)) / 100, format: '0.00' });
  };
  placeTable(sheet, golden, fullColumns(columnsOf(chance, language)), list, {
    before: (index) => {
      if (index % cut !== 0) return;
      if (index > 0) subtotal(index - cut);
      if (index > 0) sheet.skip();
      sheet.add([
        { text: `${['A', 'B', 'C'][index / cut]}. ${chance.pick(['Office', 'Warehouse', 'Workshop'])}`, bold: true },
      ]);
    },
  });
  subtotal(10);
  totals(sheet, list, { label: 4, value: 5, language });
  footer(sheet, chance, language);
}

/** The header repeated on every printed page, with the sum carried over. */
function pages(draft: Draft, language: Language, carry: [string, string] | undefined): void {
  const { chance, book, golden } = draft;
  if (language === 'fr') draft.language('fr');
  const sheet = book.sheet('Order');
  titleBlock(sheet, chance, golden, language);
  const list = items(chance, 45, language);
  const columns = fullColumns(columnsOf(chance, language));
  placeTable(sheet, golden, columns, list, {
    before: (index) => {
      if (index === 0 || index % 15 !== 0) return;
      const sofar = { number: Number(decimal(sumOf(list.slice(0, index)))), format: '0.00' };
      if (carry) sheet.add([undefined, carry[0], undefined, undefined, sofar]);
      sheet.add([`Page ${index / 15}`]);
      sheet.skip();
      sheet.add(columns.map(({ header }) => header));
      if (carry) sheet.add([undefined, carry[1], undefined, undefined, sofar]);
    },
  });
  totals(sheet, list, { label: 4, value: 5, language });
}

/** A description that continues in the rows below: the whole, or its first row, is right. */
const continued: Variant[] = [
  (draft) => goingOn(draft, 'en', 'supplied with manual, two years warranty'),
  (draft) => goingOn(draft, 'fr', 'livré avec notice et garantie 2 ans'),
];

function goingOn(draft: Draft, language: Language, rest: string): void {
  draft.may('rows.skipped');
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    language,
    table: {
      row: (_row, { description }, index) => {
        if (index % 3 !== 1) return;
        sheet.add([undefined, rest]);
        draft.golden.lines.at(-1)!.values.description = [description, `${description} ${rest}`];
      },
    },
  });
}

/** Remarks on rows of their own, within the table. */
const comments: Variant[] = [
  ['Please pack separately', 'Deliver before noon if possible', 'As agreed by phone with Mr Keller'],
  ['Livraison avant midi SVP', 'Emballage cadeau pour les trois suivants', 'Voir notre courriel du 12 mars'],
].map((remarks, french) => (draft) => {
  draft.may('rows.skipped');
  // a note on a cell may change what is ordered
  draft.may('line.noted');
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    language: french ? 'fr' : 'en',
    table: {
      before: (index) => {
        if (index % 4 === 2) sheet.add([...(draft.chance.yes() ? [undefined] : []), draft.chance.pick(remarks)]);
      },
      row: (row, _item, index) => {
        if (index === 1) sheet.cell(row, 3)!.remark = 'twice as many next month: 120';
      },
    },
  });
});

const mergedDescriptions: Variant[] = [true, false].map((blank) => (draft) => {
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    columns: (c) => [c.reference(), c.description(), c.other(undefined, () => undefined), c.quantity(), c.price()],
    table: {
      row: (row, _item, index) => {
        sheet.merge(row, 2, row, 3);
        if (blank && index % 4 === 3) sheet.skip();
      },
    },
  });
});

/** Sums above the table. */
const totalsAbove: Variant[] = ['en', 'fr'].map((given) => (draft) => {
  const { chance, book, golden } = draft;
  const language = given as 'en' | 'fr';
  draft.language(language);
  const sheet = book.sheet('Order');
  titleBlock(sheet, chance, golden, language);
  const list = items(chance, chance.int(8, 16), language);
  const words = sumWords[language];
  sheet.add([words.quantity, list.reduce((all, { quantity }) => all + quantity, 0)]);
  sheet.add([words.net, { number: sumOf(list) / 100, format: '#,##0.00' }]);
  sheet.skip();
  placeTable(sheet, golden, fullColumns(columnsOf(chance, language)), list);
  footer(sheet, chance, language);
});

export const layoutTraits: Trait[] = [
  { name: 'side-by-side', variants: [(d) => sideBySide(d, 'en', false), (d) => sideBySide(d, 'fr', true)] },
  { name: 'tables-below', variants: [(d) => below(d, false), (d) => below(d, true)] },
  { name: 'sections', variants: [(d) => sections(d, 'en'), (d) => sections(d, 'fr'), (d) => sections(d, 'de')] },
  { name: 'repeated-headers', variants: [(d) => pages(d, 'en', undefined), (d) => pages(d, 'de', undefined)] },
  {
    name: 'carry-over',
    variants: [
      (d) => pages(d, 'fr', ['À reporter', 'Report']),
      (d) => pages(d, 'en', ['Carried forward', 'Brought forward']),
      (d) => pages(d, 'de', ['Übertrag', 'Übertrag']),
    ],
  },
  { name: 'continued-descriptions', variants: continued },
  { name: 'comments', variants: comments },
  { name: 'merged-descriptions', variants: mergedDescriptions },
  { name: 'totals-above', variants: totalsAbove },
  {
    name: 'short-order',
    variants: [
      (d) => orderPage(d, { count: 1, columns: shortColumns }),
      (d) => orderPage(d, { count: 2, title: false }),
    ],
  },
];
