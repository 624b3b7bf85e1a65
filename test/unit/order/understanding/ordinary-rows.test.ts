/** Small ordinary orders: what rows say of headings, blocks and places. */
import type { FileReading } from '../../../../schemas/order/order';
import { codes, column, day, formula, read, readAll, sheet, type Written } from './book';

describe('what the rows say of a heading', () => {
  it('a line over names is a line of goods, and a pack with a measure is the unit', () => {
    const reading = read([
      ['Line', 'Pack', 'Coburg', 'Preston', 'Total'],
      ['Truss tomatoes', '5kg tray', 8, 6, 14],
      ['Iceberg lettuce', 'carton 12', 3, 3, 6],
      ['Royal Gala apples', '12kg carton', 5, null, 5],
    ]);
    expect(column(reading, 'description')).toEqual([
      ...['Truss tomatoes', 'Truss tomatoes', 'Iceberg lettuce', 'Iceberg lettuce', 'Royal Gala apples'],
    ]);
    expect(column(reading, 'unit')[0]).toBe('5kg tray');
    expect(column(reading, 'variant')[0]).toBeUndefined();
  });

  it('a content in measures is a variant, also where all are whole', () => {
    const rows = [
      ['S100', 'Shampoo Repair', '1000 ml', 4],
      ['Z010', 'Alufolie Rolle', '100 m', 3],
    ];
    for (const heading of ['Inhalt', 'Contenido', 'Formato', 'Pack size'])
      expect([heading, column(read([['Ref', 'Name', heading, 'Menge'], ...rows]), 'variant')]).toEqual([
        heading,
        ['1000 ml', '100 m'],
      ]);
  });

  it('a code of capitals is no month', () => {
    const rows = (code: string) =>
      read([
        ['Item', 'Description', 'Qty'],
        ['HIN-12', 'Hinge', 100],
        [code, 'Marble knob', 48],
      ]);
    expect(codes(rows('MAR-05'))).toEqual([]);
    expect(codes(rows('Mar-05'))).toEqual(['line.reference_damaged']);
  });
});

