import { codes, column, read, type Written } from './book';

const head: Written[] = ['Ref', 'Description', 'Qty', 'Price', 'Amount'];
const goods: Written[][] = [
  ['A-1', 'Lamp', 8, 10, 80],
  ['A-2', 'Rail', 6, 20, 120],
  ['A-3', 'Spot', 4, 5, 20],
];
const quantities = (...rows: Written[][]) => column(read([head, ...goods, ...rows]), 'quantity');

describe('rows below the lines that name no goods', () => {
  it.each<[string, Written[]]>([
    ['are charges with an amount alone', [null, 'Camion-grue', null, null, 65]],
    ['are the sum under whatever name', [null, 'Value of basket', null, null, 220]],
    ['are the sum of the quantities', [null, 'Copies', 18]],
    ['are freight by code and name', ['PORT', 'Participation aux frais de port', 1, 25, 25]],
  ])('%s', (_what, row) => {
    expect(quantities(row)).toEqual(['8', '6', '4']);
  });

  it('are lines with a price or a quantity of their own', () => {
    expect(quantities([null, 'Foil', 3, 2, 6])).toEqual(['8', '6', '4', '3']);
    expect(quantities(['PORT-1', 'Port wine', 3, 2, 6])).toEqual(['8', '6', '4', '3']);
  });
});

describe('contributions below each line', () => {
  it.each([
    ['DEEE', '+ éco-participation DEEE'],
    ['PFAND', 'Pfand'],
    ['ECO', 'Eco contribution'],
  ])('in its quantity are charges: %s', (code, name) => {
    const reading = read([
      head,
      ['A-1', 'Lamp', 8, 10, 80],
      [code, name, 8, 0.42, 3.36],
      ['A-2', 'Rail', 6, 20, 120],
      [code, name, 6, 0.5, 3],
      [null, 'Total', null, null, 206.36],
    ]);
    expect([column(reading, 'reference'), codes(reading)]).toEqual([['A-1', 'A-2'], []]);
  });
});

it('goods whose name begins with the word for a deposit are goods', () => {
  const rows: Written[][] = [
    ['A-1', 'Shirt', 8, 10, 80],
    ['A-2', 'Pant cargo navy', 8, 20, 160],
    ['A-3', 'Depósito de agua 500 L', 8, 5, 40],
  ];
  expect(column(read([head, ...rows]), 'quantity')).toEqual(['8', '8', '8']);
});

describe('lines that the totals do not count', () => {
  it.each<[string, Written[]]>([
    ['a lot that is suspended', ['LOT 3 – Aiguilles : SUSPENDU (marché en cours)']],
    ['options by their title', ['Options non comprises dans le total :']],
    ['a forecast that binds nobody', ['Vorschau (unverbindlich, nicht liefern)']],
  ])('are left out: %s', (_what, title) => {
    const reading = read([head, ...goods, title, ['B-1', 'Needle', 50, 2, 100], [null, 'Total', null, null, 220]]);
    expect([column(reading, 'reference'), codes(reading)]).toEqual([['A-1', 'A-2', 'A-3'], ['rows.left_out']]);
  });

  it('are options in their names', () => {
    const reading = read([
      head,
      ...goods,
      ['B-1', 'OPTION – Blind', 2, 50, 100],
      [null, 'Total HT hors options', null, null, 220],
    ]);
    expect([column(reading, 'reference'), codes(reading)]).toEqual([['A-1', 'A-2', 'A-3'], ['rows.left_out']]);
  });

  it('are asked about where they are counted', () => {
    const reading = read([head, ...goods, ['B-1', 'OPTION – Blind', 2, 50, 100], [null, 'Total', null, null, 320]]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['8', '6', '4', '2'], ['line.held']]);
  });

  it('are what is to be fetched, by the heading of its block', () => {
    const reading = read([
      ['Art.-Nr.', 'Reifen', 'Menge'],
      ['F-1', 'SnowLine', 8],
      ['F-2', 'WinterGrip', 4],
      [],
      ['Altreifen zur Abholung / Entsorgung', null, 'Stück'],
      ['PKW bis 17"', null, 36],
      ['Transporter', null, 8],
    ]);
    expect([column(reading, 'quantity'), codes(reading)]).toEqual([['8', '4'], ['rows.left_out']]);
  });
});

describe('a remark that puts another figure in the place of one', () => {
  it('is asked about', () => {
    const reading = read([
      ['Ref', 'Item', 'Qty', 'Remarques client'],
      ['A-1', 'Bolt', 100, 'mettre 150 au lieu de 100'],
      ['A-2', 'Nut', 24, 'ok'],
    ]);
    expect([column(reading, 'note'), column(reading, 'destination'), codes(reading)]).toEqual([
      ['mettre 150 au lieu de 100', 'ok'],
      [undefined, undefined],
      ['line.held'],
    ]);
  });
});
