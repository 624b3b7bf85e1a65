import { codes, column, readAll, sheet, type Written } from './book';

const headings = ['Code', 'Product', 'Cartons', 'Price'];
const lines = (...counts: (number | null)[]): Written[][] =>
  counts.map((count, at) => [`SR-${at + 10}`, `Wine ${at + 10}`, count, 12.4]);
const order = (number: string, ...counts: (number | null)[]): Written[][] => [
  ['Swan Liquor', null, 'PO', number],
  headings,
  ...lines(...counts),
];

describe('sheets of several shops', () => {
  it('are orders by the number beside a bare label, and what a printed form leaves empty is not ordered', () => {
    const reading = readAll([
      sheet(order('FR-20871', 10, 6, null, 2), { name: 'Fremantle' }),
      sheet(order('JO-20873', 4, null, 48, 1), { name: 'Joondalup' }),
    ]);
    expect(column(reading, 'quantity')).toEqual(['10', '6', '2', '4', '48', '1']);
    expect(column(reading, 'order_number').map((number) => number?.slice(0, 2))).toEqual([
      ...['FR', 'FR', 'FR'],
      ...['JO', 'JO', 'JO'],
    ]);
  });

  it('are summed up on another, which is not ordered twice', () => {
    const reading = readAll([
      sheet([['Combined'], headings, ...lines(14, 6, 48, 3)], { name: 'Summary' }),
      sheet(order('FR-20871', 10, 6, null, 2), { name: 'Fremantle' }),
      sheet(order('JO-20873', 4, null, 48, 1), { name: 'Joondalup' }),
    ]);
    expect(column(reading, 'quantity')).toEqual(['10', '6', '2', '4', '48', '1']);
    expect(codes(reading)).toContain('sheet.not_read');
  });

  it('are details where the summary says that it alone is the order', () => {
    const reading = readAll([
      sheet([['Es gilt nur dieses Blatt als Bestellung'], headings, ...lines(14, 6, 48, 3)], { name: 'Zusammenzug' }),
      sheet([headings, ...lines(10, 6, null, 2)], { name: '1. Klasse' }),
      sheet([headings, ...lines(4, null, 48, 1)], { name: '2. Klasse' }),
    ]);
    expect(column(reading, 'quantity')).toEqual(['14', '6', '48', '3']);
  });

  it('have the labels of their own block, not those of a block without lines above it', () => {
    const block = (shop: string, ...rows: Written[][]): Written[][] => [
      ['Customer', shop],
      ['Code', 'Item', 'Qty'],
      ...rows,
      [],
    ];
    const reading = readAll([
      sheet([
        ...block('Hale', ['FD-5', 'Fat balls', 24]),
        ...block('Penrose', ['No order today']),
        ...block('Potting Shed', ['CA-BL', 'Canes', 15]),
      ]),
    ]);
    expect(column(reading, 'customer')).toEqual(['Hale', 'Potting Shed']);
  });
});

describe('sheets of versions of one order', () => {
  const version = (title: string, ...counts: number[]): Written[][] => [[title], headings, ...lines(...counts)];

  it.each<[string, string]>([
    ['Commande 2027-118', 'Commande 2027-118 V2 – ANNULE ET REMPLACE la version du 18/05'],
    ['Bestellung 4711', 'Bestellung 4711, ersetzt die Bestellung vom 18.5.'],
  ])('are the last one where it says that it replaces the other: %s', (first, second) => {
    const reading = readAll([
      sheet(version(first, 20, 16, 30), { name: 'V1' }),
      sheet(version(second, 24, 16, 36), { name: 'V2' }),
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['24', '16', '36'], ['sheet.not_read']]);
  });
});

describe('a remark of several parts', () => {
  it('cancels its row, though it denies something in one of them', () => {
    const reading = readAll([
      sheet([
        [...headings, 'Obs.'],
        ['A-1', 'Compote', 8, 23.4, 'INDISPONIBLE jusqu’au 15/06 – ne pas livrer'],
        ['A-2', 'Riz', 4, 8.9, 'pas annulé'],
      ]),
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['4'], ['line.remark', 'rows.left_out']]);
  });
});

describe('a log of changes', () => {
  const log: Written[][] = [
    ['Rev', 'Date', 'Change'],
    [0, 'Feb 23, 2026', 'Original'],
    [1, 'Mar 2, 2026', 'Ship date moved to 3/27/2026'],
    [2, 'Mar 9, 2026', 'SR-11 cancelled; added SR-12'],
  ];

  it.each(['Change log', 'Änderungshistorie', 'Historique des modifications', 'Blatt2'])('has no lines: %s', (name) => {
    const reading = readAll([sheet([headings, ...lines(3, 4)], { name: 'Order' }), sheet(log, { name })]);
    expect(column(reading, 'quantity')).toEqual(['3', '4']);
  });
});

it.each([
  'Ordine n. 2612 – Sassuolo – *** ANNULLATO (cliente rinuncia alla riparazione, NON SPEDIRE) ***',
  'Order 2612 – Leeds – CANCELLED (customer has called)',
  'Bestellung 2612 – Ulm – STORNIERT',
])('a block that its title cancels is left out, whatever stands between the title and its headings: %s', (title) => {
  const reading = readAll([
    sheet([
      ['Order 2611 – Modena'],
      ['Via Emilia 211, 41122 Modena'],
      headings,
      ...lines(3, 4),
      [],
      [title],
      ['Via Radici 88, 41049 Sassuolo'],
      headings,
      ['TB-1', 'Turbo', 1, 712],
      [],
      ['Order 2613 – Carpi'],
      ['Via Guastalla 19, 41012 Carpi'],
      headings,
      ['AM-1', 'Absorber', 2, 52.8],
    ]),
  ]);
  expect(column(reading, 'reference')).toEqual(['SR-10', 'SR-11', 'AM-1']);
  expect(codes(reading)).toContain('rows.left_out');
});