describe('headings of two rows', () => {
  it('with weekdays over days are the days', () => {
    const reading = read([
      [null, 'Mo', 'Di', 'Total'],
      ['Artikel', day('2026-03-16'), day('2026-03-17')],
      ['Buttergipfel', 40, 45, formula('SUM(B3:C3)', 85)],
      ['Semmeli', 60, null, formula('SUM(B4:C4)', 60)],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-16', '2026-03-17', '2026-03-16']);
    expect(column(reading, 'quantity')).toEqual(['40', '45', '60']);
  });

  it('may end those beside the sizes', () => {
    const reading = read(
      [
        ['Modelo', 'Color', 'Tallas', null, null, 'Total', 'Precio'],
        [null, null, 39, 40, 41, 'pares', 'neto'],
        ['M-7701', 'Negro', 1, 2, 3, 6, 39.9],
        ['M-8120', 'Azul', null, 2, 3, 5, 34.5],
      ],
      { merges: ['C1:E1'] },
    );
    expect(column(reading, 'variant')).toEqual(['Negro / 39', 'Negro / 40', 'Negro / 41', 'Azul / 40', 'Azul / 41']);
    expect(column(reading, 'unit_price').slice(3)).toEqual(['34.5', '34.5']);
    expect(codes(reading)).toEqual([]);
  });
});

describe('ordered, come and left', () => {
  const rows = (title: string, came: string, left: string) =>
    read([
      [title],
      ['Part #', 'Description', 'Ordered', came, left],
      ['CH-11S', 'Chain 11 speed', 50, 30, 20],
      ['BR-MTX', 'Brake pads', 100, 60, 40],
      ['GR-ERG', 'Ergo grips', 20, 20, 0],
    ]);

  it('what is left is ordered where the words ask for it', () => {
    expect(column(rows('Please ship the remaining quantity', 'Received', 'Open'), 'quantity')).toEqual(['20', '40']);
    expect(column(rows('Bitte Rückstände nachliefern', 'Erhalten', 'Offen'), 'quantity')).toEqual(['20', '40']);
    expect(column(rows('Backorders to release', 'Delivered', 'Outstanding'), 'quantity')).toEqual(['20', '40']);
  });

  it('is asked otherwise', () => {
    const { anomalies } = rows('Two Wheel Depot', 'Received', 'Open');
    expect(anomalies.filter(({ severity }) => severity === 'blocking').map(({ code }) => code)).toEqual([
      'columns.uncertain',
    ]);
  });
});

describe('places above blocks and sheets', () => {
  const heads = ['Ref.', 'Designação', 'Quant.'];

  it('are of the lines below them, with their label in one cell or two', () => {
    for (const label of ['Loja: ', 'Filiale: ', 'Store: ', 'Magasin : ', 'Negozio: ', 'Sucursal: ']) {
      const reading = read([
        ['Modas Lisboa, S.A.'],
        [],
        [`${label}Porto`],
        heads,
        ['CAB-M', 'Cabide madeira', 200],
        [],
        [`${label}Braga`],
        heads,
        ['CAB-M', 'Cabide madeira', 100],
      ]);
      expect([label, column(reading, 'destination')]).toEqual([label, ['Porto', 'Braga']]);
      expect(codes(reading)).not.toContain('orders.several');
    }
  });

  it('are no customers of sheets', () => {
    const shop = (name: string, quantity: number) =>
      sheet([['Bio & Cie SA', `Magasin : ${name}`], [], heads, ['QUI500', 'Quinoa', quantity]], { name });
    const reading = readAll([shop('Namur', 24), shop('Mons', 12)]);
    expect(column(reading, 'destination')).toEqual(['Namur', 'Mons']);
    expect([reading.facts.customer, codes(reading)]).toEqual([undefined, []]);
  });
});

describe('grids of sizes whose titles name the articles', () => {
  const block = (title: Written[], heads: Written[], ...rows: Written[][]) => [title, heads, ...rows];
  const grids = (titles: Written[][], heads: Written[], more: Written[] = []) =>
    read([
      ['Customer:', 'Lakeside Boosters'],
      [],
      ...block(titles[0] ?? [], heads, ['Navy', 10, 24, ...more], ['White', 5, null, ...more]),
      [],
      ...block(titles[1] ?? [], heads, ['Navy', 4, 10, ...more]),
    ]);
  const article = (reading: FileReading) => [column(reading, 'reference'), column(reading, 'description')];
  const both = [
    ['G5000', 'G5000', 'G5000', 'G1850', 'G1850'],
    ['Heavy tee', 'Heavy tee', 'Heavy tee', 'Hooded sweatshirt', 'Hooded sweatshirt'],
  ];

  it('have a code and a name in two cells, in one, or with a word for an article', () => {
    const titles: Written[][][] = [
      [
        ['G5000', 'Heavy tee'],
        ['G1850', 'Hooded sweatshirt'],
      ],
      [['G5000 - Heavy tee'], ['G1850 - Hooded sweatshirt']],
      [['Style G5000 Heavy tee'], ['Style G1850 Hooded sweatshirt']],
      [['Heavy tee (G5000)'], ['Hooded sweatshirt (G1850)']],
    ];
    for (const each of titles) {
      const reading = grids(each, ['Colour', 'S', 'M']);
      expect(article(reading)).toEqual(both);
      expect(column(reading, 'variant').slice(2)).toEqual(['White / S', 'Navy / S', 'Navy / M']);
    }
    expect(article(grids(titles[0] ?? [], ['Farbe', 38, 40]))).toEqual(both);
  });

  it('may have prices beside the sizes', () => {
    const titles = [
      ['G5000', 'Heavy tee'],
      ['G1850', 'Hooded sweatshirt'],
    ];
    const reading = grids(titles, ['Colour', 'S', 'M', 'Unit price'], [7.5]);
    expect(article(reading)).toEqual(both);
    expect(column(reading, 'unit_price')).toEqual(['7.5', '7.5', '7.5', '7.5', '7.5']);
  });
});

describe('lists side by side, each with a unit over its counts', () => {
  it('are all read, and asked nothing about', () => {
    for (const [one, other] of [
      ['Bund', 'Stück'],
      ['Bunches', 'Pots'],
      ['Bottes', 'Pièces'],
    ] as const) {
      const reading = read([
        ['Blumen Wagner'],
        [],
        ['Schnittblumen', one, null, 'Topfpflanzen', other],
        ['Rosen rot', 15, null, 'Hyazinthe blau', 30],
        ['Gerbera mix', 12, null, 'Orchidee weiß', 12],
        ['Eukalyptus', 8],
      ]);
      expect(column(reading, 'description')).toEqual([
        ...['Rosen rot', 'Gerbera mix', 'Eukalyptus', 'Hyazinthe blau', 'Orchidee weiß'],
      ]);
      expect(column(reading, 'quantity')).toEqual(['15', '12', '8', '30', '12']);
      expect(codes(reading).filter((code) => code !== 'references.none')).toEqual([]);
    }
  });
});

it('money for each is the price', () => {
  const reading = read([
    ['What', 'Cat no.', 'How many?', '£ each'],
    ['Acrylic', 'AC500-W', 10, 4.75],
    ['Hog brush', 'HB8', 40, 1.1],
  ]);
  expect([column(reading, 'unit_price'), codes(reading)]).toEqual([['4.75', '1.1'], []]);
});

it('a title that is of the paper names no article of sizes', () => {
  for (const title of [['Order 2231'], ['PO-2231', 'Lakeside High'], ['Delivery 12/03/2026'], ['Bestellung 4711']]) {
    const reading = read([title, ['Color', 'S', 'M'], ['Navy', 4, 5], ['Red', 1, 2]]);
    expect([title, column(reading, 'reference').filter(Boolean)]).toEqual([title, []]);
  }
});

it('a title above rows of sizes names their article too', () => {
  const heads = ['Size', 'Qty', 'Price'];
  const reading = read([
    ...[['G5000', 'Heavy tee'], heads, ['S', 4, 5.5], ['M', 4, 5.5], []],
    ...[['G1850', 'Hooded sweatshirt'], heads, ['S', 2, 15]],
  ]);
  expect(column(reading, 'reference')).toEqual(['G5000', 'G5000', 'G1850']);
  expect(column(reading, 'variant')).toEqual(['S', 'M', 'S']);
});
