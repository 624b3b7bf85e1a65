/** Papers whose rows hold what no goods have. */
import { column, day, read, shown, type Written } from './book';

describe('hours of people are no order', () => {
  it.each<[string, Written[]]>([
    ['French', ['Nom', 'Poste', 'Lu', 'Ma', 'Me', 'Je', 'Ve', 'Total h']],
    ['German', ['Name', 'Bereich', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Summe Std.']],
    ['English', ['Name', 'Area', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Hours']],
    ['Italian', ['Nome', 'Reparto', 'lun', 'mar', 'mer', 'gio', 'ven', 'Totale ore']],
    ['Dutch', ['Naam', 'Afdeling', 'ma', 'di', 'wo', 'do', 'vr', 'Totaal uur']],
    ['Spanish', ['Nombre', 'Puesto', 'lun', 'mar', 'mié', 'jue', 'vie', 'Total horas']],
  ])('%s', (_, heads) => {
    const reading = read([
      ['Depot, 2 to 6 March 2026'],
      [],
      heads,
      ['Dubois', 'Quay', 8, 8, 8, 8, 6, 38],
      ['Peeters', 'Packing', 8, 8, 0, 8, 8, 32],
      ['Claes', 'Returns', 4, 4, 4, 4, 4, 20],
    ]);
    expect([reading.outcome, reading.reason?.code]).toEqual(['not_an_order', 'timesheet']);
  });

  it('but goods of each weekday are', () => {
    const reading = read([
      ['Bread for week 10, 2026'],
      [],
      ['Produit', 'Lu', 'Ma', 'Me', 'Je', 'Ve', 'Total'],
      ['Baguette', 8, 8, 8, 8, 6, 38],
      ['Ciabatta', 8, 8, 0, 8, 8, 32],
    ]);
    expect(column(reading, 'delivery_date').slice(0, 5)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
    ]);
    expect(reading.lines).toHaveLength(9);
  });
});

describe('a telephone or an address of mail of its own in each row is a list of addresses', () => {
  it.each<[string, Written[], (at: number) => Written]>([
    [
      'Danish',
      ['Butik nr.', 'Navn', 'Adresse', 'Postnr.', 'By', 'Telefon', 'Antal ansatte'],
      (at) => `00 00 00 0${at}`,
    ],
    ['German', ['Nr.', 'Name', 'Straße', 'PLZ', 'Ort', 'Tel.', 'Anzahl Plätze'], (at) => `0221 / 55 12 3${at}`],
    ['English', ['No', 'Name', 'Address', 'Postcode', 'Town', 'Email', 'No of staff'], (at) => `shop${at}@example.com`],
    ['French', ['N°', 'Nom', 'Adresse', 'CP', 'Ville', 'Téléphone', 'Nb salariés'], (at) => `02 99 00 00 0${at}`],
    ['American', ['#', 'Name', 'Address', 'ZIP', 'City', 'Phone', 'Number of seats'], (at) => `312-555-010${at}`],
  ])('%s', (_, heads, call) => {
    const reading = read([
      heads,
      ['101', 'Optik Nord', '1 Mill Road', '8000', 'Aarhus', call(1), 7],
      ['104', 'Optik Vest', '12 North Street', '7100', 'Vejle', call(2), 4],
      ['109', 'Optik Syd', '30 West Street', '5000', 'Odense', call(3), 6],
    ]);
    expect([reading.outcome, reading.reason?.code]).toEqual(['not_an_order', 'address_list']);
  });

  it.each([
    ['Produkt', 'Menge', 'Telefon'],
    ['Produit', 'Qté', 'Tél.'],
    ['Product', 'Qty', 'Phone'],
    ['Producto', 'Cantidad', 'Teléfono'],
    ['Produkt', 'Antal', 'Tlf.'],
  ])('but goods with a quantity are ordered: %s, %s', (product, quantity, telephone) => {
    const reading = read([
      [product, quantity, telephone],
      ['Chair', 3, '02 99 00 00 01'],
      ['Table', 2, '02 99 00 00 02'],
    ]);
    expect(reading.outcome).toBe('order');
  });

  it('and an export that repeats the buyer’s is an order', () => {
    const reading = read([
      ['Order', 'Phone', 'Item', 'Qty'],
      ['1001', '02 99 00 00 01', 'Chair', 2],
      ['1001', '02 99 00 00 01', 'Table', 1],
    ]);
    expect(reading.outcome).toBe('order');
  });
});

describe('a period that is over', () => {
  const rows = (last: boolean): Written[][] => [
    ['7010', 'Coffee 1 kg', 312, ...(last ? [day('2025-12-10')] : [])],
    ['7014', 'Filter 1 kg', 148, ...(last ? [day('2025-11-02')] : [])],
    ['7102', 'Oat drink 1 L', 1260, ...(last ? [day('2025-09-30')] : [])],
  ];
  it.each([
    ['01.01.2025 – 31.12.2025', 'Printed 02.03.2026'],
    ['du 01/01/2025 au 31/12/2025', 'Édité le 02/03/2026'],
    ['2025-01-01 to 2025-12-31', 'Run on 2026-03-02'],
    ['vom 01.10.2025 bis 31.12.2025', 'Stand: 02.03.2026'],
    ['dal 01/07/2025 al 31/12/2025', 'Stampato il 02/03/2026'],
  ])('in the title is a history: %s', (period, printed) => {
    const heads = ['Code', 'Item', 'Qty'];
    const reading = read([[`Fjord ${period}`], [printed], [], heads, ...rows(false)]);
    expect([reading.outcome, reading.reason?.code]).toEqual(['not_an_order', 'history']);
    const dated = read([[`Fjord 2025-01-01 - 2025-12-31`], [], [...heads, 'Last'], ...rows(true)]);
    expect(dated.outcome).toBe('not_an_order');
  });

  it.each([
    'Prices valid 01/01/2025 - 31/12/2025',
    'Tarif du 01/01/2025 au 31/12/2025, prix HT',
    'Gültig vom 01.01.2025 bis 31.12.2025',
    'Listino valido dal 01/01/2025 al 31/12/2025',
    'Geldig van 01-01-2025 tot 31-12-2025',
  ])('is of the form where it says so: %s', (title) => {
    const reading = read([['Fjord'], [title], ['Date', '02/03/2026'], [], ['Code', 'Item', 'Qty'], ...rows(false)]);
    expect(reading.reason?.code).not.toBe('history');
  });

  it('is none of an order that has a number', () => {
    const reading = read([
      ['Season 01/04/2025 - 30/09/2025'],
      ['Order no.', 'PO-4711'],
      ['Date', '02/03/2026'],
      [],
      ['Code', 'Item', 'Qty'],
      ...rows(false),
    ]);
    expect(reading.outcome).toBe('order');
  });

  it('is none where it goes on after the day of the order, or is a week', () => {
    const order = (period: string) =>
      read([[`Contract ${period}`], ['Order date', '02/03/2026'], [], ['Code', 'Item', 'Qty'], ...rows(false)]);
    expect(order('01/01/2026 - 31/12/2026').outcome).toBe('order');
    expect(order('23/02/2026 - 27/02/2026').outcome).toBe('order');
  });
});

describe('figures that do not bind', () => {
  it.each([
    'ej bindande',
    'not binding',
    'niet bindend',
    'nicht verbindlich',
    'ikke bindende',
    'není závazné',
    'non vincolante',
  ])('are a forecast: %s', (words) => {
    const table = [
      ['Code', 'Item', 'Qty'],
      ['A-1', 'Dowel', 400],
      ['A-2', 'Bolt', 200],
    ];
    expect(
      read([
        ['Lindkvist AB'],
        [`Q2 2026 - for your planning, ${words.replace('není', 'ne')}, more to follow`],
        [],
        ...table,
      ]).outcome,
    ).toBe('not_an_order');
  });

  it('but a day may, and a price', () => {
    const order = (words: string) =>
      read([[words], [], ['Code', 'Item', 'Qty', 'Price'], ['A-1', 'Dowel', 400, shown(1.5, '1.50')]]);
    expect(order('Liefertermin nicht verbindlich').outcome).toBe('order');
    expect(order('Prices not binding').outcome).toBe('order');
  });
});
