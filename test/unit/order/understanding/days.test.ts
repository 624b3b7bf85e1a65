import { calendarFor, dayLabelOf } from '../../../../src/order/understanding/day-labels';
import { codes, column, day, read, readAll, sheet, type Written } from './book';

const rows = (heading: string, ...days: string[]): Written[][] => [
  ['Art.', 'Bezeichnung', 'Menge', heading],
  ...days.map((text, at): Written[] => [`A-${at + 1}`, 'Rohr', at + 2, text]),
];

describe('a day without a year, and a week', () => {
  it.each<[string, string, string[], string[]]>([
    ['of a weekday', 'Leverdag', ['do 12-3', 'ma 16-3'], ['2026-03-12', '2026-03-16']],
    [
      'with the month first, as another row shows',
      'Delivery',
      ['12/5', '12/22', '1/15'],
      ['2025-12-05', '2025-12-22', '2026-01-15'],
    ],
    ['by its number', 'Liefern', ['KW 15', 'KW 17'], ['2026-04-06', '2026-04-20']],
  ])('%s is the nearest one, with a warning', (_what, heading, texts, days) => {
    const date = heading === 'Delivery' ? '2025-11-19' : '2026-03-09';
    const reading = read([['Bestellung', null, day(date)], [], ...rows(heading, ...texts)]);
    expect([column(reading, 'delivery_date'), codes(reading)]).toEqual([days, ['line.date_partial']]);
  });

  it('of a heading has the month first where another heading shows that', () => {
    const dayUnder = (...headings: string[]) =>
      dayLabelOf(
        headings[0]!,
        calendarFor(
          {},
          headings.map((text) => ({ text })),
        ),
      )?.day;
    expect(dayUnder('4/6/2026', '4/13/2026')).toBe('2026-04-06');
    expect(dayUnder('4/6/2026', '13/6/2026')).toBe('2026-06-04');
  });

  it('is not guessed where nothing tells the year', () => {
    const reading = read(rows('Liefern', 'KW 15', 'KW 17'));
    expect([column(reading, 'delivery_date'), codes(reading)]).toEqual([
      [undefined, undefined],
      ['line.date_unreadable'],
    ]);
  });
});

