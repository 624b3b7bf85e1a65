import { codes, column, linesOf, read, type Written } from './book';

describe('a list without columns', () => {
  it('is read line by line, with a word that says so', () => {
    const reading = read([
      ['Hi Deirdre, can you send out to the farm on Friday'],
      ['10 bags calf nuts 25kg'],
      ['6 x 20kg lamb pellets'],
      ['tonic 200ml slim - 4 cases'],
      ['a dozen gate hangers'],
      ['Gin Connemara 70cl x3'],
    ]);
    expect(linesOf(reading)).toEqual([
      { description: 'calf nuts 25kg', quantity: '10', unit: 'bag' },
      { description: '20kg lamb pellets', quantity: '6' },
      { description: 'tonic 200ml slim', quantity: '4', unit: 'carton' },
      { description: 'gate hangers', quantity: '1', unit: 'dozen' },
      { description: 'Gin Connemara 70cl', quantity: '3' },
    ]);
    expect(codes(reading)).toEqual(['lines.prose']);
  });

  it('may have the quantity, the unit, the name and the code in cells of their own', () => {
    const reading = read([
      ['20', 'zak', 'Potgrond universeel 40 L', '118040'],
      ['2.000', 'st', 'Pot rond 13 cm terra', '330113'],
      ['let op: niet de fijne soort'],
      ['2,5', 'm3', 'Lavasplit 4/8 los', '140048'],
    ]);
    expect(linesOf(reading)).toEqual([
      { reference: '118040', description: 'Potgrond universeel 40 L', quantity: '20', unit: 'bag' },
      { reference: '330113', description: 'Pot rond 13 cm terra', quantity: '2000', unit: 'pcs' },
      { reference: '140048', description: 'Lavasplit 4/8 los', quantity: '2.5', unit: 'm3' },
    ]);
  });

  it('leaves an article out that a later message takes back', () => {
    const reading = read([
      ['12 x Prosecco DOC'],
      ['2 kegs of the pale ale'],
      ['scrap the kegs, there are three in the cellar'],
    ]);
    expect(codes(reading)).toContain('rows.left_out');
    expect(column(reading, 'description').join()).not.toMatch(/ale/);
  });

  it('is no address, sentence or telephone number', () => {
    expect(read([['12 rue des Tilleuls'], ['44000 Nantes'], ['Tél. 02 40 00 44 80']]).outcome).toBe('not_an_order');
  });
});

it('a form with one ordered line is a table, whatever words its codes and articles look like', () => {
  const rows: Written[][] = [
    ['Reference', 'Description', 'Unit cost', 'Quantity', 'Amount'],
    ['3494-CN', 'Large mug', 4.2, null, null],
    ['3522-EP', 'Soft envelope', 1.1, null, null],
    ['3544-MT', 'Travel eraser', 0.8, null, null],
    ['3554-NB', 'Oak marker XL', 2.5, 59, 147.5],
    ['3596-PU', 'Oak scissors', 6, null, null],
    ['3610-CN', 'Small mug', 3.9, null, null],
    ['4001-NB', 'Blue pen XL', 1.5, null, null],
    ['4054-PU', 'Premium tape', 2, null, null],
  ];
  const ordered = { reference: '3554-NB', description: 'Oak marker XL', quantity: '59', unit_price: '2.5' };
  expect(linesOf(read(rows))).toEqual([{ ...ordered, amount: '147.5' }]);
});

it('a form with a block of labels for each article is read block by block', () => {
  const block = (code: string | null, name: string | null, quantity: number | null) => [
    ['ITEM', null, 'Supplier code', code],
    ['Description', name],
    ['Quantity', quantity, 'Per', quantity && 'each', 'Unit price £', quantity && 38.5],
    ['Required by', quantity && '20/03/2026'],
    [],
  ];
  const reading = read([
    ...block('TH-0093', 'Retractor ring', 10),
    ...block('004417', 'Skin marker', 3),
    ...block(null, null, null),
  ]);
  expect(linesOf(reading)).toEqual([
    {
      ...{ reference: 'TH-0093', description: 'Retractor ring', quantity: '10', unit: 'pcs', unit_price: '38.5' },
      delivery_date: '2026-03-20',
    },
    {
      ...{ reference: '004417', description: 'Skin marker', quantity: '3', unit: 'pcs', unit_price: '38.5' },
      delivery_date: '2026-03-20',
    },
  ]);
  expect(column(reading, 'quantity')).toEqual(['10', '3']);
});

describe('a later message', () => {
  const order = [['12 x Prosecco DOC'], ['2 kegs of the pale ale'], ['elderflower cordial 2 btls']];

  it('takes an article back, and changes how many, where it names one line and its old quantity', () => {
    const reading = read([...order, ['scrap the kegs'], ['make the elderflower cordial 4 btls instead of 2']]);
    expect(reading.lines.map(({ description, quantity }) => [description?.value, quantity?.value])).toEqual([
      ['Prosecco DOC', '12'],
      ['elderflower cordial', '4'],
    ]);
    expect(codes(reading)).toEqual(['line.quantity_packed', 'lines.prose', 'rows.left_out']);
  });

  it('is asked about where the old quantity is another', () => {
    const reading = read([...order, ['make the elderflower cordial 4 btls instead of 3']]);
    expect(column(reading, 'quantity')).toEqual(['12', '2', '2']);
    expect(codes(reading)).toContain('line.held');
  });
});

describe('a list of names with counts beside them', () => {
  it.each([
    ['farina 00', '4 sacchi', 'Mehl 405', '3 kg'],
    ['Tonic water 200ml x 24', '6 cs', 'Cola 200ml x 24', '4 cases'],
    ['Bière blonde 6 x 25', '2 caisses', 'Café moulu 250', '3 cartons'],
    ['Sardinas RR-125', '3 cajas', 'Harina T 45', '5 sacos'],
    ['Farba RAL 9010', '2 wiadra', 'Klej C2', '4 worki'],
  ])('reads names that end with a figure: %s', (first, one, second, two) => {
    const reading = read([['Trattoria da Pino'], [], [first, one], [second, two], ['basilico', '10 mazzi']]);
    expect(column(reading, 'description')).toEqual([first, second, 'basilico']);
    expect(column(reading, 'quantity')).toEqual([one[0], two[0], '10']);
  });

  it.each([
    'and the empties to go back, 5 kegs',
    'Leergut: 5 Kisten',
    'vides à rendre 5 fûts',
    'para recoger 5 cajas',
    'op te halen 5 kratten',
  ])('orders nothing that is to be fetched: %s', (text) => {
    const reading = read([
      ["Murtagh's Bar"],
      [],
      ['Stout', '3 kegs'],
      ['Lager', '2 kegs'],
      ['Crisps', '4 boxes'],
      [text],
    ]);
    expect(column(reading, 'quantity')).toEqual(['3', '2', '4']);
  });
});
