import { column, day, read, type Written } from './book';

const rows = (heading: string, ...days: Written[]): Written[][] => [
  ['Artikelnummer', 'Bezeichnung', heading, 'Menge', 'Preis'],
  ...days.map((each, at): Written[] => [`KP-${at + 22}`, `Dichtung ${at + 3}`, each, at + 4, 4.5]),
];

describe('columns of days that do not say what day they are', () => {
  it('are when rows were written, by the day in the name of the file', () => {
    const days = rows('Datum', day('2026-03-09'), day('2026-03-09'));
    expect(column(read(days, { file: 'export_20260309_1412.csv' }), 'delivery_date')).toEqual([undefined, undefined]);
    expect(column(read(days, { file: 'export_20260301_1412.csv' }), 'delivery_date')).toEqual([
      '2026-03-09',
      '2026-03-09',
    ]);
  });

  it('are when rows were written, by their time of the day', () => {
    const reading = read(rows('date', '2026-03-21 10:22:04', '2026-03-22 18:05:51'));
    expect(column(reading, 'delivery_date')).toEqual([undefined, undefined]);
  });

  it('are of delivery if they are the later of two', () => {
    const reading = read([
      ['Référence', 'Désignation', 'Date', 'Qté', 'Prix', 'Échéance Zeta'],
      ['KP-22', 'Joint', '26/02/2026', 4, 4.5, '20/03/2026'],
      ['KP-23', 'Bague', '26/02/2026', 5, 4.5, '27/03/2026'],
    ]);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-20', '2026-03-27']);
  });
});
