/** Small ordinary orders: what is plain to a clerk, and what only looks plain. */
import { codes, column, read, shown } from './book';

describe('a bare dollar sign', () => {
  const heads = ['Code', 'Item', 'Qty', 'Price'];
  const rows = [
    ['C-101', 'Birthday floral', 24, shown(1.8, '$1.80')],
    ['C-118', 'Thank you gold foil', 12, shown(2.1, '$2.10')],
  ];

  it('is nobody’s where no word tells the country', () => {
    const reading = read([['Bayside News & Gifts'], heads, ...rows]);
    expect(reading.facts.currency).toBeUndefined();
    expect(column(reading, 'unit_price')).toEqual(['1.8', '2.1']);
  });

  it('is of the United States by a state with its ZIP, and of Canada by French headings', () => {
    expect(read([['Ironworks Gym, Austin, TX 78701'], heads, ...rows]).facts.currency?.value).toBe('USD');
    const french = [
      ['No produit', 'Description', 'Qté', 'Prix unit.'],
      ['PEL-AL', 'Pelle à neige aluminium', 24, shown(18.95, '18.95 $')],
      ['GAN-L', 'Gants d’hiver L', 30, shown(11.25, '11.25 $')],
    ];
    expect(read(french).facts.currency?.value).toBe('CAD');
  });
});

it('a price is for as many as its heading says with a cross', () => {
  const reading = read([
    ['Codice', 'Descrizione', 'Q.tà', 'Prezzo € x 100 pz', 'Importo €'],
    ['TE0612', 'Vite TE M6x12', 500, 4.2, 21],
    ['TE0840', 'Vite TE M8x40', 300, 11.8, 35.4],
  ]);
  expect(column(reading, 'unit_price')).toEqual(['0.042', '0.118']);
  expect(codes(reading)).toEqual([]);
});

describe('nothing is asked about', () => {
  const rows = (heading: string, names: [string, string], unit: string) =>
    read([
      ['Kod', 'Nazwa', heading, 'JM'],
      ['KOL15', names[0], 40, unit],
      ['RUR15', names[1], 25, unit],
    ]);

  it('a heading in the first person', () => {
    for (const heading of [
      'Zamawiam',
      'Bestelle',
      'Je commande',
      'Pedimos',
      'Ci servono',
      'Vi beställer',
      'Objednáváme',
    ])
      expect([heading, codes(rows(heading, ['Kolano 15 mm', 'Rura 15 mm'], 'szt'))]).toEqual([heading, []]);
  });

  it('units of trades and countries', () => {
    for (const unit of ['Nos', 'Coil', 'lpm', 'skiva', 'barq.', 'ps', 'loaves', 'Tafeln'])
      expect([unit, codes(rows('Ilość', ['Kolano 15 mm', 'Rura 15 mm'], unit))]).toEqual([unit, []]);
  });

  it('goods of a price of nothing that are called samples or free', () => {
    const free = (name: string, remark: string | null) =>
      read([
        ['Ref.', 'Producto', 'Cantidad', 'Precio', 'Importe', 'Obs.'],
        ['CH-500', 'Champú 500 ml', 12, 6.9, 82.8, null],
        ['MU-010', name, 20, 0, 0, remark],
      ]);
    expect(codes(free('Muestras mascarilla 10 ml', null))).toEqual([]);
    expect(codes(free('Mascarilla 10 ml (sin cargo)', null))).toEqual([]);
    expect(codes(free('Draagtas nieuw model', 'gratis staal'))).toEqual([]);
    expect(codes(free('Mascarilla 10 ml', null))).toEqual(['line.price_zero']);
  });

  it('columns of tax and of customs, closings, and delivery as ever', () => {
    const reading = read([
      ['Item', 'Particulars', 'HSN', 'Qty', 'Rate', 'Amount', 'GST %', 'GST amt'],
      ['M16', 'MCB 16A', '8536', 100, 145, 14500, 18, 2610],
      ['W25', 'Wire 2.5 sqmm', '8544', 12, 1980, 23760, 18, 4276.8],
      [],
      ['Bitte wie immer an die Werkstatt liefern, danke!'],
    ]);
    expect(codes(reading)).toEqual([]);
    const letter = read([['12 x tomato soup 400g'], ['6 loaves brown soda bread'], ['Thanks! Nora, Harbour View']]);
    expect(column(letter, 'description')).toEqual(['tomato soup 400g', 'brown soda bread']);
    expect(codes(letter)).toEqual(['lines.prose']);
  });
});

describe('an order that is taken back', () => {
  const rows = (title: string, heading: string) =>
    read([[title], [], ['Ref.', 'Artículo', heading], ['V-220', 'Vestido lino M', 6], ['V-221', 'Vestido lino L', 6]]);

  it('is no order by its title', () => {
    for (const title of [
      'ANULACIÓN DEL PEDIDO 5510',
      'Annullamento ordine 5510',
      'Annulering bestelling 5510',
      'Cancelamento da encomenda 5510',
      'Anulowanie zamówienia 5510',
      'Avbeställning order 5510',
      'Storno objednávky 5510',
    ])
      expect([title, rows(title, 'Cantidad').outcome]).toEqual([title, 'not_an_order']);
  });

  it('is an order where its words only say until when', () => {
    for (const title of [
      'Cancelación con 48 h de antelación',
      'Annullamento entro il 12 marzo',
      'Annulering tot 3 dagen',
    ])
      expect([title, rows(title, 'Cantidad').outcome]).toEqual([title, 'order']);
  });

  it('is no order by the heading of its only quantities', () => {
    for (const heading of ['Cantidad anulada', 'Storno Menge', 'Qty to cancel', 'Quantité annulée'])
      expect([heading, rows('Moda Sur', heading).outcome]).toEqual([heading, 'not_an_order']);
  });
});