describe('days and places of blocks', () => {
  const block = (title: Written[], ...lines: Written[][]): Written[][] => [
    title,
    ['Réf.', 'Article', 'Qté'],
    ...lines,
    [],
  ];

  it('are those of the label above each block', () => {
    const reading = read([
      ['Commande', '2026-0077'],
      [],
      ...block(['1re livraison : 07/04/2026'], ['P-1', 'Papier', 40], ['P-2', 'Agrafes', 30]),
      ...block(['2e livraison : semaine 19 (du 4 au 8 mai 2026)'], ['P-1', 'Papier', 25]),
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-04-07', '2026-04-07', '2026-05-04']);
  });

  it.each<[string, string, string]>([
    ['Filia Kraków, ul. Wielicka 14', 'Filia Tarnów, ul. Lwowska 3', 'a title'],
    ['École Jules Ferry', 'École du Parc', 'a name'],
  ])('are the place in the title above: %s', (first, second) => {
    const reading = read([
      ['Zamówienie 118'],
      [],
      ...block([first], ['P-1', 'Papier', 40]),
      ...block([second], ['P-1', 'Papier', 25]),
    ]);
    expect(column(reading, 'destination')).toEqual([first, second]);
  });

  it('are the place beside a label of each sheet, and no place where all lines have the same', () => {
    const of = (name: string): Written[][] => [
      ['Plesso:', name],
      ['Cod.', 'Prodotto', 'Q.tà'],
      ['F-1', 'Pane', 12],
    ];
    const two = readAll([sheet(of('Primaria Fermi'), { name: 'A' }), sheet(of('Infanzia Girasole'), { name: 'B' })]);
    expect(column(two, 'destination')).toEqual(['Primaria Fermi', 'Infanzia Girasole']);
    expect(column(read(of('Primaria Fermi')), 'destination')).toEqual([undefined]);
  });

  it('have closed days on which nothing is ordered', () => {
    const reading = read([
      ['Art.', 'Ware', 'Mo', 'Di', 'Mi', 'Summe'],
      ['A-1', 'Semmel', 40, 'Ruhetag', 30, 70],
      ['A-2', 'Brot', 2, null, 3, 5],
    ]);
    expect(column(reading, 'quantity')).toEqual(['40', '30', '2', '3']);
  });
});

describe('codes under `Nr.` beside names under `Artikel`', () => {
  it('are references', () => {
    const reading = read([
      ['Baustelle', 'Artikel', 'Nr.', 'Anz.'],
      ['Schule Ost', 'GK-Platte 12,5 mm 2000x1250', 'GKB125', 40],
      ['dito', 'CW-Profil 75 x 2,60 m', 'CW75-260', 12],
    ]);
    expect([column(reading, 'reference'), column(reading, 'destination')]).toEqual([
      ['GKB125', 'CW75-260'],
      ['Schule Ost', 'Schule Ost'],
    ]);
  });
});

describe('a week of delivery in a sentence', () => {
  it('is no day, which a person is told', () => {
    const reading = read([
      ['Bestellliste'],
      ['gefiltert: Hanse / Lieferung bitte KW 48'],
      ['Art.', 'Bezeichnung', 'Menge'],
      ['A-1', 'Rohr', 2],
    ]);
    expect(reading.anomalies.map(({ code, evidence: [at] }) => [code, at?.cell])).toEqual([['date.unreadable', 'A2']]);
  });
});

describe('numbers under `N°`', () => {
  const rows = (numbers: string[]): Written[][] => [
    ['produit', 'N°', 'nb'],
    ...numbers.map((number, at): Written[] => [`Coloration ${'abcdef'[at]}`, number, at + 2]),
  ];
  it('are shades if they have points, and positions if they rise from 1.1', () => {
    expect(column(read(rows(['6.1', '6.3', '7.43', '10.21'])), 'variant')).toEqual(['6.1', '6.3', '7.43', '10.21']);
    expect(column(read(rows(['1.1', '1.2', '2.1', '2.2'])), 'variant')).toEqual(Array(4).fill(undefined));
  });

  it('leave a thing with a question mark to a person', () => {
    const reading = read([
      ...rows(['6.1', '6.3', '7.43']),
      ['Papier alu ??', null, null, 'à voir'],
      ['Oxydant', null, 5],
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([
      ['2', '3', '4', '5'],
      ['references.none', 'rows.skipped'],
    ]);
  });
});

describe('days that a file writes as texts', () => {
  it('head the columns of quantities', () => {
    const reading = read([
      ['Code', 'Product', '04/05/2026', '11/05/2026', '18/05/2026'],
      ['MK-1', 'Milk 2L', 30, 30, 36],
      ['MK-2', 'Cream 1L', 6, 8, 6],
    ]);
    expect(column(reading, 'delivery_date')).toEqual([
      ...['2026-05-04', '2026-05-11', '2026-05-18', '2026-05-04', '2026-05-11', '2026-05-18'],
    ]);
  });

  it('have the month first where they rise only so', () => {
    const reading = read([
      ['Code', 'Product', '04/06/2026', '05/04/2026'],
      ['MK-1', 'Milk 2L', 30, 36],
      ['MK-2', 'Cream 1L', 6, 8],
    ]);
    expect(column(reading, 'delivery_date').slice(0, 2)).toEqual(['2026-04-06', '2026-05-04']);
  });

  it('head columns without a year, of whatever year', () => {
    const reading = read([
      ['Artikel', 'Bezeichnung', 'Mo 04.05.', 'Di 05.05.'],
      ['100', 'Semmel', 120, 130],
      ['101', 'Brezel', 60, 50],
    ]);
    expect(column(reading, 'quantity')).toEqual(['120', '130', '60', '50']);
  });

  it('are told from months by another day of the file', () => {
    const reading = read([
      ['PO 1188', null, '14/04/2026'],
      ['SKU', 'Description', 'Need by', 'Qty'],
      ['Q1', 'Widget', '05/06/2026', 10],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-06-05']);
    expect(codes(reading)).not.toContain('line.date_ambiguous');
  });
});

it('a sentence among the lines gives its day to those that it calls the following', () => {
  const reading = read([
    ['Code', 'Item', 'Qty'],
    ['K1', 'Kettle', 4],
    ['The items below are for delivery on 22 June 2026 only'],
    ['K3', 'Fridge', 1],
  ]);
  expect(reading.lines.map(({ delivery_date }) => delivery_date?.value)).toEqual([undefined, '2026-06-22']);
  expect(codes(reading)).toEqual([]);
});

it.each([
  ['Chantier Vienne, 3 montée des Prés - livraison le 16/04/2026', 'Chantier Vienne, 3 montée des Prés', '2026-04-16'],
  ['Baustelle Lindau, Seestr. 4 – Lieferung am 20.04.2026', 'Baustelle Lindau, Seestr. 4', '2026-04-20'],
])('behind the name of a place is the day of the lines below: %s', (title, place, when) => {
  const reading = read([
    ['Code', 'Article', 'Qté'],
    ['Chantier Lyon, 20 rue Servient - livraison le 14/04/2026'],
    ['A1', 'Acier', 3],
    [title],
    ['A2', 'Huile', 4],
  ]);
  expect(column(reading, 'destination')).toEqual(['Chantier Lyon, 20 rue Servient', place]);
  expect(column(reading, 'delivery_date')).toEqual(['2026-04-14', when]);
});

it('and a place in a row among the lines of one table make no orders of their own', () => {
  const reading = read([
    ['Artikel', 'Menge', 'Art.-Nr.'],
    ['Lieferung an: Hotel Seerose, Promenade 3, 9210 Pörtschach'],
    ['Topfen', '10 kg', '3121'],
    ['Lieferung an: Alpenhof, Dorfplatz 1, 9546 Bad Kleinkirchheim'],
    ['Speck', '6 kg', '2140'],
  ]);
  expect(reading.orders).toBeUndefined();
  expect(column(reading, 'destination')).toEqual([
    'Hotel Seerose, Promenade 3, 9210 Pörtschach',
    'Alpenhof, Dorfplatz 1, 9546 Bad Kleinkirchheim',
  ]);
});

it('of blocks stand with their place right above the headings, below the address of the letterhead', () => {
  const heads = ['Référence', 'Article', 'Quantité'];
  const reading = read([
    ['ZA des Prés Hauts, 38180 Seyssins'],
    ['Chantier Les Tilleuls, 8 rue Ampère, Grenoble – à livrer le 10/03/2026'],
    heads,
    ['A1', 'Tube', 3],
    ['Chantier École, place du Village, Vif – à livrer le 11/03/2026'],
    heads,
    ['A2', 'Cuvette', 8],
  ]);
  expect(column(reading, 'destination')).toEqual([
    'Chantier Les Tilleuls, 8 rue Ampère, Grenoble',
    'Chantier École, place du Village, Vif',
  ]);
  expect(column(reading, 'delivery_date')).toEqual(['2026-03-10', '2026-03-11']);
});
