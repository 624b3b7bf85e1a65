import { column, read } from './book';

describe('columns of which the quantity makes one the other in every row', () => {
  it('are price and amount, also under headings of taxes', () => {
    const reading = read([
      ['reference', 'name', 'quantity', 'unit_zeta_tax_excl', 'zeta_tax_excl'],
      ['BIO-5', 'Lentils', 4, 14.5, 58],
      ['BIO-6', 'Peas', 3, 16.2, 48.6],
      ['BIO-7', 'Jar', 24, 1.9, 45.6],
    ]);
    expect(column(reading, 'unit_price')).toEqual(['14.5', '16.2', '1.9']);
    expect(column(reading, 'amount')).toEqual(['58', '48.6', '45.6']);
  });

  it('are weights under headings of weights', () => {
    const reading = read([
      ['Artikelnummer', 'Bezeichnung', 'Menge', 'Gewicht', 'Gesamtgewicht'],
      ['BIO-5', 'Linsen', 4, 14.5, 58],
      ['BIO-6', 'Erbsen', 3, 16.2, 48.6],
      ['BIO-7', 'Glas', 24, 1.9, 45.6],
    ]);
    expect(column(reading, 'unit_price')).toEqual([undefined, undefined, undefined]);
  });
});
