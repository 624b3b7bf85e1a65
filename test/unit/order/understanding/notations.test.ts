import { codes, column, linesOf, read, type Written } from './book';

describe('discounts one after the other', () => {
  it.each([
    ['10+5', '14.5'],
    ['30 + 10', '37'],
    ['5%+3%', '7.85'],
  ])('are the one that they make together: %s', (text, value) => {
    const reading = read([
      ['Cod.', 'Descrizione', 'Q.tà', 'Prezzo', 'Sconto'],
      ['A-1', 'Penne', 12, 10, text],
      ['A-2', 'Polpa', 36, 4, '10'],
    ]);
    expect([column(reading, 'discount_percent'), codes(reading)]).toEqual([[value, '10'], []]);
  });
});

describe('quantities of several columns', () => {
  it('are those of the last revision', () => {
    const reading = read([
      ['Cat. No.', 'Luminaire', 'Qty Rev B', 'Qty Rev C', 'Price', 'Ext'],
      ['DLR-1', 'Downlight', 160, 172, 18.4, 3164.8],
      ['BKR-1', 'Bulkhead', 24, 30, 33.6, 1008],
      ['WUD-1', 'Wall light', 12, 'OMIT', 39.5, null],
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['172', '30'], ['rows.left_out']]);
  });

  it('are the ordered ones, and amounts of the offered ones are no amounts of the order', () => {
    const reading = read([
      ['Artikel', 'Bezeichnung', 'Menge', 'EP', 'GP', 'BESTELLT'],
      ['SIL-1', 'Putz 1,5', 80, 27.4, 2192, 80],
      ['SIL-2', 'Putz 2,0', 40, 27.4, 1096, 24],
      ['SHZ-2', 'Putz anders', 40, 33.1, 1324, null],
      ['KLE-1', 'Mörtel', 120, 9.85, 1182, 120],
    ]);
    expect([column(reading, 'quantity'), column(reading, 'amount'), codes(reading)]).toEqual([
      ['80', '24', '120'],
      ['2192', undefined, '1182'],
      [],
    ]);
  });

  it('warn where the packs of one line do not hold it', () => {
    const reading = read([
      ['Item', 'Description', 'Case Pk', 'Cases', 'Units', 'Cost', 'Ext Cost'],
      ['MG-1', 'Magnet', 24, 3, 72, 2.1, 151.2],
      ['TT-1', 'Towel', 12, 2, 24, 6.25, 150],
      ['PZ-1', 'Puzzle', 6, 4, 24, 9.5, 228],
      ['NC-1', 'Cards', 12, 2, 30, 7, 210],
      ['SC-1', 'Socks', 6, 5, 30, 5.4, 162],
    ]);
    expect(reading.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([['line.packs_mismatch', 'L4']]);
  });

  it('give the amount of a row to its only line', () => {
    const reading = read([
      ['Art.', 'Name', 'KW 38', 'KW 42', 'Summe', 'EK', 'Gesamt'],
      ['A-1', 'Train', 8, 12, 20, 10, 200],
      ['A-2', 'Puzzle', null, 12, 12, 4.2, 50.4],
    ]);
    expect(column(reading, 'amount')).toEqual([undefined, undefined, '50.4']);
  });
});

describe('rows of a table', () => {
  it('that a filter hides for others are left out, and those hidden for no reason are not', () => {
    const rows: Written[][] = [
      ['Lieferant', 'OE-Nr.', 'Bezeichnung', 'Best.'],
      ['Hanse', '1K0 615', 'Scheibe', 4],
      ['Reifen', 'W-205', 'Reifen', 4],
      ['Hanse', '03L 115', 'Filter', 10],
    ];
    const filtered = read(rows, { hiddenRows: [3] });
    expect([column(filtered, 'quantity'), codes(filtered)]).toEqual([['4', '10'], ['rows.left_out']]);
    const hidden = read([...rows, ['Hanse', 'X-1', 'Zange', 2]], { hiddenRows: [5] });
    expect([column(hidden, 'quantity'), codes(hidden)]).toEqual([['4', '4', '10', '2'], ['line.hidden']]);
  });

  it('that repeat the title on the next page are no lines', () => {
    const head = ['COD', 'DESCRIÇÃO', 'QTD'];
    const reading = read([
      ['Pedido de compra', '004817', 'Pág. 1'],
      head,
      ['10.023', 'Shampoo', 24],
      ['10.024', 'Creme', 12],
      ['Pedido de compra', '004817', 'Pág. 2'],
      head,
      ['12.440', 'Escova', 5],
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['24', '12', '5'], []]);
  });

  it('with a remark beside them have not moved', () => {
    const reading = read([
      ['produit', 'nb', 'prix'],
      ['Tube 6.1', 4, 38],
      ['Tube 6.3', 2, 38, 'comme promis'],
      ['Oxydant', 5, 45],
    ]);
    const found = reading.anomalies.map(({ code, severity }) => [code, severity]);
    expect(found).toContainEqual(['cells.no_heading', 'warning']);
    expect(found.every(([, severity]) => severity === 'warning')).toBe(true);
  });

  it('that say what a set is made of do not lengthen its name', () => {
    const reading = read([
      ['Cod.', 'Descrizione', 'Pz'],
      ['EX-1', 'Espositore', 1],
      [null, 'composto da: struttura, 3 ripiani'],
      ['EX-2', 'Tubo', 2],
      [null, '(lungo)'],
    ]);
    expect(column(reading, 'description')).toEqual(['Espositore', 'Tubo (lungo)']);
  });

  it('below the sum that explain a variant order nothing', () => {
    const reading = read([
      ['Ref.', 'Modelo', 'Surtido', 'Pares'],
      ['80211', 'Alpargata', 'A', 36],
      ['81105', 'Náutico', 'B', 24],
      [null, null, 'SUMA', 60],
      [],
      ['Surtido', 'Total', '36', 37],
      ['A', '12', '1', 2],
      ['B', '12', '2', 2],
    ]);
    expect(column(reading, 'quantity')).toEqual(['36', '24']);
    expect(codes(reading)).toContain('rows.skipped');
  });
});

describe('values that make an article what it is', () => {
  const rows = (axis: number | null): Written[][] => [
    ['Código', 'Lente', 'Esf', 'Cil', 'Eje', 'Cajas'],
    ['AQ-M', 'Mensual', '-2,25', null, null, 2],
    ['AQ-T', 'Tórica', '-1,00', '-1,25', 180, 1],
    ['AQ-T', 'Tórica', '-0,75', '-0,75', 10, 1],
    ['AQ-T', 'Tórica', '-3,50', '-1,75', axis, 1],
  ];
  it('stand together, and warn where one lacks what its likes have', () => {
    expect(column(read(rows(90)), 'variant')).toEqual([
      '-2,25',
      '-1,00 / -1,25 / 180',
      '-0,75 / -0,75 / 10',
      '-3,50 / -1,75 / 90',
    ]);
    expect(codes(read(rows(90)))).not.toContain('line.variant_incomplete');
    expect(codes(read(rows(null)))).toContain('line.variant_incomplete');
  });
});

describe('codes in the sentences of a letter', () => {
  it('are references', () => {
    const reading = read([
      ['Bonjour, voici notre commande :'],
      ['- 12 paquets de Moka Sidamo 1 kg (réf 4410)'],
      ['- 3 kg de sucre roux (réf. 6001)'],
      ['- 6 sacs de café, code CF-20'],
    ]);
    expect(linesOf(reading).map(({ quantity, reference }) => [quantity, reference])).toEqual([
      ['12', '4410'],
      ['3', '6001'],
      ['6', 'CF-20'],
    ]);
  });
});
