import { codes, column, day, linesOf, read, type Written } from './book';

const quantities = (rows: Written[][]) => column(read(rows), 'quantity');
const blocking = (rows: Written[][]) => read(rows).anomalies.filter(({ severity }) => severity === 'blocking');

describe('the ordered quantity among others', () => {
  it.each<[string, Written[][]]>([
    [
      'suggested and approved',
      [
        ['Part', 'Description', 'On hand', 'Sugg Qty', 'Appr Qty'],
        ['A1', 'Rotor', 3, 6, 4],
      ],
    ],
    [
      'par, calculated and final',
      [
        ['Item #', 'Item', 'Par', 'On hand', 'Calc', 'FINAL'],
        ['A1', 'Ketchup', 6, 2, 5, 4],
      ],
    ],
    [
      'blanket, released and this release',
      [
        ['Part', 'Description', 'Blanket Qty', 'Released', 'THIS RELEASE', 'Balance'],
        ['A1', 'Bolt', 200, 120, 4, 76],
      ],
    ],
    [
      'stock and minimum',
      [
        ['Art.Nr', 'Bezeichnung', 'Bestand', 'Mindest', 'Best.'],
        ['A1', 'Filter', 6, 10, 4],
      ],
    ],
    [
      'earlier years',
      [
        ['Réf', 'Désignation', 'Cde 2024', 'Cde 2025', 'Cde 2026'],
        ['A1', 'Stylo', 12, 10, 4],
      ],
    ],
    [
      'an earlier month',
      [
        ['Ref.', 'Material', 'Stock', 'Pedido marzo', 'A pedir'],
        ['A1', 'Agujas', 3, 10, 4],
      ],
    ],
  ])('is told from %s', (_, rows) => {
    expect(quantities(rows)).toEqual(['4']);
    expect(blocking(rows)).toEqual([]);
  });

  it('of an amendment is the revised one, or the original where that is empty; 0 is not ordered', () => {
    const rows = [
      ['P/N', 'Description', 'Original Q’ty', 'Revised Q’ty', 'Original ETD', 'Revised ETD'],
      ['A1', 'Switch', 500, null, day('2025-12-01'), null],
      ['A2', 'Module', 80, 120, day('2025-12-01'), day('2025-12-15')],
      ['A3', 'Adaptor', 60, 0, day('2025-12-01'), null],
    ];
    expect(linesOf(read(rows))).toEqual([
      { reference: 'A1', description: 'Switch', quantity: '500', delivery_date: '2025-12-01' },
      { reference: 'A2', description: 'Module', quantity: '120', delivery_date: '2025-12-15' },
    ]);
    expect(read(rows).lines[0]?.quantity?.from?.cell).toBe('C2');
  });

  it('is the one that multiplies, whatever the headings say', () => {
    const rows = [
      ['Code', 'Description', 'Packs', 'Pack of', 'Singles', 'Each £', 'Value £'],
      ['C1', 'Candle', 4, 6, 24, 3.6, 86.4],
      ['C2', 'Wreath', 3, 6, 18, 4.85, 87.3],
      ['C3', 'Garland', 2, 6, 12, 9.75, 117],
    ];
    expect(quantities(rows)).toEqual(['24', '18', '12']);
    expect(codes(read(rows))).toEqual([]);
  });
});

describe('packs and prices', () => {
  it('multiply with the content of a pack, and no mismatch is reported', () => {
    const rows = [
      ['Ref', 'Wine', 'Btl/ctn', 'Ctns', 'Price/btl', 'Total'],
      ['W1', 'Shiraz', 6, 10, 12.4, 744],
      ['W2', 'Chenin', 6, 6, 9.85, 354.6],
      ['W3', 'Gin', 4, 2, 48.5, 388],
    ];
    expect(quantities(rows)).toEqual(['10', '6', '2']);
    expect(codes(read(rows))).toEqual([]);
  });

  it('for a hundred or a thousand become the price of one, by a column or by the heading', () => {
    const column1 = [
      ['Part', 'Description', 'Qty', 'Price', 'Per', 'Ext'],
      ['A1', 'Screw', 2500, 31.2, 'C', 780],
      ['A2', 'Washer', 5000, 42, 'M', 210],
      ['A3', 'Gasket', 50, 3.85, 'E', 192.5],
    ];
    expect(column(read(column1), 'unit_price')).toEqual(['0.312', '0.042', '3.85']);
    expect(codes(read(column1))).toEqual([]);
    const heading = [
      ['Art.nr', 'Omschrijving', 'Aantal', 'Eenh.', 'Prijs/100 kg', 'Bedrag'],
      ['4021', 'Rundveebrok', 6500, 'kg', 31.4, 2041],
      ['0880', 'Kalvermuesli zak 20 kg', 24, 'zak', 52.5, 252],
      ['4100', 'Opfokbrok', 2.5, 'ton', 33.1, 827.5],
    ];
    expect(column(read(heading), 'unit_price')).toEqual(['0.314', '10.5', '331']);
    expect(codes(read(heading))).toEqual(['columns.uncertain']);
  });

  it('are read from words where these leave one reading', () => {
    const rows = [
      ['Produit', 'Quantité'],
      ['Haricots', '8 sacs (2,5 kg)'],
      ['Lait', '10 packs 6x1L'],
      ['Frites', '6 x 2.5kg'],
      ['Plateaux', 'fifty'],
      ['Citrons', '½ box'],
    ];
    expect(quantities(rows)).toEqual(['8', '10', '6', '50', '0.5']);
  });

  it('of money for one thing are prices', () => {
    const rows = [
      ['Réf', 'Profil', 'ML', '€/ml', 'Montant'],
      ['T1', 'Tube', 72, 3.42, 246.24],
      ['T2', 'Cornière', 30, 4.65, 139.5],
    ];
    expect(column(read(rows), 'unit_price')).toEqual(['3.42', '4.65']);
  });
});

