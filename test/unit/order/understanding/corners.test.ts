import { codes, column, day, formula, linesOf, read, type Written } from './book';

const quantities = (rows: Written[][]) => {
  const reading = read(rows);
  return { quantities: column(reading, 'quantity'), codes: codes(reading) };
};

describe('layouts that mislead', () => {
  it('cartons, pieces per carton and a total without prices are said, in cartons', () => {
    const reading = read([
      ['Ref', 'Cartons', 'Pcs/carton', 'Total pcs'],
      ['A1', 2, 12, 24],
      ['A2', 3, 10, 30],
    ]);
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'warning' }),
    );
    expect(column(reading, 'unit')).toEqual(['carton', 'carton']);
  });

  it('a weight and its total do not', () => {
    expect(
      quantities([
        ['Ref', 'Poids (kg)', 'Qté', 'Poids total'],
        ['A', 2.5, 4, 10],
        ['B', 3, 2, 6],
      ]),
    ).toEqual({ quantities: ['4', '2'], codes: [] });
  });

  it('kinds of quantities over two columns each', () => {
    const reading = read([
      [null, null, 'Stock', null, 'Commande', null],
      ['Ref', 'Libellé', 'Qté', 'Date', 'Qté', 'Date'],
      ['A1', 'Chair', 12, day('2024-01-01'), 3, day('2024-02-01')],
      ['A2', 'Bed', 5, day('2024-01-01'), 4, day('2024-02-01')],
    ]);
    expect(linesOf(reading)[0]).toEqual({
      reference: 'A1',
      description: 'Chair',
      quantity: '3',
      delivery_date: '2024-02-01',
    });
    expect(codes(reading)).toEqual([]);
  });

  it('a word over sizes that is not merged', () => {
    const reading = read([
      [null, null, null, 'Opening Order', null, null, null],
      ['SKU', 'Item', 'WSP', 'XS', 'S', 'M', 'Units'],
      ['A1', 'Tee', 12.5, 1, 2, 3, 6],
      ['A2', 'Cap', 8, 0, 4, 0, 4],
    ]);
    expect(linesOf(reading).map(({ variant, quantity, unit_price }) => [variant, quantity, unit_price])).toEqual([
      ['XS', '1', '12.5'],
      ['S', '2', '12.5'],
      ['M', '3', '12.5'],
      ['S', '4', '8'],
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('shops down and products across', () => {
    const reading = read([
      ['Magasin', 'Pommes', 'Poires', 'Total'],
      ['Paris', 1, 2, 3],
      ['Lyon', 4, null, 4],
    ]);
    expect(linesOf(reading)).toEqual([
      { destination: 'Paris', description: 'Pommes', quantity: '1' },
      { destination: 'Paris', description: 'Poires', quantity: '2' },
      { destination: 'Lyon', description: 'Pommes', quantity: '4' },
    ]);
  });

  it('sums with their label in the column of references', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty', 'Price', 'Amount'],
      ['A', 'x', 1, 2, 2],
      ['Total Mobilier', null, 1, null, 2],
      ['C', 'y', 2, 3, 6],
      ['TOTAL GENERAL', null, 3, null, 8],
    ]);
    expect(column(reading, 'reference')).toEqual(['A', 'C']);
    expect(codes(reading)).toEqual([]);
  });

  it('a second table whose title means something else is left out and listed', () => {
    const reading = read([['Ref', 'Qty'], ['A', 1], [], ['BACKORDERS (do not ship)'], ['Ref', 'Qty'], ['C', 9]]);
    expect(column(reading, 'reference')).toEqual(['A']);
    expect(reading.anomalies.map(({ code, evidence: [at] }) => [code, at?.cell])).toEqual([['rows.left_out', 'A6:B6']]);
  });

  it('price breaks are not sizes', () => {
    expect(
      quantities([
        ['Ref', '1-9', '10-49', '50+', 'Qté'],
        ['A1', 12, 10, 8, 5],
        ['A2', 20, 18, 15, 7],
      ]),
    ).toEqual({ quantities: ['5', '7'], codes: ['columns.unread'] });
  });

  it('the foot of a sheet is not a line', () => {
    const reading = read([
      ['Ref', 'Qty', 'Price'],
      ['A1', 2, 3.5],
      [],
      ['SIRET', '123 456 789 00012'],
      ['Tél. 01 23 45 67 89'],
      ['Date', day('2024-01-01'), 'Signature'],
    ]);
    expect(column(reading, 'reference')).toEqual(['A1']);
    expect(codes(reading)).toEqual([]);
  });

  it('a product without a quantity in a list of names is reported', () => {
    const reading = read([
      ['Produit', 'Qté'],
      ['Pommes', 10],
      ['Poires', null],
      ['Bananes', 5],
      ['Fraises', 7],
    ]);
    expect(codes(reading)).toEqual(['references.none', 'rows.skipped']);
  });

  it('colour and size in columns of their own are one variant', () => {
    expect(
      column(
        read([
          ['Style', 'Colour', 'Size', 'Qty'],
          ['S1', 'Red', 'M', 2],
          ['S1', 'Red', 'L', 3],
        ]),
        'variant',
      ),
    ).toEqual(['Red / M', 'Red / L']);
  });

  it('a zero that a program wrote in place of a result is computed', () => {
    const reading = read([
      ['Ref', 'Qty', 'Price', 'Amount'],
      ['A1', 2, 3.5, formula('B2*C2', 0)],
    ]);
    expect(column(reading, 'amount')).toEqual(['7']);
    expect(codes(reading)).toEqual(['line.formula_computed']);
  });

  it('a rounded barcode is damaged', () => {
    expect(
      codes(
        read([
          ['EAN', 'Qty'],
          ['9783160000000', 1],
          ['4006381333931', 2],
        ]),
      ),
    ).toEqual(['line.reference_damaged']);
  });

  it('a unit in the heading is that of the quantities', () => {
    const reading = read([
      ['Ref', 'Qty (kg)', 'Price/kg'],
      ['A', 10.5, 2.5],
      ['B', 3, 4.5],
    ]);
    expect(column(reading, 'unit')).toEqual(['kg', 'kg']);
    expect(column(reading, 'unit_price')).toEqual(['2.5', '4.5']);
    expect(codes(reading)).toEqual([]);
  });
});

