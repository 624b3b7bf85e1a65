import { bold, codes, column, linesOf, read } from './book';

describe('headings', () => {
  it('are put together when their words are broken over two rows', () => {
    const reading = read([
      ['Code', 'Désignation', 'Quantité', 'Prix', 'Montant'],
      ['article', null, 'commandée', 'unitaire HT', 'total HT'],
      ['A1', 'Chaise', 3, 10.5, 31.5],
      ['A2', 'Table', 2, 20, 40],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'A1', description: 'Chaise', quantity: '3', unit_price: '10.5', amount: '31.5' },
      { reference: 'A2', description: 'Table', quantity: '2', unit_price: '20', amount: '40' },
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('are put together over hyphens', () => {
    const reading = read([
      ['Réfé-', 'Quan-'],
      ['rence', 'tité'],
      ['A1', 3],
      ['A2', 4],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'A1', quantity: '3' },
      { reference: 'A2', quantity: '4' },
    ]);
  });

  it.each([
    ['Poste', 'Article fourn.', '00010', '00020', '00030'],
    ['Sl No.', 'Stock No. / N° de stock', '1', '2', '3'],
    ['Pos.', 'Ihre Mat.-Nr.', '10', '20', '30'],
  ])('of numbers of lines name no reference: %s beside %s', (number, code, ...positions) => {
    const rows = positions.map((position, i) => [position, `KM-${i + 7}`, `Chair ${i + 7}`, i + 2]);
    const reading = read([[number, code, 'Description', 'Qty'], ...rows]);
    expect(column(reading, 'reference')).toEqual(['KM-7', 'KM-8', 'KM-9']);
  });

  it('compose whose number, what tax and which day is meant', () => {
    const reading = read([
      ['date_add', 'product_reference', 'product_name', 'product_quantity', 'unit_price_tax_excl', 'Receive By'],
      ['2026-03-02', 'A1', 'Chair', 3, 10.5, '2026-03-20'],
      ['2026-03-02', 'A2', 'Table', 2, 20, '2026-03-21'],
    ]);
    expect(linesOf(reading)).toEqual([
      {
        ...{ reference: 'A1', description: 'Chair', quantity: '3', unit_price: '10.5' },
        delivery_date: '2026-03-20',
      },
      {
        ...{ reference: 'A2', description: 'Table', quantity: '2', unit_price: '20' },
        delivery_date: '2026-03-21',
      },
    ]);
  });

  it('under a group heading take its meaning', () => {
    const reading = read(
      [
        ['Ref', 'Description', 'Previous order', null, 'This order', null],
        [null, null, 'Qty', 'Amount', 'Qty', 'Amount'],
        ['A1', 'Chair', 9, 90, 3, 30],
        ['A2', 'Table', 8, 160, 2, 40],
      ],
      { merges: ['C1:D1', 'E1:F1'] },
    );
    expect(column(reading, 'quantity')).toEqual(['3', '2']);
    expect(column(reading, 'amount')).toEqual(['30', '40']);
  });

  it('repeated on every printed page are not lines', () => {
    const header = ['Ref', 'Description', 'Qty', 'Price'];
    const reading = read([header, ['A1', 'Chair', 3, 5], ['Page 1 / 2'], header, ['A2', 'Table', 2, 7]]);
    expect(column(reading, 'reference')).toEqual(['A1', 'A2']);
    expect(codes(reading)).toEqual([]);
  });

  it('of tables below one another are each read', () => {
    const reading = read([
      ['Chairs'],
      ['Ref', 'Description', 'Qty'],
      ['A1', 'Chair', 3],
      [],
      ['Tables'],
      ['Qty', 'Code', 'Product', 'Price'],
      [2, 'T1', 'Table', 7.5],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'A1', description: 'Chair', quantity: '3' },
      { reference: 'T1', description: 'Table', quantity: '2', unit_price: '7.5' },
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('of tables side by side are separated', () => {
    const reading = read([
      ['Ref', 'Description', 'Qty', null, 'Ref', 'Description', 'Qty'],
      ['A1', 'Chair', 3, null, 'B1', 'Lamp', 7],
      ['A2', 'Table', 2, null, 'B2', 'Rug', 1],
    ]);
    expect(column(reading, 'reference').sort()).toEqual(['A1', 'A2', 'B1', 'B2']);
    expect(codes(reading)).toEqual([]);
  });

  it('side by side without a gap are separated by their repetition', () => {
    const reading = read([
      ['Ref', 'Qty', 'Ref', 'Qty'],
      ['A1', 3, 'B1', 7],
      ['A2', 2, 'B2', 1],
    ]);
    expect(linesOf(reading)).toHaveLength(4);
    expect(column(reading, 'quantity').sort()).toEqual(['1', '2', '3', '7']);
  });

  it('that are missing are replaced by content, and reported', () => {
    const reading = read([
      ['4006381333931', 'Blue pen', 10, 1.5, 15],
      ['9780306406157', 'Red pen', 4, 12.25, 49],
      ['5901234123457', 'Green pen', 3, 2.5, 7.5],
    ]);
    expect(column(reading, 'quantity')).toEqual(['10', '4', '3']);
    expect(column(reading, 'ean')).toEqual(['4006381333931', '9780306406157', '5901234123457']);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('in an unknown language are replaced by columns that multiply, and reported', () => {
    const reading = read([
      [bold('Kood'), bold('Nimetus'), bold('Kogus'), bold('Hind'), bold('Kokku')],
      ['A-1', 'Punainen tuoli', 10, 1.5, 15],
      ['A-2', 'Sininen tuoli', 4, 12.25, 49],
      ['A-3', 'Musta tuoli', 3, 2.5, 7.5],
    ]);
    expect(column(reading, 'quantity')).toEqual(['10', '4', '3']);
    expect(column(reading, 'unit_price')).toEqual(['1.5', '12.25', '2.5']);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('down the first column turn the table', () => {
    const reading = read([
      ['Reference', 'A1', 'A2', 'A3'],
      ['Description', 'Chair', 'Table', 'Lamp'],
      ['Quantity', 3, 2, 1],
      ['Unit price', 5, 7.5, 9],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'A1', description: 'Chair', quantity: '3', unit_price: '5' },
      { reference: 'A2', description: 'Table', quantity: '2', unit_price: '7.5' },
      { reference: 'A3', description: 'Lamp', quantity: '1', unit_price: '9' },
    ]);
    expect(reading.lines[1]?.quantity?.from?.cell).toBe('C3');
  });

  it('with a column left empty between them are one table', () => {
    const reading = read([
      ['Ref', null, 'Description', null, 'Qty', 'Price'],
      ['A1', null, 'Chair', null, 3, 5.5],
      ['A2', null, 'Lamp', null, 1, 7.25],
    ]);
    expect(column(reading, 'quantity')).toEqual(['3', '1']);
    expect(column(reading, 'unit_price')).toEqual(['5.5', '7.25']);
  });
});

describe('columns that are easily mistaken for the quantity', () => {
  it.each([
    ['Stock', 'Qty'],
    ['MOQ', 'Qty'],
    ['Pack size', 'Quantity'],
    ['Qté en stock', 'Qté commandée'],
    ['Qté livrée', 'Qté'],
    ['Colisage', 'Qté'],
    ['Qté par carton', 'Qté'],
    ['Commande précédente', 'Commande'],
    ['Last order', 'Order'],
    ['Lagerbestand', 'Menge'],
    ['Qty (in stock)', 'Order qty'],
    ['Poids', 'Quantité'],
    ['Min. order qty', 'Opening Order'],
    ['库存', '订购数量'],
    ['Stok', 'Sipariş adedi'],
    ['Backorder', 'Ordered'],
    ['Forecast', 'Qty ordered'],
  ])('%s does not win over %s, on either side', (decoy, wanted) => {
    const left = read([
      ['Ref', 'Description', decoy, wanted],
      ['A1', 'Chair', 100, 3],
      ['A2', 'Table', 50, 2],
    ]);
    const right = read([
      ['Ref', 'Description', wanted, decoy],
      ['A1', 'Chair', 3, 100],
      ['A2', 'Table', 2, 50],
    ]);
    for (const reading of [left, right]) {
      expect(column(reading, 'quantity')).toEqual(['3', '2']);
      expect(codes(reading)).toEqual([]);
    }
  });

  it('of equal standing are a close call that blocks', () => {
    const reading = read([
      ['Ref', 'Cartons', 'Pieces'],
      ['A1', 2, 24],
      ['A2', 3, 36],
    ]);
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'blocking' }),
    );
  });

  it('of equal standing are decided by multiplication', () => {
    const reading = read([
      ['Ref', 'Cartons', 'Pieces', 'Price', 'Amount'],
      ['A1', 2, 24, 1.5, 36],
      ['A2', 3, 30, 2.1, 63],
      ['A3', 5, 60, 2.5, 150],
    ]);
    expect(column(reading, 'quantity')).toEqual(['24', '30', '60']);
    expect(codes(reading)).toEqual([]);
  });

  it('without a heading beside a price list are read, and reported as uncertain', () => {
    const reading = read([
      ['Ref', 'Description', 'Price', null],
      ['A1', 'Chair', 5.5, 3],
      ['A2', 'Lamp', 7.25, null],
      ['A3', 'Rug', 9.5, 12],
    ]);
    expect(column(reading, 'quantity')).toEqual(expect.arrayContaining(['3', '12']));
    expect(reading.anomalies).toContainEqual(
      expect.objectContaining({ code: 'columns.uncertain', severity: 'blocking' }),
    );
  });
});

describe('headings in further languages', () => {
  it.each([
    ['Cikkszám', 'Megnevezés', 'Mennyiség', 'Egységár'],
    ['Tuotenumero', 'Nimike', 'Määrä', 'Hinta'],
    ['Cod produs', 'Denumire', 'Cantitate', 'Preț unitar'],
    ['Šifra', 'Naziv', 'Količina', 'Cijena'],
    ['Κωδικός', 'Περιγραφή', 'Ποσότητα', 'Τιμή'],
    ['Артикул', 'Найменування', 'Кількість', 'Ціна'],
  ])('are known: %s', (...headings) => {
    const reading = read([headings, ['A-1', 'Punainen', 10, 1.5], ['A-2', 'Sininen', 4, 12.25]]);
    expect(column(reading, 'quantity')).toEqual(['10', '4']);
    expect(column(reading, 'unit_price')).toEqual(['1.5', '12.25']);
    expect(codes(reading)).toEqual([]);
  });
});

it.each(['Acabado', 'Finitura', 'Finition', 'Afwerking', 'Wykończenie', 'Acabamento'])(
  'a finish is a variant: %s',
  (heading) => {
    const reading = read([
      ['Ref', 'Designation', heading, 'Qty'],
      ['G-1', 'Guitar', 'natural', 8],
      ['G-2', 'Guitar', 'negro', 6],
    ]);
    expect(column(reading, 'variant')).toEqual(['natural', 'negro']);
  },
);

it.each(['EAN kolli', 'GTIN carton', 'EAN Umkarton'])('a barcode is told by its name and its length: %s', (heading) => {
  const reading = read([
    ['Varenr.', heading, 'Varetekst', 'Antal'],
    ['100210', '5701231002103', 'Pilsner', 6],
    ['100245', '5701231002455', 'Classic', 4],
    ['100377', '5701231003773', 'IPA', 3],
  ]);
  expect(column(reading, 'ean')).toEqual(['5701231002103', '5701231002455', '5701231003773']);
});
