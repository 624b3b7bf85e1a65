import { codes, column, read, readAll, sheet, type Written } from './book';

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

describe('a sheet that says above its lines that it is for whom it is called', () => {
  const shop = (name: string, label: string, rows: [string, number][]) =>
    sheet(
      [
        ['Group order'],
        [`${label}: ${name}`],
        [],
        ['Product', 'Quantity', 'Unit'],
        ...rows.map((row) => [...row, 'kg']),
      ],
      {
        name,
      },
    );

  it.each(['Restaurant', 'Kantine', 'Boutique', 'Negozio'])('has that for the place of its lines: %s', (label) => {
    const reading = readAll([
      shop('North', label, [
        ['Cod', 12],
        ['Potatoes', 40],
      ]),
      shop('South', label, [
        ['Cod', 8],
        ['Leek', 5],
      ]),
    ]);
    expect(column(reading, 'destination')).toEqual(['North', 'North', 'South', 'South']);
  });

  it('but not where a label says something else', () => {
    const reading = readAll([shop('A', 'Order no', [['Cod', 12]]), shop('B', 'Order no', [['Leek', 5]])]);
    expect(column(reading, 'destination').filter(Boolean)).toEqual([]);
  });
});

describe('money under a heading that nobody knows', () => {
  it.each([
    ['with a currency', ['£38.40 ea', '£61.00 ea', '£0.85 ea'], ['38.4', '61', '0.85']],
    ['in cents, with a last zero', ['5,84', '6,20', '9,95'], ['5.84', '6.2', '9.95']],
  ])('is the price, and asked about: %s', (_, written, prices) => {
    const rows = written.map((text, at) => [`P-10${at}`, `Bolt number ${at}`, at + 2, text]);
    const reading = read([['Part no.', 'Description', 'Qty', 'Zqx'], ...rows]);
    expect(column(reading, 'unit_price')).toEqual(prices);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it.each([
    ['measures', ['1.25', '3.4', '0.75']],
    ['whole numbers', ['12', '30', '45']],
  ])('is nothing where it may be something else: %s', (_, written) => {
    const rows = written.map((text, at) => [`P-10${at}`, `Bolt number ${at}`, at + 2, text]);
    expect(column(read([['Part no.', 'Description', 'Qty', 'Zqx'], ...rows]), 'unit_price').filter(Boolean)).toEqual(
      [],
    );
  });
});

it('takes headings with empty columns between them for one table, where only some of them count', () => {
  const reading = read([
    ['Line', null, 'Item', null, 'Description', 'Qty', 'Unit', null, 'Price', 'Amount'],
    [1, null, 'AB-63A', null, 'Main switch 63A', 2, 'pcs', null, 31.2, 62.4],
    [2, null, 'GK-3F', null, 'Board 12 groups', 1, 'pcs', null, 248, 248],
    [3, null, 'VD-2.5B', null, 'Wire blue 100 m', 5, 'roll', null, 38.9, 194.5],
  ]);
  expect(column(reading, 'reference')).toEqual(['AB-63A', 'GK-3F', 'VD-2.5B']);
});
