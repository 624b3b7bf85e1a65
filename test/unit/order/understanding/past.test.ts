import { codes, column, read, readAll, sheet, type Written } from './book';

const table = (...rows: Written[][]): Written[][] => [['Ref', 'Description', 'Qty', 'Price'], ...rows];
const lines = table(['A-1', 'Steel pipe', 34, 2.5], ['A-2', 'Steel bend', 28, 1.5]);

describe('an order of the past', () => {
  it.each([
    'ENCOMENDA NATAL 2025 — JÁ ENTREGUE E FATURADA (só para consulta)',
    'Commande de juin (pour mémoire)',
    'Bestellung KW 8 – bereits geliefert',
    'Ordine di marzo — già consegnato',
    'Pedido de otoño (solo para consulta)',
    'Bestelling week 8 – reeds geleverd',
    'Spring order (for reference only)',
    'Zamówienie 8 – już zrealizowane',
  ])('is told by its title: %s', (title) => {
    expect(read([[title], [null], ...lines]).reason?.code).toBe('history');
  });

  it.each(['Delivered to: Leeds', 'Livré à : Lyon', 'For information: please ring before delivery'])(
    'is not told by other words: %s',
    (text) => {
      expect(read([['Purchase order 12'], [text], [null], ...lines]).outcome).toBe('order');
    },
  );

  it('is left out beside the order of today, by its sheet', () => {
    const reading = readAll([sheet(lines, { name: 'KW08 erledigt' }), sheet(lines.slice(0, 2), { name: 'KW12' })]);
    expect(column(reading, 'reference')).toEqual(['A-1']);
    expect(codes(reading)).toContain('sheet.not_read');
  });

  it('is asked about where sheets of the same goods differ by a year', () => {
    const later = table(['A-1', 'Steel pipe', 40, 2.5], ['A-2', 'Steel bend', 30, 1.5]);
    const reading = readAll([sheet(lines, { name: 'Xmas 2025' }), sheet(later, { name: 'Xmas 2026' })]);
    expect(codes(reading)).toContain('sheets.versions');
  });
});

describe('an offer from stock', () => {
  const offer = (heading: string): Written[][] => [
    ['SKU', 'Description', heading, 'Carton', 'Price £'],
    ['N-1', 'USB hub', 150, 10, 11.4],
    ['N-2', 'Speaker, black', 12, 10, 3.2],
    ['N-3', 'Earbuds, white', 800, 20, 5.9],
    ['N-4', 'Power bank', 40, 10, 5.9],
  ];

  it.each(['Qty avail.', 'Available', 'In stock', 'Qté disponible', 'Bestand', 'Giacenza', 'Existencias', 'Voorraad'])(
    'is told by a column of what is there, beside none of what is ordered: %s',
    (heading) => {
      expect(read(offer(heading)).outcome).toBe('not_an_order');
    },
  );

  it('is an order once a column says how many are wanted', () => {
    const ordered = offer('Available').map((row, at) => [...row, at === 0 ? 'Order qty' : at]);
    expect(column(read(ordered), 'quantity')).toEqual(['1', '2', '3', '4']);
  });

  it('is told by its sentence', () => {
    expect(read([['Weekly list, subject to being unsold'], [null], ...lines]).reason?.code).toBe('stock_list');
  });
});

describe('what is kept of each article', () => {
  it('is no order, whatever its name', () => {
    const reading = read(
      [
        ['MANDANT', 'ARTNR', 'BEZ1', 'EK_NETTO', 'VK_BRUTTO', 'BESTAND', 'MINDESTBESTAND', 'STD_BESTELLMENGE'],
        ['01', '100000', 'Leuchtmittel', 7.9, 16.59, 32, 10, 24],
        ['01', '100003', 'Steckdose', 1.19, 2.5, 13, 5, 24],
        ['01', '100006', 'Bohrer-Set', 12.5, 26.25, 85, 5, 12],
      ],
      { file: 'liste.csv' },
    );
    expect(reading.reason?.code).toBe('export');
  });

  it('is told by the name of its file', () => {
    expect(read(lines, { file: 'Artikelstamm_Export_20260504.csv' }).reason?.code).toBe('export');
  });
});

describe('a delivery note without a title', () => {
  const note = (heading: string, ...delivered: number[]) =>
    read([
      ['Pos', 'Artikelnr.', 'Bezeichnung', 'Bestellt', heading, 'Rest'],
      [1, 'A-1', 'Rohr', 40, delivered[0] ?? 0, 0],
      [2, 'A-2', 'Bogen', 20, delivered[1] ?? 0, 5],
      [3, 'A-3', 'Ventil', 10, delivered[2] ?? 0, 0],
    ]);

  it.each(['Geliefert', 'Delivered', 'Qté livrée', 'Consegnato', 'Entregado', 'Geleverd', 'Entregue'])(
    'is told by what was delivered: %s',
    (heading) => {
      expect(note(heading, 40, 15, 10).reason?.code).toBe('delivery_note');
    },
  );

  it('is an order while nothing was delivered, and a call-off beside its contract', () => {
    expect(note('Geliefert').outcome).toBe('order');
    const call = [
      ['Item', 'Description', 'Contract qty', 'Delivered', 'This call-off'],
      ['A-1', 'Dressing', 100, 40, 20],
      ['A-2', 'Gauze', 80, 20, 10],
    ];
    expect(column(read(call), 'quantity')).toEqual(['20', '10']);
  });
});

describe('figures that bind nobody', () => {
  it.each([
    'Bedarf Q3 (unverbindlich)',
    'Besoins 2027, sans engagement',
    'Fabbisogno non vincolante',
    'Needs, non-binding',
  ])('are no order: %s', (title) => {
    expect(read([[title], [], ...lines]).reason?.code).toBe('forecast');
  });

  it.each(['Validità: 30 giorni', 'This offer is valid until 31 May', 'Angebot freibleibend', 'Devis valable un mois'])(
    'or an offer: %s',
    (text) => {
      expect(read([['ACME'], [text], [], ...lines]).reason?.code).toBe('quotation');
    },
  );

  it('but recommended prices do not make one', () => {
    expect(read([['Bestellung 12'], ['UVP = unverbindliche Preisempfehlung'], [], ...lines]).outcome).toBe('order');
  });
});

describe('steps of a tariff', () => {
  it.each([
    ['1-5 cartoni', '6-20 cartoni', '> 20 cartoni'],
    ['1 à 5 colis', '6 à 20 colis', '20 colis et plus'],
    ['ab 1 Karton', 'ab 6 Karton', 'ab 20 Karton'],
  ])('are no quantities: %s', (...steps) => {
    const reading = read([
      ['Zona', ...steps],
      ['Nord', 24, 18, 9],
      ['Centro', 20, 15, 8],
      ['Sud', 32, 25, 12],
    ]);
    expect(reading.lines).toEqual([]);
  });

  it('are told from sizes', () => {
    const reading = read([
      ['Ref', 'Description', '36-38', '39-41', '42-44', 'Total'],
      ['S-1', 'Wool sock', 2, 4, 1, 7],
      ['S-2', 'Ski sock', 3, 3, 2, 8],
    ]);
    expect(column(reading, 'variant').slice(0, 3)).toEqual(['36-38', '39-41', '42-44']);
  });
});
