import type { CellIn, Sheet } from '../corpus/book';
import { decimal, items, type Item } from '../corpus/goods';
import { footer, titleBlock } from '../corpus/page';
import type { Draft, Trait, Variant } from '../corpus/trait';

interface Matrix {
  over: string[];
  as: 'variant' | 'destination';
  heads: string[];
  withPrice?: boolean;
  rowTotal?: string;
  columnTotal?: string;
  /** text over the first of the columns, merged */
  group?: string;
  empty?: CellIn;
  count?: number;
  numeric?: boolean;
}

/** Quantities in several columns, one per size or shop in the header: each filled cell is a line. */
function matrix(draft: Draft, sheet: Sheet, options: Matrix): void {
  const { chance, golden } = draft;
  const { over, as, heads, withPrice, rowTotal, columnTotal } = options;
  const first = 3 + (withPrice ? 1 : 0);
  if (options.group) {
    sheet
      .put(sheet.at, first, { text: options.group, bold: true })
      .merge(sheet.at, first, sheet.at, first + over.length - 1);
    sheet.at++;
  }
  const head = options.numeric ? over.map(Number) : over;
  sheet.add(
    [...heads, ...(withPrice ? ['Unit price'] : []), ...head, ...(rowTotal ? [rowTotal] : [])].map((cell) =>
      typeof cell === 'string' ? { text: cell, bold: true } : cell,
    ),
  );
  const sums = over.map(() => 0);
  for (const item of items(chance, options.count ?? chance.int(5, 12))) {
    const quantities = over.map(() => (chance.yes(0.45) ? chance.int(1, 24) : 0));
    const row = sheet.add([
      item.reference,
      item.description,
      ...(withPrice ? [{ number: item.cents / 100, format: '0.00' }] : []),
      ...quantities.map((quantity) => quantity || options.empty),
      ...(rowTotal ? [quantities.reduce((all, quantity) => all + quantity, 0)] : []),
    ]);
    quantities.forEach((quantity, index) => {
      sums[index]! += quantity;
      if (quantity > 0)
        golden.lines.push(line(sheet, row, first + index, item, quantity, { [as]: over[index]! }, withPrice));
    });
  }
  if (columnTotal) {
    sheet.put(sheet.at, 1, { text: columnTotal, bold: true });
    sums.forEach((sum, index) => sheet.put(sheet.at, first + index, sum));
    if (rowTotal)
      sheet.put(
        sheet.at,
        first + over.length,
        sums.reduce((all, sum) => all + sum, 0),
      );
    sheet.at++;
  }
}

const line = (
  sheet: Sheet,
  row: number,
  column: number,
  item: Item,
  quantity: number,
  more: Record<string, string>,
  priced = false,
) => ({
  sheet: sheet.name,
  row,
  column,
  values: {
    reference: item.reference,
    description: item.description,
    quantity: String(quantity),
    ...(priced ? { unit_price: decimal(item.cents) } : {}),
    ...more,
  },
});

const page =
  (options: Matrix): Variant =>
  (draft) => {
    const sheet = draft.book.sheet('Order');
    titleBlock(sheet, draft.chance, draft.golden);
    matrix(draft, sheet, options);
    footer(sheet, draft.chance);
  };

const sizes: Variant[] = [
  page({ over: ['XS', 'S', 'M', 'L', 'XL', 'XXL'], as: 'variant', heads: ['Style', 'Description'], rowTotal: 'Total' }),
  page({
    over: ['36', '37', '38', '39', '40', '41', '42'],
    as: 'variant',
    heads: ['Article no.', 'Description'],
    withPrice: true,
    columnTotal: 'Total',
    group: 'Sizes',
    numeric: true,
  }),
  (draft) => {
    draft.language('fr');
    page({
      over: ['T1', 'T2', 'T3', 'T4'],
      as: 'variant',
      heads: ['Référence', 'Désignation'],
      rowTotal: 'Total',
      columnTotal: 'Total',
      group: 'Tailles',
      empty: 0,
    })(draft);
  },
  page({
    over: ['Black', 'White', 'Navy', 'Red'],
    as: 'variant',
    heads: ['SKU', 'Product'],
    withPrice: true,
    group: 'Quantity by colour',
    rowTotal: 'Qty',
  }),
];

const shops: Variant[] = [
  page({
    over: ['Shop Leeds', 'Shop York', 'Shop Hull', 'Shop Bath'],
    as: 'destination',
    heads: ['Item no.', 'Description'],
    rowTotal: 'Total',
    group: 'Quantity per shop',
  }),
  (draft) => {
    draft.language('fr');
    page({
      over: ['Magasin Lyon', 'Magasin Lille', 'Magasin Nice'],
      as: 'destination',
      heads: ['Réf.', 'Désignation'],
      rowTotal: 'Total',
      columnTotal: 'Total',
      empty: '-',
    })(draft);
  },
  page({
    over: ['Customer Keller', 'Customer Okafor', 'Customer Romano', 'Customer Dubois', 'Customer Nguyen'],
    as: 'destination',
    heads: ['Product code', 'Product name'],
    withPrice: true,
    columnTotal: 'Total',
  }),
];

/** Fields down, products across: a clerk turns the page. Flagging the columns as uncertain is allowed. */
const transposed: Variant[] = [false, true].map((french) => (draft) => {
  const { chance, book, golden } = draft;
  if (french) draft.language('fr');
  const sheet = book.sheet(french ? 'Commande' : 'Order');
  const list = items(chance, chance.int(4, 7), french ? 'fr' : 'en');
  if (!french) titleBlock(sheet, chance, golden);
  const words = french
    ? ['Référence', 'Désignation', 'Quantité', 'Prix unitaire']
    : ['Reference', 'Description', 'Quantity', 'Unit price'];
  const top = sheet.at;
  sheet.add([{ text: words[0]!, bold: true }, ...list.map(({ reference }) => reference)]);
  sheet.add([{ text: words[1]!, bold: true }, ...list.map(({ description }) => description)]);
  sheet.add([{ text: words[2]!, bold: true }, ...list.map(({ quantity }) => quantity)]);
  sheet.add([{ text: words[3]!, bold: true }, ...list.map(({ cents }) => ({ number: cents / 100, format: '0.00' }))]);
  list.forEach((item, index) => golden.lines.push(line(sheet, top + 2, 2 + index, item, item.quantity, {}, true)));
  draft.may('columns.uncertain');
});

export const matrixTraits: Trait[] = [
  { name: 'matrix-sizes', variants: sizes },
  { name: 'matrix-shops', variants: shops },
  { name: 'transposed', variants: transposed },
];
