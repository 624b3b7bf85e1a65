import { codes, column, day, linesOf, read, readAll, sheet, type Written } from './book';

describe('days in a row of their own, one for each branch', () => {
  const days = (reading: ReturnType<typeof read>) => column(reading, 'delivery_date');

  it('below the names are those of their columns', () => {
    const reading = read([
      ['Commande 4711 du 27/11/2026'],
      [],
      ['Réf', 'Désignation', 'PU HT', 'Lyon', 'Dijon', 'Metz', 'Total'],
      [null, 'Livraison le', null, '02/12/2026', '03/12/2026', '14/12/2026', null],
      ['A-100', 'Farine T55 25 kg', 16.8, 2, 4, 6, 12],
      ['A-200', 'Sucre 25 kg', 22.6, 1, null, 3, 4],
    ]);
    expect(days(reading)).toEqual(['2026-12-02', '2026-12-03', '2026-12-14', '2026-12-02', '2026-12-14']);
    expect(reading.lines[0]?.delivery_date?.from?.cell).toBe('D4');
    expect([reading.facts.delivery_date, codes(reading)]).toEqual([undefined, []]);
  });

  it('above the names are no day of the whole order', () => {
    const rows = (...written: Written[]): Written[][] => [
      ['Bestellung B-77 vom 27.11.2026'],
      [],
      [null, null, 'Liefertermin', ...written],
      ['Artikelnr.', 'Bezeichnung', 'Einheit', 'Filiale Nord', 'Filiale Süd', 'Summe'],
      ['A-100', 'Mehl 25 kg', 'Sack', 2, 4, 6],
      ['A-200', 'Zucker 25 kg', 'Sack', 1, 3, 4],
    ];
    for (const reading of [read(rows(day('2026-12-01'), day('2026-12-02'))), read(rows('01.12.2026', '02.12.2026'))]) {
      expect(days(reading)).toEqual(['2026-12-01', '2026-12-02', '2026-12-01', '2026-12-02']);
      expect(reading.facts.delivery_date).toBeUndefined();
    }
  });

  it('without a year say so, wherever their row stands', () => {
    const head: Written[][] = [['Order 88 of 27/11/2026'], [], ['Code', 'Item', 'Leeds', 'York', 'Total']];
    const lines: Written[][] = [
      ['A-100', 'Flour', 2, 4, 6],
      ['A-200', 'Sugar', 1, 3, 4],
    ];
    const label: Written[] = ['Delivery date', null, 'Tue 1 Dec', 'Wed 2 Dec'];
    for (const reading of [
      read([...head, label, ...lines]),
      read([...head, ...lines, [null, 'Total', 3, 7, 10], label]),
    ]) {
      expect(days(reading)).toEqual(['2026-12-01', '2026-12-02', '2026-12-01', '2026-12-02']);
      expect(codes(reading)).toEqual(['line.date_partial']);
    }
  });

  it('begin with a weekday, not with a month', () => {
    const reading = read([
      ['Data ordine', '27/11/2026'],
      ['Codice', 'Descrizione', 'Modena', 'Parma', 'Totale'],
      ['Consegna', null, 'mar 01/12', 'mer 02/12'],
      ['A-100', 'Farina', 2, 4, 6],
      ['A-200', 'Zucchero', 1, 3, 4],
    ]);
    expect(days(reading)).toEqual(['2026-12-01', '2026-12-02', '2026-12-01', '2026-12-02']);
  });
});