it('a part of a quantity that is cancelled is asked about, and all of it is left out', () => {
  const reading = read([
    ['Ref', 'Item', 'Qty', 'Cancelled qty'],
    ['A1', 'Dress', 4, 1],
    ['A2', 'Skirt', 3, 3],
    ['A3', 'Coat', 2, null],
  ]);
  expect(column(reading, 'reference')).toEqual(['A1', 'A3']);
  expect(codes(reading)).toEqual(['line.held', 'rows.left_out']);
});

describe('a number by which the order or the goods may be called', () => {
  const rows = (...numbers: string[]) =>
    read([
      ['Bestell-Nr.', 'Artikel', 'Bezeichnung', 'Menge'],
      [numbers[0] ?? '', 'ET-18', 'Brillenetui schwarz', 50],
      [numbers[1] ?? '', 'MT-15', 'Mikrofasertuch', 200],
      [numbers[2] ?? '', 'PF-100', 'Pflegemittel', 24],
      [numbers[3] ?? '', 'MT-15', 'Mikrofasertuch', 100],
    ]);

  it('is the order’s where it stays while the references change', () => {
    const reading = rows('OS-771', 'OS-771', 'OS-772', 'OS-772');
    expect(column(reading, 'reference')).toEqual(['ET-18', 'MT-15', 'PF-100', 'MT-15']);
    expect(codes(reading)).toContain('orders.several');
    expect(codes(rows('4771', '4771', '4772', '4772'))).toContain('orders.several');
  });

  it('is the goods’ where it changes with them', () => {
    expect(codes(rows('B-10', 'B-11', 'B-12', 'B-11'))).not.toContain('orders.several');
    expect(codes(rows('ET', 'MT', 'PF', 'PF'))).not.toContain('orders.several');
  });
});

describe('deposits among the lines', () => {
  const rows = (code: string, name: string, quantity: number) =>
    read([
      ['Code', 'Item', 'Qty', 'Price', 'Total'],
      ['LAG30', 'Lager keg 30L', 4, 1150, 4600],
      ['IPA30', 'IPA keg 30L', 2, 1390, 2780],
      [code, name, quantity, 500, 500 * quantity],
    ]);

  it('are no goods where their code says so or they count the lines above', () => {
    for (const [code, name, quantity] of [
      ['DEP', 'Keg deposit', 5],
      ['90010', 'Keg deposit', 6],
      ['90010', 'Fasspfand', 2],
      ['90010', 'Consigne fût', 6],
      ['90010', 'Vratná záloha na sud', 6],
    ] as const)
      expect([name, column(rows(code, name, quantity), 'reference')]).toEqual([name, ['LAG30', 'IPA30']]);
  });

  it('are no goods for each of several carriers', () => {
    const reading = read([
      ['Code', 'Item', 'Qty', 'Price', 'Total'],
      ['LAG30', 'Lager keg', 4, 100, 400],
      ['CO2', 'CO2 cylinder', 2, 50, 100],
      ['D1', 'Keg deposit', 4, 30, 120],
      ['D2', 'Cylinder deposit', 2, 20, 40],
      [null, null, null, 'Total', 660],
    ]);
    expect(column(reading, 'reference')).toEqual(['LAG30', 'CO2']);
    expect(codes(reading)).toEqual(['rows.left_out']);
  });

  it('are left where nothing but a word of their name says so', () => {
    expect(column(rows('DB-40', 'Deposit box steel', 6), 'reference')).toEqual(['LAG30', 'IPA30', 'DB-40']);
  });
});

describe('a message below the lines', () => {
  const rows = (message: string) =>
    read([
      ['Code', 'Material', 'Qty', 'Unit'],
      ['PB125', 'Plasterboard 12.5mm', 60, 'sheet'],
      ['MP25', 'Multi finish plaster 25kg', 12, 'bag'],
      [],
      [message],
    ]);

  it('that repeats a quantity and gives another is asked about at its line', () => {
    for (const message of [
      'NB please make the Multi finish 24 bags not 12 - thanks Steve',
      'Bitte MP25: 24 Sack statt 12',
      'Merci de mettre 24 sacs au lieu de 12 pour le MP25',
      'Per favore MP25 24 sacchi anziché 12',
    ]) {
      const { anomalies } = rows(message);
      expect(anomalies.map(({ code, line_id, severity }) => [code, line_id, severity])).toEqual([
        ['line.held', 'L2', 'blocking'],
      ]);
    }
  });

  it('that changes a line, or has a figure beside its reference, names it in its warning', () => {
    for (const message of ['Please increase PB125 as discussed yesterday', 'PB125 please send us 80 now']) {
      const { anomalies } = rows(message);
      expect(anomalies.flatMap(({ evidence }) => evidence.map(({ cell }) => cell))).toEqual(['A5', 'C2']);
    }
  });
});
