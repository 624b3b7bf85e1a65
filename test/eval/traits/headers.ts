import type { Column } from '../corpus/columns';
import { items } from '../corpus/goods';
import { headers, languages } from '../corpus/headers';
import { fullColumns, orderPage } from '../corpus/order';
import type { Trait, Variant } from '../corpus/trait';

const oddQuantity = [
  'Opening Order',
  'Adet',
  'Qté',
  'Menge',
  '数量',
  'Commande',
  'Order Qty',
  'Pcs',
  'Bestellmenge',
  'Cantidad',
  '注文数',
];

const headed = (column: Column, header: string): Column => ({ ...column, header });

/** A header followed by its translation. */
const bilingual =
  (first: 'en' | 'fr' | 'de', second: 'en' | 'fr' | 'de', join: string): Variant =>
  (draft) => {
    const both = (field: 'reference' | 'description' | 'quantity' | 'unit_price' | 'amount') =>
      `${draft.chance.pick(headers[first][field])}${join}${draft.chance.pick(headers[second][field])}`;
    orderPage(draft, {
      language: first,
      columns: (c) => [
        c.reference(both('reference')),
        c.description(both('description')),
        c.quantity(both('quantity')),
        c.price(both('unit_price')),
        c.amount(both('amount')),
      ],
    });
  };

const snake =
  (names: [string, string, string, string, string], dialect: 'xml' | 'exceljs'): Variant =>
  (draft) => {
    draft.dialect(dialect === 'xml' ? { writer: 'xml', strings: 'inline' } : {});
    orderPage(draft, {
      title: false,
      footer: false,
      sums: false,
      columns: (c) => fullColumns(c).map((column, index) => headed(column, names[index]!)),
    });
  };

/** Headers on two rows, a group over columns, or a line break within the cell. */
const broken: Variant[] = [
  (draft) =>
    orderPage(draft, {
      table: {
        header: [
          ['Item', 'Product', 'Order', 'Unit', 'Net'],
          ['no.', 'description', 'qty', 'price', 'amount'],
        ],
      },
    }),
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      table: {
        header: [
          [undefined, undefined, 'Quantité', 'Prix', 'Montant'],
          ['Référence', 'Désignation', 'commandée', 'unitaire HT', 'HT'],
        ],
      },
    }),
  (draft) =>
    orderPage(draft, {
      columns: (c) => [
        c.reference('Part\nnumber'),
        c.description('Item\ndescription'),
        c.quantity('Qty\nordered'),
        c.price('Unit\nprice'),
        c.amount('Line\ntotal'),
      ],
    }),
  (draft) => {
    const { sheet, header } = orderPage(draft, {
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.unit(), c.price(), c.amount()],
      table: {
        header: [
          [
            { text: 'Product', bold: true },
            undefined,
            { text: 'Order', bold: true },
            undefined,
            { text: 'Value (net)', bold: true },
          ],
          ['Code', 'Name', 'Quantity', 'Unit', 'Unit price', 'Total'],
        ],
      },
    });
    sheet.merge(header, 1, header, 2).merge(header, 3, header, 4).merge(header, 5, header, 6);
  },
];

const unusualOrder: Variant[] = [
  (draft) =>
    orderPage(draft, {
      sums: false,
      columns: (c) => [c.quantity(), c.unit(), c.reference(), c.description(), c.price()],
    }),
  (draft) =>
    orderPage(draft, {
      language: 'fr',
      sums: false,
      columns: (c) => [c.amount(), c.price(), c.quantity(), c.description(), c.reference()],
    }),
  (draft) =>
    orderPage(draft, { sums: false, title: false, columns: (c) => [c.description(), c.quantity(), c.reference()] }),
];

/** No header at all: price and amount, or the kinds of values, tell the columns apart. Flags are allowed. */
const none: Variant[] = [
  (draft) => {
    draft.may('columns.uncertain');
    orderPage(draft, { title: false, footer: false, sums: false, table: { header: 'none' } });
  },
  (draft) => {
    draft.may('columns.uncertain');
    orderPage(draft, { language: 'fr', footer: false, sums: false, count: 12, table: { header: 'none' } });
  },
];

/** A header in row 25 or lower, the table not at the left edge. */
const farDown: Variant[] = [
  (draft) => {
    const sheet = draft.book.sheet('Order');
    sheet
      .put(3, 2, 'Blue Harbour Ltd')
      .put(4, 2, 'Registered office: Leeds')
      .put(9, 2, 'Terms: 30 days net, carriage paid.');
    sheet.put(14, 2, 'Deliveries Monday to Friday, 8 to 12 only').put(20, 2, { text: 'Our order', bold: true });
    sheet.at = 25 + draft.chance.int(0, 6);
    orderPage(draft, { sheet, title: false, table: { left: 2 } });
  },
  (draft) => {
    const sheet = draft.book.sheet('Commande');
    for (let row = 2; row < 24; row += 3) {
      sheet.put(
        row,
        draft.chance.int(1, 4),
        draft.chance.pick([
          'Conditions générales de vente',
          'Livraison sous 8 jours',
          'Service achats',
          'Merci de rappeler notre n° de client',
        ]),
      );
    }
    sheet.at = 27;
    orderPage(draft, { sheet, language: 'fr', title: false, table: { left: draft.chance.int(3, 5) } });
  },
];

export const headerTraits: Trait[] = [
  {
    name: 'language',
    variants: languages.map(
      (language): Variant =>
        (draft) =>
          orderPage(draft, { language }),
    ),
  },
  {
    name: 'odd-quantity-header',
    variants: oddQuantity.map((header): Variant => (draft) => {
      const list = items(draft.chance, draft.chance.int(5, 14));
      orderPage(draft, {
        list,
        sums: false,
        columns: (c) => [c.reference(), c.description(), c.price(), c.quantity(header)],
      });
    }),
  },
  {
    name: 'bilingual-headers',
    variants: [bilingual('fr', 'en', ' / '), bilingual('de', 'en', '\n'), bilingual('en', 'fr', ' - ')],
  },
  {
    name: 'snake-case-headers',
    variants: [
      snake(['product_code', 'product_name', 'order_quantity', 'unit_price', 'line_amount'], 'exceljs'),
      snake(['item_ref', 'item_description', 'qty_ordered', 'unit_price_net', 'total_net'], 'xml'),
      snake(['articleCode', 'articleName', 'orderedQty', 'unitPrice', 'lineTotal'], 'exceljs'),
    ],
  },
  { name: 'broken-headers', variants: broken },
  { name: 'unusual-column-order', variants: unusualOrder },
  { name: 'no-header', variants: none },
  { name: 'header-far-down', variants: farDown },
];
