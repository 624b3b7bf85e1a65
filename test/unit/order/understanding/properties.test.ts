import fc from 'fast-check';
import { column, linesOf, read, shown, type Written } from './book';

const headings = {
  en: {
    reference: 'Reference',
    description: 'Description',
    quantity: 'Quantity',
    price: 'Unit price',
    amount: 'Amount',
    stock: 'Stock',
  },
  fr: {
    reference: 'Réf.',
    description: 'Désignation',
    quantity: 'Qté',
    price: 'PU HT',
    amount: 'Montant HT',
    stock: 'Qté en stock',
  },
  de: {
    reference: 'Artikelnr.',
    description: 'Bezeichnung',
    quantity: 'Menge',
    price: 'Einzelpreis',
    amount: 'Gesamtpreis',
    stock: 'Lagerbestand',
  },
  es: {
    reference: 'Código',
    description: 'Descripción',
    quantity: 'Cantidad',
    price: 'Precio unitario',
    amount: 'Importe',
    stock: 'Existencias',
  },
  tr: {
    reference: 'Stok Kodu',
    description: 'Ürün Adı',
    quantity: 'Adet',
    price: 'Birim Fiyat',
    amount: 'Tutar',
    stock: 'Stok',
  },
  zh: { reference: '货号', description: '品名', quantity: '数量', price: '单价', amount: '金额', stock: '库存' },
  snake: {
    reference: 'item_code',
    description: 'item_name',
    quantity: 'order_qty',
    price: 'unit_price',
    amount: 'line_total',
    stock: 'stock_qty',
  },
};
type Field = keyof (typeof headings)['en'];

const notations = {
  number: (cents: number): Written => cents / 100,
  comma: (cents: number): Written => grouped(cents, '\u00a0', ','),
  german: (cents: number): Written => grouped(cents, '.', ','),
  point: (cents: number): Written => grouped(cents, ',', '.'),
  swiss: (cents: number): Written => grouped(cents, '’', '.'),
  currency: (cents: number): Written => shown(cents / 100, `${grouped(cents, ' ', ',')} €`),
};