describe('the order of days', () => {
  it('is found from another date of the title block', () => {
    const reading = read([['PO Date', '01/15/2024'], ['Delivery date', '02/01/2024'], [], ['Ref', 'Qty'], ['A', 1]]);
    expect(reading.facts.delivery_date?.value).toBe('2024-02-01');
    expect(codes(reading)).toEqual([]);
  });
});

describe('columns called order', () => {
  it('with numbers of orders are not quantities', () => {
    expect(
      quantities([
        ['Commande', 'Référence', 'Qté'],
        [45001, 'A', 5],
        [45001, 'B', 6],
      ]).quantities,
    ).toEqual(['5', '6']);
    expect(
      quantities([
        ['Order', 'SKU', 'Quantity', 'Price'],
        [1001, 'A', 5, 2.5],
        [1002, 'B', 6, 3.5],
      ]).quantities,
    ).toEqual(['5', '6']);
    expect(
      quantities([
        ['Commande', 'Référence', 'Qté'],
        ['CMD-1', 'A', 5],
        ['CMD-1', 'B', 6],
      ]),
    ).toEqual({ quantities: ['5', '6'], codes: [] });
  });

  it('beside a quantity are a close call', () => {
    const reading = read([
      ['Ref', 'Qty', 'Order'],
      ['A', 12, 3],
      ['B', 6, 2],
    ]);
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'blocking' }),
    );
  });
});

describe('a turned table', () => {
  it('may have a column of totals', () => {
    const reading = read([
      ['Ref', 'A', 'B', 'Total'],
      ['Désignation', 'x', 'y', null],
      ['Qté', 3, 4, 7],
      ['PU', 2, 5, null],
      ['Montant', 6, 20, 26],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'A', description: 'x', quantity: '3', unit_price: '2', amount: '6' },
      { reference: 'B', description: 'y', quantity: '4', unit_price: '5', amount: '20' },
    ]);
    expect(codes(reading)).toEqual([]);
  });
});
