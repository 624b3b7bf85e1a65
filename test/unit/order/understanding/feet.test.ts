import { codes, column, read } from './book';

describe('the foot of a sheet', () => {
  it('is no line, under any column, and what it asks for is kept', () => {
    const reading = read([
      ['Order Qty', 'Item code', 'Description', 'Price'],
      [18, 'LB-1', 'Lamp bulb', 2.5],
      [4, 'LB-2', 'Lamp shade', 12],
      [],
      ['Kindly send us your confirmation'],
      ['BIC GEBABEBB'],
      ['Sheet 1 of 1'],
    ]);
    expect(column(reading, 'reference')).toEqual(['LB-1', 'LB-2']);
    expect(codes(reading)).toEqual([]);
    expect(reading.remarks?.map(({ text }) => text)).toEqual(['Kindly send us your confirmation']);
  });

  it('does not turn headings alone into an order', () => {
    const reading = read([['Article', 'Libellé', 'Qté', 'PU'], [], ['Cachet :', null, 'M. Peeters']]);
    expect(reading.lines).toEqual([]);
    expect(reading.outcome).toBe('not_an_order');
  });

  it('does not hide a size of few lines', () => {
    const reading = read([
      ['Ref', 'Description', 'XS', 'S', 'M', 'Total'],
      ['C-1', 'Coat', null, 4, 5, 9],
      ['C-2', 'Cape', 3, null, 2, 5],
      [],
      ['Approved by:', null, 'J. Peeters'],
    ]);
    expect(column(reading, 'variant')).toEqual(['S', 'M', 'XS', 'M']);
    expect(codes(reading)).toEqual([]);
  });

  it.each([
    ['zzgl. 19% MwSt', 'Gesamtbetrag', 19],
    ['KDV %20', 'Genel Toplam', 20],
    ['增值税 13%', '总计', 13],
    ['消費税 10%', '総合計', 10],
    ['부가세 10%', '총합계', 10],
    ['НДС 20%', 'Итого к оплате', 20],
  ])('reads %s and %s as tax and as the sum with it', (tax, gross, rate) => {
    const reading = read([
      ['Ref', 'Description', 'Qty', 'Price', 'Amount'],
      ['L-1', 'Lamp', 10, 20, 200],
      ['L-2', 'Torch', 4, 25, 100],
      [],
      [null, null, null, tax, 3 * rate],
      [null, null, null, gross, 300 + 3 * rate],
    ]);
    expect(reading.lines).toHaveLength(2);
    expect(codes(reading)).toEqual([]);
  });
});

it('leaves out and reports a section heading with the sum of its lines', () => {
  const reading = read([
    ['Ref', 'Description', 'Qty', 'Price'],
    ['Kitchen', null, 5, null],
    ['K-1', 'Spoon', 2, 1.5],
    ['K-2', 'Fork', 3, 1.5],
    ['Garden', null, 4, null],
    ['G-1', 'Rake', 4, 11],
  ]);
  expect(column(reading, 'reference')).toEqual(['K-1', 'K-2', 'G-1']);
  expect(codes(reading)).toEqual(['rows.skipped']);
});

describe('a sheet that could be turned', () => {
  it('is upright if its sums are above the headings', () => {
    const reading = read([
      ['Order no', 'A-17'],
      ['Order date', '2024-03-05'],
      ['Deliver to', '3 Quay Street, Ghent'],
      ['Total quantity', 9],
      ['Total net', 47.5],
      [],
      ['Reference', 'Item', 'Quantity', 'Unit price', 'Net amount'],
      ['R-10', 'Rope', 4, 5, 20],
      ['R-11', 'Cord', 5, 5.5, 27.5],
    ]);
    expect(column(reading, 'reference')).toEqual(['R-10', 'R-11']);
    expect(codes(reading)).toEqual([]);
  });

  it('has a title block above its fields that belongs to no line', () => {
    const reading = read([
      ['Order no', 'A-17'],
      ['Deliver to', '3 Quay Street, Ghent'],
      [],
      ['Reference', 'R-10', 'R-11', 'R-12'],
      ['Description', 'Rope 10 m', 'Cord 20 m', 'Twine 5 m'],
      ['Quantity', 4, 7, 5],
      ['Unit price', 5, 5.5, 1.25],
    ]);
    expect(column(reading, 'quantity')).toEqual(['4', '7', '5']);
    expect(column(reading, 'destination')).toEqual([undefined, undefined, undefined]);
  });
});

it('a tax with its rate under the references is a sum', () => {
  const reading = read([
    ['Réf', 'Désignation', 'Qté', 'PU HT', 'Total HT'],
    ['A1', 'Vis', 100, 0.5, 50],
    ['A2', 'Écrou', 200, 0.25, 50],
    ['Total HT', null, null, null, 100],
    ['TVA 20%', null, null, null, 20],
    ['Total TTC', null, null, null, 120],
  ]);
  expect(reading.lines).toHaveLength(2);
  expect(reading.anomalies).toEqual([]);
});