it('formats, vintages and the content of a pack belong to the article', () => {
  expect(
    column(
      read([
        ['Réf', 'Désignation', 'Mill.', 'Qté'],
        ['V1', 'Chinon', 2023, 6],
      ]),
      'variant',
    ),
  ).toEqual(['2023']);
  const rows = [
    ['Item #', 'Item', 'Pack', 'Order'],
    ['A1', 'Ketchup', '12 x 375 mL', 4],
    ['A2', 'Oil', '4 x 3 L', 6],
  ];
  expect(column(read(rows), 'variant')).toEqual(['12 x 375 mL', '4 x 3 L']);
});

it('quantities with three decimals are proven by the prices and amounts beside them', () => {
  const reading = read([
    ['ENT', 'CDE000482', '20260402'],
    ['LIG', '00001', '3019991104502', '110450', 'Confit oignon', '48.000', 'PCE', '6', '4.3500', '208.80'],
    ['LIG', '00002', '3019991104526', '110452', 'Moutarde', '20.000', 'PCE', '1', '11.6000', '232.00'],
    ['LIG', '00003', '3019991120038', '112003', 'Cornichons', '36.000', 'PCE', '3', '13.2500', '477.00'],
    ['LIG', '00004', '3019991200198', '120019', 'Comté', '72.500', 'KGM', '1', '12.9000', '935.25'],
  ]);
  expect(linesOf(reading).map(({ quantity, unit_price, amount }) => [quantity, unit_price, amount])).toEqual([
    ['48', '4.35', '208.8'],
    ['20', '11.6', '232'],
    ['36', '13.25', '477'],
    ['72.5', '12.9', '935.25'],
  ]);
});

describe('a quantity that is still to be confirmed', () => {
  const rows = (sums: (number | null)[]): Written[][] => [
    ['Ref', 'Description', 'Qty', ...(sums.length > 0 ? ['Total'] : [])],
    ...['A1', 'A2', 'A3', 'A4'].map((code, at): Written[] => [
      ...[code, 'Bolt', at === 3 ? 'tbc' : at + 5],
      ...(sums[at] === undefined ? [] : [sums[at]]),
    ]),
  ];

  it('leaves its line open', () => {
    const reading = read(rows([]));
    expect([column(reading, 'reference').at(-1), codes(reading)]).toEqual(['A4', ['line.quantity_unreadable']]);
  });

  it('orders nothing yet where all other lines are counted', () => {
    const reading = read(rows([10, 12, 14, null]));
    expect([column(reading, 'reference').at(-1), codes(reading)]).toEqual(['A3', ['rows.left_out']]);
  });
});

describe('a number in words with what it counts', () => {
  it.each([
    ['quatre pièces', '4'],
    ['deux filets', '2'],
    ['zwei Kisten', '2'],
    ['tres cajas', '3'],
    ['a dozen', '1'],
    ['one or two', undefined],
  ])('%s', (text, quantity) =>
    expect(
      quantities([
        ['Article', 'Quantité', 'Prix'],
        ['Homard', text, 29.5],
        ['Perche', '8 kg', 62],
      ])[0],
    ).toBe(quantity),
  );
});

it('that were not revised stay as they were, in whatever column stands beside the revised ones', () => {
  const reading = read([
    ['Item', 'Description', 'Qty', 'Revised Qty'],
    ['A1', 'Guide', 10, 12],
    ['A2', 'Kit', 4, null],
  ]);
  expect(column(reading, 'quantity')).toEqual(['12', '4']);
});
