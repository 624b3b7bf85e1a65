import { codes, column, day, readAll, sheet, type Written } from './book';

const german: Written[][] = [
  ['Bestellung', '4711'],
  ['Bestelldatum', day('2026-03-25')],
  [],
  ['Artikelnummer', 'Bezeichnung', 'Menge', 'Preis'],
  ['KP-2201', 'Dichtung', 40, 4.5],
  ['KP-2207', 'Schleifring', 15, 7.9],
];
const quantities = (...sheets: ReturnType<typeof sheet>[]) => column(readAll(sheets), 'quantity');

describe('sheets beside the one that is the order', () => {
  it('add no lines if they name no articles as it does', () => {
    const budget = sheet(
      [
        ['Konto', 'Menge', 'Rest'],
        ['60632 / 020', 12000, 310],
        ['6065 / 321', 5000, 188],
      ],
      { name: 'Budget' },
    );
    const reading = readAll([sheet(german, { name: 'Bestellung' }), budget]);
    expect(column(reading, 'quantity')).toEqual(['40', '15']);
    expect(codes(reading)).toContain('sheet.not_read');
  });

  it('add no lines if they have no headings and other columns: numbered sentences', () => {
    const terms = sheet(
      [
        ['Condizioni'],
        [],
        [1, 'La merce deve essere accompagnata dal documento di trasporto.'],
        [2, 'Pagamento a sessanta giorni dalla data di fattura.'],
        [3, 'Consegne parziali soltanto con il nostro consenso.'],
      ],
      { name: 'Condizioni' },
    );
    const order = sheet([
      ['Codice', 'Descrizione', 'Quantità', 'Prezzo'],
      ['FR-10', 'Filtro', 4, 12.5],
      ['FR-12', 'Guarnizione', 6, 2.5],
    ]);
    expect(quantities(order, terms)).toEqual(['4', '6']);
  });

  it('add no lines whose days are all before the order', () => {
    const earlier = sheet(
      [
        ['Artikelnummer', 'Bezeichnung', 'Datum', 'Menge'],
        ['KP-2201', 'Dichtung', day('2026-01-14'), 60],
        ['KP-2207', 'Schleifring', day('2026-02-18'), 30],
      ],
      { name: 'Abrufe' },
    );
    expect(quantities(sheet(german, { name: 'Bestellung' }), earlier)).toEqual(['40', '15']);
  });

  it('add no lines if their name has a day before the order', () => {
    const headings = ['Référence', 'Désignation', 'Quantité', 'Prix'];
    const order = sheet([['Date de commande', day('2026-03-02')], [], headings, ['AR2201', 'Gouache', 3, 21.5]], {
      name: 'Trimestre',
    });
    const other = (name: string) => sheet([headings, ['AR2201', 'Gouache', 2, 20.9]], { name });
    expect(quantities(order, other('Automne 11 sept'))).toEqual(['3']);
    expect(quantities(order, other('Livraison 18 mars'))).toEqual(['3', '2']);
  });

  it('are ordered with the same columns, headed or not, or with an order number of their own', () => {
    const page = sheet([
      ['KP-2230', 'Flachdichtung', 50, 0.62],
      ['KP-2241', 'Welle', 2, 88],
    ]);
    expect(quantities(sheet(german, { name: 'Seite 1' }), { ...page, name: 'Seite 2' })).toEqual([
      '40',
      '15',
      '50',
      '2',
    ]);
    const own = sheet([['Bestellnummer', '4712'], [], ['Bezeichnung', 'Menge'], ['Gehäuse', 3], ['Deckel', 3]], {
      name: 'Nachtrag',
    });
    expect(quantities(sheet(german, { name: 'Bestellung' }), own)).toEqual(['40', '15', '3', '3']);
  });
});

describe('a sheet of the same goods from before the order', () => {
  const order = (title: string) => [
    [title],
    ['Date', '10/02/2026'],
    [],
    ['Code', 'Item', 'Qty', 'Price'],
    ['RAM-80', 'Paper A4', 50, 3.95],
    ['CHE-10', 'Folder', 4, 11.2],
    ['TON-23', 'Toner', 2, 68.9],
  ];
  const months = (heads: string[], names: string[]) => [
    heads,
    [names[0] ?? '', 'RAM-80', 'Paper A4', 40],
    [names[1] ?? '', 'TON-23', 'Toner', 2],
    [names[2] ?? '', 'RAM-80', 'Paper A4', 60],
  ];
  it.each([
    ['Suivi', ['Mois', 'Référence', 'Article', 'Quantité'], ['janv.', 'mars', 'juin']],
    ['Verlauf', ['Monat', 'Art.-Nr.', 'Bezeichnung', 'Menge'], ['Januar', 'März', 'Juni']],
    ['Ordini', ['Mese', 'Codice', 'Descrizione', 'Quantità'], ['gennaio', 'marzo', 'giugno']],
    ['Earlier', ['Month', 'Code', 'Item', 'Qty'], ['Jan', 'Mar', 'Jun']],
    ['Overzicht', ['Week', 'Artikelnr', 'Omschrijving', 'Aantal'], ['wk 3', 'wk 7', 'wk 12']],
  ])('says of which month each line is: %s', (name, heads, names) => {
    const reading = readAll([sheet(order('Office Ltd'), { name: 'New' }), sheet(months(heads, names), { name })]);
    expect(column(reading, 'quantity')).toEqual(['50', '4', '2']);
    expect(codes(reading)).toContain('sheet.not_read');
  });

  it.each(['2025', 'Commandes 2025', 'Jahr 2025', 'Pedidos 2024', 'Acquisti 2025'])(
    'has its year in its name: %s',
    (name) => {
      const old = [
        ['Code', 'Item', 'Qty'],
        ['RAM-80', 'Paper A4', 40],
        ['TON-23', 'Toner', 3],
      ];
      const reading = readAll([sheet(order('Office Ltd'), { name: 'New' }), sheet(old, { name })]);
      expect(column(reading, 'quantity')).toEqual(['50', '4', '2']);
      const other = readAll([sheet(order('Office Ltd'), { name: 'New' }), sheet(old, { name: '2026' })]);
      expect(other.lines).toHaveLength(5);
    },
  );
});
