import { bold, codes, day, read, type Written } from './book';

const table: Written[][] = [
  ['Ref', 'Description', 'Qty', 'Price'],
  ['A1', 'Chair', 3, 5.5],
  ['A2', 'Lamp', 1, 7.25],
];
const facts = (rows: Written[][], below: Written[][] = []) => {
  const reading = read([...rows, [], ...table, [], ...below]);
  return Object.fromEntries(Object.entries(reading.facts).map(([name, value]) => [name, value?.value]));
};

describe('a fact besides the lines', () => {
  it('is found right of its label, below it, and after its colon', () => {
    expect(
      facts([
        [bold('PURCHASE ORDER')],
        ['Order No:', 'PO-4711', null, 'Date:', day('2024-02-01')],
        ['Customer: ACME Ltd', null, null, 'Delivery date', '12 March 2024'],
        ['Ship to', null, null, 'Currency', 'EUR'],
        ['12 High Street'],
        ['London N1'],
      ]),
    ).toEqual({
      order_number: 'PO-4711',
      customer: 'ACME Ltd',
      order_date: '2024-02-01',
      delivery_date: '2024-03-12',
      delivery_address: '12 High Street, London N1',
      currency: 'EUR',
    });
  });

  it('is found in French', () => {
    expect(
      facts([
        ['Bon de commande n° 2024-17'],
        ['Client', 'Librairie du Port'],
        ['Adresse de livraison :', '3 rue des Lilas\n75011 Paris'],
        ['Date de livraison souhaitée :', '15/04/2024'],
        ['Date de commande', '1er avril 2024'],
        ['Devise', '€'],
      ]),
    ).toEqual({
      order_number: '2024-17',
      customer: 'Librairie du Port',
      delivery_address: '3 rue des Lilas, 75011 Paris',
      delivery_date: '2024-04-15',
      order_date: '2024-04-01',
      currency: 'EUR',
    });
  });

  it('is found below the table', () => {
    expect(
      facts(
        [],
        [
          ['Delivery address:', '1 Main St'],
          ['Delivery date:', '2024-05-06'],
        ],
      ),
    ).toEqual({
      delivery_address: '1 Main St',
      delivery_date: '2024-05-06',
    });
  });

  it('is not taken from labels without a value, or from other labels', () => {
    expect(
      facts([['Customer:', null, null, 'Phone:', '+33 1 23'], ['Order No:', 'Date:'], ['Delivery address:']]),
    ).toEqual({});
  });

  it('that can be two days, or is no day, is flagged', () => {
    expect(codes(read([['Delivery date:', '03/04/2024'], [], ...table]))).toEqual(['date.ambiguous']);
    expect(codes(read([['Delivery date:', 'as soon as possible'], [], ...table]))).toEqual(['date.unreadable']);
  });

  it('is the currency of the prices; two currencies are flagged', () => {
    const one = read([
      ['Ref', 'Qty', 'PU HT (€)'],
      ['A1', 2, 3.5],
    ]);
    expect(one.facts.currency?.value).toBe('EUR');
    const two = read([
      ['Ref', 'Qty', 'Price'],
      ['A1', 2, '3.50 €'],
      ['A2', 2, '£4.50'],
    ]);
    expect(codes(two)).toEqual(['currency.mixed']);
  });
});

describe('the number of a week', () => {
  it.each(['Bestellung KW 19', 'Commande semaine 38', 'Order week 7'])('is no number of an order: %s', (title) => {
    const { facts } = read([[title], ['Code', 'Item', 'Qty'], ['A-1', 'Bolt', 4], ['A-2', 'Nut', 6]]);
    expect(facts.order_number).toBeUndefined();
  });
});

it('the day of an order is not its number', () => {
  const { facts } = read([['Comanda nr. 118 din 12.05.2026'], ['Cod', 'Denumire', 'Cantitate'], ['A1', 'Șurub', 100]]);
  expect(facts.order_number?.value).toBe('118');
});

it('a fact below the lines is no row that was not understood', () => {
  const reading = read([
    ['Quantity', 'Description', 'Part'],
    [10, 'Bolt M8', 'B-8'],
    [20, 'Nut M8', 'N-8'],
    ['Order: 5512'],
  ]);
  expect(reading.facts.order_number?.value).toBe('5512');
  expect(codes(reading)).not.toContain('rows.skipped');
});

it.each([
  ['NOTA DE ENCOMENDA', 'N.º 2026/57', '2026/57'],
  ['Bon de commande', 'n° BC-118', 'BC-118'],
  ['Bestellung', 'Nr. 2026-44', '2026-44'],
  ['Order number', 'NO-118', 'NO-118'],
])('the sign for a number is no part of it: %s | %s', (label, value, number) =>
  expect(read([[label, value], [], ...table]).facts.order_number?.value).toBe(number),
);

describe('a number that the title above explains', () => {
  const rows = (title: string, label: string): Written[][] => [[title], [label, 'HB-2026-12'], [], ...table];

  it.each([
    ['Commande hebdomadaire boulangerie – semaine 12', 'N° :'],
    ['BESTELBON', 'Nr.'],
    ['Weekly order', 'No.'],
  ])('is that of the order: %s', (title, label) =>
    expect(read(rows(title, label)).facts.order_number?.value).toBe('HB-2026-12'),
  );

  it('is nothing below the name of a company', () =>
    expect(read(rows('Hôtels de la Baie', 'N° :')).facts.order_number).toBeUndefined());
});
