import { codes, column, read } from './book';

describe('the column that names the goods', () => {
  it('is no column of numbers of lines, but that of codes that differ, under a heading that nobody knows', () => {
    const reading = read([
      ['Poste', 'Zeta fourn.', 'Désignation', 'Qté', 'Prix'],
      ['00010', '0986AF1056', 'Filtre à huile', 24, 5.12],
      ['00020', 'P85020', 'Jeu de plaquettes', 8, 27.9],
      ['00030', 'E11-070', 'Batterie 12 V', 6, 68.4],
    ]);
    expect(column(reading, 'reference')).toEqual(['0986AF1056', 'P85020', 'E11-070']);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('is none where nothing but numbers of lines stands beside the names', () => {
    const reading = read([
      ['Sl No.', 'Description of Goods', 'Zeta', 'Quantity', 'Rate', 'Amount'],
      [1, 'Switch 32A', '853620', 48, 182, 8736],
      [2, 'Switch 63A', '853630', 6, 2450, 14700],
      [3, 'Board 12-way', '853710', 4, 3100, 12400],
    ]);
    expect(column(reading, 'reference').every((each) => !/^[123]$/.test(each ?? ''))).toBe(true);
  });

  it('stays the one that says so', () => {
    const reading = read([
      ['Artikelnummer', 'Bezeichnung', 'Menge'],
      ['KP-2201', 'Dichtung', 24],
      ['KP-2230', 'Welle', 8],
      ['KP-2241', 'Gehäuse', 6],
    ]);
    expect(column(reading, 'reference')).toEqual(['KP-2201', 'KP-2230', 'KP-2241']);
  });
});
