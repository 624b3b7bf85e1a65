import { codes, column, day, read, readAll, sheet, type Written } from './book';

const stops = (reading: ReturnType<typeof read>) =>
  reading.anomalies.filter(({ severity }) => severity === 'blocking').map(({ code }) => code);

describe('an export of several orders', () => {
  it('is told where the numbers of lines begin anew with another code, under whatever heading', () => {
    const reading = read([
      ['Dok.', 'Pos.', 'Material', 'Text', 'Qty'],
      ['4500081277', 10, 'A-1', 'Sheet', 120],
      ['4500081277', 20, 'A-2', 'Pillow', 240],
      ['4500081283', 10, 'A-3', 'Robe', 60],
      ['4500081283', 20, 'A-4', 'Slipper', 12],
    ]);
    expect(stops(reading)).toContain('orders.several');
  });

  it('is told where what belongs to an order stands on its first line alone', () => {
    const reading = read([
      ['Sipariş Referansı', 'Şirket', 'Para Birimi', 'Sipariş Satırları/Ürün', 'Sipariş Satırları/Miktar'],
      ['P00318', 'Ege Zeytin', 'TRY', '[KUT-2015] Oluklu kutu', 1000],
      [null, null, null, '[KUT-4030] Oluklu kutu büyük', 600],
      [null, null, null, '[BNT-45K] Koli bandı', 144],
      ['P00321', 'Ege Zeytin', 'TRY', '[STR-17] Streç film', 72],
      [null, null, null, '[PAT-10] Patpat naylon', 10],
      [null, null, null, '[KRT-A4] Kraft zarf', 20],
    ]);
    expect(column(reading, 'reference')).toEqual(['KUT-2015', 'KUT-4030', 'BNT-45K', 'STR-17', 'PAT-10', 'KRT-A4']);
    expect(stops(reading)).toEqual(['orders.several']);
  });

  it('is one order for several places, where each part has the same number', () => {
    const part = (place: string, count: number) => [
      ['Order no', 'CMD-71'],
      ['Delivery address', place],
      ['Code', 'Item', 'Qty'],
      ['A-1', 'Cream', count],
      ['A-2', 'Serum', count + 3],
    ];
    const reading = readAll([
      sheet(part('10 High Street, Leeds LS1 4AB', 24), { name: 'Leeds' }),
      sheet(part('8 Mill Lane, York YO1 7PR', 12), { name: 'York' }),
    ]);
    expect(stops(reading)).toEqual([]);
    expect(column(reading, 'destination')).toEqual([
      ...Array.from({ length: 2 }, () => '10 High Street, Leeds LS1 4AB'),
      ...Array.from({ length: 2 }, () => '8 Mill Lane, York YO1 7PR'),
    ]);
  });
});