describe('a place that is the same in each row', () => {
  it('is that of the order, and so is the day', () => {
    const head = ['Referencia', 'Descripción', 'Cant.', 'Dirección de entrega', 'Fecha entrega'];
    const place = ['C/ Luna 4, 28004 Madrid', '03/12/2026'];
    const reading = read([head, ['A-100', 'Harina', '2', ...place], ['A-200', 'Azúcar', '1', ...place]]);
    expect(reading.facts).toMatchObject({
      delivery_address: { value: 'C/ Luna 4, 28004 Madrid', from: { cell: 'D2' } },
      delivery_date: { value: '2026-12-03' },
    });
    expect(column(reading, 'destination')).toEqual([undefined, undefined]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-12-03', '2026-12-03']);
  });

  it('is that of each of several orders', () => {
    const reading = read([
      ['N° commande', 'Réf', 'Désignation', 'Qté', 'Adresse de livraison'],
      ['C1', 'A-100', 'Farine', 2, '4 rue du Lac, 74000 Annecy'],
      ['C1', 'A-200', 'Sucre', 3, '4 rue du Lac, 74000 Annecy'],
      ['C2', 'A-100', 'Farine', 2, '9 rue Basse, 74000 Annecy'],
    ]);
    expect(reading.orders?.map(({ facts }) => facts.delivery_address?.value)).toEqual([
      '4 rue du Lac, 74000 Annecy',
      '9 rue Basse, 74000 Annecy',
    ]);
    expect(column(reading, 'destination')).toEqual([undefined, undefined, undefined]);
  });

  it('stays with the lines if it is a branch, or if the order goes elsewhere', () => {
    const branch = read([
      ['Branch', 'SKU', 'Description', 'Qty'],
      ['Leeds', 'A-100', 'Flour', 2],
      ['Leeds', 'A-200', 'Sugar', 3],
    ]);
    expect([branch.facts, linesOf(branch)[0]?.destination]).toEqual([{}, 'Leeds']);
    const elsewhere = read([
      ['Afleveradres:', 'Magazijn 2, 3511 AA Utrecht'],
      [],
      ['Artikelnr', 'Omschrijving', 'Aantal', 'Afleveradres'],
      ['A-100', 'Meel', 2, 'Kade 4, 1011 AA Amsterdam'],
      ['A-200', 'Suiker', 3, 'Kade 4, 1011 AA Amsterdam'],
    ]);
    expect(elsewhere.facts.delivery_address?.value).toBe('Magazijn 2, 3511 AA Utrecht');
    expect(linesOf(elsewhere)[1]?.destination).toBe('Kade 4, 1011 AA Amsterdam');
  });
});

describe('places that are named once for several lines', () => {
  const head = ['Filiale', 'Artikel', 'Bezeichnung', 'Menge'];

  it('are carried down and said, where groups order the same goods', () => {
    const reading = read([
      head,
      ['Mitte', 'A1', 'Schraube', 100],
      [null, 'A2', 'Mutter', 200],
      ['Nord', 'A1', 'Schraube', 40],
      [null, 'A3', 'Scheibe', 60],
    ]);
    expect(column(reading, 'destination')).toEqual(['Mitte', 'Mitte', 'Nord', 'Nord']);
    expect(codes(reading)).toContain('line.carried');
  });

  it('are doubted, where nothing shows that the lines below are for them', () => {
    const reading = read([
      head,
      ['Mitte', 'A1', 'Schraube', 100],
      [null, 'A2', 'Mutter', 200],
      ['Nord', 'A3', 'Scheibe', 40],
    ]);
    expect(column(reading, 'destination')).toEqual(['Mitte', undefined, 'Nord']);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('are the names of sheets that another sheet sums up', () => {
    const lines = (...rows: Written[][]) => [['Réf', 'Désignation', 'Qté'], ...rows];
    const reading = readAll([
      sheet(lines(['A1', 'Vis', 100], ['A2', 'Écrou', 200]), { name: 'Lyon' }),
      sheet(lines(['A1', 'Vis', 40], ['A3', 'Rondelle', 60]), { name: 'Paris' }),
      sheet(lines(['A1', 'Vis', 140], ['A2', 'Écrou', 200], ['A3', 'Rondelle', 60]), { name: 'Total' }),
    ]);
    expect(column(reading, 'destination')).toEqual(['Lyon', 'Lyon', 'Paris', 'Paris']);
  });
});

it('days above blocks side by side are those of their lines', () => {
  const reading = read([
    ['Delivery 1: 12 May 2026', null, null, null, 'Delivery 2: 26 May 2026'],
    ['Code', 'Item', 'Qty', null, 'Code', 'Item', 'Qty'],
    ['A1', 'Bolt', 100, null, 'A1', 'Bolt', 50],
    ['A2', 'Nut', 200, null, 'A3', 'Pin', 20],
  ]);
  expect(column(reading, 'delivery_date')).toEqual(['2026-05-12', '2026-05-12', '2026-05-26', '2026-05-26']);
});
