import { codes, column, read, type Written } from './book';

/** Cells that warnings of a code name. */
const told = (rows: Written[][], code: string) =>
  read(rows)
    .anomalies.filter((anomaly) => anomaly.code === code)
    .map(({ evidence: [at] }) => at?.cell);

describe('headings whose words make a meaning together', () => {
  const counted = (heading: string) =>
    column(
      read([
        ['Code', 'Item', heading, 'Price'],
        ['A-1', 'Bolt', 4, 2.5],
        ['A-2', 'Nut', 6, 1.25],
      ]),
      'quantity',
    );

  it.each(['Anzahl VE', 'Nb de colis', 'No of cartons', 'N. lenti', 'Number of boxes', 'This call-off'])(
    'count: %s',
    (heading) => expect(counted(heading)).toEqual(['4', '6']),
  );

  it.each(['Voorraad DC', 'Sc. minima', 'Anzahl pro VE', 'Stock Lyon', 'Sem. dernière'])('do not: %s', (heading) =>
    expect(counted(heading)).toEqual([]),
  );

  it.each(['EPREIS', 'Abgabepreis', 'Stukprijs'])('price: %s', (heading) => {
    const reading = read([
      ['ArtNr', 'Bezeichnung', 'Menge', heading],
      ['0012', 'Gips', 5, 48.5],
      ['0013', 'Draht', 2, 7.9],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['48.5', '7.9']);
  });

  it('name the goods where no other column does', () => {
    const reading = read([
      ['Réf.', 'Appellation', 'Qté', 'PU'],
      ['M-1', 'Mâcon blanc', 6, 7.2],
      ['B-1', 'Beaune rouge', 12, 29.8],
    ]);
    expect(column(reading, 'description')).toEqual(['Mâcon blanc', 'Beaune rouge']);
  });

  it('are sizes of digits and letters, halves too, in two grids with headings of their own', () => {
    const reading = read([
      ['Code', 'Item', 'S', 'M', '3XL', 'Total'],
      ['A-1', 'Shirt', 2, 6, 1, 9],
      ['A-2', 'Jacket', null, 4, 2, 6],
      [],
      ['Code', 'Item', '5½', '6', '6½', 'Total'],
      ['G-1', 'Glove', 4, null, 10, 14],
      ['G-2', 'Mitten', null, 3, 4, 7],
    ]);
    expect(column(reading, 'variant')).toEqual(['S', 'M', '3XL', 'M', '3XL', '5½', '6½', '6', '6½']);
  });

  it('are days behind words: a Tuesday in March is no month', () => {
    const reading = read([
      ['Produit', 'U', 'Livr. mar. 02/03/2027', 'Livr. ven. 05/03/2027'],
      ['Bar', 'kg', 4, 6],
      ['Moules', 'kg', null, 25],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2027-03-02', '2027-03-05', '2027-03-05']);
  });

  it('leave stock before the shops out, where the total proves it', () => {
    const reading = read([
      ['EAN', 'Artikel', 'Voorraad DC', 'Ede', 'Tiel', 'Totaal'],
      ['8712345000110', 'Kerstster', 40, 120, 60, 180],
      ['8712345000127', 'Helleborus', 15, 30, 20, 50],
    ]);
    expect(column(reading, 'quantity')).toEqual(['120', '60', '30', '20']);
  });

  it('are no part of the title above them, and stand side by side', () => {
    const titled = read([
      ['1. COMMANDE'],
      ['Code', 'Article', 'Qté', 'Prix'],
      ['V1', 'Huile', 3, 5],
      ['V2', 'Sel', 2, 4],
    ]);
    expect(column(titled, 'reference')).toEqual(['V1', 'V2']);
    const beside = read([
      ['FRUTA', 'Cantidad', 'Ud.', null, 'VERDURA', 'Cantidad', 'Ud.'],
      ['Manzana', 40, 'kg', null, 'Patata', 75, 'kg'],
      ['Platano', 35, 'kg', null, 'Cebolla', 20, 'kg'],
    ]);
    expect(column(beside, 'quantity').sort()).toEqual(['20', '35', '40', '75']);
  });

  it('say which of two counts is priced', () => {
    const reading = read([
      ['Code', 'Variety', 'Plants per tray', 'Trays', '£ per tray', 'Total plants'],
      ['P-1', 'Pansy mix', 36, 40, 9.6, 1440],
      ['P-2', 'Viola mix', 36, 20, 9.1, 720],
      ['P-3', 'Primrose', 15, 24, 12.75, 360],
    ]);
    expect([column(reading, 'quantity'), column(reading, 'amount')[0]]).toEqual([['40', '20', '24'], undefined]);
    expect(reading.anomalies.some(({ severity }) => severity === 'blocking')).toBe(false);
  });
});

describe('a line against its neighbours', () => {
  const packed = (...last: number[]) => [
    ['Code', 'Item', 'Pack size', 'Order qty'],
    ...[6, 12, 24, 6, ...last].map((count, at) => [`A-${at}`, `Toy ${at}`, 6, count]),
  ];

  it('is no multiple of its pack', () => {
    expect([told(packed(5), 'line.quantity_multiple'), told(packed(18), 'line.quantity_multiple')]).toEqual([
      ['D6'],
      [],
    ]);
  });

  it('calls for more than there is left', () => {
    const rows = [
      ['Code', 'Item', 'Balance', 'This call-off'],
      ...[
        [140, 40],
        [60, 20],
        [30, 60],
        [25, 12],
      ].map(([left, count], at) => [`A-${at}`, `Dressing ${at}`, left ?? 0, count ?? 0]),
    ];
    expect(told(rows, 'line.quantity_limit')).toEqual(['D4']);
  });

  it('has pieces free of charge beside its quantity', () => {
    const rows = [
      ['Ref', 'Producto', 'Uds.', 'Sin cargo'],
      ['A-1', 'Crema', 24, 2],
      ['A-2', 'Serum', 10, null],
    ];
    expect([column(read(rows), 'quantity'), told(rows, 'line.quantity_free')]).toEqual([['24', '10'], ['C2']]);
  });

  it('is entered twice', () => {
    const rows = [
      ['Code', 'Item', 'Qty'],
      ['A-1', 'Foil', 5],
      ['A-2', 'Tape', 9],
      ['A-1', 'Foil', 5],
    ];
    expect(told(rows, 'line.repeated')).toEqual(['C2']);
  });

  it('has a code of another size than its words', () => {
    const rows = [
      ['Code', 'Item', 'Qty'],
      ['GL-M', 'Gloves LARGE', 5],
      ['GL-S', 'Gloves small', 9],
      ['GL-L', 'Gloves large', 2],
    ];
    expect(told(rows, 'line.contradiction')).toEqual(['A2']);
  });
});

describe('papers that order nothing', () => {
  it('are rates of carriage, and the master data of articles', () => {
    const rates = read([
      ['TABELA DE TRANSPORTE 2027'],
      ['Zona', 'Concelhos', 'até 1 t', '1-5 t', '5-12 t', 'Mínimo'],
      ['A', 'Aveiro', 14, 11.2, 8.68, 35],
      ['B', 'Águeda', 17.5, 14, 10.85, 35],
      ['C', 'Coimbra', 21, 16.8, 13.02, 35],
    ]);
    const master = read([
      ['ARTNR', 'BEZEICHNUNG', 'BESTELLMENGE_STD', 'MINDESTBESTELLMENGE', 'EK_PREIS', 'VK_PREIS', 'LIEFERZEIT_TAGE'],
      ['00100031', 'Schraube M8', 20, 10, 1.15, 2.3, 2],
      ['00100044', 'Schraube M10', 40, 20, 1.98, 3.79, 3],
      ['00100057', 'Mutter M8', 100, 50, 2.81, 5.28, 5],
    ]);
    expect([rates.outcome, master.outcome]).toEqual(['not_an_order', 'not_an_order']);
  });
});

describe('a letter', () => {
  it('does not order what it says is not wanted, and asks how many a couple are', () => {
    const reading = read([
      ['Hola Marta, te paso el pedido:'],
      ['- 12 cajas Rioja Crianza'],
      ['- 6 cajas Verdejo Rueda'],
      ['- un par de cajas de moscatel'],
      ['- el tinto joven esta vez no, todavía nos quedan 8 cajas'],
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([
      ['12', '6', '2'],
      expect.arrayContaining(['line.quantity_uncertain', 'rows.skipped']),
    ]);
  });

  it('may have several labels in one cell', () => {
    const reading = read([
      ['Bestelnummer: SBK-18 Datum: 12-05-2027 Leverdatum: 17-08-2027'],
      [],
      ['Art.nr', 'Omschrijving', 'Aantal'],
      ['A-1', 'Schrift', 25],
      ['A-2', 'Potlood', 3],
    ]);
    const { order_number, order_date, delivery_date } = reading.facts;
    expect([order_number?.value, order_date?.value, delivery_date?.value]).toEqual([
      'SBK-18',
      '2027-05-12',
      '2027-08-17',
    ]);
  });
});

it('pieces that multiply with the price are the quantity, and not the cases that hold them', () => {
  const reading = read([
    ['SKU', 'Product', 'Case size', 'Cases', 'Units', 'Unit cost', 'Line'],
    ['A1', 'Beans', 12, 4, 48, 0.6, 28.8],
    ['A2', 'Soup', 24, 2, 48, 0.8, 38.4],
    ['A3', 'Rice', 6, 5, 30, 1.9, 57],
  ]);
  expect(column(reading, 'quantity')).toEqual(['48', '48', '30']);
  expect(reading.anomalies.map(({ severity }) => severity)).toEqual(['warning']);
});

describe('a column beside the quantities', () => {
  const reading = (heading: string, ...words: string[]) =>
    read([['Code', 'Item', 'Qty', heading], ...words.map((word, at) => [`A-${at + 1}`, 'Bolt', at + 2, word])]);

  it('that says by yes and no what is ordered leaves the rows out that it denies', () => {
    const { lines, anomalies } = reading('Commander', 'oui', 'non', 'oui');
    expect(lines.map(({ reference }) => reference?.value)).toEqual(['A-1', 'A-3']);
    expect(anomalies.map(({ code }) => code)).toEqual(['rows.left_out']);
  });

  it('that says nothing of some rows asks about them', () => {
    const { anomalies } = reading('To order', 'x', '', 'x');
    expect(anomalies.map(({ code, severity }) => [code, severity])).toEqual([['line.held', 'blocking']]);
  });

  it('that only says date is told', () => {
    expect(codes(reading('Date', '12/05/2026', '13/05/2026'))).toContain('columns.uncertain');
  });
});

it('discounts in several columns are taken one after the other', () => {
  const reading = read([
    ['Codice', 'Descrizione', 'Q.tà', 'Prezzo', 'Sc.1', 'Sc.2', 'Importo'],
    ['V1', 'Vite', 10, 10, 50, 10, 45],
    ['V2', 'Dado', 20, 5, 40, 5, 57],
    ['V3', 'Perno', 4, 2.5, 50, null, 5],
  ]);
  expect(column(reading, 'discount_percent')).toEqual(['55', '43', '50']);
  expect(reading.anomalies).toEqual([]);
});

describe('two columns of quantities', () => {
  it('are a warning where one says that it is ordered, and makes the other with the content of a pack', () => {
    const { anomalies } = read([
      ['Ref', 'Description', 'Order (boxes)', 'Box qty', 'Total units'],
      ['A1', 'Bolt', 2, 100, 200],
      ['A2', 'Nut', 3, 50, 150],
      ['A3', 'Pin', 4, 20, 80],
    ]);
    expect(anomalies.map(({ severity }) => severity)).not.toContain('blocking');
    expect(anomalies.map(({ code }) => code)).toContain('columns.uncertain');
  });

  it('called was and now are the one before and the one that counts', () => {
    const reading = read([
      ['Ref', 'Description', 'Was', 'Now'],
      ['A1', 'Bolt', 100, 120],
      ['A3', 'Pin', 50, 50],
    ]);
    expect(column(reading, 'quantity')).toEqual(['120', '50']);
    expect(reading.anomalies).toEqual([]);
  });

  it('called by the pack in brackets count packs', () => {
    const reading = read([
      ['Art.-Nr.', 'Bezeichnung', 'VE', 'Menge (VE)', 'Preis/VE', 'Gesamt'],
      ['A1', 'Teller', 12, 4, 30, 120],
      ['A2', 'Tasse', 6, 3, 15, 45],
    ]);
    expect(column(reading, 'quantity')).toEqual(['4', '3']);
  });
});

it('a price before and one after the discount of each row are both explained', () => {
  const reading = read([
    ['Réf', 'Désignation', 'Qté', 'PU HT', 'Remise', 'PU net HT'],
    ['A1', 'Crème', 24, 5, 10, 4.5],
    ['A2', 'Lait', 12, 8, 25, 6],
  ]);
  expect(codes(reading)).toEqual([]);
});
