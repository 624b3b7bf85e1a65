import { codes, column, read } from './book';

describe('articles side by side', () => {
  const days = (total: number) => [
    ['Varenr.', 1001, 1002],
    ['Vare', 'Rugbrød', 'Boller'],
    ['Enhed', 'stk', 'pose'],
    ['Pris', 18, 31.5],
    ['06/05/2026', 10, 4],
    ['13/05/2026', null, 6],
    ['I alt', 10, total],
  ];

  it('are ordered row by row, for the day at the left', () => {
    const reading = read(days(10));
    expect(column(reading, 'reference')).toEqual(['1001', '1002', '1002']);
    expect(column(reading, 'description')).toEqual(['Rugbrød', 'Boller', 'Boller']);
    expect(column(reading, 'quantity')).toEqual(['10', '4', '6']);
    expect(column(reading, 'unit_price')).toEqual(['18', '31.5', '31.5']);
    expect(column(reading, 'delivery_date')).toEqual(['2026-05-06', '2026-05-06', '2026-05-13']);
    expect(codes(reading)).not.toContain('columns.uncertain');
  });

  it('are doubted where a stated sum is another', () => {
    expect(codes(read(days(12)))).toContain('columns.uncertain');
  });

  it('are what people want, where a heading says that the rows are people', () => {
    const reading = read([
      ['Employee', 'Ham roll', 'Salad box'],
      ['Anna', 1, 2],
      ['Ben', null, 2],
      ['Price', 4.5, 6],
    ]);
    expect(column(reading, 'description')).toEqual(['Ham roll', 'Salad box', 'Salad box']);
    expect(column(reading, 'quantity')).toEqual(['1', '2', '2']);
    expect(column(reading, 'unit_price')).toEqual(['4.5', '6', '6']);
  });

  it('are asked about where the rows may be articles as well', () => {
    const { anomalies } = read([
      ['Name', 'Ham roll', 'Cheese roll', 'Salad box'],
      ['Anna', 1, null, 2],
      ['Ben', null, 2, 1],
    ]);
    expect(anomalies.filter(({ severity }) => severity === 'blocking').map(({ code }) => code)).toEqual([
      'columns.uncertain',
    ]);
  });
});

describe('lines of two rows', () => {
  it.each([
    ['above', [['Steel bracket'], ['SB-40', 25, 1.2], ['Brass hinge'], ['HB-1', 12, 3.5]]],
    ['below', [['SB-40', 25, 1.2], ['Steel bracket'], ['HB-1', 12, 3.5], ['Brass hinge']]],
  ])('have their name in the row %s', (_, rows) => {
    expect(column(read([['Part no', 'Qty', 'Price'], ...rows]), 'description')).toEqual([
      'Steel bracket',
      'Brass hinge',
    ]);
  });

  it('are not made of headings over several lines', () => {
    const reading = read([
      ['Part no', 'Qty', 'Price'],
      ['Brackets'],
      ['SB-40', 25, 1.2],
      ['SB-41', 5, 1.2],
      ['Hinges'],
      ['HB-1', 12, 3.5],
    ]);
    expect(column(reading, 'description')).toEqual([]);
  });
});
