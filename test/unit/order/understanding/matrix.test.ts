import { codes, column, linesOf, read, type Written } from './book';

describe('a matrix', () => {
  it('of sizes gives a line for each quantity, with the size', () => {
    const reading = read([
      ['Ref', 'Description', 'S', 'M', 'L', 'XL', 'Total', 'Price'],
      ['T1', 'Shirt', 2, 3, null, 1, 6, 9.5],
      ['T2', 'Polo', null, 4, 4, null, 8, 12],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'T1', description: 'Shirt', variant: 'S', quantity: '2', unit_price: '9.5' },
      { reference: 'T1', description: 'Shirt', variant: 'M', quantity: '3', unit_price: '9.5' },
      { reference: 'T1', description: 'Shirt', variant: 'XL', quantity: '1', unit_price: '9.5' },
      { reference: 'T2', description: 'Polo', variant: 'M', quantity: '4', unit_price: '12' },
      { reference: 'T2', description: 'Polo', variant: 'L', quantity: '4', unit_price: '12' },
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('of numbered sizes under a group heading in two rows', () => {
    const reading = read(
      [
        ['Réf', 'Modèle', 'Pointures', null, null, 'Total'],
        [null, null, 38, 39, 40, null],
        ['B1', 'Botte', 1, null, 2, 3],
        ['B2', 'Basket', null, 5, null, 5],
      ],
      { merges: ['A1:A2', 'B1:B2', 'C1:E1', 'F1:F2'] },
    );
    expect(column(reading, 'variant')).toEqual(['38', '40', '39']);
    expect(column(reading, 'quantity')).toEqual(['1', '2', '5']);
    expect(codes(reading)).toEqual([]);
  });

  it('of shops gives the shop as destination, proved by the total', () => {
    const reading = read([
      ['Reference', 'Description', 'Paris', 'Lyon', 'Nantes', 'Total qty'],
      ['T1', 'Mug', 2, 3, 0, 5],
      ['T2', 'Bowl', 1, null, 4, 5],
    ]);
    expect(linesOf(reading).map(({ reference, destination, quantity }) => [reference, destination, quantity])).toEqual([
      ['T1', 'Paris', '2'],
      ['T1', 'Lyon', '3'],
      ['T2', 'Paris', '1'],
      ['T2', 'Nantes', '4'],
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('without evidence blocks', () => {
    const reading = read([
      ['Reference', 'Description', 'Abc', 'Def'],
      ['T1', 'Mug', 2, 3],
      ['T2', 'Bowl', 1, 4],
    ]);
    expect(reading.lines).toHaveLength(4);
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'blocking' }),
    );
  });

  it('whose total is not the sum is flagged', () => {
    const reading = read([
      ['Ref', 'Description', 'S', 'M', 'L', 'Total'],
      ['T1', 'Shirt', 2, 3, 1, 6],
      ['T2', 'Polo', 1, 1, 1, 4],
      ['T3', 'Cap', 2, 2, 2, 6],
    ]);
    expect(reading.anomalies.map(({ code, evidence }) => [code, evidence[0]?.cell])).toEqual([
      ['total.mismatch', 'F3'],
    ]);
  });

  it('has a sum row below that is not a line', () => {
    const reading = read([
      ['Ref', 'Description', 'S', 'M', 'Total'],
      ['T1', 'Shirt', 2, 3, 5],
      ['T2', 'Polo', 1, 1, 2],
      ['Total', null, 3, 4, 7],
    ]);
    expect(reading.lines).toHaveLength(4);
    expect(codes(reading)).toEqual([]);
  });

  it('of shops with sizes under each keeps both', () => {
    const reading = read(
      [
        ['Ref', 'Description', 'Paris', null, 'Lyon', null, 'Total'],
        [null, null, 'S', 'M', 'S', 'M', null],
        ['T1', 'Shirt', 2, 3, 1, null, 6],
      ],
      { merges: ['C1:D1', 'E1:F1'] },
    );
    expect(linesOf(reading).map(({ destination, variant, quantity }) => [destination, variant, quantity])).toEqual([
      ['Paris', 'S', '2'],
      ['Paris', 'M', '3'],
      ['Lyon', 'S', '1'],
    ]);
  });

  it('has a title over it that is not a shop', () => {
    const reading = read(
      [
        [null, null, 'Quantity by colour', null, null, null],
        ['Ref', 'Description', 'Red', 'Blue', 'Green', 'Total'],
        ['P1', 'Paint', 2, null, 1, 3],
        ['P2', 'Glaze', null, 4, 4, 8],
      ],
      { merges: ['C1:E1'] },
    );
    expect(column(reading, 'destination')).toEqual([undefined, undefined, undefined, undefined]);
    expect(column(reading, 'variant')).toEqual(['Red', 'Green', 'Blue', 'Green']);
    expect(codes(reading)).toEqual([]);
  });

  it('may have dashes in any column', () => {
    const reading = read([
      ['Ref', 'Description', 'Store Ghent', 'Store Bruges', 'Total'],
      ['P1', 'Paint', 2, '-', 2],
      ['P2', 'Glaze', '-', 4, 4],
      ['P3', 'Brush', '-', 1, 1],
      ['P4', 'Roller', '-', 6, 6],
    ]);
    expect(column(reading, 'destination')).toEqual(['Store Ghent', 'Store Bruges', 'Store Bruges', 'Store Bruges']);
    expect(codes(reading)).toEqual([]);
  });

  it('has rows without quantities, which are not ordered unless they have a sum', () => {
    const rows = (sum: number) => [
      ['Ref', 'Description', 'S', 'M', 'Total'],
      ['P1', 'Shirt', 2, 1, 3],
      ['P2', 'Polo', null, null, 0],
      ['P3', 'Vest', 0, 0, sum],
      ['P4', 'Coat', null, 4, 4],
      ['P5', 'Cape', 1, null, 1],
    ];
    expect(codes(read(rows(0)))).toEqual([]);
    expect(codes(read(rows(7)))).toContain('line.quantity_missing');
  });

  it('with the same size twice blocks, because nothing distinguishes them', () => {
    const reading = read([
      ['Ref', 'Description', 'S', 'M', 'S', 'M', 'Total'],
      ['P1', 'Shirt', 1, 2, 3, 4, 10],
      ['P2', 'Polo', 1, null, null, 4, 5],
    ]);
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'blocking' }),
    );
  });
});

describe('people with a size and a count of several articles each', () => {
  const squad = (price: Written[]): Written[][] => [
    ['Player', 'Squad no.', 'Home shirt', null, 'Socks', null, 'Paid?'],
    [null, null, 'Size', 'Qty', 'Size', 'Qty', null],
    ...(price.length > 0 ? [price] : []),
    ['A. Whitfield', 1, 'M', 1, '4-7', 2, 'y'],
    ['S. Lindley', 3, null, null, '8-11', 1, 'n'],
    ['Total', null, null, 1, null, 3],
  ];

  it('order the articles that the headings name, with the price below them', () => {
    const reading = read(squad(['price each', null, null, 24.5, null, 6.5]), { merges: ['C1:D1', 'E1:F1'] });
    expect(linesOf(reading)).toEqual([
      { note: 'A. Whitfield', description: 'Home shirt', variant: 'M', quantity: '1', unit_price: '24.5' },
      { note: 'A. Whitfield', description: 'Socks', variant: '4-7', quantity: '2', unit_price: '6.5' },
      { note: 'S. Lindley', description: 'Socks', variant: '8-11', quantity: '1', unit_price: '6.5' },
    ]);
    expect(reading.anomalies.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  });

  it('do so without prices too', () => {
    expect(column(read(squad([]), { merges: ['C1:D1', 'E1:F1'] }), 'quantity')).toEqual(['1', '2', '1']);
  });
});