function grouped(cents: number, thousands: string, sign: string): string {
  const text = String(cents).padStart(3, '0');
  const whole = text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${whole}${sign}${text.slice(-2)}`;
}

const money = (cents: number): string => String(Number((cents / 100).toFixed(2)));

const layout = fc.record({
  lines: fc.uniqueArray(
    fc.record({
      reference: fc
        .tuple(fc.constantFrom('A', 'ZX', 'P-', '00'), fc.integer({ min: 1, max: 99_999 }))
        .map(([head, number]) => `${head}${number}`),
      description: fc.constantFrom(
        'Chaise de bureau',
        'Blue pen',
        'Total station',
        'Lampe 12 V',
        'Schraube M4x20',
        'Table (oak), 120 cm',
        'T-shirt',
        'Port USB',
        'Sous-verre',
      ),
      quantity: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 3_000 })),
      cents: fc.integer({ min: 1, max: 300_000 }),
      stock: fc.integer({ min: 0, max: 500 }),
    }),
    { minLength: 2, maxLength: 12, selector: ({ reference }) => reference },
  ),
  language: fc.constantFrom(...(Object.keys(headings) as (keyof typeof headings)[])),
  notation: fc.constantFrom(...(Object.keys(notations) as (keyof typeof notations)[])),
  quantityAsText: fc.boolean(),
  order: fc.shuffledSubarray(['reference', 'description', 'quantity', 'price', 'amount', 'stock'] satisfies Field[], {
    minLength: 6,
  }),
  leaveOut: fc.subarray(['description', 'price', 'amount', 'stock'] satisfies Field[]),
  title: fc.subarray([['ORDER'], ['Customer:', 'ACME'], ['Order no:', 'PO-17'], []] as Written[][]),
  total: fc.constantFrom('none', 'right', 'wrong'),
  shift: fc.integer({ min: 0, max: 2 }),
});

/** An order as a sheet; the first column may be empty. */
function rendered(made: typeof layout extends fc.Arbitrary<infer T> ? T : never) {
  const { lines, language, notation, quantityAsText, order, leaveOut, title, total, shift } = made;
  const columns = order.filter((field) => !(leaveOut as Field[]).includes(field));
  const indent = (cells: Written[]): Written[] => [...Array.from({ length: shift }, () => null), ...cells];
  const write = notations[notation];
  const amount = ({ quantity, cents }: { quantity: number; cents: number }) => quantity * cents;
  const rows = lines.map((line) =>
    columns.map((field): Written => {
      if (field === 'quantity') return quantityAsText ? String(line.quantity) : line.quantity;
      if (field === 'price') return write(line.cents);
      if (field === 'amount') return write(amount(line));
      if (field === 'stock') return line.stock;
      return line[field];
    }),
  );
  const sum = lines.reduce((all, line) => all + amount(line), 0) + (total === 'wrong' ? 500 : 0);
  const withTotal =
    total !== 'none' &&
    columns.includes('amount') &&
    !['reference'].includes(columns.indexOf('amount') === 0 ? 'reference' : '');
  const sumRow = columns.map((field): Written => (field === 'amount' ? write(sum) : null));
  const at = columns.findIndex((field) => field !== 'amount');
  if (withTotal) sumRow[at] = 'Total';
  return {
    columns,
    withTotal,
    rows: [
      ...title.map(indent),
      indent(columns.map((field) => headings[language][field])),
      ...rows.map(indent),
      ...(withTotal ? [indent(sumRow)] : []),
    ],
  };
}

describe('any order in any layout', () => {
  it('is read back as it was written, or with a flag', () => {
    fc.assert(
      fc.property(layout, (made) => {
        const { rows, columns, withTotal } = rendered(made);
        const reading = read(rows);
        const flagged = new Set(reading.anomalies.map(({ line_id }) => line_id));
        const blocked = reading.anomalies.some(({ code }) => code === 'columns.uncertain');
        expect(column(reading, 'reference')).toEqual(made.lines.map(({ reference }) => reference));
        linesOf(reading).forEach((line, index) => {
          const { quantity, cents, description } = made.lines[index] ?? { quantity: 0, cents: 0, description: '' };
          if (blocked || flagged.has(`L${index + 1}`)) return;
          expect(line.quantity).toBe(String(quantity));
          if (columns.includes('price')) expect(line.unit_price).toBe(money(cents));
          if (columns.includes('amount')) expect(line.amount).toBe(money(quantity * cents));
          if (columns.includes('description')) expect(line.description).toBe(description);
        });
        const mismatch = reading.anomalies.some(({ code }) => code === 'total.mismatch');
        expect(mismatch).toBe(withTotal && made.total === 'wrong');
      }),
      { numRuns: 400 },
    );
  });
});

describe('any text in any cell', () => {
  it('never makes the reading fail or take long', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        '1'.repeat(5_000),
        ' '.repeat(5_000),
        '1,'.repeat(200),
        '(((((',
        'Qty',
        'Ref',
        'Total',
        '9.78E+12',
      ),
      fc.double().map(String),
    );
    const cell: fc.Arbitrary<Written> = fc.oneof(
      text,
      fc.double({ noNaN: true }),
      fc.constant(null),
      fc.record({ formula: text, value: fc.constant({ is: 'none' as const }) }),
      fc.constant({ value: { is: 'error' as const, error: '#REF!' } }),
      fc.constant({ value: { is: 'time' as const, minutes: 75 } }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 12 }), (rows) => {
        const reading = read([['Ref', 'Description', 'Qty', 'Price', 'Amount', 'Date'], ...rows]);
        for (const { quantity, unit_price, amount } of reading.lines) {
          for (const value of [quantity, unit_price, amount])
            expect(value?.value ?? '0').toMatch(/^-?\d{1,18}(\.\d{1,9})?$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
