import { columnName, type Cell } from '../corpus/book';
import type { Column } from '../corpus/columns';
import { amountCents, items } from '../corpus/goods';
import { orderPage } from '../corpus/order';
import type { Draft, Trait, Variant } from '../corpus/trait';

/** Formulas as saved by Excel, with their values: nothing to flag. */
const cached: Variant[] = [
  (draft) =>
    orderPage(draft, {
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.price(), c.amountFormula(3, 4)],
    }),
  (draft) => {
    draft.dialect({ writer: 'xml' });
    orderPage(draft, {
      language: 'fr',
      columns: (c) => [c.reference(), c.description(), c.quantity(), c.price(), c.amountFormula(3, 4, { shared: 0 })],
    });
  },
];

/** Programs that write formulas without values: simple ones are computed, and each line is flagged. */
function uncached(draft: Draft, shared: boolean): void {
  draft.dialect({ writer: 'xml', ...(shared ? { strings: 'inline' } : {}) });
  const sheet = draft.book.sheet('Order');
  const { lineRows } = orderPage(draft, {
    sheet,
    count: 8,
    sums: false,
    columns: (c) => [
      c.reference(),
      c.description(),
      c.quantity(),
      c.price(),
      c.amountFormula(3, 4, { cached: false, ...(shared ? { shared: 0 } : {}) }),
    ],
  });
  for (const row of lineRows) draft.must('line.formula_computed', sheet.name, [row]);
  const first = lineRows[0]!;
  const last = lineRows.at(-1)!;
  sheet.put(last + 1, 4, { text: 'Total', bold: true }).put(last + 1, 5, { formula: `SUM(E${first}:E${last})` });
  draft.may('line.formula_computed');
}

/** The ordered quantity itself is computed: cartons times pieces per carton. */
const uncachedQuantity: Variant = (draft) => {
  draft.dialect({ writer: 'xml' });
  const sheet = draft.book.sheet('Order');
  const list = items(draft.chance, 7).map((item) => ({ ...item, quantity: 6 * draft.chance.int(1, 9) }));
  const { lineRows } = orderPage(draft, {
    sheet,
    list,
    sums: false,
    title: false,
    columns: (c) => [
      c.reference(),
      c.description(),
      c.other('Pack size', () => 6),
      c.quantity('Order qty', ({ quantity }, row) => ({ formula: `C${row}*${quantity / 6}` })),
      c.price(),
    ],
  });
  for (const row of lineRows) draft.must('line.formula_computed', sheet.name, [row]);
};

/** Formulas that no simple rule computes, without a value. */
const unknown: Variant[] = [
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      count: 9,
      sums: false,
      columns: (c) => {
        const price = c.price();
        return [
          c.reference(),
          c.description(),
          c.quantity(),
          {
            ...price,
            cell: (item, row, index) =>
              index === 4
                ? { formula: `INDIRECT("Prices!B"&MATCH(A${row},OFFSET(Prices!A1,0,0,500,1),0))` }
                : price.cell(item, row, index),
            want: (item, index) => (index === 4 ? null : price.want!(item, index)),
          },
        ];
      },
      table: {
        line: (line, _item, index) => index === 4 && draft.must('line.formula_unknown', sheet.name, [line.row]),
      },
    });
  },
  (draft) => {
    draft.dialect({ writer: 'xml' });
    const sheet = draft.book.sheet('Order');
    orderPage(draft, {
      sheet,
      count: 9,
      sums: false,
      columns: (c) => {
        const quantity = c.quantity('Qty');
        return [
          c.reference(),
          c.description(),
          {
            ...quantity,
            cell: (item, row, index) =>
              index === 6
                ? { formula: `FORECAST.ETS(TODAY(),Sales!A1:A${row},Sales!B1:B${row})` }
                : quantity.cell(item, row, index),
            want: (item, index) => (index === 6 ? null : quantity.want!(item, index)),
          },
          c.price(),
        ];
      },
      table: {
        line: (line, _item, index) => {
          if (index !== 6) return;
          draft.must('line.formula_unknown', sheet.name, [line.row]);
          draft.may('line.quantity_missing', sheet.name, [line.row]);
        },
      },
    });
  },
];

/** `#VALUE!` and its like in a column: the value is absent, and flagged. */
const broken =
  (field: 'quantity' | 'unit_price' | 'amount', error: string, at: number): Variant =>
  (draft) => {
    const sheet = draft.book.sheet('Order');
    const hurt = (column: Column, letter: number): Column => ({
      ...column,
      cell: (item, row, index): Cell | string | number | undefined =>
        index === at ? { formula: `${columnName(letter)}${row}*1`, error } : column.cell(item, row, index),
      want: (item, index) => (index === at ? null : column.want!(item, index)),
    });
    orderPage(draft, {
      sheet,
      list: items(draft.chance, 9),
      sums: false,
      columns: (c) =>
        [c.reference(), c.description(), c.quantity(), c.price(), c.amount()].map((column, index) =>
          column.field === field ? hurt(column, index) : column,
        ),
      table: {
        line: (line, _item, index) => {
          if (index !== at) return;
          draft.must('line.value_error', sheet.name, [line.row]);
          for (const code of [
            'line.quantity_missing',
            'line.quantity_unreadable',
            'line.price_unreadable',
            'line.amount_unreadable',
          ])
            draft.may(code, sheet.name, [line.row]);
        },
      },
    });
  };

/** The reference from a formula with a cached text; the amount of the whole row a sum. */
const textFormulas: Variant = (draft) => {
  const sheet = draft.book.sheet('Order');
  orderPage(draft, {
    sheet,
    sums: false,
    columns: (c) => [
      { ...c.reference(), cell: ({ reference }, row) => ({ formula: `UPPER(H${row})`, text: reference }) },
      c.description(),
      c.quantity(),
      c.price(),
      {
        ...c.amount(),
        cell: (item, row) => ({ formula: `ROUND(C${row}*D${row},2)`, number: amountCents(item) / 100 }),
      },
    ],
  });
};

export const formulaTraits: Trait[] = [
  { name: 'formulas-cached', variants: [...cached, textFormulas] },
  { name: 'formulas-uncached', variants: [(d) => uncached(d, false), (d) => uncached(d, true), uncachedQuantity] },
  { name: 'formulas-unknown', variants: unknown },
  {
    name: 'value-errors',
    variants: [broken('amount', '#VALUE!', 3), broken('quantity', '#REF!', 5), broken('unit_price', '#N/A', 1)],
  },
];
