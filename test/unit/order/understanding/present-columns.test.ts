import { codes, column, read } from './book';

describe('columns of quantities beside each other', () => {
  it('are months, of which the one whose heading says more is read, and asked about if it does not say that it is ordered', () => {
    const reading = read([
      ['Code', 'Item', 'Jan', 'Feb', 'Mar', 'Apr (this order)'],
      ['MX-100', 'Meloxicam', 6, 4, 6, 8],
      ['WRM-CAT', 'Wormer', 3, 3, 2, 4],
      ['SUT-30', 'Suture', 1, null, 2, null],
    ]);
    expect(column(reading, 'quantity')).toEqual(['8', '4']);
    expect(codes(reading)).toContain('columns.uncertain');
    const asked = read([
      ['Artikelnummer', 'Bezeichnung', 'Januar', 'Februar', 'März', 'April bitte'],
      ['MX-100', 'Meloxicam', 6, 4, 6, 8],
      ['WRM-CAT', 'Wurmkur', 3, 3, 2, 4],
    ]);
    expect(column(asked, 'quantity')).toEqual(['8', '4']);
    expect(asked.anomalies.some(({ severity }) => severity === 'blocking')).toBe(true);
  });

  it('are what was changed and what it was, under the same heading without a word for the change', () => {
    const revised = read([
      ['Item', 'Description', 'Qty', 'Revised Qty', 'Price'],
      ['CR-114', 'Leader guide', 10, 12, 14.99],
      ['CR-131', 'Music CD', 5, 0, 11.99],
      ['CR-160', 'Bracelet kit', 4, null, 8.5],
    ]);
    expect(column(revised, 'quantity')).toEqual(['12', '4']);
    const neu = read([
      ['Artikelnummer', 'Bezeichnung', 'Menge', 'Neue Menge', 'Preis'],
      ['CR-114', 'Leitfaden', 10, 12, 14.99],
      ['CR-160', 'Armband', 4, null, 8.5],
    ]);
    expect(column(neu, 'quantity')).toEqual(['12', '4']);
  });

  it('are asked about where the heading of the first hardly says that it counts and nobody knows the other', () => {
    const asks = (...headings: string[]) =>
      read([headings, ['60112', 'Bread 450 g', 12, 3], ['60240', 'Coffee 500 g', 16, 2], ['61003', 'Coal 5 kg', 1, 20]])
        .anomalies.filter(({ severity }) => severity === 'blocking')
        .flatMap(({ evidence }) => evidence.map(({ cell }) => cell));
    expect(asks('Tuotenro', 'Tuote', 'Erä (kpl)', 'Tilaus, erää')).toEqual(['C1', 'D1']);
    expect(asks('Code', 'Product', 'Qty', 'Zeta')).toEqual([]);
    expect(asks('Artikelnummer', 'Bezeichnung', 'Menge', 'Zeta')).toEqual([]);
  });
});
