import { codes, column, day, linesOf, read } from './book';

describe('a grid', () => {
  it('of half sizes below one of letters keeps its own headings', () => {
    const reading = read([
      ['Style', 'Description', 'Colour', 'S', 'M', 'Total', 'W/S'],
      ['K1', 'Jumper', 'Navy', 2, 3, 5, 34.5],
      [],
      ['FOOTWEAR'],
      ['Style', 'Description', 'Colour', 3, 3.5, 4, 4.5, 'Total', 'W/S'],
      ['F1', 'Clog', 'Tan', null, 1, 2, null, 3, 38],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: 'K1', description: 'Jumper', variant: 'Navy / S', quantity: '2', unit_price: '34.5' },
      { reference: 'K1', description: 'Jumper', variant: 'Navy / M', quantity: '3', unit_price: '34.5' },
      { reference: 'F1', description: 'Clog', variant: 'Tan / 3.5', quantity: '1', unit_price: '38' },
      { reference: 'F1', description: 'Clog', variant: 'Tan / 4', quantity: '2', unit_price: '38' },
    ]);
    expect(codes(reading)).toEqual([]);
  });

  it('of weekdays is delivered on the days of the week in the title; a closed day orders nothing', () => {
    const reading = read([
      ['Bread order - w/c Monday 24 Nov 2025'],
      [],
      ['Code', 'Item', 'Mon', 'Tue', 'Wed', 'Wk total', '£ each'],
      ['B1', 'Tin loaf', 4, 'closed', 6, 10, 1.85],
      ['B2', 'Roll', 3, null, 3, 6, 0.4],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2025-11-24', '2025-11-26', '2025-11-24', '2025-11-26']);
    expect(reading.anomalies.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  });

  it('of days without a year takes the year in which the weekdays fit', () => {
    const reading = read([
      ['ordine del 11/03/2026'],
      [],
      ['Cod.', 'Prodotto', 'UM', 'LUN 16/03', 'MAR 17/03', 'TOT'],
      ['F1', 'Carote', 'kg', 9.5, 10, 19.5],
      ['F2', 'Pane', 'kg', 3, null, 3],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-16', '2026-03-17', '2026-03-16']);
  });

  it('of numbered sizes orders a quantity that is the same figure as its size', () => {
    const reading = read([
      ['Style', 'Description', 2, 4, 6, 'Total', 'Price'],
      ['K1', 'Jumper', 1, null, 2, 3, 34.5],
      ['K2', 'Scarf', null, 4, null, 4, 12],
      ['K3', 'Cap', 3, null, 1, 4, 9],
    ]);
    expect(column(reading, 'reference')).toEqual(['K1', 'K1', 'K2', 'K3', 'K3']);
    expect(column(reading, 'quantity')).toEqual(['1', '2', '4', '3', '1']);
  });

  it('of firm weeks leaves the forecast out', () => {
    const reading = read(
      [
        ['Part No.', 'Description', 'Stock', 'FIRM', null, 'FORECAST', null],
        [null, null, null, day('2025-12-01'), day('2025-12-08'), day('2025-12-15'), day('2025-12-22')],
        ['P1', 'Nut', 120, 200, 150, 90, 80],
        ['P2', 'Bar', 12, null, 12, 6, 8],
      ],
      { merges: ['D1:E1', 'F1:G1'] },
    );
    expect(column(reading, 'quantity')).toEqual(['200', '150', '12']);
    expect(column(reading, 'delivery_date')).toEqual(['2025-12-01', '2025-12-08', '2025-12-08']);
  });

  it('of pairs of size and quantity takes the size of each row', () => {
    const reading = read([
      ['Style Number', 'Style Name', 'Color', 'Size 1', 'Qty 1', 'Size 2', 'Qty 2', 'Total Units'],
      ['W1', 'Jacket', 'Moss', '8', 2, '10', 6, 8],
      ['W2', 'Sock', 'Berry', '4-7', 18, '8-11', 0, 18],
    ]);
    expect(column(reading, 'variant')).toEqual(['Moss / 8', 'Moss / 10', 'Berry / 4-7']);
    expect(column(reading, 'quantity')).toEqual(['2', '6', '18']);
    expect(codes(reading)).toEqual([]);
  });

  it('with a hidden shop leaves it out and says so', () => {
    const reading = read(
      [
        ['Ref', 'Description', 'Milano', 'Lecco', 'Como', 'Total qty'],
        ['M1', 'Scarf', 4, 3, 2, 6],
        ['M2', 'Glove', 6, 3, 3, 9],
      ],
      { hiddenColumns: [4] },
    );
    expect(column(reading, 'destination')).toEqual(['Milano', 'Como', 'Milano', 'Como']);
    expect(codes(reading)).toEqual(['columns.uncertain']);
  });

  it('is not made of measures and abbreviations beside the ordered quantity', () => {
    const reading = read([
      ['Artikelnr', 'Omschrijving', 'Inhoud (g)', 'Bestel', 'Voorraad', 'Inkoop', 'Regelbedrag'],
      ['00417', 'Veldsla', 5, 40, 12, '€ 1,05', '€ 42,00'],
      ['01022', 'Tuinboon', 250, 24, 0, '€ 2,30', '€ 55,20'],
    ]);
    expect(column(reading, 'quantity')).toEqual(['40', '24']);
    expect(codes(reading)).toEqual([]);
  });
});

it('a line sheet names each article in the headings of its block', () => {
  const reading = read([
    ['Art. 4410', 'Décolleté Alba', 36, 37, 38, 'Tot.', 'Prezzo', 'Importo'],
    [null, 'Nero', 1, 2, null, 3, 62.5, 187.5],
    [null, 'Cuoio', null, 1, 2, 3, null, 187.5],
    ['Cons. dal', '15/01/26'],
    [],
    ['Art. C-90', 'Cintura', 80, 85, 90, 'Tot.', 'Prezzo', 'Importo'],
    [null, 'Cuoio', null, 4, 6, 10, 21.9, 219],
  ]);
  expect(column(reading, 'reference')).toEqual(['4410', '4410', '4410', '4410', 'C-90', 'C-90']);
  expect(column(reading, 'variant')).toEqual([
    ...['Nero / 36', 'Nero / 37', 'Cuoio / 37', 'Cuoio / 38', 'Cuoio / 85', 'Cuoio / 90'],
  ]);
  expect(column(reading, 'unit_price')).toEqual(['62.5', '62.5', '62.5', '62.5', '21.9', '21.9']);
  expect(column(reading, 'delivery_date').slice(0, 4)).toEqual(Array(4).fill('2026-01-15'));
});