describe('columns that are something else than they are called', () => {
  it('a kind of document is no name of goods, and its short name no sum', () => {
    const rows = ['A-1', 'A-2', 'A-3'].map((code, at): Written[] => [
      'CF',
      code,
      `Monture ${at}`,
      `Noir ${at}`,
      '50-20',
      at + 2,
    ]);
    const reading = read([
      ['Nature', 'Code article', 'Désignation', 'Dim1 (Coloris)', 'Dim2 (Calibre)', 'Qté'],
      ...rows,
    ]);
    expect(column(reading, 'description')).toEqual(['Monture 0', 'Monture 1', 'Monture 2']);
    expect(column(reading, 'variant')).toEqual(['Noir 0 / 50-20', 'Noir 1 / 50-20', 'Noir 2 / 50-20']);
  });

  it('names of customers are no references beside barcodes', () => {
    const reading = read([
      ['EAN', 'Titre', 'Qté', 'Référence client'],
      ['9782070360024', 'L’Étranger', 12, null],
      ['9782253004226', 'Germinal', 25, 'Lycée Berthelot'],
      ['9782211208871', 'Petit Pays', 4, 'Mme Vasseur'],
    ]);
    expect(column(reading, 'reference')).toEqual([]);
  });

  it('numbers of thirteen digits beside codes are barcodes, whatever their check digits', () => {
    const reading = read([
      ['CAB', 'ENC', '2603180007'],
      ['LIN', '10', '5601234510012', 'MZ-075', 'Azeite 0,75 L', '40', 'CX'],
      ['LIN', '20', '5601234510029', 'MZ-005', 'Azeite 5 L', '24', 'CX'],
      ['LIN', '30', '5601234520011', 'AT-120', 'Atum 120 g', '60', 'CX'],
      ['TOT', '3', '124'],
    ]);
    expect(column(reading, 'ean')).toEqual(['5601234510012', '5601234510029', '5601234520011']);
    expect(column(reading, 'reference')).toEqual(['MZ-075', 'MZ-005', 'AT-120']);
    expect(stops(reading)).toEqual([]);
  });

  it('new numbers count where an old one stands beside them', () => {
    const reading = read([
      ['Původní číslo', 'Nové číslo', 'Název', 'Ks'],
      ['06A115561B', '06A115561E', 'Filtr olejový', 30],
      ['0986494524', null, 'Destičky brzdové', 10],
    ]);
    expect(column(reading, 'reference')).toEqual(['06A115561E', '0986494524']);
  });

  it('packs and what they hold multiply to pieces, not to money', () => {
    const reading = read([
      ['Cikkszám', 'Megnevezés', 'Karton (db)', 'Nettó ár/db', 'Rend. karton', 'Összesen db'],
      ['JN-1', 'Kocka', 12, 2490, 2, 24],
      ['JN-2', 'Nyuszi', 10, 3990, 3, 30],
      ['JN-3', 'Labda', 24, 890, 2, 48],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['2490', '3990', '890']);
    expect(column(reading, 'amount')).toEqual([]);
  });
});

describe('quantities in packs and in singles', () => {
  const reading = read([
    ['Code', 'Item', 'Order cases', 'Order pieces'],
    ['A-1', 'Blocks', 2, null],
    ['A-2', 'Bear', null, 6],
    ['A-3', 'Rabbit', 3, 5],
  ]);

  it('are a line each, in their unit', () => {
    expect(column(reading, 'quantity')).toEqual(['2', '6', '3', '5']);
    expect(reading.lines.map(({ unit }) => unit?.value)).toEqual(['carton', 'pcs', 'carton', 'pcs']);
  });
});

describe('two rows of headings over lines of two rows', () => {
  const reading = read([
    ['Pos.', 'Varenr.', 'Beskrivelse', 'Antal', 'Pris'],
    [null, 'EAN / DB-nr.', 'Supplerende tekst', 'Levering'],
    [10, '1552041', 'Reglar 45x95', 120, 62.5],
    [null, '5701234000017', 'længde 4,8 m', 'Lev. 12-03-2026'],
    [20, '1552066', 'Reglar 45x195', 60, 148],
    [null, '5701234000024', null, 'Lev. 19-03-2026'],
  ]);

  it('are read together, each value with its own cell', () => {
    expect(column(reading, 'reference')).toEqual(['1552041', '1552066']);
    expect(column(reading, 'ean')).toEqual(['5701234000017', '5701234000024']);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-12', '2026-03-19']);
    expect(reading.lines.map(({ ean, quantity }) => [ean?.from?.cell, quantity?.from?.cell])).toEqual([
      ['B4', 'D3'],
      ['B6', 'D5'],
    ]);
  });
});

describe('days of columns', () => {
  const grid = (remark: string | null): Written[][] => [
    ['Obst – Wochenbestellung KW 12/2026'],
    ['Art.-Nr.', 'Artikel', 'Preis', 'Mo', 'Di', 'Mi', 'Bemerkung'],
    [null, null, null, day('2026-03-17'), day('2026-03-18'), day('2026-03-19')],
    ['1001', 'Kartoffeln', 1.35, 40, 40, 60, remark],
    ['1014', 'Möhren', 0.89, 15, 10, 20],
  ];

  it('are those right below the headings, whatever week a title names', () => {
    expect(column(read(grid(null)), 'delivery_date').slice(0, 3)).toEqual(['2026-03-17', '2026-03-18', '2026-03-19']);
  });

  it('are asked about where a remark moves a delivery to another day', () => {
    expect(codes(read(grid('Mi-Menge bitte schon am Dienstag anliefern')))).toContain('line.remark');
  });

  it('are not the day of the order above blocks side by side', () => {
    const reading = read([
      ['Datum:', day('2026-03-11'), null, null, 'Leverdag:', 'vrijdag 13-03-2026'],
      ['Art.', 'Omschrijving', 'Aantal', null, 'Art.', 'Omschrijving', 'Aantal'],
      ['D001', 'Pilsener', 3, null, 'F101', 'Friet', 8],
      ['D002', 'Witbier', 6, null, 'F104', 'Bitterballen', 4],
    ]);
    expect(column(reading, 'delivery_date')).toEqual([]);
  });
});

describe('words around the lines', () => {
  it('explain a heading of free goods', () => {
    const reading = read([
      ['PZN', 'Bezeichnung', 'Menge', 'NR'],
      ['00999831', 'Ibu akut', 30, null],
      ['01126111', 'ACC akut', 20, 2],
      ['02494501', 'Nasenspray', 60, 6],
      ['NR = Naturalrabatt, zusätzlich kostenfrei'],
    ]);
    expect(codes(reading)).toEqual(['line.quantity_free']);
  });

  it('take a negative quantity back', () => {
    const reading = read([
      ['Réf', 'Désignation', 'Qté', 'Remarque'],
      ['RAD0600', 'Radiateur', -2, 'retour chantier précédent – avoir à faire'],
      ['FIL500', 'Filasse', 2, null],
    ]);
    expect([column(reading, 'reference'), codes(reading)]).toEqual([['FIL500'], ['rows.left_out']]);
  });

  it('cancel a line, by whomever', () => {
    const reading = read([
      ['SKU', 'Product', 'Qty', 'Line status'],
      ['A-1', 'Collar', 2, 'confirmed'],
      ['A-2', 'Bed', 1, 'cancelled_by_retailer'],
    ]);
    expect(column(reading, 'reference')).toEqual(['A-1']);
  });

  it('make a list a form, of which an empty cell orders nothing', () => {
    const rows = Array.from({ length: 12 }, (_, at): Written[] => [`D${at}`, `Bier ${at}`, at === 4 ? null : at + 1]);
    const reading = read([['Bestelformulier Groothandel'], ['Art.', 'Omschrijving', 'Aantal'], ...rows]);
    expect([reading.lines.length, codes(reading)]).toEqual([11, []]);
  });
});

describe('figures and marks that nothing explains', () => {
  it('are asked about where they stand in place of a quantity', () => {
    const reading = read([
      ['Code', 'Item', 'Qty', 'Zumo'],
      ['A-1', 'Plate', 2, null],
      ['A-2', 'Cup', null, 6],
      ['A-3', 'Glass', 4, null],
    ]);
    expect(stops(reading)).toContain('columns.uncertain');
  });

  it('are told at their line where they stand on few', () => {
    const { anomalies } = read([
      ['Code', 'Item', 'Qty', 'Zq'],
      ['A-1', 'Bolt', 10, null],
      ['A-2', 'Nut', 20, 'X'],
      ['A-3', 'Pin', 5, null],
    ]);
    expect(anomalies.map(({ code, evidence: [at] }) => [code, at?.cell])).toEqual([['line.remark', 'D3']]);
  });
});

it('units alone over two columns count in packs and in pieces', () => {
  const reading = read([
    ['Bestell-Nr', 'Artikel', 'Karton', 'Stück'],
    ['A1', 'Teller', 2, null],
    ['A2', 'Tasse', null, 6],
    ['A3', 'Glas', 1, null],
  ]);
  expect(column(reading, 'quantity')).toEqual(['2', '6', '1']);
});

describe('words that change with the number of the order', () => {
  const rows = (heading: string): Written[][] => [
    ['order_no', heading, 'sku', 'name', 'qty'],
    ['PO-1', 'Utrecht', 'A-1', 'Tyre', 20],
    ['PO-1', 'Utrecht', 'A-2', 'Tube', 10],
    ['PO-2', 'Zeist', 'A-1', 'Tyre', 8],
    ['PO-2', 'Zeist', 'A-3', 'Chain', 5],
  ];

  it.each(['filiaal', 'succursale', 'branch', 'pobočka', 'oddział'])('are the place of each: %s', (heading) =>
    expect(column(read(rows(heading)), 'destination')).toEqual(['Utrecht', 'Utrecht', 'Zeist', 'Zeist']),
  );

  it('are told under a heading that nothing explains', () => {
    const found = read(rows('zqx')).anomalies.find(({ code }) => code === 'columns.unread');
    expect(found?.evidence.map(({ cell }) => cell)).toEqual(['B2:B5']);
  });
});

describe('a table with the second of each last change', () => {
  const rows = (count: string): Written[][] => [
    ['id', 'tuotekoodi', 'nimi', count, 'muokattu'],
    ...[41, 18, 120].map((number, at): Written[] => [
      ...[`${20451 + at}`, `PT-${at + 100}`, 'Kynsiteline', String(number), `2026-03-0${at + 1} 04:00:0${at}`],
    ]),
  ];

  it('is kept by a program', () => expect(read(rows('saldo')).reason?.code).toBe('export'));
  it('is an order where a column says how many', () => expect(read(rows('qty')).outcome).toBe('order'));
});
