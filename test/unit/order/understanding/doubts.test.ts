import { codes, column, read, shown, type Written } from './book';

const doubtful = (rows: Written[][], options = {}) =>
  read(rows, options)
    .anomalies.filter(({ code }) => code === 'columns.uncertain')
    .map(({ severity, evidence }) => [severity, ...evidence.map(({ cell }) => cell)]);

describe('a price for several units', () => {
  it('is given for one, which the amounts prove', () => {
    const rows = [
      ['Part no', 'Description', 'Qty', 'Price per 100', 'Amount'],
      ['W-1', 'Washer', 300, 4.5, 13.5],
      ['W-2', 'Rivet', 1000, 2, 20],
    ];
    expect(column(read(rows), 'unit_price')).toEqual(['0.045', '0.02']);
    expect(codes(read(rows))).toEqual([]);
  });

  it('is also found by a column of its own', () => {
    expect(
      doubtful([
        ['Artikelnummer', 'Bezeichnung', 'Menge', 'Preis', 'Preiseinheit'],
        ['W-1', 'Scheibe', 300, 4.5, 100],
        ['W-2', 'Niete', 50, 2, 1],
      ]),
    ).toEqual([['warning', 'D1', 'E1']]);
  });

  it('is not a price per pack, which is the price of one pack', () => {
    const reading = read([
      ['SKU', 'Product', 'Order', 'Price per pack', 'Total'],
      ['C-1', 'Candle', 2, 12, 24],
      ['C-2', 'Match', 3, 5, 15],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['12', '5']);
    expect(codes(reading)).toEqual([]);
  });
});

describe('quantities in packs', () => {
  it('are reported as packs if the heading or a pack size says so', () => {
    expect(
      doubtful([
        ['Ref', 'Description', 'Cartons of 12', 'Price'],
        ['C-1', 'Candle', 2, 12.5],
        ['C-2', 'Match', 3, 8],
      ]),
    ).toEqual([['warning', 'C1']]);
    expect(
      doubtful([
        ['Réf', 'Désignation', 'PCB', 'Nb colis', 'PU'],
        ['C-1', 'Bougie', 6, 2, 1.2],
        ['C-2', 'Briquet', 10, 3, 0.8],
      ]),
    ).toEqual([['warning', 'D1']]);
  });

  it('are said beside the same quantities in pieces, which they make in every row', () => {
    expect(
      doubtful([
        ['Réf', 'Désignation', 'PCB', 'Colis', 'UVC', 'PU'],
        ['C-1', 'Bougie', 6, 2, 12, 1.2],
        ['C-2', 'Briquet', 10, 3, 30, 0.8],
      ]),
    ).toContainEqual(['warning', 'D1', 'E1']);
  });
});

describe('a second column of quantities', () => {
  const rows = (second: number) => [
    ['Ref', 'Description', 'Qty', 'Qty confirmed', 'Price'],
    ['B-1', 'Broom', 12, 12, 3.5],
    ['B-2', 'Bucket', 10, second, 2],
  ];

  it('blocks if its figures differ', () => {
    expect(doubtful(rows(8))).toEqual([['blocking', 'C1', 'D1']]);
  });

  it('raises no doubt if they are the same', () => {
    expect(doubtful(rows(10))).toEqual([]);
  });
});

describe('weeks and months across', () => {
  it('are lines of their own, which the total beside them proves', () => {
    const rows = [
      ['Ref', 'Description', 'Total qty', 'W40', 'W41', 'W42'],
      ['B-1', 'Broom', 12, 4, 4, 4],
      ['B-2', 'Bucket', 10, 5, null, 5],
    ];
    expect(column(read(rows), 'quantity')).toEqual(['4', '4', '4', '5', '5']);
    expect(column(read(rows), 'note')).toEqual(['W40', 'W41', 'W42', 'W40', 'W42']);
    expect(doubtful(rows)).toEqual([]);
  });

  it('are not shops, and block without a total beside them', () => {
    const rows = [
      ['Ref', 'Description', 'Jan', 'Feb', 'Mar'],
      ['B-1', 'Broom', 4, 4, 4],
      ['B-2', 'Bucket', 5, null, 5],
    ];
    const reading = read(rows);
    expect(column(reading, 'destination')).toEqual(Array(5).fill(undefined));
    expect(column(reading, 'ean')).toEqual(Array(5).fill(undefined));
    expect(column(reading, 'note')).toEqual(['Jan', 'Feb', 'Mar', 'Jan', 'Mar']);
    expect(doubtful(rows)).toEqual([['blocking', 'C1', 'D1', 'E1']]);
  });

  it('are not mistaken for similar sizes', () => {
    const reading = read([
      ['Ref', 'Modèle', 'T1', 'T2', 'T3', 'Total'],
      ['G-1', 'Gant', 2, 3, null, 5],
      ['G-2', 'Moufle', null, 1, 4, 5],
    ]);
    expect(column(reading, 'variant')).toEqual(['T1', 'T2', 'T2', 'T3']);
  });
});

it('a shop on some lines only is reported', () => {
  expect(
    doubtful([
      ['Shop', 'Ref', 'Description', 'Qty'],
      ['Ghent', 'B-1', 'Broom', 2],
      [null, 'B-2', 'Bucket', 1],
      ['Bruges', 'B-3', 'Brush', 3],
    ]),
  ).toEqual([['warning', 'A1']]);
});

describe('references that look like numbers', () => {
  it('are kept as text, and damaged only if a program rewrote them', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty'],
      ['1E5', 'Broom', 12],
      ['00012E3', 'Bucket', 10],
      ['9,78E+12', 'Book', 1],
      [shown(100000, '1E+05'), 'Brush', 4],
      [shown(9782070368228, '9.78E+12'), 'Book', 4],
    ]);
    expect(column(reading, 'reference')).toEqual(['1E5', '00012E3', '9,78E+12', '100000', '9782070368228']);
    expect(reading.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([
      ['line.reference_damaged', 'L3'],
      ['line.reference_damaged', 'L4'],
    ]);
  });

  it('are not line numbers after zeros or letters of a format, or under a heading that says code', () => {
    const rows = (heading: string, cells: Written[]) => [
      [heading, 'Description', 'Qty', 'Price'],
      ...cells.map((cell, at): Written[] => [cell, `Broom with handle ${at}`, 3 + 2 * at, 1.25]),
    ];
    const references = (heading: string, cells: Written[]) => column(read(rows(heading, cells)), 'reference');
    expect(references('Item no', ['0120', '0121', '0122', '0123'])).toEqual(['0120', '0121', '0122', '0123']);
    expect(references('Item', [shown(1, 'BR-001'), shown(2, 'BR-002'), shown(3, 'BR-003')])).toEqual([
      'BR-001',
      'BR-002',
      'BR-003',
    ]);
    expect(references('Code produit', [12, 13, 14, 15])).toEqual(['12', '13', '14', '15']);
  });

  it('that begin like a total are references', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty'],
      ['SUM-12-4', 'Summer hat', 4],
      ['NET-3', 'Fishing net', 2],
    ]);
    expect(column(reading, 'reference')).toEqual(['SUM-12-4', 'NET-3']);
  });
});

it.each([
  ['Quantity Requested', 'Accepted Quantity'],
  ['Bestellte Menge', 'Bestätigte Menge'],
  ['Quantité commandée', 'Quantité confirmée'],
  ['Cantidad', 'Cantidad aceptada'],
  ['Aantal', 'Bevestigd aantal'],
])('a column in which nothing is counted yet rivals no quantity: %s', (ordered, accepted) => {
  const reading = read([
    ['Model Number', 'Title', ordered, accepted],
    ['KT-17', 'Kettle 1.7 L', 144, 0],
    ['KT-12', 'Kettle 1.2 L', 96, 0],
  ]);
  expect(column(reading, 'quantity')).toEqual(['144', '96']);
  expect(codes(reading)).not.toContain('columns.uncertain');
});
