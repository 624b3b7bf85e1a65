import { column, read, readAll, sheet, type Written } from './book';

const block = (...rows: Written[][]): Written[][] => [['Référence', 'Désignation', 'Qté', 'P.U. HT'], ...rows];

describe('blocks with a day each', () => {
  it.each(['Livraison le', 'Livraison :', 'À livrer le'])('give it to their lines: %s', (label) => {
    const reading = read([
      ['Bon de commande n° 88'],
      [null],
      ['ÉCOLE — 8 rue des Vignes'],
      [`${label} 24/08/2026`],
      ...block(['11402', 'Cahier de dessin', 18, 9.8]),
      [null],
      ['LYCÉE — 2 rue Gutenberg'],
      [`${label} 26/08/2026`],
      ...block(['21004', 'Papier blanc A4', 60, 17.9]),
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-08-24', '2026-08-26']);
  });

  it('give it where they are sheets', () => {
    const page = (day: string, more: number) =>
      sheet(
        [
          ['Lieferung am ' + day],
          [null],
          ['Artikelnr.', 'Bezeichnung', 'Menge'],
          ['A-1', 'Rohr', 4 + more],
          ['A-2', 'Bogen', 2],
        ],
        {
          name: day,
        },
      );
    const reading = readAll([page('12.05.2027', 0), page('19.05.2027', 1)]);
    expect(column(reading, 'delivery_date')).toEqual(['2027-05-12', '2027-05-12', '2027-05-19', '2027-05-19']);
  });
});

describe('rows that name a day', () => {
  const list = (first: string, second: string) =>
    read([
      ['Order 4711 of 10.03.2026'],
      [],
      ['Code', 'Item', 'Qty'],
      [first],
      ['A-1', 'Bread', 4],
      ['A-2', 'Milk', 6],
      [second],
      ['A-3', 'Cheese', 2],
    ]);

  it.each([
    ['Montag, 16.03.2026', 'Mittwoch, 18.03.2026'],
    ['Livraison du 16/03/2026', 'Livraison du 18/03/2026'],
    ['lunes 16/03', 'miércoles 18/03'],
    ['Consegna 16 marzo 2026:', 'Consegna 18 marzo 2026:'],
    ['maandag 16-03-2026', 'woensdag 18-03-2026'],
  ])('give it to the lines below them: %s', (first, second) => {
    expect(column(list(first, second), 'delivery_date')).toEqual(['2026-03-16', '2026-03-16', '2026-03-18']);
  });

  it('give none where there is only one of them, or none at all', () => {
    expect(column(list('Montag, 16.03.2026', 'DRINKS'), 'delivery_date')).toEqual([undefined, undefined, undefined]);
    expect(column(list('FOOD', 'DRINKS'), 'delivery_date')).toEqual([undefined, undefined, undefined]);
  });
});

describe('columns of deliveries without a year', () => {
  it('are quantities all the same', () => {
    const reading = read([
      ['Réf', 'Désignation', 'Livraison 16/03', 'Livraison 23/03', 'Total'],
      ['A-1', 'Pain', 4, 2, 6],
      ['A-2', 'Lait', 6, null, 6],
    ]);
    expect(column(reading, 'quantity')).toEqual(['4', '2', '6']);
    expect(column(reading, 'note')).toEqual(['Livraison 16/03', 'Livraison 23/03', 'Livraison 16/03']);
  });
});

describe('a day with words behind it', () => {
  const delivery = (text: string) =>
    read([['Purchase order 4711'], ['Delivery date', text], [null], ['Ref', 'Qty'], ['A-1', 3], ['A-2', 4]]).facts
      .delivery_date?.value;

  it.each([
    ['19.03.2026, direct to the shops', '2026-03-19'],
    ['29.05.2026, gate 4', '2026-05-29'],
    ['01/06/2026 (mm/dd/yyyy)', '2026-01-06'],
    ['24 March 2026 before noon', '2026-03-24'],
    ['dinsdag 8-12-2026, elke vestiging apart', '2026-12-08'],
    ['le 10 mars 2026 au plus tard (8h-12h, fermé le vendredi)', '2026-03-10'],
    ['21.11.2025 do godz. 12', '2025-11-21'],
  ])('is that day: %s', (text, day) => {
    expect(delivery(text)).toBe(day);
  });

  it.each(['26.03.2026 (KW 12!)', '24/03/2026 or 26/03/2026', '24/03/2026 - 26/03/2026', '24.03.2026?'])(
    'is none where they may say otherwise: %s',
    (text) => {
      expect(delivery(text)).toBeUndefined();
    },
  );
});

describe('a label of delivery', () => {
  it('before words without a day names the place', () => {
    const reading = read([
      ['Deliver:', 'Goods In, Thornfield Lane, Wetherby'],
      [],
      ['Ref', 'Qty'],
      ['A-1', 3],
      ['A-2', 4],
    ]);
    expect(reading.facts.delivery_address?.value).toBe('Goods In, Thornfield Lane, Wetherby');
    expect(reading.anomalies.map(({ code }) => code)).not.toContain('date.unreadable');
  });
});

describe('headings over three rows', () => {
  it('name the shops by number and town', () => {
    const rows: Written[][] = [
      ['Art.-Nr.', 'Bezeichnung', 'Filialen (Stück)', null, null, 'Summe'],
      [null, null, '014', '022', '031', null],
      [null, null, 'Köln', 'Bonn', 'Aachen', null],
      ['0040217', 'Tagescreme', 12, 6, 6, 24],
      ['0040218', 'Nachtcreme', 6, '-', 6, 12],
      ['0040305', 'Reinigungsmilch', 24, 12, 12, 48],
    ];
    const reading = read(rows, { merges: ['A1:A3', 'B1:B3', 'C1:E1', 'F1:F3'] });
    expect(column(reading, 'destination').slice(0, 3)).toEqual(['014 Köln', '022 Bonn', '031 Aachen']);
    expect(reading.lines).toHaveLength(8);
  });
});

describe('names of models beside references', () => {
  it('are descriptions, short as they are, and sums below say nothing of them', () => {
    const reading = read([
      ['Articolo', 'Modello', 'Colore', '39', '40', '41', 'Paia', 'Prezzo'],
      ['UM-118', 'Derby Arturo', 'nero', 1, 2, 1, 4, 49],
      ['UM-140', 'Chelsea', 'fango', 1, 1, 2, 4, 54.5],
      ['UM-141', 'Oxford', 'blu', 2, 1, 2, 5, 59],
      [null],
      ['TOTALE PAIA', 13],
      ['TOTALE VALORE', 709],
    ]);
    expect(new Set(column(reading, 'description'))).toEqual(new Set(['Derby Arturo', 'Chelsea', 'Oxford']));
  });
});

describe('a sheet of addresses beside an order', () => {
  it('orders nothing', () => {
    const order = [
      ['Ref', 'Description', 'Qty'],
      ['A-1', 'Pipe', 4],
      ['A-2', 'Bend', 2],
    ];
    const stores = [
      ['Store', 'Town', 'Postcode', 'Goods-in'],
      ['014', 'Leeds', '50823 Centre', 'Mon–Fri'],
      ['022', 'York', '53111 North', 'Mon–Fri'],
    ];
    const reading = readAll([sheet(order, { name: 'Order' }), sheet(stores, { name: 'Stores' })]);
    expect(column(reading, 'reference')).toEqual(['A-1', 'A-2']);
  });
});
