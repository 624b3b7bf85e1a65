import { codes, column, read, type Written } from './book';

describe('a row in whose place another stands', () => {
  const read3 = (first: string, second: string, third = '') =>
    read([
      ['Pos.', 'Artikelnr.', 'Bezeichnung', 'Menge', 'Bemerkung'],
      ['1', 'A-100', 'Kugelschreiber', 10, first],
      ['2', 'A-200', 'Bleistift', 24, third],
      ['3', 'A-101', 'Kugelschreiber, Mine', 10, second],
    ] as Written[][]);

  it('is left out if it names the other, by its number or its reference', () => {
    for (const words of ['Ausgelaufen – ersetzt durch Pos. 3', 'nicht mehr lieferbar, ersetzt durch A-101']) {
      const reading = read3(words, 'Ersetzt Pos. 1');
      expect(column(reading, 'reference')).toEqual(['A-200', 'A-101']);
      expect(codes(reading)).toEqual(['rows.left_out']);
    }
  });

  it('is asked about if nobody knows the other', () => {
    const reading = read3('ersetzt durch Z-999', '');
    expect(reading.anomalies).toContainEqual(expect.objectContaining({ code: 'line.held', severity: 'blocking' }));
  });

  it('and is ordered all the same is worth a word', () => {
    expect(codes(read3('', 'ersetzt A-100'))).toEqual(['line.remark']);
    expect(codes(read3('', 'ersetzt Z-999'))).toEqual([]);
  });
});

it('a lack that may come does not hold a line', () => {
  const rows = (words: string): Written[][] => [
    ['Artikelnr', 'Benämning', 'Antal', 'Anmärkning'],
    ['A-100', 'Toner', 2, words],
    ['A-200', 'Papper', 5, ''],
  ];
  expect(codes(read(rows('Restnoteras om slut')))).not.toContain('line.held');
  expect(codes(read(rows('Slut')))).not.toEqual([]);
});
